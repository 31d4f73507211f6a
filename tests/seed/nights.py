"""The nights that the rows are looked for in, each played and scored once in a process."""

from __future__ import annotations

from functools import cache

from drills import Record, run_headless
from drills.record import Item
from scenarios import Library, Scenario
from scoring.scorecard import Scorecard, scorecard

SEED = 7
ROWS = 132


@cache
def flagship() -> Scenario:
    """Give the outage of three data centers."""
    scenario = Library([]).get("three-datacenter-outage")
    if scenario is None:
        raise LookupError("three-datacenter-outage is not in the library")
    return scenario


@cache
def night(team: str) -> Record:
    """Give the record of a bot team's night."""
    return run_headless(flagship(), team, SEED)[1]


@cache
def card(team: str) -> Scorecard:
    """Give the scorecard of that night."""
    return scorecard(night(team), flagship())


def items(team: str, kind: str, about: str = "") -> list[Item]:
    """Give the items of a kind in a team's night, of one subject when it is given."""
    return [each for each in night(team).items if each.kind == kind and about in ("", each.about)]


def met(team: str, line: str) -> bool:
    """Say whether a line is met in a team's night and opens on at least one item of evidence."""
    judgement = card(team).line(line).judgement
    return judgement.level == "met" and bool(judgement.evidence)
