"""A pool behaves like the queue it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.plan import Cache, Heap, ServicePlan
from simulator.pool import Pool
from tests.simulator.erlang import late_share, mmck


def pool(workers: int = 20, *, queue_s: float = 2.0, timeout_s: float = 1.0, **parts: object) -> Pool:
    """A pool of workers that finish ten requests a second each."""
    plan = ServicePlan("p", "P", workers=workers, rate_rps=10.0, queue_s=queue_s, **parts)  # type: ignore[arg-type]
    return Pool(plan, size_frac=1.0, warmth=1.0, timeout_s=timeout_s)


@pytest.mark.parametrize("workers", [8, 20, 100, 180])
@pytest.mark.parametrize("rho", [0.3, 0.5, 0.7, 0.8, 0.9])
def test_matches_the_exact_queue(workers: int, rho: float) -> None:
    """Below saturation mean time is within 3 %, lateness and refusals within .005 of exact M/M/c/K."""
    p = pool(workers)
    for _ in range(200):
        p.step(rho * workers * 10.0, 1.0)
    states, mean_s, refused = mmck(rho * workers * 10.0, 10.0, workers, 20 * workers)
    assert p.mean_s == pytest.approx(mean_s, rel=0.03)
    assert p.refused == pytest.approx(refused, abs=0.005)
    assert p.late == pytest.approx(late_share(states, 10.0, workers, 1.0), abs=0.005)


@pytest.mark.parametrize("workers", [8, 20, 100])
@pytest.mark.parametrize("rho", [0.5, 0.8, 0.9])
def test_99th_percentile(workers: int, rho: float) -> None:
    """What the pool calls its 99th percentile is exceeded by 0.9 to 1.1 % of exact M/M/c/K."""
    p = pool(workers)
    for _ in range(200):
        p.step(rho * workers * 10.0, 1.0)
    states, _, _ = mmck(rho * workers * 10.0, 10.0, workers, 20 * workers)
    assert late_share(states, 10.0, workers, p.quantile_s(0.01)) == pytest.approx(0.01, abs=0.001)


@pytest.mark.parametrize("rho", [1.1, 1.5, 2.0, 3.0])
def test_overload_refuses_what_is_too_much(rho: float) -> None:
    """In overload the pool refuses what exceeds its capacity, as the exact queue does."""
    p = pool(20)
    for _ in range(600):
        p.step(rho * 200.0, 1.0)
    assert p.refused == pytest.approx(mmck(rho * 200.0, 10.0, 20, 400)[2], abs=0.01)


@given(st.lists(st.floats(0.0, 2000.0), min_size=1, max_size=60), st.sampled_from([1, 5, 15, 60]))
def test_never_more_than_fits(rates: list[float], dt: int) -> None:
    """Whatever arrives, what is inside lies between nothing and the room, and shares between 0 and 1."""
    p = pool(20)
    for rate in rates:
        p.step(rate, dt)
        assert 0.0 <= p.in_system <= p.room
        assert 0.0 <= p.refused <= 1.0
        assert 0.0 <= p.late <= 1.0


@given(st.floats(0.0, 180.0), st.floats(0.0, 400.0))
def test_step_length_does_not_matter_below_saturation(rate: float, start: float) -> None:
    """Sixty steps of a second end where one of a minute does."""
    short, long = pool(20), pool(20)
    short.in_system = long.in_system = start
    for _ in range(600):
        short.step(rate, 1.0)
    for _ in range(10):
        long.step(rate, 60.0)
    assert short.in_system == pytest.approx(long.in_system, rel=1e-6, abs=1e-5)


def test_backlog_makes_everyone_late() -> None:
    """A queue longer than the client's patience answers nobody in time, yet works on."""
    p = pool(20, timeout_s=1.0)
    p.in_system = 20 + 300
    p.step(200.0, 1.0)
    assert p.late == 1.0
    assert p.backlog_s == pytest.approx(1.5)


def test_cold_cache_costs_and_warms() -> None:
    """A cold pool has a fifth of its capacity; accepted requests warm it."""
    p = pool(20, cache=Cache(miss_cost=4.0, keys=1000.0))
    p.reset()
    p.step(30.0, 1.0)
    assert p.capacity_rps == pytest.approx(40.0)
    for _ in range(100):
        p.step(30.0, 1.0)
    assert p.warmth == pytest.approx(1.0 - 2.718281828 ** -(101 * 30.0 / 1000.0), rel=1e-6)
    before = p.warmth
    p.forget(3600.0)
    assert p.warmth == pytest.approx(before / 2.718281828, rel=1e-6)


def test_full_heap_slows() -> None:
    """A leak fills the heap; above its limit the pool slows down to its floor."""
    p = pool(20, heap=Heap(slow_from_frac=0.85, floor_frac=0.05))
    p.leaking = 1e-4
    for _ in range(50):
        p.step(100.0, 1.0)
        p.leak(1.0)
    assert p.heap == pytest.approx(0.5)
    assert p.speed() == 1.0
    p.heap = 0.925
    assert p.speed() == pytest.approx(0.525)
    p.heap = 1.0
    assert p.speed() == pytest.approx(0.05)
