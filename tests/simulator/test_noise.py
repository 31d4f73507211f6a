"""Noise is a function of its keys."""

import statistics

from hypothesis import given
from hypothesis import strategies as st

from simulator import noise

SEEDS = st.integers(0, 2**62)


@given(SEEDS, st.integers(0, 2**32), st.integers(0, 10**7))
def test_block_is_the_same_as_single_draws(seed: int, stream: int, first: int) -> None:
    """A block of draws is bit for bit what single draws are."""
    single = [noise.gauss(seed, stream, first + i) for i in range(5)]
    assert noise.gauss_block(seed, stream, first, 5) == single


def test_known_values() -> None:
    """The noise of one seed is the same on every machine and in every version."""
    assert noise.uniform(1, 2, 3) == 0.6579895059671894
    assert noise.stream("dc1") == 2945548976


def test_looks_normal() -> None:
    """The draws have mean 0 and variance 1."""
    draws = noise.gauss_block(7, 5, 0, 20_000)
    assert abs(statistics.fmean(draws)) < 0.03
    assert abs(statistics.pstdev(draws) - 1.0) < 0.03


def test_streams_do_not_touch() -> None:
    """Two streams of one seed have nothing to do with each other."""
    a, b = noise.gauss_block(7, 1, 0, 20_000), noise.gauss_block(7, 2, 0, 20_000)
    assert abs(statistics.correlation(a, b)) < 0.03


@given(SEEDS, st.integers(-5400, 90_000))
def test_traffic_noise_does_not_depend_on_the_order(seed: int, t_s: int) -> None:
    """Asking for one moment gives the same whatever was asked for before."""
    first, second = noise.TrafficNoise(seed, -5400, 108_000), noise.TrafficNoise(seed, -5400, 108_000)
    for earlier in range(-5400, 90_000, 9000):
        second.second(earlier)
    assert (first.minute(t_s), first.second(t_s)) == (second.minute(t_s), second.second(t_s))
