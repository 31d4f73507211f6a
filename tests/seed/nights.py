"""The nights that the rows are looked for in, each played and scored once in a process."""

from __future__ import annotations

from functools import cache

from drills import Record
from drills.record import Item
from scenarios import Scenario
from scoring.scorecard import Scorecard, scorecard
from tests.drills.conftest import flagship_scenario, night_of

SEED = 7
ROWS = 132


def flagship() -> Scenario:
    """Give the outage of three data centers."""
    return flagship_scenario()


def night(team: str) -> Record:
    """Give the record of a bot team's night."""
    return night_of(team, SEED)[1]


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
