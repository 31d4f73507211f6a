"""One data center: its pools, its place in rotation, its index."""

from __future__ import annotations

from simulator.plan import SitePlan, WorldPlan
from simulator.pool import Pool
from simulator.topology import Topology

NEVER = -1_000_000_000


class Site:
    """The state of one site. Plain data; `routing`, `health`, `flow` and `controls` change it.

    Rotation: `in_rotation` (health checks passed), `held` and `drained` (an operator or the hold-down keeps
    it out), `weight_frac` (its part of a fair share), `share` (its part of the traffic now).
    Pinned clients: `pin_tried` first attempts within the running minute, `pin_failed` of them.
    Index: `lag_s`, `index_lost` (too far behind to catch up), `catching_up`, `rebuilt_frac` (None: no
    rebuild runs).
    """

    __slots__ = (
        "arriving_rps",
        "burst_factor",
        "burst_until_s",
        "catching_up",
        "down_until_s",
        "drained",
        "ejections",
        "fails",
        "first_rps",
        "has_index",
        "held",
        "id",
        "in_rotation",
        "index",
        "index_lost",
        "lag_s",
        "last_out_s",
        "lost_power",
        "passes",
        "pin_failed",
        "pin_tried",
        "pinned",
        "pool",
        "rebuilt_frac",
        "release",
        "retry_rps",
        "share",
        "side",
        "side_flow",
        "side_idle",
        "side_late",
        "side_s",
        "since_s",
        "standby",
        "title",
        "warm_rps",
        "weight_frac",
        "worst_heap",
        "worst_wait_s",
    )

    def __init__(self, plan: WorldPlan, site: SitePlan, number: int, topology: Topology) -> None:
        self.id = site.id
        self.title = site.title
        self.index = number
        self.standby = site.standby
        self.pinned = not site.standby and plan.clients.pinned_frac > 0
        timeout_s = plan.clients.timeout_s
        self.pool = Pool(
            topology.entry, size_frac=site.size_frac, warmth=site.start_warmth, timeout_s=timeout_s
        )
        self.side = [
            Pool(s, size_frac=site.size_frac, warmth=site.start_warmth, timeout_s=timeout_s)
            for s in topology.side
        ]
        self.side_late = 0.0
        self.side_flow = 0.0
        self.side_idle = False
        self.side_s = 0
        self.pin_tried = self.pin_failed = 0.0
        self._start_rotation()
        self._start_index(has_index=topology.entry.index is not None and not site.standby)
        self.release = ""
        self.warm_rps = 0.0
        self.arriving_rps = self.first_rps = self.retry_rps = self.worst_heap = self.worst_wait_s = 0.0

    def _start_rotation(self) -> None:
        self.in_rotation = True
        self.held = self.drained = self.lost_power = False
        self.weight_frac = 1.0
        self.share = 0.0
        self.fails = self.passes = 0
        self.ejections: list[int] = []
        self.down_until_s = self.burst_until_s = self.last_out_s = NEVER
        self.since_s = NEVER
        self.burst_factor = 1.0

    def _start_index(self, *, has_index: bool) -> None:
        self.has_index = has_index
        self.lag_s = 0.0
        self.index_lost = False
        self.catching_up = False
        self.rebuilt_frac: float | None = None

    def is_down(self, now_s: float) -> bool:
        """Whether its processes are restarting or without power."""
        return now_s < self.down_until_s

    @property
    def watched(self) -> bool:
        """Whether health checks decide about it, rather than an operator or the hold-down."""
        return not self.held and not self.drained

    def pools(self) -> list[Pool]:
        """All its pools, the critical one first."""
        return [self.pool, *self.side]

    @property
    def heap(self) -> float:
        """The fullest heap of its pools."""
        return max(p.heap for p in self.pools())

    def restart(self, now_s: int, lasts_s: float) -> None:
        """All pools start anew: empty and cold; nobody is answered for `lasts_s`."""
        self.down_until_s = max(self.down_until_s, now_s + int(lasts_s))
        self.pool.reset()
        for pool in self.side:
            pool.reset()

    def move_index(self, dt_s: int, now_s: int, limit_s: float, drain_rate: float) -> bool:
        """Let the index fall behind or catch up; True when its place in the stream was lost just now."""
        if not self.in_rotation and not self.catching_up:
            if self.rebuilt_frac is None and self.lag_s <= limit_s:
                self.lag_s += dt_s
        elif self.lag_s > 0.0 and not self.index_lost and (self.in_rotation or not self.is_down(now_s)):
            self.lag_s = max(0.0, self.lag_s - drain_rate * dt_s)
        if self.lag_s > limit_s and not self.index_lost:
            self.index_lost = True
            return True
        return False
