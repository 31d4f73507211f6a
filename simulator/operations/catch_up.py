"""Let an index catch up with its stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Outcome, Phase, Preview, Purpose, Risk, SiteOperation, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("catch_up")
@dataclass(frozen=True)
class CatchUp(SiteOperation):
    """The index of a site out of rotation reads the change stream at several times its usual speed.

    First sign: the index lag falls.
    Ends: when there is no lag left. It needs the place in the stream, which is lost beyond the limit.
    Source: flagship physics, section 2 (an hour of lag takes 20 min).

    Args:
        site: id of the site.
    """

    title: ClassVar[str] = "Catch up index"
    summary: ClassVar[str] = "Let the index of a site out of rotation work off its lag"
    purpose: ClassVar[Purpose] = "restore"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Not needed: cancel, and lag grows as before"
    usual_minutes: ClassVar[str] = "20 min an hour of lag"

    def refusal(self, world: World) -> str | None:
        """Needs an index that lags but still knows its place."""
        site = self.at(world)
        if not site.has_index:
            return f"catch_up {site.id} refused: it has no index of its own. Choose a primary site"
        if site.index_lost:
            hours = world.index_limit_s / 3600.0
            return (
                f"catch_up {site.id} refused: it lags more than {hours:g} h and its place in the "
                "change stream is lost. Only rebuild_index helps"
            )
        if site.lag_s <= 0.0:
            return f"catch_up {site.id} refused: its index does not lag"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """Until the lag is gone."""
        return (Phase("catching up", None),)

    def enter(self, world: World, work: Work, phase: Phase) -> None:
        """Read faster."""
        self.at(world).catching_up = True
        world.state.stir()

    def poll(self, world: World, work: Work, phase: Phase) -> Outcome | None:
        """Is there lag left?"""
        site = self.at(world)
        if site.index_lost:
            return Outcome(ok=False, note=f"{site.title}'s place in the stream was lost: rebuild the index")
        if site.lag_s <= 0.0:
            return Outcome(ok=True)
        if not site.catching_up and not site.in_rotation:
            return Outcome(ok=False, note=f"{site.title} fell out of rotation, which stopped the catch-up")
        return None

    def finish(self, world: World, work: Work) -> str:
        """No lag."""
        return f"{self.at(world).title}'s index is up to date"

    def undo(self, world: World, work: Work) -> None:
        """Read at the usual speed again, that is not at all."""
        self.at(world).catching_up = False

    def progress_frac(self, world: World, work: Work) -> float | None:
        """Lag left, against the limit."""
        return 1.0 - min(1.0, self.at(world).lag_s / world.index_limit_s)

    def reached(self, world: World) -> bool:
        """It does not lag."""
        return self.at(world).lag_s < 60.0

    def describe(self, world: World) -> Preview:
        """Before the limit, cheap."""
        site = self.at(world)
        minutes = site.lag_s / 60.0 / world.index_drain_rate
        return Preview(
            f"Let {site.title}'s index catch up",
            f"{site.lag_s / 60:.0f} min of lag are gone in about {minutes:.0f} min.",
            f"None. Beyond {world.index_limit_s / 3600:g} h of lag it is too late, and only a rebuild helps.",
            needs=((not site.index_lost, "place in the change stream kept"),),
        )
