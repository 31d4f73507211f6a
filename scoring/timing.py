"""Simulated time decides; the pace of the drill only pardons people who cannot type faster than they can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drills.record import Stretch

MIN_MS = 60_000
CLICK_FLOOR_S = 45.0
"""Wall time a person needs for a one-click act: acknowledge, assume a role, tick."""
COMPOSE_FLOOR_S = 150.0
"""Wall time a person needs for a composed act: an update, a ticket, a section of the document."""
SHORTEST_STAGE_MIN = 20.0
"""A stage counts as at least this long when a widened window is held against it."""


@dataclass(frozen=True)
class Limit:
    """A threshold in force.

    Args:
        asked_min: what the catalogue or the scenario asks, in simulated minutes.
        allowed_min: the same, widened where a person acted at a high speed.
        speed: mean speed really played, simulated over wall time; 1 for bots.
    """

    asked_min: float
    allowed_min: float
    speed: float = 1.0

    @property
    def is_widened(self) -> bool:
        """Whether a person got more time than the catalogue asks."""
        return self.allowed_min > self.asked_min

    def text(self) -> str:
        """Give the limit as it is printed: "15 min, widened to 20 min at speed ×8"."""
        if not self.is_widened:
            return f"{number(self.asked_min)} min"
        return (
            f"{number(self.asked_min)} min, widened to {number(self.allowed_min)} min"
            f" at speed ×{number(self.speed)}"
        )


def mean_speed(stretches: Sequence[Stretch], from_ms: int, to_ms: int) -> float:
    """Give simulated over wall time between two moments; pauses and skips stop both clocks."""
    simulated_ms = wall_ms = 0.0
    last = 1.0
    for stretch in stretches:
        if stretch.speed <= 0:
            continue
        if stretch.from_ms <= max(from_ms, 0):
            last = stretch.speed
        part_ms = min(stretch.to_ms, to_ms) - max(stretch.from_ms, from_ms)
        if part_ms > 0:
            simulated_ms += part_ms
            wall_ms += part_ms / stretch.speed
    return simulated_ms / wall_ms if wall_ms else last


def number(value: float) -> str:
    """Give a number without needless digits: 15, 12.5."""
    return f"{value:.1f}".removesuffix(".0")


def duration(minutes: float) -> str:
    """Give a length of time as people say it: "56 min", "3 h 20"."""
    whole = round(minutes)
    if whole < 120:
        return f"{whole} min"
    hours, rest = divmod(whole, 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"
