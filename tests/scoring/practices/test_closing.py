"""CLO-4, only the service desk closes."""

from __future__ import annotations

import pytest

from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without

OVER = (
    TRIGGER
    + """
    8   desk_1 ticket.logged INC-1 ticket_kind=incident alert=dc1_down priority=high
    100 world  level.changed larder level=up
    100 world  mitigation.reached larder
"""
)
RESOLVED = "110 commander ticket.resolved INC-1 code=restored\n"
RETURNED = "115 commander ticket.returned INC-1\n"
CLOSED = "130 desk_1 ticket.closed INC-1\n"


def test_passed_back_with_a_code_and_closed_by_the_desk_is_met() -> None:
    """All four steps of the ticket are shown."""
    night = record(OVER + RESOLVED + RETURNED + CLOSED)
    found = judged("CLO-4", night)
    assert found.level == "met"
    kinds = [night.items[n].kind for n in found.evidence]
    assert kinds == ["ticket.logged", "ticket.resolved", "ticket.returned", "ticket.closed"]


@pytest.mark.parametrize("steps", [CLOSED, RESOLVED + CLOSED, RETURNED + CLOSED])
def test_closed_by_the_desk_with_nothing_passed_back_is_partly(steps: str) -> None:
    """Resolution and return both belong to it."""
    assert judged("CLO-4", OVER + steps).level == "partly"


@pytest.mark.parametrize(("minute", "level"), [(140, "met"), (140.1, "partly")])
def test_passed_back_within_30_min_just_inside_and_outside(minute: float, level: str) -> None:
    """Resolved at 110."""
    late = RESOLVED + f"{minute} commander ticket.returned INC-1\n200 desk_1 ticket.closed INC-1\n"
    assert judged("CLO-4", OVER + late).level == level


def test_closed_by_another_role_is_missed() -> None:
    """Only the service desk closes."""
    found = judged("CLO-4", OVER + RESOLVED + RETURNED + "130 commander ticket.closed INC-1\n")
    assert found.level == "missed"
    assert "outside the desk" in found.coaching


@pytest.mark.parametrize(("acted", "level"), [(120.1, "missed"), (120, "met")])
def test_gamed_taking_a_desk_seat_to_close_counts_as_the_other_role(acted: float, level: str) -> None:
    """Ten minutes before closing the same person acted elsewhere."""
    switched = f"{acted} tech_lead/david look.taken dc1\n130 desk_1/david ticket.closed INC-1\n"
    assert judged("CLO-4", OVER + RESOLVED + RETURNED + switched).level == level


def test_closed_while_users_are_not_served_is_missed() -> None:
    """Before the mitigation."""
    early = "60 commander ticket.resolved INC-1 code=restored\n61 commander ticket.returned INC-1\n"
    assert judged("CLO-4", OVER + early + "70 desk_1 ticket.closed INC-1\n").level == "missed"


def test_other_troubles_may_be_closed_during_the_outage() -> None:
    """A low ticket without an alert is not the outage; a request is no incident at all."""
    small = """
        20 desk_1 ticket.logged INC-2 ticket_kind=incident priority=low
        30 desk_2 ticket.resolved INC-2 code=article
        31 desk_2 ticket.returned INC-2
        40 desk_1 ticket.closed INC-2
        20 desk_1 ticket.logged REQ-1 ticket_kind=request priority=low
        25 tech_lead ticket.closed REQ-1
    """
    found = judged("CLO-4", OVER + RESOLVED + RETURNED + CLOSED + small)
    assert (found.level, found.opportunities) == ("met", 2)


@pytest.mark.parametrize(("end", "level"), [(230, "missed"), (229.9, "not_tested")])
def test_left_open_two_hours_after_it_was_resolved_is_missed(end: float, level: str) -> None:
    """Resolved at 110; before that the drill was cut short."""
    assert judged("CLO-4", OVER + RESOLVED, end=end).level == level


def test_no_ticket_at_all_is_missed_once_the_trouble_was_over_for_two_hours() -> None:
    """Leaving the ticket out must not look better than leaving it open."""
    no_ticket = OVER.replace(
        "8   desk_1 ticket.logged INC-1 ticket_kind=incident alert=dc1_down priority=high", ""
    )
    assert judged("CLO-4", no_ticket, end=230).level == "missed"
    assert judged("CLO-4", no_ticket, end=200).reason == "cut short"


def test_nothing_over_calls_for_no_closing() -> None:
    """The unmanaged night never recovers."""
    assert judged("CLO-4", UNMANAGED, end=600).reason == "no trigger"


def test_several_tickets_are_averaged() -> None:
    """One met and one missed make partly, and the worse one is spoken of."""
    rival = "50 desk_2 ticket.logged INC-2 alert=dc2_down priority=high\n150 tech_lead ticket.closed INC-2\n"
    found = judged("CLO-4", OVER + RESOLVED + RETURNED + CLOSED + rival)
    assert (found.level, found.opportunities) == ("partly", 2)
    assert "INC-2" in found.coaching


def test_deleting_the_close_takes_the_level_away() -> None:
    """Four hours after the end of the trouble."""
    night = record(OVER + RESOLVED + RETURNED + CLOSED)
    closing = next(item.n for item in night.items if item.kind == "ticket.closed")
    assert judged("CLO-4", without(night, closing)).level == "missed"


def test_other_names_change_nothing() -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("CLO-4", night) == judged("CLO-4", other)
