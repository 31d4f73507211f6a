"""Simulated time never goes back, and never runs while the machine sleeps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drills.clock import LONGEST_GAP_S, DrillClock


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0.5, 600)), max_size=40))
def test_simulated_time_grows_no_faster_than_its_speed(moves: list[tuple[float, float]]) -> None:
    """Whatever the gaps and speeds, time only grows, by at most gap times speed."""
    clock, wall = DrillClock(0.0, 100.0), 100.0
    for gap_s, speed in moves:
        before = clock.with_speed(speed).resumed()
        wall += gap_s
        clock = before.at(wall)
        assert before.now_ms <= clock.now_ms <= before.now_ms + gap_s * 1000.0 * speed + 1e-3


def test_a_long_gap_pauses() -> None:
    """A laptop that slept wakes to a paused drill, at the time it fell asleep."""
    clock = DrillClock(5_000.0, 10.0, speed=60.0).at(10.0 + LONGEST_GAP_S + 1.0)
    assert clock.now_ms == 5_000.0
    assert not clock.running


def test_a_paused_clock_stands() -> None:
    """While paused no simulated time passes, however long."""
    clock = DrillClock(5_000.0, 10.0, speed=60.0).paused().at(12.0).resumed().at(13.0)
    assert clock.now_ms == 65_000.0


def test_wall_time_that_jumps_back_is_ignored() -> None:
    """A monotonic source that misbehaves does not take time back."""
    assert DrillClock(5_000.0, 10.0).at(3.0).now_ms == 5_000.0
