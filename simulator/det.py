"""Arithmetic that is the same on every processor.

libm's `exp`, `log` and `pow` differ in the last bits between processors and versions. The world's state
uses only `+ - * /`, `sqrt`, `min` and `max`, which IEEE 754 fixes, and the functions below, which are built
from them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

_PER_UNIT = 128
_LIMIT = 40.0
_SIXTH = 1.0 / 6.0
_LN2 = 0.6931471805599453
_SQRT_HALF = 0.7071067811865476


def _table() -> tuple[float, ...]:
    """e^(-i/128) for i = 0..40*128, by Taylor series for the first step and products of halves after it."""
    x = 1.0 / _PER_UNIT
    term = total = 1.0
    for n in range(1, 12):
        term *= -x / n
        total += term
    values = [1.0, total]
    for i in range(2, int(_LIMIT) * _PER_UNIT + 2):
        half = i // 2
        values.append(values[half] * values[i - half])
    return tuple(values)


_EXP_NEG = _table()


def exp_neg(x: float) -> float:
    """e^-x for x >= 0, within 3e-11 of the true value; 0 from x = 40 on.

    Raises:
        ValueError: x is negative or not a number.
    """
    if not 0.0 <= x < _LIMIT:
        if x >= _LIMIT:
            return 0.0
        raise ValueError(f"exp_neg(x={x}) takes x >= 0")
    i = int(x * _PER_UNIT + 0.5)
    d = x - i / _PER_UNIT
    return _EXP_NEG[i] * (1.0 - d * (1.0 - d * (0.5 - d * _SIXTH)))


def power(x: float, n: int) -> float:
    """X to the whole power n >= 0, by squaring."""
    result = 1.0
    while n:
        if n & 1:
            result *= x
        x *= x
        n >>= 1
    return result


def part_power(x: float, f: float) -> float:
    """The power x^f for x and f in [0, 1], from four terms of the binomial series around x = 1.

    Within 2e-3 for x >= 0.5, too large below: for use as a factor beside a whole power, which is small there.
    """
    d = 1.0 - x
    return 1.0 - f * d * (
        1.0 + (1.0 - f) * d * 0.5 * (1.0 + (2.0 - f) * d / 3.0 * (1.0 + (3.0 - f) * d / 4.0))
    )


def ln(x: float) -> float:
    """Natural logarithm of x > 0, within 1e-12, from frexp (exact) and the series of artanh."""
    if x <= 0.0:
        raise ValueError(f"ln(x={x}) takes x > 0")
    mantissa, exponent = math.frexp(x)
    if mantissa < _SQRT_HALF:
        mantissa *= 2.0
        exponent -= 1
    y = (mantissa - 1.0) / (mantissa + 1.0)
    y2 = y * y
    total = 0.0
    for k in (15, 13, 11, 9, 7, 5, 3, 1):
        total = total * y2 + 1.0 / k
    return exponent * _LN2 + 2.0 * y * total


def plain_sum(values: Iterable[float]) -> float:
    """The plain sum, from left to right.

    `sum` adds floats with a correction from Python 3.12 on, so that its last bits differ between versions.
    """
    result = 0.0
    for value in values:
        result += value
    return result
