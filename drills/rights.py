"""Who may do what, and in which phase of a drill: one table, refused by default.

The table is the roles' permissions (data in `scenarios/roles.yaml`, changed by a scenario), the phases that
each act names, and `DEEDS` for what is done beside the journal, at a door. The clock's commands belong
to the facilitator and, in a drill for one, to the lone player. Screens, bots, routes and the page
docs/reference/acts.md read it from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from drills.acts import ACTS, CLOCK_COMMANDS
from drills.acts.base import Phase
from drills.errors import Refused
from scenarios import Scenario

if TYPE_CHECKING:
    from drills.engine import Engine

CLOCK_SEAT = "clock"
HOST_SEAT = "facilitator"
ENGINE_ONLY = frozenset({"start_drill", "join_drill", "leave_drill"})
EVERYBODY = "*"
ANYBODYS = frozenset({"call_halt", "ask_hint"})
"""What whoever sits in a drill may always do: no scenario takes these away."""
BEFORE_THE_END: tuple[Phase, ...] = ("lobby", "running", "paused")
BEGUN: tuple[Phase, ...] = ("running", "paused", "ended")


@dataclass(frozen=True)
class Right:
    """Who may do a deed that is no entry of the journal, and when.

    Args:
        who: a role, or `EVERYBODY` who holds a seat.
        what: the deed in words, for the reference page.
    """

    who: str
    phases: tuple[Phase, ...]
    what: str


DEEDS: Mapping[str, Right] = MappingProxyType(
    {
        "begin": Right(HOST_SEAT, ("lobby",), "start the clock; bots take the empty seats"),
        "open": Right(HOST_SEAT, BEFORE_THE_END, "let the code work"),
        "close": Right(HOST_SEAT, BEFORE_THE_END, "let the code work no more"),
        "move": Right(HOST_SEAT, BEFORE_THE_END, "give somebody another seat"),
        "remove": Right(HOST_SEAT, BEFORE_THE_END, "take somebody's seat away; a bot plays it"),
        "reissue": Right(HOST_SEAT, BEFORE_THE_END, "make a link that moves a place to another browser"),
        "leave": Right(EVERYBODY, BEFORE_THE_END, "give one's own seat back; a bot plays it"),
        "watch": Right(HOST_SEAT, BEGUN, "look over a seat's shoulder"),
        "look_at_inject": Right(HOST_SEAT, ("running", "paused"), "see whom an inject by hand would reach"),
    }
)


def phase_of(engine: Engine) -> Phase:
    """Give the phase that a drill in this process is in; a skip counts as running."""
    if engine.ended:
        return "ended"
    return "paused" if engine.paused else "running"


def permissions(scenario: Scenario, seat: str, *, solo: bool) -> tuple[str, ...]:
    """Give the commands a seat may use, sorted."""
    if seat == CLOCK_SEAT:
        return (*CLOCK_COMMANDS, *sorted(ENGINE_ONLY))
    allowed = set(scenario.role_table[seat].permissions) - ENGINE_ONLY | ANYBODYS
    allowed = (allowed | set(CLOCK_COMMANDS)) if solo or seat == HOST_SEAT else allowed - set(CLOCK_COMMANDS)
    return tuple(sorted(allowed & set(ACTS)))


def demand(scenario: Scenario, seat: str, command: str, phase: Phase, *, solo: bool) -> None:
    """Refuse a command that a seat may not use, or not now, and say who can.

    Raises:
        Refused: with status 403; 404 for a command that does not exist, 409 in a phase that is not its own.
    """
    if command in permissions(scenario, seat, solo=solo):
        _demand_phase(ACTS[command].phases, phase)
        return
    if command not in ACTS:
        raise Refused(f"unknown command {command[:60]!r}", "see docs/reference/acts.md", status=404)
    able = [role.title for role in scenario.role_table.values() if command in role.permissions]
    who = f"only {_listed(able)} can" if able else "nobody can in this drill"
    raise Refused(f"{command.replace('_', ' ')} refused: you hold {_held(scenario, seat)}", who, status=403)


def demand_deed(scenario: Scenario, seat: str, deed: str, phase: Phase) -> None:
    """Refuse a deed at a drill's door that a seat may not do, or not now, and say who can.

    Raises:
        Refused: with status 403; 404 for a deed that does not exist, 409 in a phase that is not its own.
    """
    right = DEEDS.get(deed)
    if right is None:
        raise Refused("the lobby knows no such deed", "use its buttons", status=404)
    if right.who not in (EVERYBODY, seat):
        able = scenario.role_table[right.who].title.lower()
        raise Refused(f"refused: you hold {_held(scenario, seat)}", f"only the {able} can", status=403)
    _demand_phase(right.phases, phase)


def _demand_phase(phases: Sequence[Phase], phase: Phase) -> None:
    if phase in phases:
        return
    why, cure = _NOT_NOW[phase]
    raise Refused(why, cure, status=409)


_NOT_NOW: Mapping[Phase, tuple[str, str]] = MappingProxyType(
    {
        "lobby": ("the drill has not begun", "wait in its lobby"),
        "running": ("the drill has begun already", "open its console"),
        "paused": ("the drill has begun already", "open its console"),
        "ended": ("the drill has ended", "open its scorecard"),
    }
)


def _held(scenario: Scenario, seat: str) -> str:
    role = scenario.role_table.get(seat)
    return role.title.lower() if role is not None else "no seat"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
