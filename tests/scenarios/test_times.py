"""Story times and drill times."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.times import StoryClock, StoryTimeError

NIGHT = StoryClock("Wed 03:00", 1800)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("03:00", 0),
        ("03:15", 15),
        ("Wed 02:00", -60),
        ("02:30", -30),
        ("Thu 06:00", 27 * 60),
        ("Thu 09:00", 1800),
    ],
)
def test_story_to_drill(text: str, minutes: int) -> None:
    """A time without a weekday is on the starting day; before the start it is negative."""
    assert NIGHT.at(text) == minutes * 60_000


def test_preroll_may_lie_on_the_day_before() -> None:
    """A weekday before the start is the pre-roll when it lies within it, else next week."""
    clock = StoryClock("Wed 00:30", 600, preroll_min=90)
    assert clock.at("Tue 23:30") == -60 * 60_000
    assert clock.at("Tue 12:00") > 600 * 60_000


def test_drill_to_story() -> None:
    """A drill time shows as weekday, hour and minute."""
    assert [NIGHT.story(t) for t in (0, 52 * 60_000, 1260 * 60_000, -5_400_000)] == [
        "Wed 03:00",
        "Wed 03:52",
        "Thu 00:00",
        "Wed 01:30",
    ]


@pytest.mark.parametrize(
    "text", ["", "3:15", "24:00", "03:60", "Wed", "Mit 03:00", "Wed  03:00", "03:15 ", "٠٣:١٥"]
)
def test_no_story_time(text: str) -> None:
    """What is no story time is refused with an example of one."""
    with pytest.raises(StoryTimeError, match="write"):
        NIGHT.at(text)


@given(st.integers(min_value=-90, max_value=1800))
def test_there_and_back(minute: int) -> None:
    """Story time and back gives the same minute, all through a drill."""
    t_ms = minute * 60_000
    assert NIGHT.at(NIGHT.story(t_ms)) == t_ms
