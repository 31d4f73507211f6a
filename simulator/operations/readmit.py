"""Let a site back into rotation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import (
    Outcome,
    Phase,
    Preview,
    Purpose,
    Risk,
    SiteOperation,
    await_admission,
    check_frac,
    operation,
    site_facts,
    watch_stay,
)

if TYPE_CHECKING:
    from simulator.world import World


@operation("readmit")
@dataclass(frozen=True)
class Readmit(SiteOperation):
    """A site that was held or drained is left to the health checks again, with a given weight.

    First sign: health checks pass for a minute, then its share rises from nothing: sessions are restored in
    a burst.
    Ends: when it has stayed in rotation for a while; fails when it falls out again.
    Source: flagship physics, section 2 (a tenth of a fair share survives a cold cache, a full one does not).

    Args:
        site: id of the site.
        weight_frac: its part of a fair share, 0..1.
    """

    title: ClassVar[str] = "Re-admit"
    summary: ClassVar[str] = "Let a site back into rotation at a weight"
    purpose: ClassVar[Purpose] = "restore"
    risk: ClassVar[Risk] = "high"
    way_back: ClassVar[str] = "Hold or drain the site again, 1 min"
    usual_minutes: ClassVar[str] = "60 s of checks"
    times: ClassVar[Mapping[str, float]] = {"patience_s": 900.0, "watch_s": 120.0}

    weight_frac: float = 1.0

    def __post_init__(self) -> None:
        check_frac("weight_frac", self.weight_frac)

    def refusal(self, world: World) -> str | None:
        """A site in rotation needs no re-admission."""
        site = self.at(world)
        if site.in_rotation:
            return f"readmit {site.id} refused: it is in rotation already. Change its share with set_weight"
        if site.lost_power:
            return f"readmit {site.id} refused: the site has no power. Wait until it is back"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """Health checks, then a while of watching."""
        return (Phase("health checks", None), Phase("watching", self.time(world, "watch_s")))

    def enter(self, world: World, work: Work, phase: Phase) -> None:
        """Clear the hold."""
        if phase.name == "health checks":
            world.controls.readmit(self.at(world), self.weight_frac)

    def poll(self, world: World, work: Work, phase: Phase) -> Outcome | None:
        """Is it admitted, and does it stay?"""
        site = self.at(world)
        if phase.name == "health checks":
            return await_admission(world, site, work, self.time(world, "patience_s"))
        return watch_stay(world, site)

    def finish(self, world: World, work: Work) -> str:
        """Say its share."""
        site = self.at(world)
        return f"{site.title} is in rotation with {site.share:.0%} of the traffic"

    def undo(self, world: World, work: Work) -> None:
        """Hold it out again."""
        if not self.at(world).in_rotation:
            world.controls.hold(self.at(world), work.by)

    def reached(self, world: World) -> bool:
        """It is in and stayed in."""
        return self.at(world).in_rotation

    def describe(self, world: World) -> Preview:
        """Gives the site traffic."""
        site = self.at(world)
        return Preview(
            f"Let {site.title} back at {self.weight_frac:.0%} of a fair share",
            f"It gets {site_facts(world, site, self.weight_frac)} now.",
            "If it is too slow, its clients try again, also elsewhere; three ejections hold it out.",
            needs=(
                (site.pool.warmth >= 0.9, "cache warm (nine in ten reads)"),
                (site.lag_s < 60.0, "index up to date"),
                (not site.release, "runs no suspect release"),
            ),
        )
