"""Simulated time, the speeds played, and how they are said."""

from __future__ import annotations

import pytest

from drills.record import Stretch
from scoring.timing import Limit, duration, mean_speed

MIN = 60_000
PLAYED = (
    Stretch(0, 30 * MIN, 3.0),
    Stretch(30 * MIN, 30 * MIN, 0.0),
    Stretch(30 * MIN, 90 * MIN, 20.0),
    Stretch(90 * MIN, 300 * MIN, -1.0),
    Stretch(300 * MIN, 400 * MIN, 10.0),
)


@pytest.mark.parametrize(
    ("from_min", "to_min", "speed"),
    [(0, 30, 3.0), (0, 90, 90 / 13), (30, 90, 20.0), (80, 310, 20 / 1.5), (100, 200, 20.0), (310, 320, 10.0)],
)
def test_the_mean_speed_is_simulated_over_wall_time(from_min: int, to_min: int, speed: float) -> None:
    """Pauses and skips stop both clocks; inside a skip the speed before it holds."""
    assert mean_speed(PLAYED, from_min * MIN, to_min * MIN) == pytest.approx(speed)


def test_without_a_record_of_speeds_nothing_is_widened() -> None:
    """A drill of bots has no pace."""
    assert mean_speed((), 0, MIN) == 1.0


def test_a_limit_says_how_far_it_was_widened() -> None:
    """The words of the catalogue."""
    assert Limit(15, 20, 8).text() == "15 min, widened to 20 min at speed ×8"
    assert Limit(15, 15).text() == "15 min"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (56, "56 min"), (119.4, "119 min"), (120, "2 h"), (200, "3 h 20")]
)
def test_durations_are_said_as_people_say_them(minutes: float, words: str) -> None:
    """Minutes up to two hours, then hours."""
    assert duration(minutes) == words
