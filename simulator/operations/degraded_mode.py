"""Answer with less, so that more are answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Operation, Phase, Preview, Purpose, Risk, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("degraded_mode")
@dataclass(frozen=True)
class DegradedMode(Operation):
    """The service answers with fixed content instead of computed content, which costs less.

    First sign: load falls at all sites; users see the reduced service.
    Ends: when it is switched off.
    Source: "Site Reliability Engineering" (2016), chapter 22, on degraded results.

    Args:
        on: on or off.
    """

    title: ClassVar[str] = "Degraded mode"
    summary: ClassVar[str] = "Answer with less, which costs less; needs the product owner's yes"
    purpose: ClassVar[Purpose] = "mitigate"
    risk: ClassVar[Risk] = "medium"
    way_back: ClassVar[str] = "Switch it off, 3 min"
    usual_minutes: ClassVar[str] = "3 min"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 180.0}

    on: bool = True

    def refusal(self, world: World) -> str | None:
        """The product owner must have said yes."""
        if world.state.edge.degraded_mode == self.on:
            return f"degraded_mode refused: it is {'on' if self.on else 'off'} already"
        if self.on and not world.approved("degraded_mode"):
            return (
                "degraded_mode refused: the product owner has not said yes. "
                "Tell them what users lose and until when, and ask"
            )
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One wait."""
        return (Phase("switching", self.time(world, "lead_s")),)

    def finish(self, world: World, work: Work) -> str:
        """Turn the switch."""
        world.controls.degraded_mode(on=self.on)
        return f"degraded mode is {'on' if self.on else 'off'}"

    def describe(self, world: World) -> Preview:
        """Trades richness for load."""
        saved = 1.0 - world.plan.degraded_cost_frac
        return Preview(
            f"Switch degraded mode {'on' if self.on else 'off'}",
            f"A request costs {saved:.0%} {'less' if self.on else 'more'} at every site.",
            "Users get the reduced service." if self.on else "Load rises at once.",
            needs=((not self.on or world.approved("degraded_mode"), "the product owner's yes"),),
        )
