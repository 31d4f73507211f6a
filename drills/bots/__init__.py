"""Bots: teams that play the seats nobody sits in, through the same calls as people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drills.bots.bot import Attention, Bot, Move, Rule
from drills.bots.policy import Policy
from drills.bots.teams import TEAMS, Book
from drills.engine import Engine
from drills.errors import Refused
from drills.eyes import Eyes

Pace = Callable[[Rule, float], float]


def seats_of(team: str) -> Book:
    """Give a team's book of rules.

    Raises:
        Refused: there is no such team.
    """
    if team not in TEAMS:
        raise Refused(f"no team of bots called {team!r}", f"choose one of {', '.join(TEAMS)}", status=400)
    return TEAMS[team]


def make_bots(
    team: str, engine: Engine, seats: Sequence[str], pace: Pace | None = None, *, book: Book | None = None
) -> list[Bot]:
    """Give a bot for each of some seats; a seat that the team's book does not know stays quiet.

    Args:
        pace: what a rule's minutes become, for bots that keep the pace of people.
        book: rules of a team that has no name.
    """
    rules = (book or seats_of(team))(engine)
    duty = engine.scenario.duty
    tired_ms = engine.scenario.at(duty.seek_by) if duty.seek_by else None
    attention = Attention(tired_ms, pace) if pace is not None else Attention(tired_ms)
    return [Bot(seat, rules.get(seat, ()), Eyes(engine, seat), attention) for seat in sorted(seats)]


__all__ = [
    "TEAMS",
    "Book",
    "Bot",
    "Move",
    "Policy",
    "Rule",
    "make_bots",
    "seats_of",
]
