"""Fill a cache before users come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Outcome, Phase, Preview, Purpose, Risk, SiteOperation, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("warm")
@dataclass(frozen=True)
class Warm(SiteOperation):
    """Copies of past requests are sent to a site out of rotation, so that its cache fills.

    First sign: the site works although it has no share; its cache answers more and more reads.
    Ends: when nine in ten reads hit. It keeps warm until the site takes traffic or the rate is set to 0.
    Source: flagship physics, section 2 (40 min at 280 requests/s).

    Args:
        site: id of the site.
        rate_rps: copies a second, below what the cold site can finish; 0 stops.
    """

    title: ClassVar[str] = "Warm up"
    summary: ClassVar[str] = "Fill the cache of a site out of rotation with copies of past requests"
    purpose: ClassVar[Purpose] = "restore"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Warm with 0, at once"
    usual_minutes: ClassVar[str] = "30-40 min"
    times: ClassVar[Mapping[str, float]] = {"until_frac": 0.9}

    rate_rps: float = 280.0

    def __post_init__(self) -> None:
        if self.rate_rps < 0:
            raise ValueError(f"rate_rps(={self.rate_rps}) must be >= 0")

    def refusal(self, world: World) -> str | None:
        """Only out of rotation, only when cold, not faster than the site can ever work."""
        site = self.at(world)
        if self.rate_rps == 0:
            return (
                None
                if site.warm_rps
                else f"warm {site.id} refused: nothing warms it, so there is nothing to stop"
            )
        if site.in_rotation:
            return f"warm {site.id} refused: it serves users, which warms it. Hold it out first, or leave it"
        if site.pool.warmth >= self.time(world, "until_frac"):
            return f"warm {site.id} refused: its cache is warm. Bring it back with staged_return"
        most = site.pool.workers * site.pool.rate_rps
        if self.rate_rps > most:
            return f"warm {site.id} refused: {self.rate_rps:.0f} requests/s is more than its most, {most:.0f}"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """Warm until warm."""
        return (Phase("stopping", 0.0),) if self.rate_rps == 0 else (Phase("warming", None),)

    def enter(self, world: World, work: Work, phase: Phase) -> None:
        """Send the copies, or stop them."""
        world.controls.warm(self.at(world), self.rate_rps)

    def poll(self, world: World, work: Work, phase: Phase) -> Outcome | None:
        """Is it warm?"""
        site = self.at(world)
        if phase.name != "warming":
            return None
        if site.pool.warmth >= self.time(world, "until_frac"):
            return Outcome(ok=True)
        if site.in_rotation:
            return Outcome(
                ok=False, note=f"{site.title} took traffic before it was warm ({site.pool.warmth:.0%})"
            )
        if site.warm_rps == 0:
            return Outcome(ok=False, note=f"stopped at {site.pool.warmth:.0%}")
        return None

    def finish(self, world: World, work: Work) -> str:
        """Say how warm."""
        site = self.at(world)
        if self.rate_rps == 0:
            return f"{site.title} is no longer warmed"
        world.state.tell("site.warmed", site.id, {"cache_hit_frac": round(site.pool.warmth, 3)})
        return f"{site.title}: {site.pool.warmth:.0%} of reads hit the cache"

    def undo(self, world: World, work: Work) -> None:
        """Stop the copies."""
        world.controls.warm(self.at(world), 0.0)

    def progress_frac(self, world: World, work: Work) -> float | None:
        """Warmth on its way to the goal."""
        return min(1.0, self.at(world).pool.warmth / self.time(world, "until_frac"))

    def reached(self, world: World) -> bool:
        """It is warm."""
        return self.rate_rps > 0 and self.at(world).pool.warmth >= 0.95 * self.time(world, "until_frac")

    def describe(self, world: World) -> Preview:
        """Takes time, no traffic."""
        site = self.at(world)
        can = site.pool.workers * site.pool.rate_rps / world.cost_of(site)
        return Preview(
            f"Warm {site.title} with {self.rate_rps:.0f} copies a second",
            "After half an hour or more, nine in ten reads hit the cache again.",
            "The site stays out meanwhile; its index falls behind unless it catches up too.",
            needs=(
                (self.rate_rps < can, f"rate below what the cold site can finish ({can:.0f} requests/s)"),
            ),
        )
