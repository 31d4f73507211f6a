"""What people and bots can do: one frozen class an act.

An act is asked for by its command (`send_update`) and stands in the journal as its kind (`update.sent`).
The class says which data it carries; free text goes into fields of type `Text`, which stand beside the
journal. Adding an act is adding a class here; rights (who may) are data of the roles in `scenarios/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from drills.errors import Refused

Id = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.:-]{0,63}$")]
Text = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Severity = Literal["low", "medium", "high"]
Property = Literal[
    "state",
    "impact",
    "since",
    "lead",
    "next_update",
    "cause",
    "mitigation",
    "tried",
    "now",
    "next_step",
    "forecast",
    "sla_left",
    "budget_left",
    "priority",
    "residual",
    "more",
]


class Claim(BaseModel):
    """A statement that can be held against the world: "larder · state · degraded, known"."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    subject: Short
    property: Property
    value: Short
    certainty: Literal["known", "believed"] = "known"


class Act(BaseModel):
    """Base of all acts.

    Attributes:
        command: what a seat asks for.
        kind: what stands in the journal.
        about: name of the field that says what the act is about, or "".
        sees: who may see it: role ids, `*` for all responders, `self` for the seat that acted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    command: ClassVar[str]
    kind: ClassVar[str]
    about: ClassVar[str] = ""
    sees: ClassVar[tuple[str, ...]] = ("*",)


ACTS: dict[str, type[Act]] = {}


def _act(cls: type[Act]) -> type[Act]:
    ACTS[cls.command] = cls
    return cls


# --- pages and people


@_act
class AcknowledgePage(Act):
    """Say that a page has reached you."""

    command, kind, about = "acknowledge_page", "page.acknowledged", "page"
    page: Id


@_act
class PageSomeone(Act):
    """Call a person to the response: a seat, or somebody outside (a persona)."""

    command, kind, about = "page_someone", "page.sent", "to"
    to: Id
    text: Text = ""


@_act
class AssumeRole(Act):
    """Take a role, aloud on the channel unless said otherwise."""

    command, kind, about = "assume_role", "role.assumed", "role"
    role: Id
    announced: bool = True


@_act
class AssignTask(Act):
    """Give a task to one name, with a time; `operation` names what it asks for when it asks for one."""

    command, kind, about = "assign_task", "task.assigned", "task"
    task: Id = "task"
    to: Id
    text: Text
    minutes: Annotated[int, Field(ge=1, le=720)] = 15
    operation: Id | None = None
    params: dict[str, Any] = Field(default_factory=dict)


@_act
class AcknowledgeTask(Act):
    """Say that a task is yours now."""

    command, kind, about = "acknowledge_task", "task.acknowledged", "task"
    task: Id


@_act
class ReportTask(Act):
    """Say what came of a task."""

    command, kind, about = "report_task", "task.reported", "task"
    task: Id
    result: Literal["done", "failed", "more_time"] = "done"
    text: Text = ""


# --- words


@_act
class SendMessage(Act):
    """Say something on the incident channel."""

    command, kind = "send_message", "message.sent"
    text: Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
    tags: tuple[Short, ...] = ()
    claims: tuple[Claim, ...] = ()


@_act
class SendUpdate(Act):
    """Send an update to a distribution list."""

    command, kind, about = "send_update", "update.sent", "list"
    list: Id
    text: Text = ""
    claims: tuple[Claim, ...] = ()
    next_update_min: Annotated[int, Field(ge=5, le=720)] | None = None


@_act
class RecordDecision(Act):
    """Say a decision aloud and keep it."""

    command, kind = "record_decision", "decision.made"
    text: Text


@_act
class AnswerQuestion(Act):
    """Answer somebody from outside."""

    command, kind, about = "answer_question", "question.answered", "question"
    question: Id
    text: Text = ""
    claims: tuple[Claim, ...] = ()


@_act
class PhoneSomeone(Act):
    """Ring somebody directly; nobody else hears it."""

    command, kind, about = "phone_someone", "call.started", "to"
    sees = ("self",)
    to: Id
    text: Text = ""


@_act
class NoteCall(Act):
    """Write down what a call brought."""

    command, kind, about = "note_call", "call.noted", "to"
    to: Id
    text: Text = ""
    claims: tuple[Claim, ...] = ()


# --- the living record


@_act
class OpenDocument(Act):
    """Open the incident document, linked from the ticket and the channel."""

    command, kind = "open_document", "doc.opened"
    linked: tuple[Literal["ticket", "channel"], ...] = ("ticket", "channel")
    sections: tuple[Id, ...] = ("state", "roles", "timeline")


@_act
class LinkDocument(Act):
    """Link the document from one more place."""

    command, kind = "link_document", "doc.linked"
    to: Literal["ticket", "channel"]


@_act
class EditDocument(Act):
    """Write a section of the incident document."""

    command, kind, about = "edit_document", "doc.edited", "section"
    section: Id
    text: Text = ""
    claims: tuple[Claim, ...] = ()


@_act
class ViewDocument(Act):
    """Read the incident document."""

    command, kind = "view_document", "doc.viewed"


# --- finding out


@_act
class TakeLook(Act):
    """Look at an instrument: logs, changes, a chart, a map cell."""

    command, kind, about = "take_look", "look.taken", "target"
    target: Id
    signal: Id = "dashboard"


@_act
class RecordHypothesis(Act):
    """Put a possible cause on the board."""

    command, kind, about = "record_hypothesis", "hypothesis.recorded", "hypothesis"
    hypothesis: Id = "hypothesis"
    text: Text
    evidence: Text = ""


@_act
class RuleOutHypothesis(Act):
    """Strike a hypothesis."""

    command, kind, about = "rule_out_hypothesis", "hypothesis.ruled_out", "hypothesis"
    hypothesis: Id
    text: Text = ""


@_act
class ConfirmHypothesis(Act):
    """Say that a hypothesis holds."""

    command, kind, about = "confirm_hypothesis", "hypothesis.confirmed", "hypothesis"
    hypothesis: Id
    text: Text = ""


# --- operations


@_act
class StartOperation(Act):
    """Start an operation on the world."""

    command, kind, about = "start_operation", "operation.started", "target"
    operation: Id
    params: dict[str, Any] = Field(default_factory=dict)
    job_id: Id = "op"
    target: str = ""


@_act
class CancelOperation(Act):
    """Stop an operation that can still be stopped."""

    command, kind, about = "cancel_operation", "operation.cancelled", "job_id"
    job_id: Id


# --- service desk


@_act
class LogTicket(Act):
    """Turn a report or an alert into a ticket."""

    command, kind, about = "log_ticket", "ticket.logged", "ticket"
    ticket: Id = "ticket"
    ticket_kind: Literal["incident", "request"] = "incident"
    title: Short
    reporter: Short = "monitor"
    contact: Text = ""
    description: Text = ""
    priority: Severity = "high"
    alert: Id | None = None


@_act
class PrioritiseTicket(Act):
    """Set or change the priority of a ticket."""

    command, kind, about = "prioritise_ticket", "ticket.prioritised", "ticket"
    ticket: Id
    priority: Severity


@_act
class ResolveTicket(Act):
    """Say that a ticket's trouble is over."""

    command, kind, about = "resolve_ticket", "ticket.resolved", "ticket"
    ticket: Id
    code: Short = "restored"
    text: Text = ""


@_act
class ReturnTicket(Act):
    """Pass a ticket back to the service desk."""

    command, kind, about = "return_ticket", "ticket.returned", "ticket"
    ticket: Id
    text: Text = ""


@_act
class AskReporter(Act):
    """Ask the reporter whether it works for them."""

    command, kind, about = "ask_reporter", "end_user.asked", "ticket"
    ticket: Id


@_act
class CloseTicket(Act):
    """Close a ticket; the service desk's alone."""

    command, kind, about = "close_ticket", "ticket.closed", "ticket"
    ticket: Id


@_act
class DeclareSeverity(Act):
    """Declare how bad it is."""

    command, kind, about = "declare_severity", "severity.declared", "level"
    level: Severity


# --- the drill itself


@_act
class StartDrill(Act):
    """The first entry of a journal."""

    command, kind = "start_drill", "drill.started"
    team: Short
    seats: dict[str, str]
    persons: dict[str, str] = Field(default_factory=dict)
    solo: bool = False
    grid_s: Annotated[int, Field(ge=1, le=60)] = 60


@_act
class JoinDrill(Act):
    """Somebody takes a seat."""

    command, kind, about = "join_drill", "person.joined", "role"
    role: Id
    bot: bool = False


@_act
class Pause(Act):
    """Stop both clocks."""

    command, kind = "pause", "clock.paused"


@_act
class Resume(Act):
    """Let the clocks run again."""

    command, kind = "resume", "clock.resumed"


@_act
class SetSpeed(Act):
    """Change how fast simulated time runs."""

    command, kind = "set_speed", "clock.speed_set"
    speed: Annotated[float, Field(ge=0.5, le=600)]
    why: Literal["person", "act", "slowdown", "quiet"] = "person"


@_act
class Skip(Act):
    """Let time pass quickly to a moment; a page to a person stops it."""

    command, kind = "skip", "clock.skipped"
    to_ms: Annotated[int, Field(ge=0)]


@_act
class Stop(Act):
    """End the drill here."""

    command, kind = "stop", "drill.ended"
    reason: Literal["stopped", "story over"] = "stopped"


KINDS: dict[str, type[Act]] = {act.kind: act for act in ACTS.values()}
CLOCK_COMMANDS = ("pause", "resume", "set_speed", "skip", "stop")
TEXT_FIELDS = ("text", "evidence", "title", "reporter", "contact", "description")


def parse(command: str, data: Mapping[str, Any]) -> Act:
    """Make an act of a command and its data.

    Raises:
        Refused: the command is unknown, or its data are wrong; the message names each field.
    """
    cls = ACTS.get(command)
    if cls is None:
        raise Refused(f"unknown command {command[:60]!r}", "see docs/reference/acts.md", status=400)
    try:
        return cls.model_validate(dict(data))
    except ValidationError as error:
        parts = [f"{'.'.join(str(p) for p in e['loc']) or 'data'}: {e['msg']}" for e in error.errors()[:5]]
        raise Refused(
            f"{command} is not understood: {'; '.join(parts)}", "send the fields it names", status=400
        ) from None
