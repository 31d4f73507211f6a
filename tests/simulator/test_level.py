"""The level changes when enough of the last minutes say so."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.level import minute_class, next_level
from simulator.plan import ServiceLevel

PLAN = ServiceLevel()


def test_five_of_six() -> None:
    """Five of six minutes above a limit are needed to step down, five of six below it to step up."""
    assert next_level(0, [1, 1, 0, 1, 1, 1], 5, 6) == 1
    assert next_level(0, [1, 1, 0, 0, 1, 1], 5, 6) == 0
    assert next_level(1, [0, 0, 0, 0, 1, 0], 5, 6) == 0
    assert next_level(1, [0, 0, 1, 0, 1, 0], 5, 6) == 1
    assert next_level(0, [2, 2, 2, 1, 2, 2], 5, 6) == 2
    assert next_level(0, [2, 2, 2], 5, 6) == 0


@given(st.integers(0, 2), st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_level_is_one_of_the_minutes(level: int, recent: list[int]) -> None:
    """The level stays or becomes one that the minutes bear out."""
    assert next_level(level, recent, 5, 6) in {level, *recent}


def test_minutes_are_classed() -> None:
    """More than one in a hundred lost is degraded, more than half is down."""
    assert [minute_class(PLAN, x) for x in (0.0, 0.01, 0.011, 0.5, 0.51)] == [0, 0, 1, 1, 2]
