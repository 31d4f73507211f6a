"""Who may do what: one table, refused by default.

The table is the roles' permissions (data in `scenarios/roles.yaml`, changed by a scenario), plus the clock's
commands, which belong to the facilitator and, in a drill for one, to the lone player.
"""

from __future__ import annotations

from drills.acts import ACTS, CLOCK_COMMANDS
from drills.errors import Refused
from scenarios import Scenario

CLOCK_SEAT = "clock"
HOST_SEAT = "facilitator"
ENGINE_ONLY = frozenset({"start_drill", "join_drill", "leave_drill"})


def permissions(scenario: Scenario, seat: str, *, solo: bool) -> tuple[str, ...]:
    """Give the commands a seat may use, sorted."""
    if seat == CLOCK_SEAT:
        return (*CLOCK_COMMANDS, *sorted(ENGINE_ONLY))
    allowed = set(scenario.role_table[seat].permissions) - ENGINE_ONLY
    allowed = (allowed | set(CLOCK_COMMANDS)) if solo or seat == HOST_SEAT else allowed - set(CLOCK_COMMANDS)
    return tuple(sorted(allowed & set(ACTS)))


def demand(scenario: Scenario, seat: str, command: str, *, solo: bool) -> None:
    """Refuse a command that a seat may not use, and say who can.

    Raises:
        Refused: with status 403; 404 for a command that does not exist.
    """
    if command in permissions(scenario, seat, solo=solo):
        return
    if command not in ACTS:
        raise Refused(f"unknown command {command[:60]!r}", "see docs/reference/acts.md", status=404)
    able = [role.title for role in scenario.role_table.values() if command in role.permissions]
    who = f"only {_listed(able)} can" if able else "nobody can in this drill"
    raise Refused(
        f"{command.replace('_', ' ')} refused: you hold {scenario.role_table[seat].title.lower()}",
        who,
        status=403,
    )


def demand_host(scenario: Scenario, seat: str) -> None:
    """Refuse who is no facilitator what only the facilitator may do with a drill's door.

    Raises:
        Refused: with status 403.
    """
    if seat != HOST_SEAT:
        role = scenario.role_table.get(seat)
        held = role.title.lower() if role is not None else "no seat"
        raise Refused(f"refused: you hold {held}", "only the facilitator can", status=403)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
