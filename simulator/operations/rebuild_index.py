"""Build an index anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Outcome, Phase, Preview, Purpose, Risk, SiteOperation, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("rebuild_index")
@dataclass(frozen=True)
class RebuildIndex(SiteOperation):
    """The index of a site is built anew from the data, which takes hours.

    First sign: the data service of all sites works harder, if two rebuild at once.
    Ends: when it is built; it then keeps up with the stream.
    Source: flagship physics, section 2 (5.5 h out of rotation, 11 h in; two at once go at 55 % each).

    Args:
        site: id of the site.
    """

    title: ClassVar[str] = "Rebuild index"
    summary: ClassVar[str] = "Build the index of a site anew, when it is too old to catch up"
    purpose: ClassVar[Purpose] = "restore"
    risk: ClassVar[Risk] = "medium"
    way_back: ClassVar[str] = "Cancel: the time spent is lost"
    usual_minutes: ClassVar[str] = "5.5 h out of rotation"

    def refusal(self, world: World) -> str | None:
        """Needs an index that lags, and no rebuild yet."""
        site = self.at(world)
        if not site.has_index:
            return f"rebuild_index {site.id} refused: it has no index of its own. Choose a primary site"
        if site.rebuilt_frac is not None:
            done = f"{site.rebuilt_frac:.0%}"
            return f"rebuild_index {site.id} refused: one runs, {done} done. Wait, or cancel that"
        if site.lag_s <= 0.0:
            return f"rebuild_index {site.id} refused: its index is up to date"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """Until it is built."""
        return (Phase("rebuilding", None),)

    def enter(self, world: World, work: Work, phase: Phase) -> None:
        """Start from nothing."""
        self.at(world).rebuilt_frac = 0.0
        world.state.stir()

    def poll(self, world: World, work: Work, phase: Phase) -> Outcome | None:
        """Is it built?"""
        return Outcome(ok=True) if self.at(world).rebuilt_frac is None else None

    def finish(self, world: World, work: Work) -> str:
        """It is built."""
        return f"{self.at(world).title}'s index is rebuilt and up to date"

    def undo(self, world: World, work: Work) -> None:
        """Throw away what was built."""
        self.at(world).rebuilt_frac = None

    def progress_frac(self, world: World, work: Work) -> float | None:
        """Part that is built."""
        built = self.at(world).rebuilt_frac
        return 1.0 if built is None else built

    def reached(self, world: World) -> bool:
        """It does not lag."""
        return self.at(world).lag_s < 60.0 and not self.at(world).index_lost

    def describe(self, world: World) -> Preview:
        """Hours."""
        site = self.at(world)
        hours = world.index_rebuild_s / 3600.0
        others = [s.title for s in world.state.sites if s.rebuilt_frac is not None and s is not site]
        return Preview(
            f"Build {site.title}'s index anew",
            f"Up to date after {hours:g} h out of rotation, {2 * hours:g} h in rotation.",
            "Two at once go at 55 % speed each and make every request 8 % dearer.",
            needs=(
                (
                    not others,
                    "no other rebuild runs" if not others else f"no other rebuild runs ({', '.join(others)})",
                ),
                (site.index_lost, "catch-up no longer possible"),
            ),
        )
