"""What all acts share: the base class, claims, and the types of their fields."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.:-]{0,63}$")]
Text = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Phase = Literal["lobby", "running", "paused", "ended"]
"""Of a drill: people gather, the clock runs (or skips), the clock stands, it is over and sealed."""
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
        phases: of a drill, when it may be given; see `drills.rights`.
        sees: who may see it: role ids, `*` for all responders, `self` for the seat that acted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    command: ClassVar[str]
    kind: ClassVar[str]
    about: ClassVar[str] = ""
    sees: ClassVar[tuple[str, ...]] = ("*",)
    phases: ClassVar[tuple[Phase, ...]] = ("running", "paused")


ACTS: dict[str, type[Act]] = {}
A = TypeVar("A", bound=type[Act])


def act(cls: A) -> A:
    """Register an act under its command."""
    ACTS[cls.command] = cls
    return cls
