"""Where key roles changed hands, or had to: what the lines of a handoff share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drills.record import Item
from scoring.levels import Window
from scoring.practices.relief import KEY_ROLES, is_due
from scoring.practices.terms import Change, Term, changes
from scoring.reading import Night
from scoring.timing import MIN_MS

ONE_HANDOFF_MS = 60 * MIN_MS


def changed(night: Night, roles: Mapping[str, str]) -> list[Change]:
    """Give the changes of holder of some roles after the major trigger, in order."""
    found = [change for role in roles for change in changes(night, role)]
    return sorted(found, key=lambda change: change.t_ms)


def never_made(night: Night, found: Sequence[Change]) -> list[str]:
    """Give the key roles that had to change hands and never did."""
    hard_ms = night.setting.people.duty.hard_ms or 0
    done = {change.role for change in found if change.t_ms <= hard_ms}
    return [role for role in KEY_ROLES if role not in done and is_due(night, role)]


def taken(term: Term) -> tuple[int, ...]:
    """Give the item by which a term began, if one did."""
    return term.taken[:1]


def due_evidence(night: Night) -> tuple[int, ...]:
    """Give what called for a handoff that never came: the beginning of the incident."""
    onset = night.moments.onset
    return (onset.n,) if onset else ()


def window_of(night: Night, found: Sequence[Change], never: Sequence[str]) -> Window:
    """Give the time from the first change to the last; the end of the shift where none came."""
    duty = night.setting.people.duty
    times = [change.t_ms for change in found]
    if never and duty.hard_ms is not None:
        times += [duty.soft_ms if duty.soft_ms is not None else duty.hard_ms, duty.hard_ms]
    return Window(min(times), max(times))


def due_seen(night: Night) -> str:
    """Give the words for a handoff that was due."""
    hard_ms = night.setting.people.duty.hard_ms or night.end_ms
    return f"At {night.said(hard_ms)}, the incident had outlasted the longest shift"


def says(item: Item) -> bool:
    """Say whether something stands in an item: a claim, or text."""
    return bool(item.data.get("claims")) or bool(item.data.get("text"))


def names(term: Term) -> tuple[str, ...]:
    """Give the names by which a call knows somebody: the person of the rota, else the seat."""
    return (term.rota,) if term.rota else (term.seat,)
