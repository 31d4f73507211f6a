"""A release that keeps what it should forget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.faults.base import Fault, fault

if TYPE_CHECKING:
    from simulator.world import World


@fault("memory_leak")
@dataclass(frozen=True)
class MemoryLeak(Fault):
    """A release rolled out in waves leaks heap with every request it serves.

    First sign: garbage collection takes longer; then the site slows under its share and health checks eject
    it.
    Ends: on a site, when the release is rolled back or a hot fix is deployed there; the heap is empty after a
    restart only. Caches lost on the way do not come back by themselves.
    Source: the mechanism of "Metastable Failures in the Wild" (Huang et al., OSDI 2022): trigger gone,
    failure stays.

    Args:
        service: id of the service that leaks.
        sites: ids of the sites in the order of the waves.
        change: name of the release, as logs and the change list show it.
        holder: what keeps the memory, as logs show it.
        who: who or what rolls it out.
        timed_waves: waves that go by the timer; later ones wait for the gate.
        wave_every_s: time between waves.
        gate_clean_s: a gated wave waits until all primary sites have been in rotation for so long.
        headroom_requests: served requests that fill an empty heap.
        cost_frac: cost of a request under this release.
    """

    service: str
    sites: tuple[str, ...]
    change: str = "release"
    holder: str = "RequestCache"
    who: str = "release timer"
    timed_waves: int = 2
    wave_every_s: float = 1800.0
    gate_clean_s: float = 3600.0
    headroom_requests: float = 1.06e6
    cost_frac: float = 1.03

    def __post_init__(self) -> None:
        """Refuse what no heap can be."""
        if self.headroom_requests <= 0:
            raise ValueError(f"headroom_requests(={self.headroom_requests}) must be > 0")
        if self.cost_frac <= 0:
            raise ValueError(f"cost_frac(={self.cost_frac}) must be > 0")

    def problems(self, world: World) -> list[str]:
        """Sites and service must be in the plan."""
        sites = [s.id for s in world.plan.sites]
        wrong = [
            f"memory_leak.sites: unknown {s!r}, known: {', '.join(sites)}"
            for s in self.sites
            if s not in sites
        ]
        if self.service not in [s.id for s in world.plan.services]:
            wrong.append(f"memory_leak.service: unknown {self.service!r}")
        return wrong

    def begin(self, world: World, number: int) -> None:
        """The first wave goes out."""
        self._wave(world, number, 0)

    def wake(self, world: World, number: int, word: str) -> None:
        """The timer asks whether the next wave may go."""
        wave = int(word)
        if self.change in world.state.halted:
            return
        if wave >= self.timed_waves and not self._clean(world):
            world.sleep_fault(number, 600, word)
            return
        self._wave(world, number, wave)

    def present(self, world: World, number: int) -> bool:
        """A site runs the release."""
        return any(site.release == self.change for site in world.state.sites)

    def _clean(self, world: World) -> bool:
        now = world.state.now_s
        return all(
            s.in_rotation and now - max(s.since_s, s.last_out_s) >= self.gate_clean_s
            for s in world.state.sites
            if not s.standby
        )

    def _wave(self, world: World, number: int, wave: int) -> None:
        site = world.state.site(self.sites[wave])
        pool = next(p for p in site.pools() if p.service == self.service)
        pool.leaking = 1.0 / self.headroom_requests
        pool.feature_cost = self.cost_frac
        site.release = self.change
        text = f"{self.change} rolled out to {site.title}"
        world.controls.deploy(site, change=self.change, service=self.service, text=text, who=self.who)
        if wave + 1 < len(self.sites):
            gated = wave + 1 >= self.timed_waves
            world.sleep_fault(number, int(self.gate_clean_s if gated else self.wave_every_s), str(wave + 1))
