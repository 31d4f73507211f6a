"""Beats of the two stories, found by what happened."""

from __future__ import annotations

import pytest

from drills.record import Record
from scoring.beats import ROWS, Beat, beats
from scoring.reading import Night
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import SETTING, record, renamed, without

UNMANAGED_ROWS, MANAGED_ROWS = range(75, 87), range(91, 112)


def _beats(night: Record) -> dict[int, Beat]:
    return {beat.row: beat for beat in beats(Night(night, SETTING))}


def _rows(text: str, end: float = 400) -> dict[int, float]:
    return {row: beat.t_ms / 60_000 for row, beat in _beats(record(text, end=end)).items()}


def test_the_unmanaged_night_shows_rows_75_to_86() -> None:
    """Row 84 is the second of the two further sites."""
    found = _rows(UNMANAGED, 600)
    assert [row for row in found if row < 91] == list(UNMANAGED_ROWS)
    assert (found[78], found[84], found[85], found[86]) == (31.3, 282, 282, 282.3)


def test_the_managed_night_shows_rows_91_to_111() -> None:
    """And of the other story only how it began."""
    found = _rows(MANAGED)
    assert [row for row in found if row >= 91] == list(MANAGED_ROWS)
    assert {row for row in found if row < 91} == {75, 76, 77}
    assert [found[row] for row in range(106, 112)] == [128, 161, 169, 195, 260, 266]


def test_a_beat_points_to_the_item_that_shows_it() -> None:
    """Each at its own moment, or before it where time has to pass."""
    night = record(MANAGED)
    for beat in beats(Night(night, SETTING)):
        assert night.items[beat.n].t_ms <= beat.t_ms


def test_rows_are_those_of_both_stories() -> None:
    """75-86 and 91-111, each with a name of its own."""
    assert list(ROWS) == [*UNMANAGED_ROWS, *MANAGED_ROWS]
    assert len(set(ROWS.values())) == len(ROWS)


@pytest.mark.parametrize(
    ("text", "end", "row"),
    [(UNMANAGED, 600, row) for row in UNMANAGED_ROWS] + [(MANAGED, 400, row) for row in MANAGED_ROWS],
)
def test_without_the_item_behind_it_a_beat_is_gone_or_moves(text: str, end: float, row: int) -> None:
    """It is never left standing on something that did not happen."""
    night = record(text, end=end)
    before = _beats(night)[row]
    after = _beats(without(night, before.n)).get(row)
    if after is not None:
        gone, stands = night.items[before.n], without(night, before.n).items[after.n]
        assert (stands.t_ms, stands.kind, stands.data) != (gone.t_ms, gone.kind, gone.data)


# The one line of the journal by which a beat stands or falls.
ACTS = {
    78: "operation.started dc1",
    79: "call.started call-1 to=author",
    92: "page.sent commander",
    93: "role.assumed commander",
    101: "doc.viewed",
    106: "staff.sought tech_lead",
    107: "call.joined call-1 who=relief4",
    109: "ticket.closed INC-1",
    110: "retro.held",
}


@pytest.mark.parametrize("row", ACTS)
def test_without_the_act_behind_it_a_beat_is_gone(row: int) -> None:
    """The line of the journal is taken out."""
    text, end = (UNMANAGED, 600.0) if row < 91 else (MANAGED, 400.0)
    kept = [line for line in text.splitlines() if ACTS[row] not in line]
    assert len(text.splitlines()) - len(kept) == 1
    assert row not in _rows("\n".join(kept), end)


@pytest.mark.parametrize(
    ("row", "taken_out"),
    [
        (94, "message.sent"),
        (95, "update.sent"),
        (96, "forecast if"),
        (97, "doc.edited forecast"),
        (98, "update.sent"),
        (99, "task.assigned"),
        (100, "page.sent developer"),
        (102, "task.assigned"),
        (103, "task.acknowledged"),
        (104, "result=done target=dc2"),
        (105, "doc.edited tried"),
        (108, "role."),
        (111, "follow_up.created"),
    ],
)
def test_without_the_acts_behind_it_a_beat_is_gone(row: int, taken_out: str) -> None:
    """All lines of that kind; row 103 also lives from an operation after the tasks."""
    kept = [line for line in MANAGED.splitlines() if taken_out not in line]
    if row == 103:
        kept = [line for line in kept if "operation.started" not in line]
    assert row not in _rows("\n".join(kept))


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (79, TRIGGER + "20 tech_lead call.started call-1 to=boss\n"),
        (79, TRIGGER + "20 tech_lead call.started call-1 to=commander\n21 commander doc.viewed\n"),
        (81, TRIGGER + "20 director question.received q-1 from=depot to=tech_lead\n"),
        (81, TRIGGER + "20 director question.received q-1 from=boss to=communications\n"),
        (92, TRIGGER + "14 desk_1 page.sent commander\n17 commander role.assumed commander\n"),
        (92, TRIGGER + "17 commander role.assumed commander\n18 tech_lead page.sent commander\n"),
        (93, TRIGGER + "17 tech_lead role.assumed commander announced\n"),
        (96, MANAGED.replace("| ~larder forecast if load", "| ~larder state if load").replace("32.5", "50")),
        (104, MANAGED.replace("17   commander      role.assumed", "58   commander      role.assumed")),
        (107, MANAGED.replace("medium=video", "medium=voice")),
        (107, MANAGED.replace("162  persona        call.joined", "168.5 persona call.joined")),
        (109, MANAGED.replace("195  desk_1", "150 desk_1")),
        (109, MANAGED.replace("alert=dc1_down priority=high", "priority=low")),
        (110, MANAGED.replace("260  commander      retro.held", "100 commander retro.held")),
    ],
)
def test_near_misses_are_no_beats(row: int, text: str) -> None:
    """Who, to whom, and when belong to it."""
    assert row not in _rows(text)


def test_beats_need_no_names() -> None:
    """Other people in the same seats live the same story."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert _beats(night) == _beats(other)
