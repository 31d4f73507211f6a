"""The retrospective: a meeting, contributing factors, steps, context, follow-ups; blameless."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from drills.acts.base import Act, Id, Text, act

FactorKind = Literal["system", "process", "tooling", "information", "load", "training", "chance"]
WorkKind = Literal["service", "process", "tooling", "training"]
Due = Annotated[
    str,
    StringConstraints(
        pattern=r"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?([01][0-9]|2[0-3]):[0-5][0-9]$|^[0-9]{1,3} days?$"
    ),
]


@act
class HoldRetro(Act):
    """Hold the retrospective meeting with those present (seats)."""

    command, kind = "hold_retro", "retro.held"
    present: Annotated[tuple[Id, ...], Field(min_length=1, max_length=40)]
    medium: Literal["room", "voice", "video"] = "video"


@act
class AddFactor(Act):
    """Name a contributing factor; `link` is the entry, part, runbook or ticket it shows in."""

    command, kind, about = "add_factor", "factor.added", "factor"
    factor: Id = "factor"
    factor_kind: FactorKind
    text: Text
    link: Id | None = None


@act
class RewriteFactor(Act):
    """Word a factor anew, so that it asks about the system and not about a person."""

    command, kind, about = "rewrite_factor", "factor.rewritten", "factor"
    factor: Id
    factor_kind: FactorKind
    text: Text
    link: Id | None = None


@act
class FlagBlame(Act):
    """Say, without a name, that something on the table points at a person."""

    command, kind, about = "flag_blame", "blame.flagged", "item"
    item: Id


@act
class LinkStep(Act):
    """Put an entry of the journal on the retrospective's list of steps."""

    command, kind, about = "link_step", "step.linked", "seq"
    seq: Annotated[int, Field(ge=1)]


@act
class AddContext(Act):
    """Add what else belongs to the story: impact, detection, what helped, what hindered."""

    command, kind, about = "add_context", "context.added", "topic"
    topic: Literal["impact", "detection", "helped", "hindered", "other"] = "other"
    text: Text


@act
class CreateFollowUp(Act):
    """Write a follow-up with an owner and a date."""

    command, kind, about = "create_follow_up", "follow_up.created", "follow_up"
    follow_up: Id = "follow_up"
    owner: Id | None = None
    due: Due | None = None
    work_kind: WorkKind
    factor: Id | None = None
    runbook: Id | None = None
    text: Text
