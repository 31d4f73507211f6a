"""Noise as a pure function of (seed, stream, tick).

No generator is shared, so one more component never changes the noise of another, and a step may be taken
twice. The mixer is, for each key, two rounds of xor, multiply and shift (after Stafford's variants of
MurmurHash3's finalizer).
"""

from __future__ import annotations

import hashlib
import zlib

import numpy as np
import numpy.typing as npt

from simulator.det import plain_sum

_MASK = 0xFFFFFFFFFFFFFFFF
_START = 0x9E3779B97F4A7C15
_M1 = 0xBF58476D1CE4E5B9
_M2 = 0x94D049BB133111EB
_TO_UNIT = 2.0**-53
_BLOCK = 4096
_SPREAD = 1.7320508  # sum of 4 uniforms has variance 1/3
_CENTRE = 3.4641016

DAY = 77
MINUTE = 5
SECOND = 9


def stream(name: str) -> int:
    """The stream number of a named component: the same in every process, unlike hash()."""
    return zlib.crc32(name.encode())


def uniform(seed: int, stream: int, tick: int) -> float:
    """A number in [0, 1) that depends on its three keys alone."""
    z = _START
    for key in (seed, stream, tick):
        z = ((z ^ (key & _MASK)) * _M1) & _MASK
        z ^= z >> 31
        z = (z * _M2) & _MASK
        z ^= z >> 29
    return (z >> 11) * _TO_UNIT


def gauss(seed: int, stream: int, tick: int) -> float:
    """Nearly normal, mean 0, variance 1, within +-3.5: the sum of four uniforms, so no libm is needed."""
    return plain_sum(uniform(seed, stream, tick * 4 + i) for i in range(4)) * _SPREAD - _CENTRE


def gauss_block(seed: int, stream: int, first: int, count: int) -> list[float]:
    """`gauss` of `count` ticks from `first` on, bit for bit, in one go."""
    prefix = _START
    for key in (seed, stream):
        prefix = ((prefix ^ (key & _MASK)) * _M1) & _MASK
        prefix ^= prefix >> 31
        prefix = (prefix * _M2) & _MASK
        prefix ^= prefix >> 29
    keys = np.arange(first * 4, (first + count) * 4, dtype=np.int64).astype(np.uint64)
    units = _finish(np.uint64(prefix) ^ keys).reshape(count, 4)
    total = ((units[:, 0] + units[:, 1]) + units[:, 2]) + units[:, 3]
    values: list[float] = (total * _SPREAD - _CENTRE).tolist()
    return values


def _finish(z: npt.NDArray[np.uint64]) -> npt.NDArray[np.float64]:
    """The last round of the mixer for an array of words, (n,) uint64 -> (n,) float64 in [0, 1)."""
    z = z * np.uint64(_M1)
    z ^= z >> np.uint64(31)
    z = z * np.uint64(_M2)
    z ^= z >> np.uint64(29)
    return (z >> np.uint64(11)).astype(np.float64) * _TO_UNIT


class TrafficNoise:
    """The three noises of the traffic: of the day, of the minute (autocorrelated), of the second."""

    __slots__ = ("_blocks", "_first_minute", "_minutes", "_seed", "day")

    def __init__(self, seed: int, from_s: int, until_s: int) -> None:
        self._seed = seed
        self.day = 2.0 * uniform(seed, DAY, 0) - 1.0
        # Minute ticks count from two hours before the start, so that they stay positive in any pre-roll.
        self._first_minute = (from_s + 7200) // 60
        last = (until_s + 7200) // 60 + 1
        value = 0.0
        self._minutes: list[float] = []
        for draw in gauss_block(seed, MINUTE, self._first_minute, last - self._first_minute + 1):
            value = 0.9 * value + 0.436 * draw  # 0.436 = sqrt(1 - 0.9^2): variance stays 1
            self._minutes.append(value)
        self._blocks: dict[int, list[float]] = {}

    def minute(self, t_s: int) -> float:
        """First-order autoregressive noise of the minute that holds `t_s`, variance 1."""
        i = (t_s + 7200) // 60 - self._first_minute
        return self._minutes[i] if i < len(self._minutes) else 0.0

    def second(self, t_s: int) -> float:
        """Independent noise of the second `t_s`, variance 1."""
        tick = t_s + 9000
        number = tick // _BLOCK
        block = self._blocks.get(number)
        if block is None:
            block = self._blocks[number] = gauss_block(self._seed, SECOND, number * _BLOCK, _BLOCK)
        return block[tick - number * _BLOCK]


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, as hex."""
    return hashlib.sha256(data).hexdigest()
