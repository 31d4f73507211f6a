"""ESC-4, the clock is watched, and ESC-5, escalated before the breach."""

from __future__ import annotations

import pytest

from scoring.levels import Judgement
from scoring.practices.service_level import budget_left_min
from scoring.reading import Night
from tests.scoring.desk import DESK, ONE_ALERT
from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED
from tests.scoring.notation import record, renamed, without

# The clock starts at 10 and is due at 370: half is gone at 190, three quarters at 280.
CLOCK = ONE_ALERT + "10 world sla.started larder due_ms=22200000\n"
BREACH = "370 world sla.breached larder due_ms=22200000\n"


def stopped(minute: float) -> str:
    return f"{minute} world sla.stopped larder by=sites\n"


def said(minute: float, value: str | None = None, name: str = "sla_left", kind: str = "message.sent") -> str:
    left = f"{370 - minute:.0f} min" if value is None else value
    return f"{minute} commander {kind} | larder {name} {left}\n"


def esc_4(text: str, **how: object) -> Judgement:
    return judged("ESC-4", text, DESK, **how)


def esc_5(text: str, **how: object) -> Judgement:
    return judged("ESC-5", text, DESK, **{"end": 500, **how})


# --- ESC-4 ---

WATCHED = CLOCK + said(100) + said(200) + said(260) + said(330) + stopped(360)


def test_said_before_half_and_again_is_met() -> None:
    """Windows of 2U = 60 from 190: to 250, to 310, and the last, to 360, is long enough to count."""
    night = record(WATCHED)
    found = judged("ESC-4", night, DESK)
    assert (found.level, found.numbers["windows"], found.numbers["covered"]) == ("met", 3, 3)
    assert [night.items[n].kind for n in found.evidence] == ["sla.started", *4 * ["message.sent"]]


@pytest.mark.parametrize(("minute", "level"), [(190, "met"), (190.1, "partly")])
def test_first_said_before_half_is_gone(minute: float, level: str) -> None:
    """Half of 360 after 10."""
    text = CLOCK + said(minute) + said(240) + said(300) + said(350) + stopped(360)
    assert esc_4(text).level == level


def test_once_is_partly_and_never_is_missed() -> None:
    """Evidence of never: the clock."""
    assert esc_4(CLOCK + said(100) + BREACH).level == "partly"
    night = record(CLOCK + BREACH)
    found = judged("ESC-4", night, DESK)
    assert found.level == "missed"
    assert [night.items[n].kind for n in found.evidence] == ["sla.started"]


def test_after_the_breach_it_is_too_late() -> None:
    """Due at 370."""
    assert esc_4(CLOCK + BREACH + said(380, "0 min")).level == "missed"
    assert esc_4(CLOCK + BREACH + said(360)).level == "partly"


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("270 min", "met"),
        ("324 min", "met"),
        ("325 min", "partly"),
        ("4 h 30", "met"),
        ("75 %", "met"),
        ("soon", "partly"),
    ],
)
def test_gamed_a_number_has_to_be_right(value: str, level: str) -> None:
    """270 min, or three quarters, are left at 100; a fifth is allowed."""
    text = CLOCK + said(100, value) + said(200) + said(260) + said(330) + stopped(360)
    assert esc_4(text).level == level


@pytest.mark.parametrize(
    "kind", ["doc.edited sla", "update.sent major", "call.noted c-1", "ticket.escalated INC-1"]
)
def test_places_that_are_on_the_record(kind: str) -> None:
    """Document, update, call note, escalation."""
    assert esc_4(CLOCK + said(100, kind=kind) + BREACH).level == "partly"


def test_a_burn_alarm_is_followed_by_an_act() -> None:
    """Within 15 min; an acknowledgement alone is no act."""
    alarm = "50 world alert.fired fast_burn monitor=fast_burn severity=page\n"
    ack = "52 tech_lead page.acknowledged page-4\n"
    assert esc_4(WATCHED + alarm + ack).level == "partly"
    assert (
        esc_4(WATCHED + alarm + "65 tech_lead operation.started edge operation=shed job_id=o\n").level
        == "met"
    )
    assert (
        esc_4(WATCHED + alarm + "65.1 tech_lead operation.started edge operation=shed job_id=o\n").level
        == "partly"
    )


def test_the_budget_counts_as_well() -> None:
    """43.2 min a month; a tenth of the requests lost for 100 minutes is ten of them."""
    rows = {
        "t_ms": [60_000.0 * k for k in range(1, 101)],
        "fresh": [1100.0] * 100,
        "shed": [100.0] * 100,
        "good": [900.0] * 100,
    }
    night = record(CLOCK + said(100, "33 min", "budget_left") + BREACH, metrics=rows)
    assert budget_left_min(Night(night, DESK), 6_000_000) == pytest.approx(33.2)
    assert judged("ESC-4", night, DESK).level == "partly"
    wrong = record(CLOCK + said(100, "43 min", "budget_left") + BREACH, metrics=rows)
    assert judged("ESC-4", wrong, DESK).level == "missed"
    unknown = record(CLOCK + said(100, "33 min", "budget_left") + BREACH)
    assert judged("ESC-4", unknown, DESK).level == "missed"


def test_service_restored_before_half_calls_for_nothing() -> None:
    """Nor does a night without a clock."""
    assert esc_4(CLOCK + said(50) + stopped(189)).reason == "no trigger"
    assert esc_4(ONE_ALERT + said(50)).reason == "no trigger"


def test_esc_4_cut_short() -> None:
    """10 + 0.8 x 180 = 154."""
    assert esc_4(CLOCK, end=153.9).reason == "cut short"
    assert esc_4(CLOCK, end=154).level == "missed"


def test_windows_in_a_skip_do_not_count() -> None:
    """The one from 250 opens in it."""
    text = CLOCK + said(100) + said(200) + said(330) + stopped(360)
    assert esc_4(text).numbers["covered"] == 2
    skipped = esc_4(text, stretches=[(0, 240, 5.0), (240, 305, -1.0), (305, 400, 5.0)])
    assert (skipped.level, skipped.numbers["windows"]) == ("met", 2)


def test_deleting_the_statement_takes_the_level_away() -> None:
    """One at a time, and all."""
    night = record(CLOCK + said(100) + BREACH)
    act = next(item.n for item in night.items if item.kind == "message.sent")
    assert judged("ESC-4", without(night, act), DESK).level == "missed"


@pytest.mark.parametrize("line", ["ESC-4", "ESC-5"])
def test_other_names_change_nothing(line: str) -> None:
    """The team is judged."""
    night = record(MANAGED + said(100) + "270 commander page.sent boss\n")
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged(line, night, DESK) == judged(line, other, DESK)


# --- ESC-5 ---

GRANT = "300 persona grant.given boss from=boss\n"


def boss(minute: float) -> str:
    return f"{minute} commander page.sent boss\n"


@pytest.mark.parametrize(
    ("minute", "level"), [(200, "met"), (290, "met"), (290.1, "partly"), (380, "partly"), (380.1, "missed")]
)
def test_authority_asked_by_ten_minutes_after_the_mark_or_the_breach(minute: float, level: str) -> None:
    """280 and 370."""
    grant = "385 persona grant.given boss from=boss\n"
    assert esc_5(CLOCK + BREACH + boss(minute) + grant).level == level


def test_evidence_is_clock_asking_resource_and_breach() -> None:
    """In the order it is told."""
    night = record(CLOCK + BREACH + boss(285) + GRANT, end=500)
    found = judged("ESC-5", night, DESK)
    kinds = [night.items[n].kind for n in found.evidence]
    assert (found.level, kinds) == ("met", ["sla.started", "page.sent", "grant.given", "sla.breached"])


def test_nothing_that_came_of_it_is_partly() -> None:
    """A grant from before is none."""
    assert esc_5(CLOCK + BREACH + boss(285)).level == "partly"
    assert esc_5(CLOCK + BREACH + "280 persona grant.given boss from=boss\n" + boss(285)).level == "partly"


def test_a_specialist_who_restores_in_time_is_enough() -> None:
    """Standing before the mark, at work, and service restored before the breach."""
    called = CLOCK + "100 commander page.sent developer\n"
    work = "120 developer task.acknowledged t-1\n"
    assert esc_5(called + work + stopped(330)).level == "met"
    assert esc_5(called + stopped(330)).level == "partly", "nobody came"
    assert esc_5(called + "120 developer page.acknowledged page-9\n" + stopped(330)).level == "partly"


def test_a_specialist_alone_who_could_not_restore_is_not() -> None:
    """Authority asked later makes it partly."""
    called = CLOCK + BREACH + "100 commander page.sent developer\n120 developer task.acknowledged t-1\n"
    assert esc_5(called).level == "missed"
    assert esc_5(called + boss(450)).level == "partly"


@pytest.mark.parametrize("who", ["cfo", "author", "tech_lead", "desk_2"])
def test_gamed_asking_those_without_authority_or_skill_is_missed(who: str) -> None:
    """The role table decides."""
    assert esc_5(CLOCK + BREACH + f"285 commander page.sent {who}\n" + GRANT).level == "missed"


def test_service_restored_before_the_mark_calls_for_nothing() -> None:
    """Nor does a night without a clock."""
    assert esc_5(CLOCK + stopped(279)).reason == "no trigger"
    assert esc_5(ONE_ALERT).reason == "no trigger"


def test_never_asked_is_missed() -> None:
    """With the clock and the breach as evidence."""
    night = record(CLOCK + BREACH, end=500)
    found = judged("ESC-5", night, DESK)
    assert found.level == "missed"
    assert [night.items[n].kind for n in found.evidence] == ["sla.started", "sla.breached"]


def test_esc_5_cut_short() -> None:
    """280 + 8 = 288."""
    assert esc_5(CLOCK, end=287.9).reason == "cut short"
    assert esc_5(CLOCK, end=288).level == "missed"


def test_people_get_the_time_to_ask() -> None:
    """At x20, 45 s are 15 minutes."""
    text = CLOCK + BREACH + boss(295) + GRANT
    assert esc_5(text, people=["commander"], speed=20.0).level == "met"
    assert esc_5(text, speed=20.0).level == "partly"


def test_deleting_the_asking_takes_the_level_away() -> None:
    """A grant alone is nothing asked for."""
    night = record(CLOCK + BREACH + boss(285) + GRANT, end=500)
    act = next(item.n for item in night.items if item.kind == "page.sent")
    assert judged("ESC-5", without(night, act), DESK).level == "missed"
