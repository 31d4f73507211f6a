"""The change list: what was deployed where, by whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the change list.

    Args:
        site, service: ids, or None where the change touched all.
        who: a person, or what ran by itself.
    """

    t_ms: int
    id: str
    site: str | None
    service: str | None
    text: str
    who: str
