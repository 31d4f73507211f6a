"""Log lines, generated from the state's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.world import World


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line, or several equal ones of the same minute counted together.

    Args:
        source: id of the service that wrote it, or `edge`, `health`, `supervisor`.
        site: id of the site, None for the edge of all.
    """

    t_ms: int
    level: str
    source: str
    site: str | None
    text: str
    count: int = 1


def search(
    world: World, start_ms: int, end_ms: int, *, site: str | None, service: str | None, text: str | None
) -> list[LogLine]:
    """All lines of a stretch that match, oldest first."""
    return []
