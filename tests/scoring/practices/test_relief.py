"""HND-1, replacement staff found before people are spent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scoring.levels import Judgement
from scoring.setting_people import Duty
from tests.scoring.judging import SETTING, judged
from tests.scoring.nights import TRIGGER
from tests.scoring.notation import record, renamed, without
from tests.scoring.shifts import LED, SHIFT, handover


def relief(text: str, **how: Any) -> Judgement:
    """Judge HND-1 of a night whose shift ends at 300, and nobody works beyond 360."""
    return judged("HND-1", text, SHIFT, **how)


def test_sought_in_time_and_relieved_is_met() -> None:
    """Both key roles; the searches and the handoffs are shown."""
    night = record(handover())
    found = judged("HND-1", night, SHIFT)
    kinds = [night.items[n].kind for n in found.evidence]
    assert found.level == "met"
    assert kinds[:4] == ["staff.sought", "role.handed_off"] * 2


@pytest.mark.parametrize(("minute", "level"), [(240, "met"), (240.1, "partly")])
def test_an_hour_before_the_shift_ends_just_inside_and_outside(minute: float, level: str) -> None:
    """300 - 60."""
    assert relief(handover(sought=minute)).level == level


@pytest.mark.parametrize(("minute", "level"), [(360, "met"), (360.1, "missed")])
def test_before_the_hard_limit_just_inside_and_outside(minute: float, level: str) -> None:
    """360."""
    assert relief(handover(at=minute)).level == level


def test_relief_that_nobody_sought_is_partly() -> None:
    """Somebody came all the same."""
    assert relief(handover(leave_out=("sought",))).level == "partly"


def test_one_role_relieved_and_the_other_not_is_missed() -> None:
    """A key role past the hard limit."""
    half = handover().replace("307 tech_lead role.handed_off tech_lead to=luca announced=true", "")
    found = relief(half)
    assert (found.level, found.numbers["relieved"]) == ("missed", 1)
    assert "the technical lead" in found.coaching


def test_nobody_relieved_is_missed() -> None:
    """Also when it was sought."""
    assert relief(LED).level == "missed"
    assert relief(handover(leave_out=("handed",))).level == "missed"


def test_gamed_a_handoff_to_oneself_relieves_nobody() -> None:
    """Identity is the person."""
    again = LED + "230 commander staff.sought commander\n300 commander role.assumed commander announced\n"
    assert relief(again).level == "missed"


def test_whoever_is_relieved_stops() -> None:
    """An update after 15 min is work; one right away is not."""
    went_on = "{m} communications/person-commander update.sent major | larder now warming\n"
    assert relief(handover() + went_on.format(m=322)).level == "met"
    found = relief(handover() + went_on.format(m=322.1))
    assert (found.level, found.numbers["went_on"]) == ("partly", 1)
    assert "went on working" in found.coaching


def test_earlier_relief_counts_too() -> None:
    """And one who then works longest is to be relieved in turn."""
    assert relief(handover(at=200, sought=100, call=195, ended=201, read=198)).level == "met"
    assert relief(handover(at=40, sought=30, call=35, ended=41, read=38)).level == "missed"


def test_a_short_incident_calls_for_no_relief() -> None:
    """Resolved before the shift ended, no limits, or nobody in a key role."""
    over = "150 world mitigation.reached larder\n299 commander ticket.resolved INC-1 code=restored\n"
    assert relief(LED + over).reason == "no trigger"
    assert judged("HND-1", LED, SETTING).reason == "no trigger"
    assert relief(TRIGGER, seats={"desk_1": "Desk"}).reason == "no trigger"
    assert relief(LED, end=359).reason == "cut short"


def test_without_a_hard_limit_an_hour_after_the_shift_is_hard() -> None:
    """360 again."""
    people = replace(SHIFT.people, duty=Duty(soft_ms=SHIFT.people.duty.soft_ms))
    setting = replace(SHIFT, people=people)
    assert judged("HND-1", handover(at=360), setting).level == "met"
    assert judged("HND-1", handover(at=360.1), setting).level == "missed"


def test_a_person_at_speed_may_seek_a_little_later() -> None:
    """At x20, 45 s on the wall are 15 min."""
    assert relief(handover(sought=255), people=["commander"], speed=20.0).level == "met"
    assert relief(handover(sought=255), speed=20.0).level == "partly"


def test_deleting_the_search_or_a_handoff_takes_the_level_away() -> None:
    """And other names change nothing."""
    night = record(handover())
    found = judged("HND-1", night, SHIFT)
    sought = [item.n for item in night.items if item.kind == "staff.sought"]
    handed = next(item.n for item in night.items if item.kind == "role.handed_off")
    assert judged("HND-1", without(night, sought[0]), SHIFT).level == "partly"
    assert judged("HND-1", without(night, handed), SHIFT).level == "missed"
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("HND-1", other, SHIFT) == found
