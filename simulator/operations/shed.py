"""Refuse a class of traffic on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Operation, Phase, Preview, Purpose, Risk, check_frac, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("shed")
@dataclass(frozen=True)
class Shed(Operation):
    """A part of a class of traffic is refused at the edge, before it costs anything.

    First sign: load falls, refusals of that class rise.
    Ends: when it is set to 0 again.
    Source: "Site Reliability Engineering" (2016), chapter 21, on criticality and load shedding.

    Args:
        traffic_class: id of the class.
        frac: part of it that is refused, 0..1; 0 lets all back in.
    """

    title: ClassVar[str] = "Shed traffic"
    summary: ClassVar[str] = "Refuse a part of a class of traffic at the edge"
    purpose: ClassVar[Purpose] = "mitigate"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Shed 0 of the class, 2 min"
    usual_minutes: ClassVar[str] = "2 min"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 120.0}

    traffic_class: str
    frac: float = 1.0

    def __post_init__(self) -> None:
        check_frac("frac", self.frac)

    @property
    def target(self) -> str | None:
        """The class."""
        return self.traffic_class

    def _number(self, world: World) -> int:
        return [c.id for c in world.plan.traffic.classes].index(self.traffic_class)

    def refusal(self, world: World) -> str | None:
        """The class must exist, and not be shed like that already."""
        known = [c.id for c in world.plan.traffic.classes]
        if self.traffic_class not in known:
            return f"shed {self.traffic_class} refused: no such class. Choose one of {', '.join(known)}"
        if world.state.edge.admit[self._number(world)] == 1.0 - self.frac:
            return f"shed {self.traffic_class} refused: {self.frac:.0%} of it is refused already"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One wait until all edges know."""
        return (Phase("spreading to the edges", self.time(world, "lead_s")),)

    def finish(self, world: World, work: Work) -> str:
        """Turn the switch."""
        world.controls.shed(self._number(world), self.frac)
        return f"{self.frac:.0%} of {self.traffic_class} is refused"

    def describe(self, world: World) -> Preview:
        """Trades a class for load."""
        cls = next((c for c in world.plan.traffic.classes if c.id == self.traffic_class), None)
        share = cls.share * self.frac if cls else 0.0
        hurt = "Customers feel it at once." if cls and cls.customers else "No customer feels it at once."
        return Preview(
            f"Refuse {self.frac:.0%} of {cls.title if cls else self.traffic_class}",
            f"{share:.0%} of all first attempts never reach a site.",
            hurt,
            needs=((not (cls and cls.customers and self.frac > 0), "no customers in this class"),),
        )
