"""The story: when and where it plays, its acts with their speeds and skips, what slows the clock, its end."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scenarios.schema.base import (
    FACILITATOR,
    HIDDEN,
    ROLES,
    TRAINEE,
    ActId,
    Id,
    Line,
    Model,
    StoryTime,
    Text,
    told,
)
from scenarios.schema.script import Condition

Speed = Annotated[float, Field(ge=0.5, le=600)]


class Story(Model):
    """When and where it plays."""

    starts: Annotated[
        str, Field(pattern=r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01][0-9]|2[0-3]):[0-5][0-9]$")
    ] = told(TRAINEE, 'Weekday and time at which the drill starts: "Wed 03:00".')
    minutes: Annotated[int, Field(ge=5, le=5760)] = told(
        TRAINEE, "Length of the longest drill in story minutes."
    )
    place: Line = told(TRAINEE, "Company and town.")
    premise: Text = told(TRAINEE, "What people know when it starts.")
    objectives: tuple[Line, ...] = told(TRAINEE, "What the drill is for.", ())
    cause: Text | None = told(HIDDEN, "What really happens, for the facilitator and the debrief.", None)


class Stretch(Model):
    """A part of an act played at one speed."""

    until: StoryTime = told(FACILITATOR, "Story time at which the next speed begins.")
    speed: Speed = told(FACILITATOR, "Simulated seconds a second.")


class SkipWindow(Model):
    """A time that may be skipped when nobody waits for anything."""

    from_: StoryTime = told(FACILITATOR, "Offered from here ...", alias="from")
    to: StoryTime = told(FACILITATOR, "... to here.")
    unless_open: bool = told(FACILITATOR, "Only when every incident is closed.", False)


class WallMinutes(Model):
    """How long an act is meant to take on the wall."""

    alone: Annotated[float, Field(gt=0, le=600)] = told(FACILITATOR, "With one human.")
    four: Annotated[float, Field(gt=0, le=600)] = told(FACILITATOR, "With four.")
    eight: Annotated[float, Field(gt=0, le=600)] = told(FACILITATOR, "With eight.")


class ActSpec(Model):
    """A part of the story."""

    id: ActId = told(TRAINEE, "Name used by other parts of this file.")
    title: Line = told(TRAINEE, "Name people read.")
    from_: StoryTime = told(TRAINEE, "Begins.", alias="from")
    to: StoryTime = told(TRAINEE, "Ends; the next act begins here.")
    speeds: tuple[Stretch, ...] = told(
        FACILITATOR, "Speeds in order; the last ends with the act.", min_length=1
    )
    skips: tuple[SkipWindow, ...] = told(FACILITATOR, "Times that may be skipped.", ())
    wall_min: WallMinutes | None = told(FACILITATOR, "Planned minutes on the wall.", None)
    purpose: Line | None = told(FACILITATOR, "What it is for.", None)


class Freeze(Model):
    """A moment at which both clocks stop until it is answered, or the limit is over."""

    id: Id = told(FACILITATOR, "Name used by other parts of this file.")
    when: Condition = told(HIDDEN, "When it comes.")
    question: Line = told(ROLES, "What is asked.")
    limit_s: Annotated[int, Field(ge=5, le=600)] = told(FACILITATOR, "Longest stop in wall seconds.", 60)


class SlowDown(Model):
    """What makes the clock slow by itself."""

    page: Speed | None = told(FACILITATOR, "Speed while a page or a phone rings at a human's seat.", 3.0)
    alert: Speed | None = told(FACILITATOR, "Speed after a new alert of a site or an index.", 3.0)
    call: Speed | None = told(FACILITATOR, "Speed while a human is in a call.", 3.0)
    form: Speed | None = told(FACILITATOR, "Speed while a human has a form open.", 10.0)
    form_acts: tuple[ActId, ...] = told(FACILITATOR, "Acts in which an open form slows.", ())
    quiet_s: Annotated[int, Field(ge=0, le=600)] = told(
        FACILITATOR, "Wall seconds of quiet before it speeds up.", 20
    )
    freezes: tuple[Freeze, ...] = told(FACILITATOR, "Moments at which both clocks stop.", ())


class End(Model):
    """When the drill is over."""

    at: StoryTime = told(TRAINEE, "Story time of the end.")
    early: Condition | None = told(HIDDEN, "It may end earlier on this.", None)
