"""The facilitator's acts: injects by hand, hints to a seat, notes about what was seen.

Their kinds are `inject.triggered`, `inject.held` and so on; `inject.fired` stays the director's word for what
came of them, whether by the script or by hand.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from drills.acts.base import Act, Id, Text, act

Said = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Tag = Literal["strength", "ask_later", "stuck", "safety", "other"]
Way = Literal["text", "email", "phone", "chat", "ticket", "press"]
DrillMs = Annotated[int, Field(ge=0, le=20_160 * 60_000)]
FACILITATORS = ("facilitator",)


class InjectAct(Act):
    """Base of what is done to an inject; only facilitators see it."""

    about, sees = "inject", FACILITATORS
    inject: Id


@act
class TriggerInject(InjectAct):
    """Let an inject come now, whatever it waits for."""

    command, kind = "trigger_inject", "inject.triggered"


@act
class HoldInject(InjectAct):
    """Keep an inject back, also when its time comes, until it is let go."""

    command, kind = "hold_inject", "inject.held"
    text: Text = ""


@act
class ReleaseInject(InjectAct):
    """Let an inject go that was held; one whose time has passed comes at once, late."""

    command, kind = "release_inject", "inject.released"


@act
class MoveInject(InjectAct):
    """Have an inject come at another moment of the story instead of what it waits for."""

    command, kind = "move_inject", "inject.moved"
    to_ms: DrillMs


@act
class WithdrawInject(InjectAct):
    """Take back an inject that has not come yet; undo of one by hand, skip of one of the script."""

    command, kind = "withdraw_inject", "inject.withdrawn"


@act
class AddInject(Act):
    """Send something by hand; it comes after ten seconds on the wall, so that it can be taken back."""

    command, kind, about, sees = "add_inject", "inject.added", "inject", FACILITATORS
    sender: Id
    to: Annotated[tuple[Id, ...], Field(min_length=1, max_length=12)]
    channel: Way
    text: Said
    trouble: Id | None = None
    at_ms: DrillMs | None = None


@act
class NudgeSeat(Act):
    """Give a seat a hint."""

    command, kind, about, sees = "nudge_seat", "seat.nudged", "to", FACILITATORS
    to: Id
    text: Said


@act
class NoteObservation(Act):
    """Note what was seen, for the debrief; who wrote it reads it too, nobody of the team."""

    command, kind, sees = "note_observation", "observation.noted", ("facilitator", "lead", "self")
    text: Said
    tag: Tag = "other"
