"""The drill itself: its start, its clock, its end."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from drills.acts.base import Act, Id, Short, Text, act


@act
class StartDrill(Act):
    """The first entry of a journal."""

    command, kind, phases = "start_drill", "drill.started", ("lobby",)
    team: Short
    seats: dict[str, str]
    persons: dict[str, str] = Field(default_factory=dict)
    solo: bool = False
    grid_s: Annotated[int, Field(ge=1, le=60)] = 60


@act
class JoinDrill(Act):
    """Somebody takes a seat."""

    command, kind, about = "join_drill", "person.joined", "role"
    role: Id
    bot: bool = False


@act
class LeaveDrill(Act):
    """Somebody gives a seat back; a bot plays it on."""

    command, kind, about = "leave_drill", "person.left", "role"
    role: Id
    why: Literal["left", "moved", "removed"] = "left"


@act
class Pause(Act):
    """Stop both clocks."""

    command, kind = "pause", "clock.paused"
    why: Literal["person", "freeze", "restart", "gap", "real"] = "person"


@act
class Resume(Act):
    """Let the clocks run again."""

    command, kind = "resume", "clock.resumed"
    why: Literal["person", "freeze"] = "person"


@act
class SetSpeed(Act):
    """Change how fast simulated time runs."""

    command, kind = "set_speed", "clock.speed_set"
    speed: Annotated[float, Field(ge=0.5, le=600)]
    why: Literal["person", "act", "slowdown", "quiet"] = "person"


class SkipCard(BaseModel):
    """What must be settled before time is skipped: who watches, when the next word is due, when to stop."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    watches: Id
    next_update_min: Annotated[int, Field(ge=5, le=720)]
    stop_if: Short


@act
class Skip(Act):
    """Let time pass quickly to a moment; a page, a call or a material change stops it."""

    command, kind = "skip", "clock.skipped"
    to_ms: Annotated[int, Field(ge=0)]
    card: SkipCard | None = None


@act
class AnswerFreeze(Act):
    """Answer what a freeze asks, so that the clocks run again."""

    command, kind, about = "answer_freeze", "freeze.answered", "freeze"
    freeze: Id
    text: Text = ""


@act
class Stop(Act):
    """End the drill here; `real world`: something outside the exercise needs everybody."""

    command, kind = "stop", "drill.ended"
    reason: Literal["stopped", "story over", "real world"] = "stopped"


@act
class CallHalt(Act):
    """Say that something real needs somebody: the clock stops at once, for everybody."""

    command, kind, sees = "call_halt", "halt.called", ("*", "end_user", "observer", "facilitator", "lead")
    text: Text = ""


@act
class AskHint(Act):
    """Ask for a hint; it is written down and costs nothing."""

    command, kind, sees = "ask_hint", "hint.asked", ("self", "facilitator", "lead")
