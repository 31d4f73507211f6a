"""COM-6, calls leave a trace."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.levels import Judgement
from tests.scoring.judging import judged
from tests.scoring.nights import TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without
from tests.scoring.shifts import SHIFT


def call(minute: float, n: int = 1, lasts: float = 5, to: str = "author", who: str = "tech_lead") -> str:
    """Give a call that was ended."""
    return (
        f"{minute} {who} call.started call-{n} to={to} medium=phone\n"
        f"{minute + lasts} {who} call.ended call-{n}\n"
    )


def note(minute: float, n: int = 1, claims: str = "| dc1 cause leak", who: str = "tech_lead") -> str:
    """Give the note of a call."""
    return f"{minute} {who} call.noted call-{n} {claims}\n"


def calls(text: str, **how: Any) -> Judgement:
    """Judge COM-6."""
    return judged("COM-6", TRIGGER + text, SHIFT, **how)


def test_a_note_with_a_claim_is_met() -> None:
    """And the call and the note are shown."""
    night = record(TRIGGER + call(40) + note(48))
    found = judged("COM-6", night, SHIFT)
    assert found.level == "met"
    assert [night.items[n].kind for n in found.evidence] == ["call.started", "call.noted"]
    assert judged("COM-6", without(night, found.evidence[1]), SHIFT).level == "missed"


@pytest.mark.parametrize(("minute", "level"), [(55, "met"), (55.1, "missed")])
def test_ten_minutes_after_the_end_just_inside_and_outside(minute: float, level: str) -> None:
    """The call ended at 45."""
    assert calls(call(40) + note(minute)).level == level


@pytest.mark.parametrize(("noted", "level"), [(4, "met"), (3, "partly"), (2, "partly"), (1, "missed")])
def test_shares_just_inside_and_outside(noted: int, level: str) -> None:
    """Of five calls: four fifths, two fifths."""
    text = "".join(call(40 + 20 * i, i) for i in range(5))
    text += "".join(note(46 + 20 * i, i) for i in range(noted))
    found = calls(text)
    assert (found.level, found.opportunities) == (level, 5)


@pytest.mark.parametrize(
    "written",
    [
        "46 tech_lead doc.edited known links=call-1 | dc1 cause leak\n",
        "46 tech_lead doc.edited calls | dc1 cause leak\n",
        note(46, claims="text=talked") + "47 tech_lead decision.made\n",
    ],
)
def test_other_ways_to_leave_a_trace(written: str) -> None:
    """Linked in the document, in its section for calls, or with a decision of somebody in the call."""
    assert calls(call(40) + written).level == "met"


@pytest.mark.parametrize(
    "written",
    [
        note(46, claims="text=talked"),
        note(46, 2),
        note(46, who="desk_1"),
        "46 tech_lead doc.edited known | dc1 cause leak\n",
        "46 tech_lead message.sent | dc1 cause leak\n",
    ],
)
def test_gamed_an_empty_note_or_one_of_something_else_is_none(written: str) -> None:
    """A claim, a decision or a task has to be in it, by somebody who was there."""
    assert calls(call(40) + written).level == "missed"


@pytest.mark.parametrize(("lasts", "level"), [(1, "missed"), (0.9, "not_tested")])
def test_a_call_of_a_minute_counts(lasts: float, level: str) -> None:
    """Shorter ones do not."""
    assert calls(call(40, lasts=lasts)).level == level


def test_a_call_that_nobody_ended_lasts_ten_minutes() -> None:
    """So that the note is due at 60."""
    begun = call(40).splitlines()[0] + "\n"
    assert calls(begun + note(60)).level == "met"
    assert calls(begun + note(60.1)).level == "missed"


def test_calls_from_outside_count_apart_from_reports_to_the_desk() -> None:
    """Answered ones; a report of the desk is a ticket, not a note."""
    rang = "40 director phone.rang phone-1 call=phone-1 from=boss to=tech_lead inject={inject}\n"
    answered = "41 tech_lead phone.answered phone-1\n"
    assert calls(rang.format(inject="i09") + answered).level == "missed"
    assert (
        calls(
            rang.format(inject="i09") + answered + "44 tech_lead call.noted phone-1 | dc1 state down\n"
        ).level
        == "met"
    )
    assert calls(rang.format(inject="i09")).reason == "no trigger"
    for inject in ("i05", "complaint"):
        assert calls(rang.format(inject=inject) + answered).reason == "no trigger"


def test_a_question_asked_by_phone_and_answered_with_claims_is_on_record() -> None:
    """What was told can be read."""
    text = """
        40 director phone.rang phone-1 call=phone-1 from=boss to=tech_lead inject=i09
        41 tech_lead phone.answered phone-1
        41 director question.received q-1 from=boss to=tech_lead inject=i09
        44 tech_lead question.answered q-1 {claims}
    """
    assert calls(text.format(claims="| larder state degraded")).level == "met"
    assert calls(text.format(claims="")).level == "missed"


def test_a_call_with_a_relief_may_leave_its_words_in_the_handoff() -> None:
    """Written in the call or right after."""
    text = "300 commander call.started call-9 to=hana,tech_lead medium=video\n"
    text += "303 commander handoff.written commander section=state | larder state degraded\n"
    assert calls(text).level == "missed"
    assert calls(text + "307 commander role.handed_off commander to=hana\n").level == "met"


def test_calls_before_the_onset_after_the_end_or_of_the_desk_alone_call_for_nothing() -> None:
    """Not about the incident, or the desk's own."""
    assert calls(call(1, lasts=1)).reason == "no trigger"
    assert calls("").reason == "no trigger"
    over = "100 world mitigation.reached larder\n110 commander ticket.resolved INC-1\n"
    assert calls(over + call(120)).reason == "no trigger"
    assert calls(call(40, to="ines", who="desk_1")).reason == "no trigger"


def test_a_person_gets_the_time_to_write() -> None:
    """At x8, 150 s are 20 min; too fast when the next stage comes before."""
    assert calls(call(40) + note(64), people=["tech_lead"], speed=8.0).level == "met"
    fast = calls(call(40) + "60 world site.ejected dc3\n", people=["tech_lead"], speed=40.0)
    assert fast.reason == "too fast for people"
    assert calls(call(40), end=52).reason == "cut short"


def test_the_unnoted_call_of_the_unmanaged_night_is_missed() -> None:
    """With the author of the update, whose group is known."""
    night = record(UNMANAGED, end=600)
    found = judged("COM-6", night, SHIFT)
    assert (found.level, found.numbers["calls"]) == ("missed", 1)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("COM-6", other, SHIFT) == found
