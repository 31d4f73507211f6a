"""A data center loses power or network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.faults.base import Fault, fault

if TYPE_CHECKING:
    from simulator.world import World


@fault("site_loss")
@dataclass(frozen=True)
class SiteLoss(Fault):
    """A site is gone at once, and comes back cold.

    First sign: health checks fail at one site within seconds, nothing before it.
    Ends: after `lasts_s`, if that is given; the site then starts with empty caches and an index that lags.
    Source: "Site Reliability Engineering" (Beyer et al., 2016), chapter 22, on losing a cluster.

    Args:
        site: id of the site.
        lasts_s: until power returns; 0 for the whole drill.
    """

    site: str
    lasts_s: float = 0.0

    def problems(self, world: World) -> list[str]:
        """The site must be in the plan."""
        sites = [s.id for s in world.plan.sites]
        return (
            []
            if self.site in sites
            else [f"site_loss.site: unknown {self.site!r}, known: {', '.join(sites)}"]
        )

    def begin(self, world: World, number: int) -> None:
        """Power fails."""
        world.controls.lose(world.state.site(self.site), "power lost")
        if self.lasts_s > 0:
            world.sleep_fault(number, int(self.lasts_s), "power")

    def present(self, world: World, number: int) -> bool:
        """The site has no power."""
        return world.state.site(self.site).lost_power

    def wake(self, world: World, number: int, word: str) -> None:
        """Power returns."""
        world.controls.power(world.state.site(self.site), "power back")
