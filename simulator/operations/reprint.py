"""Print a depot's pick lists from another site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.faults.pinned_printer import printers
from simulator.jobs import Work
from simulator.operations.base import Operation, Outcome, Phase, Preview, Purpose, Risk, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("reprint")
@dataclass(frozen=True)
class Reprint(Operation):
    """Printers that are bound to one site are bound to another, and print their lists again from its copy.

    First sign: the depot's lists come out whole.
    Ends: after its lead time, for good: the printers stay bound to that site.
    Source: flagship physics, "Residues"; drill book, inject I10 and article KB-3.

    Args:
        from_site: id of the site whose copy is printed.
    """

    title: ClassVar[str] = "Reprint pick lists"
    summary: ClassVar[str] = "Print the depot's pick lists from another site's copy"
    purpose: ClassVar[Purpose] = "mitigate"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Reprint from the site they came from"
    usual_minutes: ClassVar[str] = "5 min"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 300.0}

    from_site: str

    def refusal(self, world: World) -> str | None:
        """The site must be there and serve, and there must be printers that are bound elsewhere."""
        known = {s.id: s for s in world.state.sites}
        site = known.get(self.from_site)
        if site is None:
            return f"reprint from {self.from_site} refused: no such site. Choose one of {', '.join(known)}"
        if not site.in_rotation:
            serving = ", ".join(s.id for s in world.state.sites if s.in_rotation) or "none is now"
            return f"reprint from {site.id} refused: it is out. Choose a site in rotation: {serving}"
        if not printers(world):
            return "reprint refused: no printer here is bound to a site"
        if all(world.state.planted.get(number) == site.id for number in printers(world)):
            return f"reprint from {site.id} refused: all lists are printed from it already"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One wait."""
        return (Phase("printing", self.time(world, "lead_s")),)

    def poll(self, world: World, work: Work, phase: Phase) -> Outcome | None:
        """A site that falls meanwhile prints nothing."""
        site = world.state.site(self.from_site)
        return None if site.in_rotation else Outcome(ok=False, note=f"{site.title} fell out of rotation")

    def finish(self, world: World, work: Work) -> str:
        """Bind the printers to the site."""
        for number in printers(world):
            world.state.planted[number] = self.from_site
        return f"pick lists are printed from {world.state.site(self.from_site).title}"

    def reached(self, world: World) -> bool:
        """No printer waits for a site that is out."""
        return not world.present("pinned_printer")

    def describe(self, world: World) -> Preview:
        """Minutes, and no risk."""
        return Preview(
            f"Print the depot's pick lists from {self.from_site}'s copy",
            "The lists come out whole; the printers stay bound to that site.",
            "Lists that came out already are printed a second time: say which trucks they are for.",
        )
