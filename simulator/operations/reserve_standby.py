"""Keep the standby for what matters most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Operation, Phase, Preview, Purpose, Risk, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("reserve_standby")
@dataclass(frozen=True)
class ReserveStandby(Operation):
    """When the standby is alone, it admits essential classes only.

    First sign: none, until the standby is alone.
    Ends: when it is switched off.
    Source: flagship physics, section 2.

    Args:
        on: on or off.
    """

    title: ClassVar[str] = "Reserve standby"
    summary: ClassVar[str] = "When the standby is alone, let only essential traffic in"
    purpose: ClassVar[Purpose] = "mitigate"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Switch it off, 2 min"
    usual_minutes: ClassVar[str] = "2 min"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 120.0}

    on: bool = True

    def refusal(self, world: World) -> str | None:
        """There must be a standby, in the other state."""
        if not any(s.standby for s in world.state.sites):
            return "reserve_standby refused: there is no standby here. Shed a class of traffic instead"
        if world.state.edge.reserve_standby == self.on:
            return f"reserve_standby refused: it is {'on' if self.on else 'off'} already"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One wait."""
        return (Phase("spreading to the edges", self.time(world, "lead_s")),)

    def finish(self, world: World, work: Work) -> str:
        """Turn the switch."""
        world.controls.reserve_standby(on=self.on)
        return "the standby is reserved for essential traffic" if self.on else "the standby takes everything"

    def reached(self, world: World) -> bool:
        """It holds: insurance, even where it is never needed."""
        return world.state.edge.reserve_standby == self.on

    def describe(self, world: World) -> Preview:
        """Insurance."""
        names = ", ".join(c.title for c in world.plan.traffic.classes if c.essential) or "nothing"
        return Preview(
            f"Reserve the standby for {names}" if self.on else "Open the standby to all classes",
            "Nothing changes until the standby is alone; then this much lives on.",
            "All other classes are refused then.",
        )
