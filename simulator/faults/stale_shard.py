"""A part of an index that a loss leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.faults.base import Fault, fault
from simulator.happenings import Happening

if TYPE_CHECKING:
    from simulator.world import World

WAITING = "waiting"
STALE = "stale"
REBUILT = "rebuilt"


@fault("stale_shard")
@dataclass(frozen=True)
class StaleShard(Fault):
    """One shard of an index keeps old data once a site has lost its place in the change stream.

    First sign: a few accounts show old prices, long after all sites are back. No instrument shows it; users
    do when they are asked.
    Ends: when the operation `rebuild_shard` has built it anew; the rebuild of a site's whole index passes it
    by. It goes stale once, at the first index that is lost.
    Source: flagship physics, "Residues"; drill book, inject I28.

    Args:
        service: id of the service whose index it is.
    """

    service: str

    def problems(self, world: World) -> list[str]:
        """The service must be in the plan, and have an index."""
        services = {s.id: s for s in world.plan.services}
        if self.service not in services:
            return [f"stale_shard.service: unknown {self.service!r}, known: {', '.join(services)}"]
        if services[self.service].index is None:
            return [f"stale_shard.service: {self.service} has no index; name the service that has one"]
        return []

    def begin(self, world: World, number: int) -> None:
        """From now on the loss of an index leaves it behind; one that is lost already has."""
        lost = any(site.index_lost for site in world.state.sites)
        world.state.planted[number] = STALE if lost else WAITING

    def hear(self, world: World, number: int, happening: Happening) -> None:
        """An index is lost."""
        if happening.kind == "index.lost" and world.state.planted.get(number) == WAITING:
            world.state.planted[number] = STALE

    def present(self, world: World, number: int) -> bool:
        """It keeps old data."""
        return world.state.planted.get(number) == STALE


def stale(world: World) -> list[int]:
    """Numbers of the shards that keep old data now."""
    return [n for n, each in enumerate(world.faults) if each.id == "stale_shard" and each.present(world, n)]
