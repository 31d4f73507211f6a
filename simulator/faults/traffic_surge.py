"""More people come than on other days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.faults.base import Fault, fault

if TYPE_CHECKING:
    from simulator.world import World

_RAMP_STEPS = 10


@fault("traffic_surge")
@dataclass(frozen=True)
class TrafficSurge(Fault):
    """First attempts rise to a multiple of the usual, all classes alike.

    First sign: load rises at all sites together, answers stay right until the queues fill.
    Ends: after `lasts_s`, with the same ramp; retries it caused may outlive it.
    Source: "The Site Reliability Workbook" (Beyer et al., 2018), chapter 11, on managing load.

    Args:
        factor: multiple of the usual traffic, 1 for no change.
        lasts_s: time from the first rise until the traffic begins to fall; 0 for the whole drill.
        ramp_s: time of the rise, and of the fall.
    """

    factor: float
    lasts_s: float = 0.0
    ramp_s: float = 300.0

    def __post_init__(self) -> None:
        if self.factor <= 0:
            raise ValueError(f"factor(={self.factor}) must be > 0")

    def begin(self, world: World, number: int) -> None:
        """The rise begins."""
        self._ramp(world, number, up=True)
        if self.lasts_s > 0:
            world.sleep_fault(number, int(self.lasts_s), "fall")

    def wake(self, world: World, number: int, word: str) -> None:
        """A step of the ramp, or the start of the fall."""
        if word == "fall":
            self._ramp(world, number, up=False)
            return
        part = int(word) / _RAMP_STEPS
        world.state.surge[number] = 1.0 + (self.factor - 1.0) * part
        world.state.stir()

    def present(self, world: World, number: int) -> bool:
        """Traffic is not the usual."""
        return world.state.surge[number] != 1.0

    def _ramp(self, world: World, number: int, *, up: bool) -> None:
        for step in range(1, _RAMP_STEPS + 1):
            level = step if up else _RAMP_STEPS - step
            world.sleep_fault(number, int(self.ramp_s * step / _RAMP_STEPS), str(level))
