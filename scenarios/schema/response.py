"""What the responders have: people, lists, categories, promises, runbooks, the document, the handoff."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import (
    FACILITATOR,
    HIDDEN,
    ROLES,
    TRAINEE,
    Id,
    Line,
    Minutes,
    Model,
    PracticeId,
    Priority,
    Share,
    StoryTime,
    Text,
    told,
)
from scenarios.schema.script import Match

Usd = Annotated[float, Field(ge=0, le=1e9)]


class Relief(Model):
    """What somebody on the rota says when asked to take over."""

    roles: tuple[Id, ...] = told(HIDDEN, "Roles they could take.", ())
    accepts: bool = told(HIDDEN, "Whether they say yes.")
    text: Line = told(HIDDEN, "What they say.")
    minutes: Minutes = told(HIDDEN, "How long they take to answer.", 5)
    asked_by: StoryTime | None = told(HIDDEN, "Asked later, they are gone.", None)
    late: Line | None = told(HIDDEN, "What is said then.", None)
    late_accepts: bool = told(HIDDEN, "Whether they come then, for want of anybody better.", False)
    calls_for: tuple[PracticeId, ...] = told(
        FACILITATOR, "Practices that the answer gives a chance to show.", ()
    )


class Person(Model):
    """Somebody of the company: in a seat, on the rota, or resting."""

    id: Id = told(TRAINEE, "Name used by other parts of this file.")
    name: Line = told(TRAINEE, "First and family name.")
    seat: Id | None = told(
        TRAINEE, "Role whose seat they hold at the start; none when they come later.", None
    )
    skills: tuple[Id, ...] = told(ROLES, "What they can do well.", ())
    town: Line | None = told(TRAINEE, "Where they are.", None)
    on_duty: bool = told(ROLES, "Whether they are awake and on shift at the start.", True)
    from_: StoryTime | None = told(ROLES, "On shift from here.", None, alias="from")
    until: StoryTime | None = told(ROLES, "On shift until here.", None)
    relief: Relief | None = told(HIDDEN, "What they say when asked to take over.", None)
    note: Line | None = told(FACILITATOR, "Note for the facilitator.", None)


class DutyLimits(Model):
    """How long people may stay on duty in this story."""

    soft: StoryTime | None = told(ROLES, "End of the shift; a relief should be there.", None)
    hard: StoryTime | None = told(ROLES, "Nobody works beyond this.", None)
    seek_by: StoryTime | None = told(HIDDEN, "A relief is sought by here at the latest.", None)


class MailingList(Model):
    """A distribution list."""

    id: Id = told(ROLES, "Name used by other parts of this file.")
    title: Line = told(ROLES, "Name people read.")
    audiences: tuple[Id, ...] = told(ROLES, "Personas, people and roles on it.", ())
    people: Annotated[int, Field(ge=0, le=1_000_000)] = told(ROLES, "How many read it.", 0)
    external: bool = told(ROLES, "Whether people outside the company read it.", False)


class SubCategory(Model):
    """A finer category with its usual rank."""

    id: Id = told(ROLES, "Name used by other parts of this file.")
    title: Line = told(ROLES, "Name people read.")
    priority: Priority = told(ROLES, "Usual rank.")


class Category(Model):
    """A category of tickets."""

    id: Id = told(ROLES, "Name used by other parts of this file.")
    title: Line = told(ROLES, "Name people read.")
    subs: tuple[SubCategory, ...] = told(ROLES, "Its finer categories.", min_length=1)


class Sla(Model):
    """The promise, with its price."""

    acknowledge_min: Annotated[int, Field(ge=1, le=1440)] = told(ROLES, "A page is acknowledged within.", 5)
    restore_min: Annotated[int, Field(ge=1, le=10_080)] = told(
        ROLES, "Restored within, from the first step below up."
    )
    slo_frac: Annotated[float, Field(gt=0, lt=1)] = told(ROLES, "Part of the month that must be good.", 0.999)
    budget_min: Annotated[float, Field(gt=0, le=10_000)] = told(ROLES, "Minutes a month that may be bad.", 43)
    penalty_frac_per_h: Share = told(ROLES, "Part of the month's fee for each started hour over.", 0.0)
    penalty_max_frac: Share = told(ROLES, "At most this part.", 0.0)


class Cost(Model):
    """What an hour of full outage costs, as a range."""

    per_hour_low_usd: Usd = told(ROLES, "Low end.")
    per_hour_high_usd: Usd = told(ROLES, "High end.")


class Step(Model):
    """A step of a runbook."""

    text: Line = told(ROLES, "What to do.")
    operation: Id | None = told(ROLES, "Operation it means, if one.", None)
    stale: Line | None = told(HIDDEN, "Why it is wrong by now, for the debrief.", None)


class Runbook(Model):
    """What to do when, as the company wrote it down."""

    id: Id = told(ROLES, "Name used by other parts of this file.")
    title: Line = told(ROLES, "Name people read.")
    steps: tuple[Step, ...] = told(ROLES, "Its steps.", min_length=1, max_length=50)
    gap: Line | None = told(HIDDEN, "What it lacks.", None)


class Article(Model):
    """An article of the knowledge base."""

    id: Id = told(ROLES, "Name used by other parts of this file.")
    title: Line = told(ROLES, "Name people read.")
    text: Text = told(ROLES, "What it says.")


class ChangeLine(Model):
    """A line of the change list that does nothing by itself (true changes come from faults)."""

    id: Id = told(ROLES, "Name used by other parts of this file.")
    at: StoryTime = told(ROLES, "When it was made.")
    site: Id | None = told(ROLES, "Site it touched.", None)
    service: Id | None = told(ROLES, "Service it touched.", None)
    text: Line = told(ROLES, "What it says.")
    who: Line = told(ROLES, "Who made it.")


class Section(Model):
    """A section of the incident document."""

    id: Id = told(ROLES, "Name used by other parts of this file.")
    title: Line = told(ROLES, "Name people read.")
    live: Literal["none", "roles", "running", "sla", "timeline"] = told(
        ROLES, "What fills it by itself; `none`: people write it.", "none"
    )
    hint: Line | None = told(ROLES, "What belongs here.", None)


class DocumentSpec(Model):
    """The incident document."""

    sections: tuple[Section, ...] = told(ROLES, "Its sections, in order.", min_length=1, max_length=40)


class UpdateTemplates(Model):
    """Words of updates, with braces for what changes."""

    internal: Text = told(ROLES, "To lists inside the company.")
    external: Text | None = told(ROLES, "To customers.", None)
    status_page: tuple[Line, ...] = told(ROLES, "States of the status page, in order.", ())
    every_min: Annotated[int, Field(ge=5, le=720)] = told(ROLES, "Usual time between two updates.", 30)


Truth = Literal["sites", "failed_operation", "harmful", "threshold", "first_task", "promise", "clock"]


class ReadBack(Model):
    """A question of the relief, with where its true answer stands."""

    id: Id = told(FACILITATOR, "Name used by other parts of this file.")
    question: Line = told(ROLES, "What is asked.")
    truth: Truth = told(HIDDEN, "What the true answer is; see Read-back below.")


class HandoffSpec(Model):
    """What is handed over, and how it is checked."""

    sections: tuple[Section, ...] = told(ROLES, "What is told.", min_length=1, max_length=40)
    read_back: tuple[ReadBack, ...] = told(FACILITATOR, "What the relief asks.", ())
    need: Annotated[int, Field(ge=0, le=40)] = told(HIDDEN, "Right answers that make it complete.", 0)
    accept: Annotated[int, Field(ge=0, le=40)] | None = told(
        HIDDEN, "With fewer right answers a relief asks again; one less than `need` when left out.", None
    )
    inject: Id | None = told(
        HIDDEN,
        "Inject that stands for the handoff and says its first words; a plain sentence without it.",
        None,
    )


class ScoringLimits(Model):
    """Limits of this scenario, where they differ from the practices' own."""

    command_limit_min: Minutes | None = told(
        HIDDEN, "Command is taken within, from the second site alert.", None
    )
    first_notice_limit_min: Minutes | None = told(HIDDEN, "The first notice goes out within.", None)
    update_every_min: Minutes | None = told(HIDDEN, "Longest silence between updates.", None)
    document_limit_min: Minutes | None = told(HIDDEN, "The document is opened within.", None)
    forecast_by: StoryTime | None = told(HIDDEN, "A forecast stands in the document by.", None)


class TrueFact(Model):
    """A fact that makes a claim true or false, where the world itself does not know it."""

    subject: Id = told(HIDDEN, "What it is about.")
    property: Id = told(HIDDEN, "Which property.")
    values: tuple[Line, ...] = told(HIDDEN, "Values that count as true.", min_length=1)
    from_: StoryTime | None = told(HIDDEN, "True from here.", None, alias="from")
    until: StoryTime | None = told(HIDDEN, "True until here.", None)


class Rank(Model):
    """How grave a trouble is from some moment, as far as it could be known."""

    after: Match | None = told(HIDDEN, "From this item of the record; from the start when left out.", None)
    priority: Priority = told(HIDDEN, "Right rank.")
    people: tuple[Literal["none", "some", "many"], ...] = told(HIDDEN, "Right answers: people hit.", ())
    money: tuple[Literal["none", "some", "much"], ...] = told(HIDDEN, "Right answers: money.", ())
    security: tuple[Literal["no", "unclear", "yes"], ...] = told(HIDDEN, "Right answers: security.", ())
    sla: tuple[Literal["safe", "at_risk", "breached"], ...] = told(HIDDEN, "Right answers: SLA.", ())
    in_doubt: bool = told(HIDDEN, "Whether the picture was ambiguous, so that high is right.", False)


class Trouble(Model):
    """Something that is really wrong, or wished for, whatever the number of reports about it."""

    id: Id = told(HIDDEN, "Name used by other parts of this file.")
    title: Line = told(HIDDEN, "What it is.")
    kind: Literal["incident", "request"] = told(HIDDEN, "Unplanned loss, or a wish.", "incident")
    main: bool = told(HIDDEN, "Whether it is the incident of this drill.", False)
    monitors: tuple[Id, ...] = told(HIDDEN, "Monitors whose alerts are about it.", ())
    services: tuple[Id, ...] = told(HIDDEN, "Services and sites that may be named as affected.", ())
    categories: tuple[tuple[Id, Id], ...] = told(HIDDEN, "Right categories with sub-category.", ())
    ranks: tuple[Rank, ...] = told(HIDDEN, "Its rank over time.", min_length=1)
    tier: Annotated[int, Field(ge=1, le=3)] = told(HIDDEN, "Lowest tier that can solve it.", 1)
    solver: tuple[Id, ...] = told(HIDDEN, "Roles and people who can solve it.", ())
    article: Id | None = told(HIDDEN, "Article that solves it.", None)
    runbook: Id | None = told(HIDDEN, "Runbook that applies.", None)
    operation: Id | None = told(HIDDEN, "Operation that ends it.", None)


class Skill(Model):
    """A skill that becomes needed, and who has it."""

    id: Id = told(HIDDEN, "Name of the skill, as people have it.")
    visible: Match = told(HIDDEN, "The need can be seen from this item on.")
    holders: tuple[Id, ...] = told(HIDDEN, "Seats and people who have it.", min_length=1)


class Group(Model):
    """People who work as one team, by seat and persona."""

    id: Id = told(ROLES, "Name used by other parts of this file.")
    title: Line = told(ROLES, "Name people read.")
    seats: tuple[Id, ...] = told(ROLES, "Seats that belong to it.", ())
    personas: tuple[Id, ...] = told(ROLES, "Personas and people that belong to it.", ())


class SharedFact(Model):
    """A finding of one group that others need."""

    id: Id = told(HIDDEN, "Name used by other parts of this file.")
    text: Line = told(HIDDEN, "What it is.")
    group: Id = told(HIDDEN, "Group that learns it first.")
    to: tuple[Id, ...] = told(HIDDEN, "Groups that need it.", min_length=1)
    after: Match = told(HIDDEN, "It is known from this item on.")
    properties: tuple[Id, ...] = told(
        HIDDEN, "Claims that carry it, in a message, a call note, an update or the document.", min_length=1
    )


class Stage(Model):
    """A worsening that could be foreseen."""

    id: Id = told(HIDDEN, "Name used by other parts of this file.")
    title: Line = told(HIDDEN, "What happens, as a sentence's end: DC3 is full.")
    at: StoryTime = told(HIDDEN, "When it comes if nobody acts.")
    visible: Match = told(HIDDEN, "It can be foreseen from this item on.")
    subjects: tuple[Id, ...] = told(HIDDEN, "Sites or services that a forecast of it names.", min_length=1)
    comes: Match = told(HIDDEN, "The item by which it has come.")


class Factor(Model):
    """A planted contributing factor, for the debrief."""

    id: Id = told(HIDDEN, "Name used by other parts of this file.")
    kind: Literal["service", "process", "tooling", "people", "organisation"] = told(
        HIDDEN, "What kind it is."
    )
    text: Line = told(HIDDEN, "What it is.")


class Debrief(Model):
    """What the debrief asks."""

    factors: tuple[Factor, ...] = told(HIDDEN, "Planted contributing factors.", ())
    questions: tuple[Line, ...] = told(FACILITATOR, "Questions to the team.", ())
