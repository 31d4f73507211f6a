"""Words: messages, updates, decisions, proposals, answers, calls, and the timer for the next update."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from drills.acts.base import Act, Claim, Id, Short, Text, act


@act
class SendMessage(Act):
    """Say something on the incident channel."""

    command, kind = "send_message", "message.sent"
    text: Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
    tags: tuple[Short, ...] = ()
    claims: tuple[Claim, ...] = ()


@act
class SendUpdate(Act):
    """Send an update to a distribution list."""

    command, kind, about = "send_update", "update.sent", "list"
    list: Id
    text: Text = ""
    claims: tuple[Claim, ...] = ()
    next_update_min: Annotated[int, Field(ge=5, le=720)] | None = None
    template: bool = False


@act
class SetTimer(Act):
    """Have the console ask for the next update every so many minutes; 0 stops it."""

    command, kind, about = "set_timer", "timer.set", "what"
    what: Literal["update"] = "update"
    minutes: Annotated[int, Field(ge=0, le=720)] = 30


@act
class RecordDecision(Act):
    """Say a decision aloud and keep it; with an operation, a target and an owner it is a go for that act."""

    command, kind = "record_decision", "decision.made"
    text: Text
    operation: Id | None = None
    target: Id | None = None
    to: Id | None = None


@act
class ProposeChange(Act):
    """Say on the channel which change you want to make, before you make it."""

    command, kind, about = "propose_change", "proposal.made", "operation"
    operation: Id
    target: Id | None = None
    params: dict[str, Any] = Field(default_factory=dict)
    text: Text = ""


@act
class AnswerQuestion(Act):
    """Answer somebody from outside."""

    command, kind, about = "answer_question", "question.answered", "question"
    question: Id
    text: Text = ""
    claims: tuple[Claim, ...] = ()
    next_update_min: Annotated[int, Field(ge=5, le=720)] | None = None


@act
class StartCall(Act):
    """Start a call or a meeting with seats, people or personas; nobody else hears it."""

    command, kind, about = "start_call", "call.started", "call"
    sees = ("self",)
    call: Id = "call"
    to: Annotated[tuple[Id, ...], Field(min_length=1, max_length=12)]
    medium: Literal["phone", "voice", "video"] = "phone"
    text: Text = ""


@act
class JoinCall(Act):
    """Join a call that is running."""

    command, kind, about = "join_call", "call.joined", "call"
    sees = ("self",)
    call: Id


@act
class EndCall(Act):
    """Hang up; a meeting ends for all."""

    command, kind, about = "end_call", "call.ended", "call"
    sees = ("self",)
    call: Id


@act
class NoteCall(Act):
    """Write down what a call brought."""

    command, kind, about = "note_call", "call.noted", "call"
    call: Id
    text: Text = ""
    claims: tuple[Claim, ...] = ()
