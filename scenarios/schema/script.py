"""What is pushed from outside the world: conditions, injects, personas, approvals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scenarios.schema.base import (
    FACILITATOR,
    HIDDEN,
    ROLES,
    Id,
    Line,
    Minutes,
    Model,
    PracticeId,
    StoryTime,
    Text,
    told,
)

Kind = Annotated[str, Field(pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}$", max_length=81)]
Channel = Literal["alert", "text", "email", "phone", "chat", "ticket", "press", "look", "video"]
Metric = Literal[
    "served_frac",
    "share",
    "load",
    "p99",
    "retries",
    "cache",
    "index_lag_s",
    "pinned_failed",
    "sla_left_frac",
]


class Match(Model):
    """Items of the record that count."""

    kind: Kind = told(HIDDEN, "Kind of the item, such as `alert.fired` or `update.sent`.")
    about: str | None = told(HIDDEN, "What it is about; any when left out.", None, max_length=64)
    data: dict[str, Any] = told(
        HIDDEN, "Fields of its data that must be equal; of a list, one of its values.", default_factory=dict
    )

    def hits(self, kind: str, about: str, data: Mapping[str, Any]) -> bool:
        """Tell whether an item of the record is meant."""
        if kind != self.kind or (self.about is not None and about != self.about):
            return False
        return all(_says(data.get(name), value) for name, value in self.data.items())


def _says(found: Any, wanted: Any) -> bool:
    """Tell whether a field has a value, or holds it where the field is a list."""
    return found == wanted or (isinstance(found, list | tuple) and wanted in found)


class Condition(Model):
    """When: at a time, after an item of the record, when a metric crosses, or any of these."""

    at: StoryTime | None = told(HIDDEN, "At this story time.", None)
    after: Match | None = told(HIDDEN, "After the first item that matches ...", None)
    count: Annotated[int, Field(ge=1, le=100)] = told(HIDDEN, "... or after so many of them ...", 1)
    minutes: Minutes = told(HIDDEN, "... and so many minutes more.", 0)
    metric: Metric | None = told(HIDDEN, "When this metric ...", None)
    site: Id | None = told(HIDDEN, "... of this site ...", None)
    above: Annotated[float, Field(ge=-1e9, le=1e9)] | None = told(HIDDEN, "... is above, or ...", None)
    below: Annotated[float, Field(ge=-1e9, le=1e9)] | None = told(HIDDEN, "... below this ...", None)
    for_min: Minutes = told(HIDDEN, "... for so many minutes.", 0)
    any: tuple[Condition, ...] = told(HIDDEN, "As soon as one of these holds.", (), max_length=10)
    not_before: StoryTime | None = told(HIDDEN, "But not before this story time.", None)

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        forms = [self.at is not None, self.after is not None, self.metric is not None, bool(self.any)]
        if sum(forms) != 1:
            raise PydanticCustomError("condition", "a condition says one of: at, after, metric, any")
        if self.metric is not None and (self.above is None) == (self.below is None):
            raise PydanticCustomError("condition", "a metric needs one of: above, below")
        if self.after is None and (self.minutes or self.count != 1):
            raise PydanticCustomError("condition", "minutes and count go with after")
        return self


class Ask(Model):
    """What an inject wants to know."""

    wants: tuple[Id, ...] = told(HIDDEN, "Properties that a good answer states.", ())
    need: Annotated[int, Field(ge=1, le=10)] = told(HIDDEN, "True claims that make an answer good.", 1)
    limit_min: Minutes = told(FACILITATOR, "Answered well within so many minutes.", 10)
    answered: Text | None = told(HIDDEN, "What is said to a good answer.", None)
    ignored: Text | None = told(HIDDEN, "What is said when the limit has passed.", None)


class Repeat(Model):
    """How an inject comes again while nothing is done about it."""

    every_min: Annotated[int, Field(ge=1, le=1440)] = told(HIDDEN, "Minutes between.")
    times: Annotated[int, Field(ge=1, le=20)] = told(HIDDEN, "How often at most.")
    texts: tuple[Text, ...] = told(HIDDEN, "Words of each time; the first words again when left out.", ())


class ReportSpec(Model):
    """What makes an inject a report to the service desk: the trouble it tells of."""

    trouble: Id = told(HIDDEN, "Trouble it tells of.")
    service: Id | None = told(ROLES, "Service or site it names, where it names one.", None)
    contact: Line | None = told(ROLES, "How to reach the sender; the persona's contact when left out.", None)


class Consequence(Model):
    """What follows when an inject is handled, or not."""

    text: Line = told(FACILITATOR, "What comes of it, for facilitator and debrief.")
    says: Text | None = told(HIDDEN, "What the sender says then.", None)
    to: tuple[Id, ...] = told(HIDDEN, "Roles that hear it; those of the inject when left out.", ())
    operation: Id | None = told(HIDDEN, "Operation that is named with it; nothing refuses it.", None)
    busy: Id | None = told(HIDDEN, "Role whose bot loses time over it.", None)
    minutes: Minutes = told(HIDDEN, "Minutes lost.", 0)


class Inject(Model):
    """A planned push from outside the world."""

    id: Id = told(FACILITATOR, "Name used by other parts of this file.")
    when: Condition = told(HIDDEN, "When it comes.")
    unless: Match | None = told(HIDDEN, "It does not come when an item like this is there already.", None)
    to: tuple[Id, ...] = told(ROLES, "Roles that get it.", min_length=1)
    to_actor: bool = told(
        HIDDEN, "It goes to the seat whose act brought it on instead, where there was one.", False
    )
    from_: Id = told(ROLES, "Persona, person or source that sends it.", alias="from")
    channel: Channel = told(ROLES, "How it arrives.")
    title: Line | None = told(ROLES, "Subject line, where the channel has one.", None)
    text: Text = told(ROLES, "What it says; placeholders in braces.")
    ask: Ask | None = told(HIDDEN, "What it wants to know, if it is a question.", None)
    report: ReportSpec | None = told(HIDDEN, "Makes it a report to the service desk.", None)
    repeat: Repeat | None = told(HIDDEN, "How it comes again.", None)
    clears: Match | None = told(
        HIDDEN, "It stops repeating, and counts as handled, at an item like this.", None
    )
    spoils: Match | None = told(
        HIDDEN, "It counts as wrongly obeyed, so as ignored, at an item like this.", None
    )
    within_min: Minutes | None = told(
        HIDDEN,
        "It is ignored when nothing that clears it came within so many minutes; a decoy, or one that only"
        " something spoils, is handled then.",
        None,
    )
    handled: Consequence | None = told(HIDDEN, "What follows when it was handled.", None)
    ignored: Consequence | None = told(HIDDEN, "What follows when it was ignored.", None)
    decoy: bool = told(FACILITATOR, "Whether it leads astray on purpose.", False)
    calls_for: tuple[PracticeId, ...] = told(FACILITATOR, "Practices it gives a chance to show.", ())
    note: Line | None = told(FACILITATOR, "Note for the facilitator.", None)


class Ladder(Model):
    """What a persona says while waiting, at one, two and three times its timer."""

    calm: tuple[Line, ...] = told(HIDDEN, "First step.", min_length=1, max_length=9)
    firm: tuple[Line, ...] = told(HIDDEN, "Second step.", min_length=1, max_length=9)
    angry: tuple[Line, ...] = told(HIDDEN, "Third step.", min_length=1, max_length=9)


class Persona(Model):
    """Somebody outside the seats."""

    id: Id = told(ROLES, "Name used by other parts of this file.")
    name: Line = told(ROLES, "First and family name.")
    role: Line = told(ROLES, "What they are.")
    town: Line | None = told(ROLES, "Where they are.", None)
    contact: Line | None = told(ROLES, "How they can be reached.", None)
    home: Id | None = told(HIDDEN, "Site their old till or link is pinned to.", None)
    hit_by: tuple[Id, ...] = told(HIDDEN, "Faults that only they can see.", ())
    grants: tuple[Literal["people", "money"], ...] = told(HIDDEN, "What they can grant when asked.", ())
    sends: tuple[Id, ...] = told(HIDDEN, "Personas and people they bring in when they grant people.", ())
    says_yes: Line | None = told(HIDDEN, "What they answer, asked whether it works, when it does.", None)
    says_no: Line | None = told(HIDDEN, "What they answer when it does not.", None)
    complains_at: StoryTime | None = told(
        HIDDEN,
        "When they come back about a ticket that was closed too early; an hour later when left out.",
        None,
    )
    temper: Line | None = told(HIDDEN, "How they speak.", None)
    knows: tuple[Line, ...] = told(HIDDEN, "What they can tell.", ())
    lists: tuple[Id, ...] = told(ROLES, "Lists on which they read updates.", ())
    calls: tuple[Id, ...] = told(HIDDEN, "Roles they turn to.", ())
    timer_min: Annotated[int, Field(ge=1, le=1440)] | None = told(
        HIDDEN, "Patience in story minutes from the last good update to them; none without a ladder.", None
    )
    ladder: Ladder | None = told(HIDDEN, "What they say while waiting.", None)
    waits_from: Id | None = told(
        HIDDEN, "Inject with which their patience begins; the first from them when left out.", None
    )


class Approval(Model):
    """An operation that needs somebody's yes."""

    operation: Id = told(ROLES, "Operation that is refused without it.")
    persona: Id = told(ROLES, "Who can say yes.")
    minutes: Annotated[int, Field(ge=0, le=240)] = told(HIDDEN, "The yes comes so long after being asked.", 5)
    asks: Text | None = told(HIDDEN, "What they ask back at once; no answer, no yes.", None)
    wants: tuple[Id, ...] = told(
        HIDDEN,
        "Properties that a true answer may state.",
        ("impact", "next_update", "mitigation", "residual"),
    )
    need: Annotated[int, Field(ge=1, le=10)] = told(
        HIDDEN, "True answers that are needed; with fewer they ask again, then take twice the time.", 2
    )
    text: Text = told(HIDDEN, "How they say yes.")


class Complaints(Model):
    """Customers who write to the desk because their requests really failed."""

    per_failed_requests: Annotated[float, Field(ge=1, le=1e12)] = told(
        HIDDEN, "One complaint for so many requests given up."
    )
    max_per_hour: Annotated[int, Field(ge=1, le=100)] = told(HIDDEN, "At most so many an hour.", 6)
    max_total: Annotated[int, Field(ge=1, le=200)] = told(HIDDEN, "At most so many in the drill.", 36)
    channels: tuple[Literal["email", "ticket", "text"], ...] = told(
        HIDDEN, "How they arrive, in turn.", ("email", "ticket", "text"), min_length=1
    )
    texts: tuple[Text, ...] = told(
        HIDDEN, "What they say; placeholders in braces.", min_length=1, max_length=60
    )
    to: Id = told(ROLES, "Role that gets them.", "desk_1")
    trouble: Id = told(HIDDEN, "Trouble they tell of.")


class Nudge(Model):
    """What somebody says to a seat that nobody has asked anything of for three minutes on the wall."""

    seat: Id = told(ROLES, "Role it is said to.")
    from_: Id = told(ROLES, "Persona, person or role that says it.", alias="from")
    texts: tuple[Text, ...] = told(
        HIDDEN,
        "Words, in an order of the seed, again from the first when used up.",
        min_length=1,
        max_length=20,
    )
