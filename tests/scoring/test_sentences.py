"""What each kind says to a person."""

from __future__ import annotations

import pytest

from scenarios.kinds import DIRECTOR_KINDS, JOURNAL_KINDS
from scoring.sentences import SENTENCES, Voice
from tests.scoring.notation import SETTING, record

SAID = {
    "20 commander staff.sought tech_lead person=relief4": (
        "Name Of Commander looked for relief as tech lead: relief4"
    ),
    "20 commander staff.sought tech_lead": "Name Of Commander looked for relief as tech lead: anybody",
    "20 persona staff.answered relief4 accepts=true": "relief4 would come",
    "20 persona staff.answered relief4 accepts=false": "relief4 cannot come",
    "20 commander role.handed_off commander to=relief3": (
        "Name Of Commander handed the role of commander to relief3"
    ),
    "20 commander role.announced commander holder=relief3": (
        "Name Of Commander said aloud: relief3 is commander"
    ),
    "20 persona call.joined call-1 who=relief3": "relief3 joined call-1",
    "20 desk_1 call.joined call-1": "Name Of Desk 1 joined call-1",
    "20 persona call.ended call-1 from=boss": "boss hung up call-1",
    "20 persona doc.viewed who=relief3": "relief3 read the document",
    "20 persona handoff.read_back commander who=relief3 right=6 of=7": (
        "relief3 said back what was handed over as commander, 6 of 7 right"
    ),
    "20 director handoff.accepted commander who=relief3": "relief3 took over as commander",
    "20 desk_1 ticket.categorised INC-1 category=site sub=site_down": (
        "Name Of Desk 1 put INC-1 under site, site down"
    ),
    "20 desk_1 ticket.linked INC-1 report=report-2": "Name Of Desk 1 linked report-2 to INC-1",
    "20 desk_1 service.confirmed INC-1 state=up": "Name Of Desk 1 confirmed on INC-1 that service is up",
    "20 persona ticket.reopened INC-1 from=ines": "INC-1 is open again",
    "20 director phone.rang phone-1 from=ines to=desk_1": "The phone of Name Of Desk 1 rings: ines",
    "20 persona grant.given boss from=boss gives=people sends=expert": "boss granted people: expert",
    "20 commander timer.set update minutes=30": (
        "Name Of Commander set the timer for the next update: every 30 min"
    ),
    "20 commander timer.set update minutes=0": "Name Of Commander set the timer for the next update: off",
    "20 commander retro.held present=commander,desk_1": (
        "Name Of Commander held the retrospective with Name Of Commander and Name Of Desk 1"
    ),
    "20 commander follow_up.created fu-1 owner=desk_1 due=5": (
        "Name Of Commander wrote fu-1 for Name Of Desk 1, due 5"
    ),
}


def _voice(line: str) -> tuple[str, str]:
    night = record(line, people=["commander", "desk_1"])
    voice = Voice(night, SETTING)
    return voice.actor(night.items[0]), voice.sentence(night.items[0])


@pytest.mark.parametrize("line", SAID)
def test_a_sentence_says_who_did_what(line: str) -> None:
    """With names, and with what belongs to it."""
    assert _voice(line)[1] == SAID[line]


def test_who_flags_blame_is_not_named() -> None:
    """Neither in the sentence nor beside it."""
    assert _voice("20 desk_1 blame.flagged factor-1") == (
        "Somebody",
        "Somebody flagged factor-1: it points at a person",
    )


BARE = [
    *(
        (f"20 desk_1 {kind} it step=1 priority=high", kind)
        for kind in JOURNAL_KINDS
        if kind != "call.started"
    ),
    *((f"20 director {kind} it", kind) for kind in DIRECTOR_KINDS),
]


@pytest.mark.parametrize(("line", "kind"), BARE)
def test_a_sentence_stands_without_the_facts(line: str, kind: str) -> None:
    """Whole words, and nothing of the program in them; also for a kind whose data are poor."""
    assert kind in SENTENCES
    said = _voice(line)[1]
    assert said[:1].strip()
    assert "{" not in said
    assert "  " not in said
