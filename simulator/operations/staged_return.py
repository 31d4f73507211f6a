"""Bring a site back in steps."""

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
    watch_stay,
)

if TYPE_CHECKING:
    from simulator.world import World


@operation("staged_return")
@dataclass(frozen=True)
class StagedReturn(SiteOperation):
    """A site comes back with 10, 25, 50 and 100 % of a fair share, a look at each.

    First sign: its share grows in steps.
    Ends: after the last step's look; stops where the site falls out, and leaves the weight as it is.
    Source: flagship physics, section 2; staged returns as in "Site Reliability Engineering" (2016), chapter
    22.

    Args:
        site: id of the site.
    """

    title: ClassVar[str] = "Staged return"
    summary: ClassVar[str] = "Bring a site back with 10, 25, 50, 100 % of its share, ten minutes each"
    purpose: ClassVar[Purpose] = "restore"
    risk: ClassVar[Risk] = "medium"
    way_back: ClassVar[str] = "Cancel keeps the step reached; drain takes the site out"
    usual_minutes: ClassVar[str] = "40 min"
    times: ClassVar[Mapping[str, float]] = {
        "patience_s": 900.0,
        "step_s": 600.0,
        "first_frac": 0.10,
        "second_frac": 0.25,
        "third_frac": 0.50,
    }

    def _steps(self, world: World) -> tuple[float, ...]:
        return (*(self.time(world, f"{n}_frac") for n in ("first", "second", "third")), 1.0)

    def refusal(self, world: World) -> str | None:
        """Only for a site that is out."""
        site = self.at(world)
        if site.in_rotation:
            return f"staged_return {site.id} refused: it is in rotation. Raise its share with set_weight"
        if site.lost_power:
            return f"staged_return {site.id} refused: the site has no power. Wait until it is back"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """Health checks, then four steps."""
        step_s = self.time(world, "step_s")
        return (Phase("health checks", None), *(Phase(f"{w:.0%}", step_s) for w in self._steps(world)))

    def enter(self, world: World, work: Work, phase: Phase) -> None:
        """Set the step's weight."""
        site = self.at(world)
        steps = self._steps(world)
        if phase.name == "health checks":
            world.controls.readmit(site, steps[0])
        elif work.number > 1:
            world.controls.set_weight(site, steps[work.number - 1])

    def poll(self, world: World, work: Work, phase: Phase) -> Outcome | None:
        """Is it admitted, and does it stay?"""
        site = self.at(world)
        if phase.name == "health checks":
            return await_admission(world, site, work, self.time(world, "patience_s"))
        return watch_stay(world, site)

    def finish(self, world: World, work: Work) -> str:
        """Full share."""
        site = self.at(world)
        return f"{site.title} is back with {site.share:.0%} of the traffic"

    def reached(self, world: World) -> bool:
        """It is in."""
        return self.at(world).in_rotation

    def describe(self, world: World) -> Preview:
        """Slow, with looks."""
        site = self.at(world)
        return Preview(
            f"Bring {site.title} back in four steps",
            f"First: {site_facts(world, site, self._steps(world)[0])}. Last: {site_facts(world, site, 1.0)}.",
            "Forty minutes in which somebody looks at each step.",
            needs=(
                (site.pool.warmth >= 0.9, "cache warm (nine in ten reads)"),
                (site.lag_s < 60.0, "index up to date"),
                (not site.release, "runs no suspect release"),
            ),
        )
