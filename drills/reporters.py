"""Who speaks for a ticket: the one who is asked whether it works, and who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drills.board import Ticket
    from drills.engine import Engine

MONITOR = "monitor"


def reporter_of(engine: Engine, ticket: Ticket) -> str:
    """Give who answers for a ticket: its reporter, else one whose report it holds, else the owner.

    Of several the one comes first who sees something that others do not.
    """
    names = [name for name in _reporters(engine, ticket) if name != MONITOR]
    hit = [name for name in names if name in engine.personas and engine.personas[name].hit_by]
    owner = next((each.persona for each in engine.scenario.approvals), MONITOR)
    return next(iter([*hit, *names]), owner)


def is_guest(engine: Engine, who: str) -> bool:
    """Whether somebody has a role of the drill but no seat of its cast: a customer beside the team."""
    return who in engine.scenario.role_table and who not in engine.seats


def _reporters(engine: Engine, ticket: Ticket) -> list[str]:
    board = engine.board
    if ticket.reporter != MONITOR:
        return [ticket.reporter]
    same = [other for other in board.tickets.values() if other.duplicate_of == ticket.id]
    linked = [board.reports[id_].from_ for id_ in ticket.reports if id_ in board.reports]
    return [*linked, *(other.reporter for other in same)]
