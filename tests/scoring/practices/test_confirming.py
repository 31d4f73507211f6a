"""CLO-2, the service desk confirms service is back, and CLO-3, the reporter is asked before closing."""

from __future__ import annotations

import pytest

from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without

LOGGED = "8 desk_1 ticket.logged INC-1 ticket_kind=incident alert=dc1_down priority=high\n"
SERVED = """
    100 world  level.changed larder level=up
    100 world  mitigation.reached larder
"""
OVER = TRIGGER + LOGGED + SERVED

# --- CLO-2 ---

LOOK = "110 desk_1 look.taken larder signal=user_side\n"
CONFIRMED = "120 desk_1 service.confirmed INC-1 state=up\n"
RESOLVED = "130 commander ticket.resolved INC-1 code=restored\n"


def test_confirmed_by_the_desk_after_its_own_look_is_met() -> None:
    """What was reached, the look, the word."""
    night = record(OVER + LOOK + CONFIRMED + RESOLVED)
    found = judged("CLO-2", night)
    assert found.level == "met"
    kinds = [night.items[n].kind for n in found.evidence]
    assert kinds == ["mitigation.reached", "look.taken", "service.confirmed"]


@pytest.mark.parametrize(
    "text",
    [
        CONFIRMED,
        LOOK.replace("user_side", "dashboard") + CONFIRMED,
        LOOK.replace("desk_1", "desk_2") + CONFIRMED,
        LOOK + CONFIRMED + RESOLVED.replace("130", "119"),
    ],
)
def test_without_an_own_look_or_after_a_resolve_is_partly(text: str) -> None:
    """A look of another seat, or at another signal, is none of its own."""
    assert judged("CLO-2", OVER + text).level == "partly"


def test_not_confirmed_is_missed() -> None:
    """Another role's word, or "degraded", is no confirmation."""
    assert judged("CLO-2", OVER).level == "missed"
    assert judged("CLO-2", OVER + LOOK + CONFIRMED.replace("desk_1", "commander")).level == "missed"
    assert judged("CLO-2", OVER + LOOK + CONFIRMED.replace("=up", "=degraded")).level == "missed"


def test_gamed_confirmed_while_users_are_not_served_is_missed() -> None:
    """A right word later does not mend it."""
    early = "60 desk_1 look.taken larder signal=user_side\n61 desk_1 service.confirmed INC-1 state=up\n"
    found = judged("CLO-2", OVER + early + LOOK + CONFIRMED)
    assert found.level == "missed"
    assert "until 04:40" in found.coaching


@pytest.mark.parametrize(("minute", "level"), [(105, "met"), (104.9, "partly"), (120.1, "partly")])
def test_looked_within_15_min_before_just_inside_and_outside(minute: float, level: str) -> None:
    """Confirmed at 120."""
    assert judged("CLO-2", OVER + LOOK.replace("110", str(minute)) + CONFIRMED).level == level


def test_a_look_before_users_were_served_shows_nothing() -> None:
    """Served at 100."""
    early = LOOK.replace("110", "99") + CONFIRMED.replace("120", "101")
    assert judged("CLO-2", OVER + early).level == "partly"


def test_nothing_to_confirm_and_the_end() -> None:
    """100 and four fifths of 30 min."""
    assert judged("CLO-2", UNMANAGED, end=600).reason == "no trigger"
    assert judged("CLO-2", OVER, end=123.9).reason == "cut short"
    assert judged("CLO-2", OVER, end=124).level == "missed"


def test_a_person_gets_the_time_to_click() -> None:
    """At x40, 45 s are 30 min."""
    late = CONFIRMED.replace("120", "139")
    found = judged("CLO-2", OVER + LOOK + late, people=["desk_1"], speed=40.0)
    assert (found.level, found.numbers["allowed_min"]) == ("met", 30)


@pytest.mark.parametrize(("kind", "level"), [("look.taken", "partly"), ("service.confirmed", "missed")])
def test_deleting_look_or_word_takes_the_level_away(kind: str, level: str) -> None:
    """Each its part."""
    night = record(OVER + LOOK + CONFIRMED)
    assert judged("CLO-2", without(night, next(i.n for i in night.items if i.kind == kind))).level == level


# --- CLO-3 ---

ASKED = "150 desk_1 end_user.asked INC-1\n"
YES = "155 persona user.answered INC-1 satisfied=true\n"
NO = "155 persona user.answered INC-1 satisfied=false\n"
CLOSED = "170 desk_1 ticket.closed INC-1\n"


def test_asked_and_closed_on_a_yes_is_met() -> None:
    """All four steps are shown."""
    night = record(OVER + ASKED + YES + CLOSED)
    found = judged("CLO-3", night)
    assert (found.level, found.opportunities) == ("met", 1)
    kinds = [night.items[n].kind for n in found.evidence]
    assert kinds == ["ticket.logged", "end_user.asked", "user.answered", "ticket.closed"]


def test_a_person_in_the_reporters_seat_answers_too() -> None:
    """As well as a persona."""
    yes = YES.replace("persona user.answered", "end_user end_user.confirmed")
    assert judged("CLO-3", OVER + ASKED + yes + CLOSED).level == "met"


def test_closed_without_an_answer_after_two_tries_is_partly() -> None:
    """After one, it is missed."""
    assert judged("CLO-3", OVER + ASKED + ASKED.replace("150", "160") + CLOSED).level == "partly"
    assert judged("CLO-3", OVER + ASKED + CLOSED).level == "missed"


@pytest.mark.parametrize("text", [CLOSED, ASKED + NO + CLOSED, ASKED + YES.replace("155", "171") + CLOSED])
def test_unasked_or_over_a_no_or_before_the_answer_is_missed(text: str) -> None:
    """The question comes before the end, and its answer counts."""
    assert judged("CLO-3", OVER + text).level == "missed"


def test_a_not_yet_is_asked_again_and_the_last_answer_counts() -> None:
    """It reopened the work."""
    again = "160 desk_1 end_user.asked INC-1\n165 persona user.answered INC-1 satisfied=true\n"
    assert judged("CLO-3", OVER + ASKED + NO + again + CLOSED).level == "met"
    assert judged("CLO-3", OVER + ASKED + YES + again.replace("true", "false") + CLOSED).level == "missed"


@pytest.mark.parametrize(("minute", "level"), [(100, "met"), (99.9, "missed")])
def test_gamed_asked_before_it_works(minute: float, level: str) -> None:
    """Served at 100, just inside and outside."""
    early = ASKED.replace("150", str(minute))
    found = judged("CLO-3", OVER + early + YES + CLOSED)
    assert found.level == level
    assert ("asked before it worked" in found.coaching) == (level == "missed")


def test_a_ticket_that_is_not_of_the_outage_may_be_asked_about_at_any_time() -> None:
    """One met and one missed make partly; the worse one is spoken of."""
    small = """
        20 desk_1 ticket.logged INC-2 ticket_kind=incident priority=low reporter=picker
        30 desk_1 end_user.asked INC-2
        32 persona user.answered INC-2 satisfied=true
        40 desk_1 ticket.closed INC-2
    """
    assert judged("CLO-3", TRIGGER + small).level == "met"
    found = judged("CLO-3", OVER + small + CLOSED)
    assert (found.level, found.opportunities) == ("partly", 2)
    assert "INC-1" in found.coaching


@pytest.mark.parametrize(("end", "level"), [(220, "missed"), (219.9, "not_tested")])
def test_left_open_two_hours_after_users_were_served_is_missed(end: float, level: str) -> None:
    """Also when the reporter had said yes."""
    assert judged("CLO-3", OVER + ASKED + YES, end=end).level == level


def test_a_ticket_not_due_yet_is_waited_for_where_it_would_decide() -> None:
    """One closed well, one open: cut short; one closed badly of two is at best partly, at worst missed."""
    other = "160 desk_1 ticket.logged INC-2 ticket_kind=incident priority=high\n"
    assert judged("CLO-3", OVER + ASKED + YES + CLOSED + other, end=180).reason == "cut short"
    assert judged("CLO-3", OVER + ASKED + YES + CLOSED + other, end=290).level == "partly"


def test_nothing_over_and_no_ticket() -> None:
    """Without a ticket, its parent was missed."""
    assert judged("CLO-3", UNMANAGED, end=600).reason == "no trigger"
    assert judged("CLO-3", TRIGGER + SERVED).reason == "parent missed"


def test_deleting_the_question_takes_the_level_away() -> None:
    """An answer nobody asked for is none."""
    night = record(OVER + ASKED + YES + CLOSED)
    n = next(item.n for item in night.items if item.kind == "end_user.asked")
    assert judged("CLO-3", without(night, n)).level == "missed"


@pytest.mark.parametrize("line", ["CLO-2", "CLO-3"])
def test_the_managed_night_is_met_and_other_names_change_nothing(line: str) -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged(line, night).level == "met"
    assert judged(line, night) == judged(line, other)
