"""Who was asked for help: pages, calls, tickets passed on and tasks, and what came of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from drills.record import Item
from scenarios.schema.response import Trouble
from scoring.practices.troubles import Ticket
from scoring.reading import Night
from scoring.timing import MIN_MS

ASKING = ("page.sent", "call.started", "ticket.escalated", "task.assigned")
AT_WORK_MS = 30 * MIN_MS
NO_WORK = ("page.acknowledged", "page.sent", "message.sent", "call.joined", "call.ended", "look.taken")


def asked(item: Item) -> tuple[str, ...]:
    """Give whom an act asks: the one a page, a task or a ticket goes to, all of a call."""
    to = item.data.get("to")
    return tuple(str(one) for one in to) if isinstance(to, list | tuple) else (str(to),)


def asks_for(night: Night, people: Collection[str], *, from_ms: int = 0) -> tuple[Item, ...]:
    """Give the acts of the team from a moment on that ask one of some people, seats or personas for help."""
    intake = night.setting.intake
    seats = {intake.seat(one) for one in people}
    return tuple(
        item
        for item in night.items(*ASKING)
        if item.origin == "journal"
        and item.t_ms >= from_ms
        and item.seat not in seats
        and any(intake.seat(one) in seats for one in asked(item))
    )


def holder(night: Night, came: Item) -> str:
    """Give the seat at which an alert or a report arrived."""
    if came.kind != "alert.fired":
        return str(came.data.get("to", ""))
    rang = night.first(
        "page.rang", where=lambda item: item.data.get("alert") == came.about and item.t_ms >= came.t_ms
    )
    return str(rang.data.get("to", "")) if rang else ""


def tier(night: Night, who: str) -> int:
    """Give the tier of a seat or of the person in it; 1 where none is known."""
    intake = night.setting.intake
    return intake.tiers.get(intake.seat(who), 1)


def experts(night: Night, trouble: Trouble, besides: str) -> tuple[str, ...]:
    """Give who can solve a trouble, apart from the seat that has it already."""
    seat = night.setting.intake.seat
    return tuple(one for one in trouble.solver if seat(one) != besides)


def passed_on(night: Night, tickets: Sequence[Ticket]) -> tuple[Item, ...]:
    """Give the escalations of some tickets, in order."""
    ids = {ticket.id for ticket in tickets}
    return tuple(item for item in night.items("ticket.escalated") if item.about in ids)


def worked(night: Night, people: Collection[str], from_ms: int, to_ms: int) -> Item | None:
    """Give the first act of work by one of some people between two moments; an answer alone is none."""
    intake = night.setting.intake
    seats = {intake.seat(one) for one in people}
    return next(
        (
            item
            for item in night.acts
            if item.seat in seats and from_ms <= item.t_ms <= to_ms and item.kind not in NO_WORK
        ),
        None,
    )
