"""The service's level as users know it, and the clock of the service level agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from simulator.plan import ServiceLevel

LEVELS: Final = ("up", "degraded", "down")


@dataclass(slots=True)
class LevelState:
    """Where level and clocks stand.

    Args:
        recent: class of each of the last minutes, 0 up, 1 degraded, 2 down.
        two_sites_min: minutes in a row with level up and two primary sites in.
        troubled: an incident runs: something fell or the level did; until recovered.
    """

    level: int = 0
    recent: list[int] = field(default_factory=list)
    since_s: int | None = None
    sla_started_s: int | None = None
    sla_stopped_s: int | None = None
    sla_breached: bool = False
    two_sites_min: int = 0
    troubled: bool = False
    outage_from_s: int | None = None
    outages_min: int = 0

    @property
    def sla_runs(self) -> bool:
        """Whether the clock of the service level agreement is running."""
        return self.sla_started_s is not None and self.sla_stopped_s is None


def next_level(level: int, recent: Sequence[int], need_min: int, of_min: int) -> int:
    """The level after the newest minute: a step needs `need_min` of the last `of_min` minutes, either way."""
    if len(recent) < of_min:
        return level
    last = sorted(recent[-of_min:])
    if last[of_min - need_min] > level:
        return last[of_min - need_min]
    if last[need_min - 1] < level:
        return last[need_min - 1]
    return level


def minute_class(plan: ServiceLevel, lost_frac: float) -> int:
    """Class of a minute in which this part of the first attempts was lost."""
    if lost_frac > plan.down_loss_frac:
        return 2
    return 1 if lost_frac > plan.degraded_loss_frac else 0
