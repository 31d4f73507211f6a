"""Look closely at one service of one site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Phase, Preview, Purpose, Risk, SiteOperation, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("diagnose")
@dataclass(frozen=True)
class Diagnose(SiteOperation):
    """Somebody looks closely at a service in a site: heap, cache, queue, index, release.

    First sign: none; looking changes nothing.
    Ends: after its lead time, with what was found in the note.
    Source: flagship physics, section 3 (monitors read the host's memory, not the heap).

    Args:
        site: id of the site.
        service: id of the service.
    """

    title: ClassVar[str] = "Diagnose"
    summary: ClassVar[str] = "Look closely at one service in one site"
    purpose: ClassVar[Purpose] = "diagnose"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Not needed: looking changes nothing"
    usual_minutes: ClassVar[str] = "5 min"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 300.0}

    service: str

    def refusal(self, world: World) -> str | None:
        """The service must exist."""
        known = [s.id for s in world.plan.services]
        if self.service not in known:
            return f"diagnose {self.service} refused: no such service. Choose one of {', '.join(known)}"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One look."""
        return (Phase("looking", self.time(world, "lead_s")),)

    def finish(self, world: World, work: Work) -> str:
        """What was found."""
        site = self.at(world)
        pool = next(p for p in site.pools() if p.service == self.service)
        if site.is_down(world.state.now_s):
            return f"{self.service} at {site.title}: its processes are not running"
        found = [
            f"queue {pool.backlog_s:.1f} s",
            f"load {pool.load:.0%}",
            f"heap {pool.heap:.0%} after collection",
        ]
        if pool is site.pool:
            found.append(f"{pool.warmth:.0%} of reads hit the cache")
            if site.lag_s > 0:
                lost = ", place in the stream lost" if site.index_lost else ""
                found.append(f"index {site.lag_s / 60:.0f} min behind{lost}")
        if pool.leaking:
            found.append(f"heap grows with every request since {site.release}")
        return f"{self.service} at {site.title}: " + ", ".join(found)

    def reached(self, world: World) -> bool:
        """A look has been taken."""
        return True

    def describe(self, world: World) -> Preview:
        """A look."""
        return Preview(
            f"Look closely at {self.service} in {self.site}",
            "Heap, queue, cache and index as they are.",
            "Time.",
        )
