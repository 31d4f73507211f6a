"""Beats of the two stories, found by what happened."""

from __future__ import annotations

from scoring.beats import ROWS, beats
from scoring.reading import Night
from tests.scoring.nights import MANAGED, UNMANAGED
from tests.scoring.notation import SETTING, record


def _rows(text: str, end: float) -> dict[int, float]:
    return {beat.row: beat.t_ms / 60_000 for beat in beats(Night(record(text, end=end), SETTING))}


def test_the_unmanaged_night_shows_rows_75_to_86() -> None:
    """Row 84 is the second of the two further sites."""
    found = _rows(UNMANAGED, 600)
    assert [row for row in found if row < 91] == list(range(75, 87))
    assert (found[78], found[84], found[85], found[86]) == (31.3, 282, 282, 282.3)


def test_the_managed_night_shows_the_managed_rows() -> None:
    """Relief, handoff and retrospective are not played yet."""
    found = _rows(MANAGED, 400)
    assert [row for row in found if row >= 91] == [
        91,
        92,
        93,
        94,
        95,
        96,
        97,
        98,
        99,
        100,
        101,
        102,
        103,
        104,
        105,
        109,
    ]
    assert {row for row in found if row < 91} == {75, 76, 77}


def test_a_beat_points_to_the_item_that_shows_it() -> None:
    """Each at its own moment."""
    night = record(MANAGED)
    for beat in beats(Night(night, SETTING)):
        assert night.items[beat.n].t_ms <= beat.t_ms


def test_rows_are_those_of_both_stories() -> None:
    """75-86 and 91-111, each with a name of its own."""
    assert list(ROWS) == [*range(75, 87), *range(91, 112)]
    assert len(set(ROWS.values())) == len(ROWS)
