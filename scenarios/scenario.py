"""A scenario: the whole file as one strict model, with its clock, its roles, its acts and its world plan."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr

from scenarios import compile as compiling
from scenarios.roles import Role, RoleChange, merged, role_book
from scenarios.schema.base import FACILITATOR, HIDDEN, ROLES, TRAINEE, Line, Model, PracticeId, told
from scenarios.schema.response import (
    Article,
    Category,
    ChangeLine,
    Cost,
    Debrief,
    DocumentSpec,
    DutyLimits,
    Group,
    HandoffSpec,
    MailingList,
    Person,
    Runbook,
    ScoringLimits,
    SharedFact,
    Skill,
    Sla,
    Stage,
    Trouble,
    TrueFact,
    UpdateTemplates,
)
from scenarios.schema.script import Approval, Complaints, Inject, Nudge, Persona
from scenarios.schema.story import ActSpec, End, SlowDown, Story
from scenarios.schema.world import WorldSpec
from scenarios.times import StoryClock
from simulator.plan import WorldPlan

ScenarioId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]


@dataclass(frozen=True)
class SpeedSpan:
    """A stretch of an act, in drill time."""

    from_ms: int
    to_ms: int
    speed: float


@dataclass(frozen=True)
class SkipSpan:
    """A time that may be skipped, in drill time; `unless_open`: only when every incident is closed."""

    from_ms: int
    to_ms: int
    unless_open: bool


@dataclass(frozen=True)
class ActSpan:
    """An act in drill time."""

    id: str
    title: str
    from_ms: int
    to_ms: int
    speeds: tuple[SpeedSpan, ...]
    skips: tuple[SkipSpan, ...]


class Scenario(Model):
    """A drill that anyone can run: what is simulated, who is there, what is said to them, and when."""

    format: Literal["stormdrill-scenario/1"] = told(FACILITATOR, "Form of the file.")
    id: ScenarioId = told(TRAINEE, "Name of the scenario in commands and addresses.")
    title: Line = told(TRAINEE, "Name people read.")
    level: Literal["easy", "medium", "hard"] = told(TRAINEE, "How hard it is.", "medium")
    practices: tuple[PracticeId, ...] = told(FACILITATOR, "Practices it gives a chance to show.", ())
    marker: Line = told(TRAINEE, "Word that stands before every message of the exercise.", "EXERCISE")
    plot: Story = told(TRAINEE, "When and where it plays.", alias="story")
    world: WorldSpec = told(ROLES, "Everything that is simulated.")
    roles: tuple[RoleChange, ...] = told(
        TRAINEE, "Changes of the default roles, and new ones.", (), max_length=40
    )
    people: tuple[Person, ...] = told(TRAINEE, "People of the company.", (), max_length=200)
    duty: DutyLimits = told(ROLES, "How long people may work.", default_factory=DutyLimits)
    acts: tuple[ActSpec, ...] = told(
        TRAINEE, "Parts of the story, one after the other.", min_length=1, max_length=40
    )
    slow_down: SlowDown = told(FACILITATOR, "What slows the clock.", default_factory=SlowDown)
    lists: tuple[MailingList, ...] = told(ROLES, "Distribution lists.", (), max_length=40)
    categories: tuple[Category, ...] = told(ROLES, "Categories of tickets.", (), max_length=40)
    sla: Sla = told(ROLES, "The promise.")
    cost: Cost | None = told(ROLES, "What an hour costs.", None)
    runbooks: tuple[Runbook, ...] = told(ROLES, "Runbooks.", (), max_length=40)
    articles: tuple[Article, ...] = told(ROLES, "Articles of the knowledge base.", (), max_length=100)
    changes: tuple[ChangeLine, ...] = told(ROLES, "Lines of the change list.", (), max_length=200)
    personas: tuple[Persona, ...] = told(ROLES, "Who speaks from outside.", (), max_length=100)
    approvals: tuple[Approval, ...] = told(ROLES, "Operations that need a yes.", (), max_length=20)
    injects: tuple[Inject, ...] = told(HIDDEN, "What is pushed from outside.", (), max_length=2000)
    complaints: Complaints | None = told(HIDDEN, "Customers who complain.", None)
    nudges: tuple[Nudge, ...] = told(HIDDEN, "What is said to seats that wait.", (), max_length=40)
    document: DocumentSpec | None = told(ROLES, "The incident document.", None)
    updates: UpdateTemplates | None = told(ROLES, "Words of updates.", None)
    handoff: HandoffSpec | None = told(ROLES, "What is handed over.", None)
    scoring: ScoringLimits = told(HIDDEN, "Limits of this scenario.", default_factory=ScoringLimits)
    facts: tuple[TrueFact, ...] = told(HIDDEN, "Facts that make claims true.", (), max_length=200)
    troubles: tuple[Trouble, ...] = told(HIDDEN, "What is really wrong, or wished for.", (), max_length=100)
    skills: tuple[Skill, ...] = told(HIDDEN, "Skills that become needed.", (), max_length=40)
    groups: tuple[Group, ...] = told(ROLES, "People who work as one team.", (), max_length=40)
    shared_facts: tuple[SharedFact, ...] = told(
        HIDDEN, "Findings that one group must pass to others.", (), max_length=100
    )
    stages: tuple[Stage, ...] = told(HIDDEN, "Worsenings that could be foreseen.", (), max_length=40)
    debrief: Debrief = told(HIDDEN, "What the debrief asks.", default_factory=Debrief)
    end: End = told(TRAINEE, "When it is over.")

    _text: str = PrivateAttr(default="")

    @property
    def text(self) -> str:
        """The whole file, as it was read; a journal carries it."""
        return self._text

    @property
    def sha256(self) -> str:
        """Digest of the file's text, hexadecimal."""
        return hashlib.sha256(self._text.encode()).hexdigest()

    # --- time
    @cached_property
    def clock(self) -> StoryClock:
        """Story time to drill time and back."""
        return StoryClock(self.plot.starts, self.plot.minutes, self.world.preroll_min)

    def at(self, story_time: str) -> int:
        """Give the drill time of a story time, in milliseconds.

        Raises:
            StoryTimeError: the text is no story time.
        """
        return self.clock.at(story_time)

    def story(self, t_ms: int) -> str:
        """Give the story time of a drill time: "Wed 03:52"."""
        return self.clock.story(t_ms)

    @property
    def end_ms(self) -> int:
        """When the drill is over."""
        return self.at(self.end.at)

    # --- acts
    @cached_property
    def act_spans(self) -> tuple[ActSpan, ...]:
        """The acts in drill time, in order."""
        return tuple(self._span(act) for act in self.acts)

    def _span(self, act: ActSpec) -> ActSpan:
        begins = self.at(act.from_)
        speeds = []
        for stretch in act.speeds:
            until = self.at(stretch.until)
            speeds.append(SpeedSpan(begins, until, stretch.speed))
            begins = until
        skips = tuple(SkipSpan(self.at(skip.from_), self.at(skip.to), skip.unless_open) for skip in act.skips)
        return ActSpan(act.id, act.title, self.at(act.from_), self.at(act.to), tuple(speeds), skips)

    def act_at(self, t_ms: int) -> ActSpan:
        """Give the act that plays at a drill time: the first before, the last after the story."""
        return next((act for act in self.act_spans if t_ms < act.to_ms), self.act_spans[-1])

    def speed_at(self, t_ms: int) -> float:
        """Give the book's speed at a drill time."""
        speeds = self.act_at(t_ms).speeds
        return next((span.speed for span in speeds if t_ms < span.to_ms), speeds[-1].speed)

    @cached_property
    def _wall(self) -> tuple[tuple[int, float, float], ...]:
        """The book's wall time, piece by piece: (from_ms, wall seconds until then, wall seconds a ms)."""
        pieces: list[tuple[int, float, float]] = []
        wall_s, from_ms, pace = 0.0, 0, 0.0
        for act in self.act_spans:
            cuts = {each for span in act.speeds for each in (span.from_ms, span.to_ms)}
            cuts |= {each for skip in act.skips for each in (skip.from_ms, skip.to_ms)}
            for begins_ms in sorted(cuts)[:-1]:
                wall_s += (begins_ms - from_ms) * pace
                skipped = any(s.from_ms <= begins_ms < s.to_ms for s in act.skips)
                from_ms, pace = begins_ms, 0.0 if skipped else 0.001 / self.speed_at(begins_ms)
                pieces.append((from_ms, wall_s, pace))
        return tuple(pieces)

    def _wall_until(self, t_ms: int) -> float:
        at = max(0, bisect_right(self._wall, t_ms, key=lambda piece: piece[0]) - 1)
        from_ms, wall_s, pace = self._wall[at]
        return wall_s + max(0, t_ms - from_ms) * pace

    def book_wall_s(self, from_ms: int, to_ms: int) -> float:
        """Give the wall seconds between two drill times at the book's speeds; a skip takes none."""
        return self._wall_until(to_ms) - self._wall_until(from_ms)

    # --- people
    @cached_property
    def role_table(self) -> dict[str, Role]:
        """All roles by id: the defaults with this scenario's changes."""
        return merged(self.roles)

    @cached_property
    def desks(self) -> tuple[str, ...]:
        """Roles that close tickets: the service desk, in the order of the roles."""
        return tuple(role.id for role in self.role_table.values() if role.may("close_ticket"))

    def alone(self) -> tuple[str, ...]:
        """Commands a lone player has besides those of the seat."""
        return role_book().alone

    def names(self) -> dict[str, str]:
        """Names of people and personas by id, for placeholders in texts."""
        return {
            **{each.id: each.name for each in self.people},
            **{each.id: each.name for each in self.personas},
        }

    def holder(self, seat: str) -> Person | None:
        """Give who holds a seat at the start, or None."""
        return next((person for person in self.people if person.seat == seat), None)

    def world_plan(self) -> WorldPlan:
        """Give everything the world is made of, apart from its seed."""
        return compiling.world_plan(self.id, self.world, self.sla, self.changes, self.clock)
