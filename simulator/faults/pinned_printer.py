"""A printer that knows one site only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.faults.base import Fault, fault

if TYPE_CHECKING:
    from simulator.world import World


@fault("pinned_printer")
@dataclass(frozen=True)
class PinnedPrinter(Fault):
    """A depot's printer takes its pick lists from one site, and from no other.

    First sign: the lists come out blank while that site is out of rotation. No instrument shows it; the depot
    calls.
    Ends: when the operation `reprint` binds it to a site that serves; it stays bound to that one.
    Source: flagship physics, "Residues"; drill book, inject I10.

    Args:
        site: id of the site it takes its lists from.
        title: name by which people and personas mean it.
    """

    site: str
    title: str = "Depot printer"

    def problems(self, world: World) -> list[str]:
        """The site must be in the plan."""
        sites = [s.id for s in world.plan.sites]
        if self.site in sites:
            return []
        return [f"pinned_printer.site: unknown {self.site!r}, known: {', '.join(sites)}"]

    def names(self) -> tuple[str, ...]:
        """Its title names it too."""
        return (self.id, self.title)

    def begin(self, world: World, number: int) -> None:
        """It is bound to its site."""
        world.state.planted[number] = self.site

    def present(self, world: World, number: int) -> bool:
        """Its site is out."""
        site = world.state.planted.get(number)
        return site is not None and not world.state.site(site).in_rotation


def printers(world: World) -> list[int]:
    """Numbers of the printers that are bound to a site."""
    return [
        n for n, each in enumerate(world.faults) if each.id == "pinned_printer" and n in world.state.planted
    ]
