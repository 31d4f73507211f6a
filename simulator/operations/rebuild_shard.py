"""Rebuild the one shard of an index that keeps old data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.faults.stale_shard import REBUILT, stale
from simulator.jobs import Work
from simulator.operations.base import Operation, Phase, Preview, Purpose, Risk, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("rebuild_shard")
@dataclass(frozen=True)
class RebuildShard(Operation):
    """The shard of an index that a rebuild left behind is built anew.

    First sign: the accounts that lie on it show today's prices again.
    Ends: when it is built, for good.
    Source: flagship physics, "Residues" (25 min); drill book, inject I28 and article KB-1.
    """

    title: ClassVar[str] = "Rebuild index shard"
    summary: ClassVar[str] = "Build the one shard anew on which some accounts show old data"
    purpose: ClassVar[Purpose] = "fix"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Cancel: the time spent is lost"
    usual_minutes: ClassVar[str] = "25 min"
    times: ClassVar[Mapping[str, float]] = {"rebuild_s": 1500.0}

    def refusal(self, world: World) -> str | None:
        """A shard must be behind."""
        if not stale(world):
            return "rebuild_shard refused: all shards are up to date. Ask for an account that shows old data"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One rebuild."""
        return (Phase("rebuilding", self.time(world, "rebuild_s")),)

    def finish(self, world: World, work: Work) -> str:
        """It is built."""
        for number in stale(world):
            world.state.planted[number] = REBUILT
        return "the shard is rebuilt and up to date"

    def reached(self, world: World) -> bool:
        """No shard is behind."""
        return not stale(world)

    def describe(self, world: World) -> Preview:
        """Minutes."""
        return Preview(
            "Build the stale shard of the index anew",
            "Accounts that lie on it show today's data.",
            "Those accounts answer slowly while it is built.",
        )
