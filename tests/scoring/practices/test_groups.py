"""COM-7, developers and the other teams talk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scoring.levels import Judgement
from tests.scoring.judging import judged
from tests.scoring.nights import TRIGGER
from tests.scoring.notation import record, renamed, without
from tests.scoring.shifts import PEOPLE, SHIFT

# Operations learn at 50 that a cold site falls again; command and the developer are at work.
KNOWN = (
    TRIGGER
    + """
    20 commander role.assumed commander announced
    30 developer look.taken dc1
    50 world     operation.judged op-1 effect=harmed
"""
)


def said(minute: float, kind: str = "message.sent", who: str = "tech_lead") -> str:
    """Give the words that carry the finding."""
    return f"{minute} {who} {kind} | dc1 tried readmit\n"


def groups(text: str, **how: Any) -> Judgement:
    """Judge COM-7."""
    return judged("COM-7", text, SHIFT, **how)


@pytest.mark.parametrize(
    "words",
    [
        said(55),
        said(55, "doc.edited tried"),
        said(55, "update.sent major"),
        said(55, "call.noted call-1"),
        said(55, "handoff.written tech_lead section=tried"),
    ],
)
def test_a_claim_where_all_can_read_it_reaches_both_groups(words: str) -> None:
    """On the channel, in the document, an update, a note or the handoff."""
    found = groups(KNOWN + words)
    assert (found.level, found.opportunities) == ("met", 2)


@pytest.mark.parametrize(("minute", "level"), [(65, "met"), (65.1, "missed")])
def test_fifteen_minutes_just_inside_and_outside(minute: float, level: str) -> None:
    """Known at 50."""
    assert groups(KNOWN + said(minute)).level == level


def test_one_of_two_groups_told_in_a_call_is_partly() -> None:
    """The developers were in it, command was not."""
    call = "55 tech_lead call.started call-1 to={to} medium=voice\n"
    assert groups(KNOWN + call.format(to="developer")).level == "partly"
    assert groups(KNOWN + call.format(to="developer,commander")).level == "met"
    assert groups(KNOWN + call.format(to="desk_1")).level == "missed"


def test_gamed_chatter_is_not_counted() -> None:
    """Findings are: many words without it reach nobody, nor do words before it was known."""
    chatter = "".join(f"{50.1 + i} tech_lead message.sent | dc1 now step-{i}\n" for i in range(14))
    found = groups(KNOWN + chatter + said(49))
    assert found.level == "missed"
    assert "0 of 2 findings" in found.coaching


@pytest.mark.parametrize(("reached", "level"), [(4, "met"), (3, "partly"), (2, "missed")])
def test_shares_just_inside_and_outside(reached: int, level: str) -> None:
    """Of five findings: four fifths, half."""
    findings = tuple(
        replace(
            PEOPLE.findings[0],
            id=f"f-{i}",
            to=("command",),
            properties=("tried",) if i < reached else ("cause",),
        )
        for i in range(5)
    )
    setting = replace(SHIFT, people=replace(PEOPLE, findings=findings))
    assert judged("COM-7", KNOWN + said(55), setting).level == level


def test_a_group_that_comes_later_can_read_it_then() -> None:
    """The developer begins at 200: said by 215 is in time."""
    later = KNOWN.replace("30 developer", "200 developer")
    assert groups(later + said(55)).level == "met"
    assert groups(later + said(215)).level == "partly"
    assert groups(later + said(215.1)).level == "missed"


def test_a_group_that_was_never_called_counts_from_when_its_skill_was_needed() -> None:
    """30 min after the need could be seen; leaving them asleep helps nothing."""
    asleep = KNOWN.replace("30 developer look.taken dc1", "")
    assert groups(asleep).opportunities == 1
    needed = asleep + "100 world alert.fired dc3_full severity=page\n"
    assert groups(needed).opportunities == 2
    assert groups(needed + said(55)).level == "met"
    assert groups(needed, end=129).opportunities == 1


def test_command_counts_from_c_after_the_trigger_though_nobody_took_it() -> None:
    """27 is before 50."""
    nobody = KNOWN.replace("20 commander role.assumed commander announced", "")
    assert groups(nobody).opportunities == 2


def test_nothing_found_calls_for_nothing() -> None:
    """And too early is cut short."""
    assert groups(TRIGGER).reason == "no trigger"
    assert groups(KNOWN, end=61).reason == "cut short"
    assert groups(KNOWN, end=62).level == "missed"


def test_a_person_gets_the_time_to_write() -> None:
    """At x8, 150 s are 20 min."""
    assert groups(KNOWN + said(70), people=["tech_lead"], speed=8.0).level == "met"
    fast = groups(KNOWN + "80 world site.ejected dc3\n", people=["tech_lead"], speed=40.0)
    assert fast.reason == "too fast for people"


def test_deleting_the_words_takes_the_level_away() -> None:
    """And other names change nothing."""
    night = record(KNOWN + said(55))
    found = judged("COM-7", night, SHIFT)
    words = next(item.n for item in night.items if item.kind == "message.sent")
    assert words in found.evidence
    assert judged("COM-7", without(night, words), SHIFT).level == "missed"
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("COM-7", other, SHIFT) == found
