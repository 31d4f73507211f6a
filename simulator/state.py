"""All that changes in a world, as plain data that can be stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.changes import Change
from simulator.clients import Clients
from simulator.happenings import Happening
from simulator.jobs import Work
from simulator.level import LevelState
from simulator.metrics import Metrics
from simulator.monitors import AlertState
from simulator.plan import WorldPlan
from simulator.site import Site
from simulator.topology import Topology


@dataclass(slots=True)
class Tally:
    """Sums of the running minute, in requests (and seconds of degraded mode)."""

    fresh: float = 0.0
    good: float = 0.0
    shed: float = 0.0
    lost: float = 0.0
    degraded_s: float = 0.0

    def take(self) -> tuple[float, float, float, float, float]:
        """The sums, and start again from zero."""
        sums = (self.fresh, self.good, self.shed, self.lost, self.degraded_s)
        self.fresh = self.good = self.shed = self.lost = self.degraded_s = 0.0
        return sums


@dataclass(slots=True)
class Edge:
    """The switches in front of all sites.

    Args:
        admit: part of each class that is let in, in the order of the plan.
        cap_frac: retries let through, as share of first attempts; None for no cap.
    """

    admit: list[float]
    cap_frac: float | None = None
    degraded_mode: bool = False
    reserve_standby: bool = False


@dataclass(slots=True)
class State:
    """A world at one moment; with its plan and seed it tells everything that will follow.

    Args:
        level_index: length of the natural step, as index into the grid.
        calm: steps in a row in which nothing moved.
        planted: what faults that move no traffic stand at, by their number in the plan.
    """

    now_s: int
    sites: list[Site]
    clients: Clients
    edge: Edge
    metrics: Metrics
    level_index: int = 0
    calm: int = 0
    surge: list[float] = field(default_factory=list)
    planted: dict[int, str] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    level: LevelState = field(default_factory=LevelState)
    alerts: AlertState = field(default_factory=AlertState)
    works: list[Work] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    approvals: dict[str, int] = field(default_factory=dict)
    halted: list[str] = field(default_factory=list)
    happened: list[Happening] = field(default_factory=list)
    drained: int = 0

    def stir(self) -> None:
        """Something changed: look closely again."""
        self.level_index = 0
        self.calm = 0

    def tell(
        self, kind: str, about: str, data: Mapping[str, Any] | None = None, *, at_s: int | None = None
    ) -> None:
        """Report a happening, now or at the end of the step that is being taken."""
        t_s = self.now_s if at_s is None else at_s
        self.happened.append(Happening(t_s * 1000, kind, about, dict(data or {})))

    def site(self, site_id: str) -> Site:
        """The site with this id."""
        return next(s for s in self.sites if s.id == site_id)


def fresh_state(plan: WorldPlan, topology: Topology) -> State:
    """The state at the start of the pre-roll: all sites warm and in rotation."""
    sites = [Site(plan, s, i, topology) for i, s in enumerate(plan.sites)]
    return State(
        now_s=-int(plan.preroll_s) // 60 * 60,
        sites=sites,
        clients=Clients(plan.clients, sites),
        edge=Edge([1.0] * len(plan.traffic.classes)),
        metrics=Metrics([s.id for s in plan.sites]),
        surge=[1.0] * len(plan.faults),
    )
