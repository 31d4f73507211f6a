"""What scoring needs to know of worsenings that could be foreseen."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios import Scenario
from scenarios.schema.script import Match

SERVICE = "service"
"""How a claim may name the promised service without its id."""


@dataclass(frozen=True)
class StageAhead:
    """A worsening that could be seen coming.

    Args:
        at_ms: when it comes if nobody acts.
        visible: it can be foreseen from the first such item on.
        subjects: what a forecast of it may name, in small letters.
        comes: the item by which it has come.
    """

    id: str
    title: str
    at_ms: int
    visible: Match
    subjects: frozenset[str]
    comes: Match


def stages_of(scenario: Scenario) -> tuple[StageAhead, ...]:
    """Give the scenario's foreseeable worsenings, in its order."""
    plan = scenario.world_plan()
    titles = {site.id: site.title for site in plan.sites}
    aliases = {plan.level.id: (plan.level.title, SERVICE)}
    return tuple(
        StageAhead(
            id=stage.id,
            title=stage.title,
            at_ms=scenario.at(stage.at),
            visible=stage.visible,
            subjects=frozenset(
                name.lower()
                for subject in stage.subjects
                for name in (subject, titles.get(subject, subject), *aliases.get(subject, ()))
            ),
            comes=stage.comes,
        )
        for stage in scenario.stages
    )
