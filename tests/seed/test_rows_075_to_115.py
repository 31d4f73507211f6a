"""Sections 9 and 10: the two nights, on one seed, told by what happened; their failings and traits."""

from __future__ import annotations

import pytest

from scoring.scorecard import Scorecard
from tests.seed.nights import card

UNMANAGED = range(75, 87)
MANAGED = range(91, 112)
IN_BOTH = (75, 76, 77)
"""The trigger and the first looks; what a team does with them is its own."""
FAILINGS = {
    87: "technical_focus",
    88: "poor_communication",
    89: "untracked_collaboration",
    90: "no_command",
}
TRAITS = {112: "chain_of_command", 113: "separated_roles", 114: "live_document", 115: "clear_handoff"}


def _id(row: int) -> str:
    return f"row_{row:03d}"


def _minute(found: Scorecard, row: int) -> float:
    return next(beat.t_ms for beat in found.beats if beat.row == row) / 60_000


def _stands_on_its_item(found: Scorecard, row: int) -> bool:
    beat = next(beat for beat in found.beats if beat.row == row)
    item = next(item for item in found.record.items if item.n == beat.n)
    return item.t_ms <= beat.t_ms  # later for what lasted, such as nobody else being told for an hour


@pytest.mark.parametrize("row", UNMANAGED, ids=_id)
def test_unmanaged(row: int) -> None:
    """A moment of the unmanaged story comes in its night, stands on an item, and not in the managed one."""
    assert _stands_on_its_item(card("unmanaged"), row)
    managed = {beat.row for beat in card("managed").beats}
    assert (row in managed) == (row in IN_BOTH)


@pytest.mark.parametrize("row", MANAGED, ids=_id)
def test_managed(row: int) -> None:
    """A moment of the managed story comes in its night, and stands on an item."""
    assert _stands_on_its_item(card("managed"), row)


def test_rows_084_to_086_come_by_physics() -> None:
    """Two more sites fall hours after the first, then all; no inject of the script takes a site."""
    found = card("unmanaged")
    first, second, whole = _minute(found, 76), _minute(found, 84), _minute(found, 86)
    assert first < 30
    assert 240 < second <= whole < second + 10
    assert {item.origin for item in found.record.items if item.kind == "site.ejected"} == {"world"}


def test_rows_091_to_099_come_in_the_order_of_the_story() -> None:
    """Asked, taken, told, sent to the list, forecast; hours later the third alert, and the list again."""
    found = card("managed")
    minutes = [_minute(found, row) for row in (91, 92, 93, 94, 95, 96, 98)]
    assert minutes == sorted(minutes)


@pytest.mark.parametrize("row", FAILINGS, ids=_id)
def test_failing(row: int) -> None:
    """A failing is seen in the unmanaged night and not in the managed one."""
    assert card("unmanaged").failings[FAILINGS[row]] == "seen"
    assert card("managed").failings[FAILINGS[row]] == "not_seen"


@pytest.mark.parametrize("row", TRAITS, ids=_id)
def test_trait(row: int) -> None:
    """A trait is shown in the managed night and not in the unmanaged one."""
    assert card("managed").traits[TRAITS[row]] == "shown"
    assert card("unmanaged").traits[TRAITS[row]] == "not_shown"
