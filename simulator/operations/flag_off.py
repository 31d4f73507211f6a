"""Turn a feature off by its flag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Operation, Phase, Preview, Purpose, Risk, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("flag_off")
@dataclass(frozen=True)
class FlagOff(Operation):
    """A feature is turned off by its flag, without a deployment: if it was given one.

    First sign: would be the same as of a roll back, without the restart.
    Ends: it is refused where the change shipped without a flag.
    Source: "Accelerate" (Forsgren et al., 2018) on releasing by flag; here it is what is missing.

    Args:
        change: name of the change, as the change list has it.
    """

    title: ClassVar[str] = "Flag off"
    summary: ClassVar[str] = "Turn a change off by its flag, if it has one"
    purpose: ClassVar[Purpose] = "fix"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Flag on"
    usual_minutes: ClassVar[str] = "2 min"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 120.0}

    change: str

    @property
    def target(self) -> str | None:
        """The change."""
        return self.change

    def refusal(self, world: World) -> str | None:
        """No change here has a flag."""
        known = [c.id for c in world.state.changes]
        if self.change not in known:
            names = ", ".join(dict.fromkeys(known)) or "nothing"
            return f"flag_off {self.change} refused: no such change. The change list has {names}"
        return f"flag_off {self.change} refused: it shipped without a flag. Roll it back instead"

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One switch."""
        return (Phase("switching", self.time(world, "lead_s")),)

    def finish(self, world: World, work: Work) -> str:
        """Never reached while no change has a flag."""
        return f"{self.change} is off"

    def describe(self, world: World) -> Preview:
        """Would be the cheapest way."""
        return Preview(
            f"Turn {self.change} off",
            "Its effects stop without a restart.",
            "None.",
            needs=((False, "shipped with a flag"),),
        )
