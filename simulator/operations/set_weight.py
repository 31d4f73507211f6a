"""Change a site's part of the traffic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import (
    Phase,
    Preview,
    Purpose,
    Risk,
    SiteOperation,
    check_frac,
    operation,
    site_facts,
)

if TYPE_CHECKING:
    from simulator.world import World


@operation("set_weight")
@dataclass(frozen=True)
class SetWeight(SiteOperation):
    """A site's part of a fair share is changed.

    First sign: shares and loads change within seconds.
    Ends: at once. A weight stays until it is changed again, also over an ejection.
    Source: flagship physics, section 5 ("left at 10 % weight": forgotten weights).

    Args:
        site: id of the site.
        weight_frac: its part of a fair share, 0..1.
    """

    title: ClassVar[str] = "Set weight"
    summary: ClassVar[str] = "Change a site's part of the traffic"
    purpose: ClassVar[Purpose] = "restore"
    risk: ClassVar[Risk] = "medium"
    way_back: ClassVar[str] = "Set the weight it had"
    usual_minutes: ClassVar[str] = "at once"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 0.0}

    weight_frac: float = 1.0

    def __post_init__(self) -> None:
        check_frac("weight_frac", self.weight_frac)

    def refusal(self, world: World) -> str | None:
        """The standby has no weight."""
        site = self.at(world)
        if site.standby:
            return f"set_weight {site.id} refused: the standby joins by rule. Weigh a primary site"
        if site.weight_frac == self.weight_frac:
            return (
                f"set_weight {site.id} refused: its weight is {self.weight_frac:.0%} already. Choose another"
            )
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One switch."""
        return (Phase("switching", self.time(world, "lead_s")),)

    def finish(self, world: World, work: Work) -> str:
        """Turn the switch."""
        site = self.at(world)
        world.controls.set_weight(site, self.weight_frac)
        return f"{site.title} weighs {self.weight_frac:.0%} and has {site.share:.0%} of the traffic"

    def describe(self, world: World) -> Preview:
        """Moves traffic."""
        site = self.at(world)
        return Preview(
            f"Weigh {site.title} at {self.weight_frac:.0%} of a fair share",
            f"That is {site_facts(world, site, self.weight_frac)} now.",
            "The cache meets keys it did not have before.",
            needs=((site.in_rotation, f"{site.title} is in rotation"),),
        )
