"""Bots: teams that play the seats nobody sits in, through the same calls as people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drills.bots import managed, unmanaged
from drills.bots.bot import Bot, Move, Rule
from drills.engine import Engine
from drills.errors import Refused
from drills.eyes import Eyes

Book = Callable[[Engine], dict[str, Sequence[Rule]]]


def _none(engine: Engine) -> dict[str, Sequence[Rule]]:
    return {}


TEAMS: dict[str, Book] = {"none": _none, "unmanaged": unmanaged.book, "managed": managed.book}


def seats_of(team: str) -> Book:
    """Give a team's book of rules.

    Raises:
        Refused: there is no such team.
    """
    if team not in TEAMS:
        raise Refused(f"no team of bots called {team!r}", f"choose one of {', '.join(TEAMS)}", status=400)
    return TEAMS[team]


def make_bots(team: str, engine: Engine, seats: Sequence[str]) -> list[Bot]:
    """Give a bot for each of some seats; a seat that the team's book does not know stays quiet."""
    book = seats_of(team)(engine)
    return [Bot(seat, book.get(seat, ()), Eyes(engine, seat)) for seat in sorted(seats)]


__all__ = ["TEAMS", "Bot", "Move", "Rule", "make_bots", "seats_of"]
