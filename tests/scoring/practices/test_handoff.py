"""HND-2, HND-3 and HND-4: handed off live, complete, said aloud."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.levels import Judgement
from tests.scoring.judging import SETTING, judged
from tests.scoring.nights import TRIGGER
from tests.scoring.notation import record, renamed, without
from tests.scoring.shifts import LED, SHIFT, handover

LINES = ("HND-2", "HND-3", "HND-4")


def hand(line: str, text: str, **how: Any) -> Judgement:
    """Judge a line of a night whose shift ends at 300, and nobody works beyond 360."""
    return judged(line, text, SHIFT, **how)


@pytest.mark.parametrize("line", LINES)
def test_the_handover_by_video_is_met_in_all_three(line: str) -> None:
    """Two roles changed hands."""
    assert hand(line, handover()).level == "met"


@pytest.mark.parametrize("line", LINES)
def test_a_handoff_that_was_due_and_never_made_is_missed(line: str) -> None:
    """The incident outlasted the hard limit; the drill has to reach it."""
    found = hand(line, LED)
    assert found.level == "missed"
    assert "never handed" in found.coaching
    if line != "HND-4":
        assert hand(line, LED, end=359).reason == "no trigger"


@pytest.mark.parametrize("line", LINES[:2])
def test_nothing_changed_and_nothing_had_to(line: str) -> None:
    """No limits, or resolved before them."""
    assert judged(line, LED, SETTING).reason == "no trigger"
    over = "150 world mitigation.reached larder\n299 commander ticket.resolved INC-1 code=restored\n"
    assert hand(line, LED + over).reason == "no trigger"


@pytest.mark.parametrize("line", LINES)
def test_deleting_the_handoff_and_other_names(line: str) -> None:
    """Without it the role never changed hands; the team is judged, whoever they are."""
    night = record(handover())
    found = judged(line, night, SHIFT)
    for item in [item for item in night.items if item.kind == "role.handed_off"]:
        assert item.n in found.evidence
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged(line, other, SHIFT) == found
    handed = [item.n for item in night.items if item.kind == "role.handed_off"]
    assert judged(line, without(without(night, handed[1]), handed[0]), SHIFT).level == "missed"


# --- HND-2


def live(**how: Any) -> Judgement:
    """Judge HND-2 of the handover with other facts."""
    return hand("HND-2", handover(**how))


def test_without_a_call_it_is_missed() -> None:
    """A line of chat."""
    assert live(leave_out=("call",)).level == "missed"


@pytest.mark.parametrize(("medium", "level"), [("video", "met"), ("voice", "met"), ("phone", "partly")])
def test_face_to_face_means_video_or_voice(medium: str, level: str) -> None:
    """With four in the call."""
    assert live(medium=medium).level == level


@pytest.mark.parametrize(("ended", "level"), [(305, "met"), (304.9, "partly")])
def test_five_minutes_just_inside_and_outside(ended: float, level: str) -> None:
    """Begun at 300."""
    assert live(ended=ended).level == level


@pytest.mark.parametrize(
    ("call", "level"),
    [(277, "met"), (276.9, "missed"), (307.1, "partly"), (337, "partly"), (337.1, "missed")],
)
def test_half_an_hour_before_or_after_the_change(call: float, level: str) -> None:
    """Handed off at 307."""
    assert live(call=call, ended=call + 8).level == level


def test_both_sides_and_all_who_take_over_are_in_it() -> None:
    """One who takes over is missing; then the one who hands over."""
    alone = handover().replace("to=tech_lead,hana,luca", "to=tech_lead,hana")
    assert hand("HND-2", alone).level == "missed", "one partly and one without a call"
    joined = alone + "302 persona call.joined call-9 who=luca\n"
    assert hand("HND-2", joined).level == "met"
    strangers = handover().replace("300 commander call.started", "300 desk_1 call.started")
    assert hand("HND-2", strangers.replace("to=tech_lead,", "to=")).level == "missed"


def test_by_voice_more_than_two_are_in_it() -> None:
    """By video two are enough."""
    one_role = LED + (
        "300 commander call.started call-9 to=hana medium={}\n"
        "302 commander call.noted call-9 | larder state degraded\n"
        "307 commander role.handed_off commander to=hana announced\n"
    )
    assert judged("HND-2", one_role.format("voice"), SETTING).level == "partly"
    assert judged("HND-2", one_role.format("video"), SETTING).level == "met"


def test_a_call_that_nobody_noted_is_partly() -> None:
    """A note or a section of the handoff with something in it."""
    assert live(leave_out=("written",)).level == "partly"
    bare = handover(leave_out=("written",))
    assert hand("HND-2", bare + "305 commander call.noted call-9 | larder state degraded\n").level == "met"
    assert hand("HND-2", bare + "305 commander call.noted call-9\n").level == "partly"


def test_gamed_a_change_undone_within_15_minutes_is_no_handoff() -> None:
    """It earns nothing."""
    swap = LED + (
        "100 specialist role.assumed commander announced\n{} commander role.assumed commander announced\n"
    )
    assert judged("HND-2", swap.format(114.9), SETTING).reason == "no trigger"
    assert judged("HND-2", swap.format(115), SETTING).level == "missed"


# --- HND-3


def told(**how: Any) -> Judgement:
    """Judge HND-3 of the handover with other facts."""
    return hand("HND-3", handover(**how))


@pytest.mark.parametrize(("right", "level"), [(6, "met"), (5, "partly"), (4, "partly"), (3, "missed")])
def test_right_answers_just_inside_and_outside(right: int, level: str) -> None:
    """Six of seven as the scenario asks; half."""
    assert told(right=right).level == level


@pytest.mark.parametrize(("read", "level"), [(327, "met"), (327.1, "missed")])
def test_the_read_back_comes_within_20_minutes(read: float, level: str) -> None:
    """Handed off at 307."""
    assert told(read=read).level == level


def test_parts_on_the_record_just_inside_and_outside() -> None:
    """Five; three, of which the read-back is one."""
    lines = [line for line in handover().splitlines() if "handoff.written" in line]

    def with_first(count: int) -> str:
        kept = lines[:count]
        return handover(leave_out=("written",)) + "\n".join(kept) + "\n"

    assert [hand("HND-3", with_first(count)).level for count in (4, 3, 2, 1)] == [
        "met",
        "partly",
        "partly",
        "missed",
    ]


def test_gamed_sections_with_nothing_in_them_are_no_parts() -> None:
    """Nor does a pasted page without a read-back."""
    empty = "\n".join(line.partition("|")[0] for line in handover().splitlines())
    assert hand("HND-3", empty).level == "missed"
    assert told(leave_out=("read",)).level == "missed"


def test_a_persons_read_back_counts_by_the_gaps_named_on_accepting() -> None:
    """Answers are in the journal; what was wrong is said when it is accepted."""
    own = handover(leave_out=("read",)).replace(
        "307 persona handoff.accepted commander who=hana",
        "306.5 commander handoff.read_back commander\n"
        "307 persona handoff.accepted commander who=hana gaps={gaps}",
    )

    def answered(gaps: str) -> str:
        night = record(own.format(gaps=gaps))
        for item in night.items:
            if item.kind == "handoff.read_back":
                item.data["answers"] = {f"q{i}": "x" for i in range(7)}  # type: ignore[index]
        return judged("HND-3", night, SHIFT).level

    assert answered("q1") == "met"
    assert answered("q1,q2") == "partly"


def test_the_best_read_back_counts() -> None:
    """A wrong answer is mended in the call."""
    first = "302 persona handoff.read_back commander who=hana right=2 of=7\n"
    assert hand("HND-3", handover() + first).level == "met"
    assert hand("HND-3", handover(leave_out=("read",)) + first).level == "missed"


def test_roles_that_change_within_an_hour_are_one_handoff() -> None:
    """Later ones are another, which told nothing new here."""
    apart = handover().replace("307 tech_lead role.handed_off", "{} tech_lead role.handed_off")
    assert hand("HND-3", apart.format(350)).opportunities == 1
    assert hand("HND-3", apart.format(368)).opportunities == 2


def test_a_person_gets_the_time_to_read_back() -> None:
    """At x12, 150 s are 30 min."""
    late = handover(read=337)
    assert hand("HND-3", late, people=["commander"], speed=12.0).level == "met"
    assert hand("HND-3", late, speed=12.0).level == "missed"


# --- HND-4


def said(**how: Any) -> Judgement:
    """Judge HND-4 of the handover with other facts."""
    return hand("HND-4", handover(**how))


def test_not_said_aloud_is_missed() -> None:
    """Confirmed and in the table, and nobody heard of it."""
    found = said(aloud="false")
    assert found.level == "missed"
    assert "did not say on the channel" in found.coaching


@pytest.mark.parametrize(("minute", "level"), [(312, "met"), (312.1, "missed")])
def test_an_announcement_within_five_minutes_counts(minute: float, level: str) -> None:
    """Of each role, naming who has it."""
    aloud = f"{minute} commander role.announced commander holder=hana\n"
    aloud += f"{minute} tech_lead role.announced tech_lead holder=luca\n"
    assert hand("HND-4", handover(aloud="false") + aloud).level == level
    wrong = aloud.replace("holder=hana", "holder=ines").replace("holder=luca", "holder=ines")
    assert hand("HND-4", handover(aloud="false") + wrong).level == "missed"


def test_not_confirmed_is_partly() -> None:
    """By the new holder: on accepting it, or in a word of their own."""
    silent = handover().replace("persona handoff.accepted", "persona inject.fired")
    assert hand("HND-4", silent).level == "partly"
    confirmed = "{m} commander role.confirmed commander\n{m} tech_lead role.confirmed tech_lead\n"
    assert hand("HND-4", silent + confirmed.format(m=312)).level == "met"
    assert hand("HND-4", silent + confirmed.format(m=312.1)).level == "partly"


def test_no_table_of_roles_is_partly() -> None:
    """Without a document somebody writes it within 15 min, or an update says it."""
    bare = handover().replace(
        "20   commander      doc.opened linked=ticket,channel sections=roles,timeline", ""
    )
    assert hand("HND-4", bare).level == "partly"
    assert hand("HND-4", bare + "322 commander doc.edited roles\n").level == "met"
    assert hand("HND-4", bare + "322.1 commander doc.edited roles\n").level == "partly"


def test_several_changes_are_averaged() -> None:
    """One aloud, one not."""
    half = handover().replace("to=luca announced=true", "to=luca announced=false")
    found = hand("HND-4", half)
    assert (found.level, found.opportunities, found.numbers["said"]) == ("partly", 2, 1)


def test_the_first_taking_counts_when_nothing_changed_later() -> None:
    """As one."""
    assert judged("HND-4", LED, SETTING).opportunities == 1
    assert judged("HND-4", LED, SETTING).level == "met"
    unsaid = LED.replace("role.assumed commander announced", "role.assumed commander announced=false")
    assert judged("HND-4", unsaid, SETTING).level == "missed"
    assert judged("HND-4", TRIGGER, SETTING).reason == "no trigger"


def test_gamed_an_announcement_without_a_change_is_none() -> None:
    """Who leads comes from the entries."""
    words = "300 commander role.announced commander holder=hana\n301 commander role.confirmed commander\n"
    assert hand("HND-4", LED + words).level == "missed"


def test_communication_counts_as_a_role_that_changes() -> None:
    """It is led too."""
    passed = LED + "100 communications role.handed_off communications to=ola announced=false\n"
    assert judged("HND-4", passed, SETTING).level == "missed"
