"""What a scenario says of people: groups and what they must tell each other, duty limits, the handoff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scenarios import Scenario
from scenarios.schema.script import Match


@dataclass(frozen=True)
class Duty:
    """How long people may work, on the drill's clock; None where the scenario sets no limit.

    Args:
        soft_ms: the shift ends; a relief should be there.
        hard_ms: nobody works beyond this.
        seek_by_ms: the scenario's own wish for when the search begins.
    """

    soft_ms: int | None = None
    hard_ms: int | None = None
    seek_by_ms: int | None = None


@dataclass(frozen=True)
class GroupName:
    """People who work as one team: seats, and people and personas outside the seats."""

    id: str
    title: str
    seats: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """Everybody in it."""
        return self.seats + self.others


@dataclass(frozen=True)
class SharedFinding:
    """A finding that one group learns first and others need.

    Args:
        after: the item of the record from which on it is known.
        properties: a claim with one of these carries it.
    """

    id: str
    text: str
    group: str
    to: tuple[str, ...]
    after: Match
    properties: tuple[str, ...] = ()


@dataclass(frozen=True)
class SkillNeed:
    """A skill that becomes needed, and who has it."""

    id: str
    visible: Match
    holders: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """The part of a setting that is about people.

    Args:
        questions: number of questions which the one who takes over answers in the read-back.
        right: right answers that make a read-back complete; 0 takes four fifths.
        reports: injects that are reports to the service desk, so that their calls are the desk's.
        side_operations: operations that end another trouble than the main one.
        runbooks: operation of each step by runbook, "" where a step names none.
    """

    duty: Duty = field(default_factory=Duty)
    groups: tuple[GroupName, ...] = ()
    findings: tuple[SharedFinding, ...] = ()
    needs: tuple[SkillNeed, ...] = ()
    questions: int = 0
    right: int = 0
    reports: tuple[str, ...] = ()
    side_operations: tuple[str, ...] = ()
    runbooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def group_title(self, group: str) -> str:
        """Give a group's name in the story, else its id."""
        return next((known.title for known in self.groups if known.id == group), group)


def of(scenario: Scenario) -> People:
    """Give what scoring needs to know of a scenario's people."""
    handoff = scenario.handoff
    main = {trouble.operation for trouble in scenario.troubles if trouble.main}
    side = [trouble.operation for trouble in scenario.troubles if not trouble.main and trouble.operation]
    return People(
        duty=_duty(scenario),
        groups=tuple(
            GroupName(group.id, group.title, tuple(group.seats), tuple(group.personas))
            for group in scenario.groups
        ),
        findings=tuple(
            SharedFinding(fact.id, fact.text, fact.group, tuple(fact.to), fact.after, tuple(fact.properties))
            for fact in scenario.shared_facts
        ),
        needs=tuple(SkillNeed(skill.id, skill.visible, tuple(skill.holders)) for skill in scenario.skills),
        questions=len(handoff.read_back) if handoff else 0,
        right=handoff.need if handoff else 0,
        reports=tuple(inject.id for inject in scenario.injects if inject.report is not None),
        side_operations=tuple(operation for operation in side if operation not in main),
        runbooks={book.id: tuple(step.operation or "" for step in book.steps) for book in scenario.runbooks},
    )


def _duty(scenario: Scenario) -> Duty:
    def at(time: str | None) -> int | None:
        return None if time is None else scenario.at(time)

    return Duty(at(scenario.duty.soft), at(scenario.duty.hard), at(scenario.duty.seek_by))
