"""The service desk: from a report to a ticket, up the tiers, and back to the one who reported it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from drills.acts.base import Act, Claim, Id, Severity, Short, Text, act

Contact = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)]
TicketKind = Literal["incident", "request"]

# --- reports


@act
class AnswerPhone(Act):
    """Pick up a phone that rings."""

    command, kind, about = "answer_phone", "phone.answered", "call"
    sees = ("self",)
    call: Id


@act
class FileReport(Act):
    """Report a trouble to the service desk, as its user."""

    command, kind, about = "file_report", "report.filed", "service"
    channel: Literal["text", "email", "phone", "ticket"] = "ticket"
    service: Id
    text: Text


# --- tickets


@act
class LogTicket(Act):
    """Turn a report or an alert into a ticket.

    `reporter` is a persona, a seat or `monitor`; `contact` is how to reach them; `service` what is affected;
    `reported_ms` when it was reported, the time of the report or alert when left out.
    """

    command, kind, about = "log_ticket", "ticket.logged", "ticket"
    ticket: Id = "ticket"
    ticket_kind: TicketKind = "incident"
    title: Short
    reporter: Id = "monitor"
    contact: Contact = ""
    reported_ms: Annotated[int, Field(ge=0)] | None = None
    description: Text = ""
    service: Id | None = None
    priority: Severity | None = None
    report: Id | None = None
    alert: Id | None = None


@act
class CorrectTicket(Act):
    """Correct fields of a ticket."""

    command, kind, about = "correct_ticket", "ticket.corrected", "ticket"
    ticket: Id
    ticket_kind: TicketKind | None = None
    reporter: Id | None = None
    contact: Contact | None = None
    reported_ms: Annotated[int, Field(ge=0)] | None = None
    description: Text | None = None
    service: Id | None = None


@act
class CategoriseTicket(Act):
    """Put a ticket into a category and sub-category; they suggest a priority."""

    command, kind, about = "categorise_ticket", "ticket.categorised", "ticket"
    ticket: Id
    category: Id
    sub: Id


@act
class PrioritiseTicket(Act):
    """Set the priority of a ticket, with the four factors behind it; in doubt, high."""

    command, kind, about = "prioritise_ticket", "ticket.prioritised", "ticket"
    ticket: Id
    priority: Severity
    people: Literal["none", "some", "many"] | None = None
    money: Literal["none", "some", "much"] | None = None
    security: Literal["no", "unclear", "yes"] | None = None
    sla: Literal["safe", "at_risk", "breached"] | None = None
    text: Text = ""


@act
class LinkTicket(Act):
    """Say that a report or a ticket is about the same trouble as a ticket."""

    command, kind, about = "link_ticket", "ticket.linked", "ticket"
    ticket: Id
    report: Id | None = None
    duplicate: Id | None = None


@act
class EscalateTicket(Act):
    """Pass a ticket to the next tier, a specialist, or somebody with authority, with what was found.

    `tried` names operations, articles and runbooks tried here, `found` looks and findings, by id.
    """

    command, kind, about = "escalate_ticket", "ticket.escalated", "ticket"
    ticket: Id
    to: Id
    text: Text = ""
    claims: tuple[Claim, ...] = ()
    tried: Annotated[tuple[Id, ...], Field(max_length=20)] = ()
    found: Annotated[tuple[Id, ...], Field(max_length=20)] = ()
    hypothesis: Id | None = None


@act
class AcceptTicket(Act):
    """Take a ticket that was passed to you."""

    command, kind, about = "accept_ticket", "ticket.accepted", "ticket"
    ticket: Id


@act
class ResolveTicket(Act):
    """Say that a ticket's trouble is over."""

    command, kind, about = "resolve_ticket", "ticket.resolved", "ticket"
    ticket: Id
    code: Short = "restored"
    text: Text = ""


@act
class ReturnTicket(Act):
    """Pass a ticket back to the service desk."""

    command, kind, about = "return_ticket", "ticket.returned", "ticket"
    ticket: Id
    text: Text = ""


@act
class ConfirmService(Act):
    """Say, as the service desk, that the service is back (or is not), after a look of your own."""

    command, kind, about = "confirm_service", "service.confirmed", "ticket"
    ticket: Id
    state: Literal["up", "degraded", "down"] = "up"
    text: Text = ""


@act
class AskReporter(Act):
    """Ask the reporter whether it works for them."""

    command, kind, about = "ask_reporter", "end_user.asked", "ticket"
    ticket: Id


@act
class ConfirmRestored(Act):
    """Say, as the one who reported it, whether it works for you."""

    command, kind, about = "confirm_restored", "end_user.confirmed", "ticket"
    ticket: Id
    satisfied: bool
    text: Text = ""


@act
class CloseTicket(Act):
    """Close a ticket; the service desk's alone."""

    command, kind, about = "close_ticket", "ticket.closed", "ticket"
    ticket: Id


@act
class RaiseProblem(Act):
    """Open a problem record, the cause behind an incident, apart from its ticket."""

    command, kind, about = "raise_problem", "problem.raised", "problem"
    problem: Id = "problem"
    ticket: Id
    text: Text
    category: Id | None = None
