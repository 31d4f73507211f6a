"""Limit how much callers may repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Operation, Phase, Preview, Purpose, Risk, check_frac, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("cap_retries")
@dataclass(frozen=True)
class CapRetries(Operation):
    """The edge lets retries through only up to a part of the first attempts.

    First sign: retries for each first attempt fall to the cap.
    Ends: when it is set to 0, which lifts the cap.
    Source: "Site Reliability Engineering" (2016), chapter 21: a retry budget of 10 %.

    Args:
        frac: retries let through as part of the first attempts, 0..1; 0 lifts the cap.
    """

    title: ClassVar[str] = "Cap retries"
    summary: ClassVar[str] = "Let retries through only up to a part of the first attempts"
    purpose: ClassVar[Purpose] = "mitigate"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Lift the cap (0), 2 min"
    usual_minutes: ClassVar[str] = "2 min"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 120.0}

    frac: float = 0.10

    def __post_init__(self) -> None:
        check_frac("frac", self.frac)

    def refusal(self, world: World) -> str | None:
        """Not twice the same."""
        if (world.state.edge.cap_frac or 0.0) == self.frac:
            now = f"capped at {self.frac:.0%}" if self.frac else "not capped"
            return f"cap_retries refused: retries are {now} already. Choose another part"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One wait until all edges know."""
        return (Phase("spreading to the edges", self.time(world, "lead_s")),)

    def finish(self, world: World, work: Work) -> str:
        """Turn the switch."""
        world.controls.cap_retries(self.frac)
        return (
            f"retries capped at {self.frac:.0%} of first attempts"
            if self.frac
            else "retries no longer capped"
        )

    def describe(self, world: World) -> Preview:
        """Breaks storms, adds no capacity."""
        if not self.frac:
            return Preview(
                "Lift the cap on retries", "Callers may repeat as they like.", "A storm can start again."
            )
        return Preview(
            f"Cap retries at {self.frac:.0%} of first attempts",
            "A storm cannot feed itself. Capacity stays as it is.",
            "Some callers who would have got through on their second try give up.",
        )
