"""Who may see which kind of record item: an allow-list, empty for everything not named here.

`*` stands for all responders of the scenario. Acts say for themselves who sees them (`Act.sees`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from drills.acts import KINDS

WORLD_SEES: dict[str, tuple[str, ...]] = {
    "alert.fired": ("*",),
    "alert.cleared": ("*",),
    "operation.progressed": ("*",),
    "operation.finished": ("*",),
    "change.deployed": ("*",),
    "sla.started": ("*",),
    "sla.stopped": ("*",),
    "sla.breached": ("*",),
    "mode.changed": ("*",),
}


def world_sees(kind: str) -> tuple[str, ...]:
    """Give who may see a happening of the world; nobody unless the table says so."""
    return WORLD_SEES.get(kind, ())


def entry_sees(kind: str) -> tuple[str, ...]:
    """Give who may see a journal entry of a kind."""
    act = KINDS.get(kind)
    return act.sees if act else ()


def expand(names: Iterable[str], *, seat: str, responders: Sequence[str]) -> tuple[str, ...]:
    """Replace `*` by the responders and `self` by the acting seat; sorted, without doubles."""
    found: dict[str, None] = {}
    for name in names:
        for role in responders if name == "*" else (seat,) if name == "self" else (name,):
            if role:
                found[role] = None
    return tuple(sorted(found))
