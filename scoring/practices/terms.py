"""Roles in hands: who held a role and for how long, where it changed hands, and who could be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from drills.record import Item
from scoring.reading import Night
from scoring.ribbons import Hold, Ribbon, exercised, who
from scoring.timing import COMPOSE_FLOOR_S, MIN_MS

UNDONE_WITHIN_MS = 15 * MIN_MS
SEATED = ("tech_lead", "communications")
"""Roles that whoever sits in their seat holds from the start, until somebody takes them."""
NOT_RESPONDERS = ("clock", "facilitator", "observer", "reporter")
NO_CHANGE = ("diagnose",)
"""Operations that only look."""


@dataclass(frozen=True)
class Term:
    """A role in one person's hands, however often they took it.

    Args:
        taken: items by which it was taken; empty when it came with the seat.
        announced: whether the first of them was said aloud.
        rota: id of the person of the rota to whom it was handed, "" otherwise.
    """

    person: str
    seat: str
    from_ms: int
    to_ms: int
    taken: tuple[int, ...] = ()
    announced: bool = False
    rota: str = ""

    def as_hold(self) -> Hold:
        """Give it as a hold, for the ribbon of what was done in it."""
        return Hold(
            self.person,
            self.seat,
            self.from_ms,
            self.to_ms,
            self.announced,
            self.taken[0] if self.taken else -1,
        )


@dataclass(frozen=True)
class Change:
    """A role that went from one person to another."""

    role: str
    before: Term
    after: Term

    @property
    def t_ms(self) -> int:
        """When it changed."""
        return self.after.from_ms


def terms(night: Night, role: str) -> tuple[Term, ...]:
    """Give who held a role, in order; taking again what one holds begins nothing new."""
    found: list[Term] = []
    for hold in night.holds(role):
        if found and found[-1].person == hold.person:
            found[-1] = replace(found[-1], to_ms=hold.to_ms, taken=(*found[-1].taken, hold.n))
        else:
            found.append(
                Term(hold.person, hold.seat, hold.from_ms, hold.to_ms, (hold.n,), hold.announced, hold.rota)
            )
    return _with_seat(night, role, found)


def _with_seat(night: Night, role: str, found: Sequence[Term]) -> tuple[Term, ...]:
    """Put the one who sits in a role's seat before the first who took it."""
    seat = next((seat for seat in night.record.seats if seat.id == role and role in SEATED), None)
    if seat is None:
        return tuple(found)
    start_ms = night.moments.start_ms
    person = seat.person or seat.id
    if not found:
        return (Term(person, role, start_ms, night.end_ms),)
    first, *rest = found
    if first.person == person:
        return (replace(first, from_ms=start_ms), *rest)
    return (Term(person, role, start_ms, first.from_ms), first, *rest)


def changes(night: Night, role: str) -> tuple[Change, ...]:
    """Give the changes of a role's holder from the major trigger on, without those undone in 15 minutes."""
    major = night.moments.major
    held = _lasting(terms(night, role))
    return tuple(
        Change(role, before, after)
        for before, after in pairwise(held)
        if major is not None and after.from_ms >= major.t_ms
    )


def _lasting(held: Sequence[Term]) -> list[Term]:
    """Leave out the terms after which the role went straight back to the one before."""
    kept: list[Term] = []
    for index, term in enumerate(held):
        later = held[index + 1] if index + 1 < len(held) else None
        is_short = term.to_ms - term.from_ms < UNDONE_WITHIN_MS
        if kept and later and is_short and later.person == kept[-1].person:
            continue
        if kept and kept[-1].person == term.person:
            kept[-1] = replace(kept[-1], to_ms=term.to_ms)
        else:
            kept.append(term)
    return kept


def holder_at(night: Night, role: str, t_ms: int) -> Term | None:
    """Give who held a role at a moment, or None."""
    return next((term for term in reversed(terms(night, role)) if term.from_ms <= t_ms), None)


def reach_ms(night: Night, term: Term) -> int:
    """Give for how long an act keeps a role exercised: 2U, widened where a person holds it."""
    asked_min = 2 * night.setting.thresholds.update
    human = night.is_human([term.seat])
    return round(
        night.limit(asked_min, COMPOSE_FLOOR_S, term.from_ms, term.to_ms, human=human).allowed_min * MIN_MS
    )


def commanded(night: Night) -> tuple[Ribbon, ...]:
    """Give the stretches in which whoever held command also commanded; taking it again ends nothing."""
    acts = night.command_acts
    return tuple(
        part
        for term in terms(night, "commander")
        for part in exercised(term.as_hold(), acts, reach_ms(night, term))
    )


def reachable(night: Night) -> int:
    """Give how many people sit in the response's seats."""
    return len({seat.person or seat.id for seat in night.record.seats if seat.id not in NOT_RESPONDERS})


def world_changes(night: Night) -> tuple[Item, ...]:
    """Give the operations of the team that change the world."""
    return tuple(
        item
        for item in night.items("operation.started")
        if item.origin == "journal" and item.data.get("operation") not in NO_CHANGE
    )


def played_ms(night: Night, from_ms: int, to_ms: int) -> int:
    """Give the time between two moments, skipped time left out."""
    skipped = sum(max(0, min(b, to_ms) - max(a, from_ms)) for a, b in night.skips)
    return max(0, to_ms - from_ms - skipped)


def covered_ms(night: Night, parts: Sequence[Ribbon], from_ms: int, to_ms: int) -> int:
    """Give how much of a stretch some ribbons cover, skipped time left out."""
    return sum(played_ms(night, max(part.from_ms, from_ms), min(part.to_ms, to_ms)) for part in parts)


def longest_gap(parts: Sequence[Ribbon], from_ms: int, to_ms: int) -> tuple[int, int]:
    """Give begin and end of the longest part of a stretch that no ribbon covers."""
    at_ms, longest = from_ms, (from_ms, from_ms)
    for part in sorted(parts, key=lambda part: part.from_ms):
        gap = (at_ms, min(part.from_ms, to_ms))
        if gap[1] - gap[0] > longest[1] - longest[0]:
            longest = gap
        at_ms = max(at_ms, part.to_ms)
    return max(longest, (at_ms, max(at_ms, to_ms)), key=lambda gap: gap[1] - gap[0])


def did_by(item: Item, person: str) -> bool:
    """Say whether a person did something, whatever the seat."""
    return who(item) == person
