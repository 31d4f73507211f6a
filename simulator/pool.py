"""One pool of workers behind a queue, as a flow.

Fluid step: exact in both regimes, stable for any step length (the fluid limit of Mandelbaum, Massey and
Reiman 1998, "Strong approximations for Markovian service networks").
Wait: the backlog that is certain, plus a random part: none with probability 1 - Pw, else exponential with
rate theta, where Pw = r^(sqrt(2(c+1)) - 1) (Sakasegawa 1977, "An approximation formula Lq = alpha rho^beta
/ (1 - rho)").
"""

from __future__ import annotations

from math import sqrt

from simulator.det import exp_neg, ln, part_power, power
from simulator.plan import ServicePlan

_SHORT_WAY_LOAD = 0.4
_MEMORY_S = 60.0  # a random queue older than this cannot exist


class Pool:
    """The workers of one service in one site, their queue, cache and heap.

    `step` moves it on; what it did is then read from the attributes: `late` (share of answers after the
    client's timeout), `refused` (share that found no room), `accepted_rps`, `load` (arrivals by capacity),
    `capacity_rps`, `moved` (relative change of what is in the system).
    """

    __slots__ = (
        "_idle_fold_s",
        "_keys",
        "_miss_cost",
        "_quiet_late",
        "_slow_floor",
        "_slow_from",
        "_tail_power",
        "_tail_rest",
        "_timeout_s",
        "accepted_rps",
        "backlog_s",
        "capacity_rps",
        "feature_cost",
        "heap",
        "in_system",
        "late",
        "leaking",
        "load",
        "moved",
        "mu",
        "random_share",
        "rate_rps",
        "refused",
        "restart_above",
        "room",
        "service",
        "theta",
        "warmth",
        "workers",
    )

    def __init__(self, plan: ServicePlan, *, size_frac: float, warmth: float, timeout_s: float) -> None:
        self.service = plan.id
        self.workers = plan.workers * size_frac
        self.rate_rps = plan.rate_rps
        self.room = self.workers * (1.0 + plan.queue_s * plan.rate_rps)
        exponent = max(1.0, sqrt(2.0 * (self.workers + 1.0)) - 1.0)
        self._tail_power = int(exponent)
        self._tail_rest = exponent - self._tail_power
        self._timeout_s = timeout_s
        self._quiet_late = exp_neg(plan.rate_rps * timeout_s)
        self._miss_cost = plan.cache.miss_cost if plan.cache else 0.0
        self._keys = plan.cache.keys if plan.cache else 0.0
        self._idle_fold_s = plan.cache.idle_fold_s if plan.cache else 0.0
        self._slow_from = plan.heap.slow_from_frac if plan.heap else 2.0
        self._slow_floor = plan.heap.floor_frac if plan.heap else 1.0
        self.restart_above = plan.heap.restart_above_frac if plan.heap else 2.0
        self.warmth = warmth if plan.cache else 1.0
        self.heap = 0.0
        self.leaking = 0.0
        self.feature_cost = 1.0
        self.in_system = 0.0
        self.late = self.refused = self.accepted_rps = self.load = self.moved = 0.0
        self.mu = plan.rate_rps
        self.capacity_rps = self.workers * plan.rate_rps
        self.backlog_s = self.random_share = 0.0
        self.theta = self.capacity_rps

    def reset(self) -> None:
        """A restart: nobody waits, nothing is cached, the heap is empty."""
        self.in_system = 0.0
        self.heap = 0.0
        if self._miss_cost or self._keys:
            self.warmth = 0.0

    def stand_still(self) -> None:
        """A step while the process is down: nobody is answered."""
        self.in_system = 0.0
        self.late = self.refused = 1.0
        self.load = self.accepted_rps = self.moved = self.backlog_s = self.random_share = 0.0

    @property
    def slows(self) -> bool:
        """Whether the heap is so full that the collector is about to slow the pool."""
        return self.heap > self._slow_from - 0.02

    def speed(self) -> float:
        """What garbage collection leaves of the speed: linear from 1 down to the floor at a full heap."""
        over = (self.heap - self._slow_from) / (1.0 - self._slow_from) if self.heap > self._slow_from else 0.0
        return max(self._slow_floor, 1.0 - over * (1.0 - self._slow_floor)) if over else 1.0

    def step(self, arriving_rps: float, dt_s: float, factor: float = 1.0, extra: float = 0.0) -> None:
        """Move on by one step with a constant arrival rate.

        Args:
            factor: cost of a request, multiplied (feature, degraded mode, session restore).
            extra: cost of a request, added to that of a warm one (index lag).
        """
        cost = (1.0 + self._miss_cost * (1.0 - self.warmth) + extra) * factor
        mu = self.rate_rps / cost
        if self.heap > self._slow_from:
            mu *= self.speed()
        c = self.workers
        capacity = c * mu
        before = self.in_system
        after = _fluid(before, arriving_rps, mu, c, capacity, dt_s)
        refused = 0.0
        if after > self.room:
            if arriving_rps > 0.0:
                refused = min(1.0, max(0.0, (after - self.room) / (arriving_rps * dt_s)))
            after = self.room
        self.mu = mu
        self.capacity_rps = capacity
        self.in_system = after
        self.refused = refused
        self.load = arriving_rps / capacity
        self.moved = abs(after - before) / (1.0 + before)
        self.accepted_rps = arriving_rps * (1.0 - refused)
        self.late = self._lateness(after)
        if self._keys and self.warmth < 1.0 and arriving_rps > 0.0:
            self.warmth += (1.0 - self.warmth) * (1.0 - exp_neg(self.accepted_rps * dt_s / self._keys))

    def settle(self, arriving_rps: float) -> bool:
        """Take the short way of `step` where it makes no difference; False where it would.

        A warm, healthy pool with little to do settles within a second, and hardly anybody waits.
        """
        load = arriving_rps / (self.workers * self.rate_rps)
        if load > _SHORT_WAY_LOAD or self.in_system > self.workers or self.warmth < 1.0:
            return False
        if self.leaking or self.heap > 0.0 or self.feature_cost != 1.0:
            return False
        self.mu = self.rate_rps
        self.capacity_rps = self.theta = self.workers * self.rate_rps
        self.load, self.accepted_rps = load, arriving_rps
        self.in_system = arriving_rps / self.rate_rps
        self.late = self._quiet_late
        self.refused = self.moved = self.backlog_s = self.random_share = 0.0
        return True

    def _lateness(self, in_system: float) -> float:
        """P(answer later than the client's timeout), and the parts of the wait that `quantile_s` needs."""
        capacity = self.capacity_rps
        rho = self.load
        if rho > 1.0:
            rho = 1.0 / rho  # deep in overload the gap below a full buffer is geometric
        rho = min(rho, 1.0 - 1.0 / sqrt(capacity * _MEMORY_S + 4.0))
        self.random_share = power(rho, self._tail_power) * part_power(rho, self._tail_rest)
        theta = capacity * (1.0 - rho)
        gap_s = (self.room - in_system) / capacity
        if theta * gap_s < 2.0:
            theta = 2.0 / (gap_s + 1e-9)
        self.theta = theta
        self.backlog_s = backlog = (in_system - self.workers) / capacity if in_system > self.workers else 0.0
        z = self._timeout_s - backlog
        return self._tail(z) if z > 0.0 else 1.0

    def _tail(self, z: float) -> float:
        """P(random wait and service take longer than z)."""
        mu, theta, share = self.mu, self.theta, self.random_share
        tail = exp_neg(mu * z)
        if share < 1e-9:
            return tail
        if abs(theta - mu) > 1e-4 * mu:
            both = (theta * tail - mu * exp_neg(theta * z)) / (theta - mu)
        else:
            both = (1.0 + mu * z) * tail
        return (1.0 - share) * tail + share * both

    def leak(self, dt_s: float) -> None:
        """Keep `leaking` of the heap for every request served in the last step."""
        served = self.accepted_rps
        if self.in_system > self.workers:
            served = min(served, self.capacity_rps)
        self.heap += served * dt_s * self.leaking

    def forget(self, dt_s: float) -> None:
        """The cache grows stale while nobody uses it."""
        if self._keys:
            self.warmth = self.warmth * exp_neg(dt_s / self._idle_fold_s) if self.warmth > 1e-6 else 0.0

    @property
    def mean_s(self) -> float:
        """Mean time from arrival to answer."""
        return self.backlog_s + self.random_share / self.theta + 1.0 / self.mu

    def quantile_s(self, slow_share: float) -> float:
        """The time that only `slow_share` of the answers exceed, within a hundredth of a service time."""
        low = ln(1.0 / slow_share) / self.mu
        if self.random_share <= 0.02 * slow_share:
            return self.backlog_s + low
        high = low + ln(1.0 + self.random_share / slow_share) / self.theta + 1.0 / self.mu
        while high - low > 0.01 / self.mu:
            middle = 0.5 * (low + high)
            if self._tail(middle) > slow_share:
                low = middle
            else:
                high = middle
        return self.backlog_s + 0.5 * (low + high)


def _fluid(level: float, arriving_rps: float, mu: float, c: float, capacity: float, dt_s: float) -> float:
    """How many are in the system after `dt_s`, waiting room not yet considered."""
    if arriving_rps <= 1e-9:
        left = max(0.0, level - capacity * dt_s) if level > c else level * exp_neg(mu * dt_s)
        return 0.0 if left < 1e-6 else left
    if level >= c:
        after = level + (arriving_rps - capacity) * dt_s
        return after if after >= c else min(c, arriving_rps / mu)
    rest = arriving_rps / mu
    after = rest + (level - rest) * exp_neg(mu * dt_s)
    return after if after <= c else max(c, level + (arriving_rps - capacity) * dt_s)
