"""Set clients free from their home site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Phase, Preview, Purpose, Risk, SiteOperation, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("repoint")
@dataclass(frozen=True)
class Repoint(SiteOperation):
    """Clients that know one site only are given the address of the edge.

    First sign: refusals of pinned clients stop; the load of the other sites grows a little.
    Ends: after its lead time, for good.
    Source: flagship physics, section 1 (old tills and partners, 4 % of first attempts).

    Args:
        site: id of the home site.
    """

    title: ClassVar[str] = "Repoint pinned clients"
    summary: ClassVar[str] = "Let clients pinned to a site follow the weights"
    purpose: ClassVar[Purpose] = "mitigate"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "None needed: they follow the weights for good"
    usual_minutes: ClassVar[str] = "10 min"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 600.0}

    def refusal(self, world: World) -> str | None:
        """There must be pinned clients."""
        site = self.at(world)
        if not site.pinned:
            return f"repoint {site.id} refused: no clients are pinned to it. Choose another primary site"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One wait."""
        return (Phase("changing addresses", self.time(world, "lead_s")),)

    def finish(self, world: World, work: Work) -> str:
        """They follow the weights."""
        world.controls.repoint(self.at(world))
        return f"clients of {self.at(world).title} follow the weights"

    def reached(self, world: World) -> bool:
        """Nobody is pinned to it."""
        return not self.at(world).pinned

    def describe(self, world: World) -> Preview:
        """Serves them, costs load."""
        site = self.at(world)
        primaries = sum(1 for s in world.plan.sites if not s.standby)
        share = world.plan.clients.pinned_frac / max(1, primaries)
        return Preview(
            f"Repoint the clients pinned to {site.title}",
            f"{share:.1%} of all first attempts are answered elsewhere while {site.title} is out.",
            f"{share:.1%} more load on the sites in rotation.",
            needs=((not site.in_rotation, f"{site.title} is out, so its clients fail now"),),
        )
