"""Keep a site out of rotation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Phase, Preview, Purpose, Risk, SiteOperation, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("hold")
@dataclass(frozen=True)
class Hold(SiteOperation):
    """A site stays out of rotation, whatever its health checks say, until it is re-admitted.

    First sign: its share falls to nothing, that of the others grows.
    Ends: after its lead time. Health checks no longer put it back by themselves; its index falls behind
    meanwhile.
    Source: flagship physics, section 2; "Site Reliability Engineering" (2016), chapter 20, on draining.

    Args:
        site: id of the site.
    """

    title: ClassVar[str] = "Hold out"
    summary: ClassVar[str] = "Keep a site out until it is re-admitted by hand"
    purpose: ClassVar[Purpose] = "mitigate"
    risk: ClassVar[Risk] = "medium"
    way_back: ClassVar[str] = "Re-admit the site"
    usual_minutes: ClassVar[str] = "1 min"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 60.0}

    def refusal(self, world: World) -> str | None:
        """Once is enough."""
        site = self.at(world)
        if site.held:
            return f"hold {site.id} refused: it is held out already. Use readmit to bring it back"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One wait."""
        return (Phase("holding out", self.time(world, "lead_s")),)

    def finish(self, world: World, work: Work) -> str:
        """Take it out."""
        site = self.at(world)
        world.controls.hold(site, work.by)
        return f"{site.title} takes no traffic"

    def describe(self, world: World) -> Preview:
        """Moves its share to the others."""
        site = self.at(world)
        others = sum(1 for s in world.state.sites if s.in_rotation and not s.standby and s is not site)
        return Preview(
            f"Hold out {site.title}",
            f"Its {site.share:.0%} of the traffic goes to the other sites.",
            "Its index falls behind by a second a second while it is out.",
            needs=((others > 0, "another primary site is in rotation"),),
        )
