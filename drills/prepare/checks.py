"""Where checks register: one function an act, from engine, seat and act to the data it adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from drills.acts import Act
from drills.engine import Engine
from drills.errors import Refused

Check = Callable[[Engine, str, Any], dict[str, Any]]
CHECKS: dict[type[Act], Check] = {}


def check(*acts: type[Act]) -> Callable[[Check], Check]:
    """Register a check for some acts."""

    def register(function: Check) -> Check:
        for act in acts:
            CHECKS[act] = function
        return function

    return register


def known(what: str, wanted: str, choices: Iterable[str]) -> None:
    """Demand that something is among what there is.

    Raises:
        Refused: with status 404, and the choices.
    """
    there = list(choices)
    if wanted not in there:
        cure = f"choose one of {', '.join(there[:20])}" if there else "there is none yet"
        raise Refused(f"no {what} {wanted!r}", cure, status=404)


def reachable(engine: Engine) -> list[str]:
    """Give everybody who can be called: seats, personas, people on the rota."""
    people = [person.id for person in engine.scenario.people]
    return [*engine.seats, *engine.personas, *people]
