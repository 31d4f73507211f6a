"""Take a site out of rotation in an orderly way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Phase, Preview, Purpose, Risk, SiteOperation, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("drain")
@dataclass(frozen=True)
class Drain(SiteOperation):
    """New requests go to the other sites; the site finishes what it has.

    First sign: its share falls to nothing, that of the others grows.
    Ends: after its lead time. A drained site is left alone by health checks; its index falls behind
    meanwhile.
    Source: flagship physics, section 2; "Site Reliability Engineering" (2016), chapter 20, on draining.

    Args:
        site: id of the site.
    """

    title: ClassVar[str] = "Drain"
    summary: ClassVar[str] = "Take a site out of rotation in an orderly way"
    purpose: ClassVar[Purpose] = "mitigate"
    risk: ClassVar[Risk] = "medium"
    way_back: ClassVar[str] = "Re-admit the site"
    usual_minutes: ClassVar[str] = "1 min"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 60.0}

    def refusal(self, world: World) -> str | None:
        """Once is enough."""
        site = self.at(world)
        if site.drained:
            return f"drain {site.id} refused: it is drained already. Use readmit to bring it back"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One wait."""
        return (Phase("draining", self.time(world, "lead_s")),)

    def finish(self, world: World, work: Work) -> str:
        """Take it out."""
        site = self.at(world)
        world.controls.drain(site, work.by)
        return f"{site.title} takes no traffic"

    def describe(self, world: World) -> Preview:
        """Moves its share to the others."""
        site = self.at(world)
        others = sum(1 for s in world.state.sites if s.in_rotation and not s.standby and s is not site)
        return Preview(
            f"Drain {site.title}",
            f"Its {site.share:.0%} of the traffic goes to the other sites.",
            "Its index falls behind by a second a second while it is out.",
            needs=((others > 0, "another primary site is in rotation"),),
        )
