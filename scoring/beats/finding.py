"""How beats are registered, and what several of them look for."""

from __future__ import annotations

from collections.abc import Callable

from drills.record import Item
from scoring.moments import Mark
from scoring.practices.effects import failure_of
from scoring.reading import Night
from scoring.timing import MIN_MS

Find = Callable[[Night], Mark | None]

SOON_MS = 15 * MIN_MS
TECHNICAL = ("tech_lead", "developer", "specialist")
FIND: dict[int, tuple[str, Find]] = {}


def beat(row: int, name: str) -> Callable[[Find], Find]:
    """Register what finds a row of the checklist."""

    def register(find: Find) -> Find:
        FIND[row] = (name, find)
        return find

    return register


def mark(item: Item | None) -> Mark | None:
    """Give an item as a moment."""
    return Mark(item.t_ms, item.n) if item else None


def tries(night: Night) -> list[Item]:
    """Give the operations that the team started, in order."""
    return [item for item in night.items("operation.started") if item.origin == "journal"]


def failed_tries(night: Night) -> list[tuple[Item, Item]]:
    """Give the tries that failed after command was taken, each with the item by which it showed."""
    taken = night.moments.command
    found = [(item, failure_of(night, item)) for item in tries(night)]
    later = [(item, shown) for item, shown in found if shown and taken and item.n > taken.n]
    return sorted(later, key=lambda pair: pair[1].n)


def site_alert(night: Night, number: int) -> Item | None:
    """Give the page about the n-th site: down, or about to be."""
    seen: dict[str, Item] = {}
    for item in night.items("alert.fired"):
        site = item.data.get("site")
        if site and item.data.get("severity") == "page" and site not in night.setting.standbys:
            seen.setdefault(str(site), item)
    return list(seen.values())[number - 1] if len(seen) >= number else None


def soon_after(night: Night, fits: Callable[[Item], bool]) -> Mark | None:
    """Give the first fitting act in the quarter of an hour after the third site's alert."""
    third = site_alert(night, 3)
    if third is None:
        return None
    return mark(
        next((i for i in night.acts if i.n > third.n and i.t_ms - third.t_ms <= SOON_MS and fits(i)), None)
    )


def after(night: Night, moment: Mark | None, *kinds: str) -> Mark | None:
    """Give the first act of some kinds after a moment."""
    if moment is None:
        return None
    return mark(night.first(*kinds, where=lambda item: item.origin == "journal" and item.n > moment.n))
