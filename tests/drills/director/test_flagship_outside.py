"""Everything outside the seats, in whole nights of the flagship."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from drills import Journal, Record
from drills.director.nudges import TO_ONE, TO_SEVERAL
from scenarios import Scenario

Night = Callable[[str, int], tuple[Journal, Record]]
LIMIT_S = 240


def _asked(record: Record, seat: str) -> list[int]:
    """Give the times at which something was asked of a seat."""
    return [
        item.t_ms
        for item in record.items
        if (item.kind in TO_ONE and item.data.get("to") == seat)
        or (item.kind in TO_SEVERAL and seat in item.data.get("to", ()))
    ]


def test_every_seat_is_asked_something_within_four_wall_minutes(night: Night, flagship: Scenario) -> None:
    """In a managed night at the book's speeds; the longest gap of each seat is printed."""
    _, record = night("managed", 1)
    for chair in record.seats:
        times = [0, *_asked(record, chair.id), record.ended_ms]
        gaps = [(flagship.book_wall_s(a, b), flagship.story(a)) for a, b in pairwise(times)]
        longest = max(gaps)
        print(f"{chair.id:15} {longest[0]:5.0f} s from {longest[1]}, asked {len(times) - 2} times")
        assert longest[0] <= LIMIT_S


def test_complaints_are_few_when_managed_and_many_when_not(night: Night) -> None:
    """A handful against the cap; each comes from requests that were lost."""
    counts = []
    for team in ("managed", "unmanaged"):
        _, record = night(team, 1)
        counts.append(sum(1 for item in record.items if item.data.get("inject") == "complaint"))
    assert 1 <= counts[0] <= 6
    assert counts[1] == 32


@pytest.mark.parametrize("team", ["unmanaged", "managed"])
def test_nothing_outside_knows_what_happens_later(night: Night, team: str) -> None:
    """Stamps never go back, ids stand once, and no inject is settled before it came or twice."""
    _, record = night(team, 1)
    assert all(a.t_ms <= b.t_ms for a, b in pairwise(record.items))
    for kind in ("report.received", "question.received", "phone.rang", "page.rang"):
        ids = [item.about for item in record.items if item.kind == kind]
        assert len(ids) == len(set(ids))
    settled = [item for item in record.items if item.kind == "consequence.came" and item.about != "i27"]
    assert len({item.about for item in settled}) == len(settled)
    for item in settled:
        came = ("inject.fired", "report.received", "phone.rang")
        assert any(
            other.kind in came and other.data.get("inject") == item.about for other in record.items[: item.n]
        )


def test_the_call_that_left_no_note(night: Night) -> None:
    """The author's words reach whoever phoned, and without a note they are lost."""
    _, record = night("unmanaged", 1)
    told = next(i for i in record.items if i.kind == "inject.fired" and i.about == "i04")
    assert told.sees == ("tech_lead",)
    came = next(i for i in record.items if i.kind == "consequence.came" and i.about == "i04")
    assert came.data == {"inject": "i04", "outcome": "ignored", "busy": "specialist", "minutes": 20}


def test_the_managed_relief(night: Night) -> None:
    """Who may not come says no; two come, say back what they were told, and take over by video."""
    _, record = night("managed", 1)
    answers = {i.about: i.data["accepts"] for i in record.items if i.kind == "staff.answered"}
    assert answers == {"relief1": False, "relief2": False, "relief3": True, "relief4": True}
    said = [i for i in record.items if i.kind == "handoff.read_back"]
    assert {i.data["who"] for i in said} == {"relief3", "relief4"}
    assert {i.data["role"] for i in record.items if i.kind == "handoff.accepted"} == {
        "commander",
        "tech_lead",
    }


def test_the_grocer_says_no_first(night: Night) -> None:
    """The service is up and her second address lies on an old shard: asked, she says so."""
    _, record = night("managed", 1)
    first = next(i for i in record.items if i.kind == "user.answered" and i.data["from"] == "ines")
    assert first.data["satisfied"] is False
    assert any(i.kind == "inject.fired" and i.about == "i28" for i in record.items[first.n :])
