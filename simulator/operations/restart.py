"""Start a site's processes anew."""

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
    operation,
    site_facts,
)

if TYPE_CHECKING:
    from simulator.world import World


@operation("restart")
@dataclass(frozen=True)
class Restart(SiteOperation):
    """A site's processes start anew, with an empty heap and an empty cache.

    First sign: the site answers nobody while it restarts; health checks fail, then pass.
    Ends: when health checks have admitted it, or at once after the restart where it is held out.
    Source: flagship physics, section 2; cold starts as in "Site Reliability Engineering" (2016), chapter 22.

    Args:
        site: id of the site.
    """

    title: ClassVar[str] = "Restart"
    summary: ClassVar[str] = "Start a site's processes anew; it loses its cache"
    purpose: ClassVar[Purpose] = "restore"
    risk: ClassVar[Risk] = "high"
    way_back: ClassVar[str] = "None: what was cached is gone"
    usual_minutes: ClassVar[str] = "90 s + 60 s of checks"
    times: ClassVar[Mapping[str, float]] = {"patience_s": 600.0}

    def phases(self, world: World) -> tuple[Phase, ...]:
        """Restart, then health checks."""
        return (
            Phase("restarting", world.plan.health.restart_s, cancellable=False),
            Phase("health checks", None),
        )

    def enter(self, world: World, work: Work, phase: Phase) -> None:
        """Stop and start."""
        if phase.name == "restarting":
            world.controls.restart(self.at(world), work.by)

    def poll(self, world: World, work: Work, phase: Phase) -> Outcome | None:
        """Wait for the health checks where they decide."""
        site = self.at(world)
        if phase.name != "health checks":
            return None
        if not site.watched:
            return Outcome(ok=True, note=f"{site.title} restarted; it is held out until re-admitted")
        return await_admission(world, site, work, self.time(world, "patience_s"))

    def finish(self, world: World, work: Work) -> str:
        """Say where the site stands."""
        site = self.at(world)
        return f"{site.title} restarted, " + ("in rotation" if site.in_rotation else "held out")

    def describe(self, world: World) -> Preview:
        """Empties heap, queue and cache."""
        site = self.at(world)
        return Preview(
            f"Restart {site.title}",
            "Heap and queue are empty afterwards.",
            f"So is the cache, and a request costs more: {site_facts(world, site, site.weight_frac)} now.",
            needs=((not site.in_rotation, f"{site.title} is out of rotation"),),
        )
