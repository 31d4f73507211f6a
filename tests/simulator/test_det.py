"""Arithmetic that is the same everywhere stays close to the true functions."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import det


@given(st.floats(0.0, 39.99))
def test_exp_neg_error(x: float) -> None:
    """exp_neg is within 3e-11 of e^-x, relatively, over its whole range."""
    assert det.exp_neg(x) == pytest.approx(math.exp(-x), rel=3e-11)


@given(st.floats(0.0, 30.0), st.floats(1e-9, 5.0))
def test_exp_neg_never_rises(x: float, more: float) -> None:
    """A longer time never leaves more."""
    assert det.exp_neg(x + more) <= det.exp_neg(x) * (1.0 + 1e-10)


def test_exp_neg_ends() -> None:
    """Far out nothing is left, and a negative time is refused."""
    assert det.exp_neg(0.0) == 1.0
    assert det.exp_neg(40.0) == 0.0
    assert det.exp_neg(1e300) == 0.0
    with pytest.raises(ValueError, match="x >= 0"):
        det.exp_neg(-0.1)


@given(st.floats(0.0, 1.0), st.integers(0, 60))
def test_power(x: float, n: int) -> None:
    """The function power gives the whole power."""
    assert det.power(x, n) == pytest.approx(x**n, rel=1e-12, abs=1e-300)


@given(st.floats(0.5, 1.0), st.floats(0.0, 1.0))
def test_part_power_error(x: float, f: float) -> None:
    """part_power is within 2e-3 of x^f where it is used."""
    assert det.part_power(x, f) == pytest.approx(x**f, abs=2e-3)


@given(st.floats(1e-9, 1e12))
def test_ln_error(x: float) -> None:
    """The function ln is within 1e-12 of the natural logarithm."""
    assert det.ln(x) == pytest.approx(math.log(x), rel=1e-12, abs=1e-12)


def test_ln_refuses() -> None:
    """Nothing has no logarithm."""
    with pytest.raises(ValueError, match="x > 0"):
        det.ln(0.0)
