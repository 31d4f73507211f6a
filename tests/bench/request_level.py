"""The flagship's critical pools, request by request, in SimPy: what the flow engine is held against.

Each attempt is a SimPy process that waits for one of the site's workers; the client leaves after its timeout
while the server works on. Retries, pinned clients, health checks with hold-down, the leak, collection
slow-down, cache warmth and the session-restore burst are those of the plan. Nobody acts.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import simpy

from simulator.plan import ServicePlan, SitePlan, WorldPlan


@dataclass
class Tally:
    """What happened: counts, and health transitions as (second, site, ejected|admitted)."""

    first: int = 0
    attempts: int = 0
    good: int = 0
    transitions: list[tuple[int, str, str]] = field(default_factory=list)


class Site:
    """One site's critical pool."""

    def __init__(self, env: simpy.Environment, plan: SitePlan, service: ServicePlan) -> None:
        self.plan = plan
        self.workers = max(1, round(service.workers * plan.size_frac))
        self.pool = simpy.Resource(env, self.workers)
        self.room = int(self.workers * service.rate_rps * service.queue_s)
        self.warmth = plan.start_warmth
        self.heap = 0.0
        self.leaks = False
        self.in_rotation = True
        self.held = False
        self.down_until = -1e9
        self.restore_until = -1e9
        self.fails = self.passes = 0
        self.ejections: list[float] = []
        self.answers: list[tuple[float, bool]] = []


class RequestLevel:
    """The whole model.

    Args:
        from_s: world time at which the run begins; sites are warm and the roll-out has reached its waves.
        heap: starting heap by site id, so that the run begins where the flow engine stood.
    """

    def __init__(self, plan: WorldPlan, seed: int, *, from_s: float, heap: dict[str, float]) -> None:
        self.plan = plan
        self.service = next(each for each in plan.services if each.id == plan.entry)
        self.rng = random.Random(seed)
        self.env = simpy.Environment(initial_time=from_s)
        self.sites = {each.id: Site(self.env, each, self.service) for each in plan.sites}
        for site, filled in heap.items():
            self.sites[site].heap, self.sites[site].leaks = filled, filled > 0.0
        self.tally = Tally()

    def run(self, until_s: float) -> Tally:
        self.env.process(self._arrivals())
        self.env.process(self._probes())
        self.env.run(until=until_s)
        return self.tally

    # --- clients
    def _arrivals(self) -> Generator[Any, Any, None]:
        while True:
            yield self.env.timeout(self.rng.expovariate(self._rate()))
            self.tally.first += 1
            home = None
            if self.rng.random() < self.plan.clients.pinned_frac:
                home = self.rng.choice([each.id for each in self.plan.sites if not each.standby])
            self.env.process(self._client(home))

    def _rate(self) -> float:
        hour = (self.plan.hour_at_start + self.env.now / 3600.0) % 24.0
        profile = self.plan.traffic.profile
        for (h0, f0), (h1, f1) in pairwise(profile):
            if h0 <= hour <= h1:
                return self.plan.traffic.peak_rps * (f0 + (f1 - f0) * (hour - h0) / (h1 - h0))
        raise AssertionError(f"the profile has no hour {hour}")

    def _client(self, home: str | None) -> Generator[Any, Any, None]:
        clients, last = self.plan.clients, None
        for number in range(clients.retries + 1):
            self.tally.attempts += 1
            site = self._route(home, last)
            if site is not None:
                answer = self.env.event()
                if self._enter(site, answer):
                    yield answer | self.env.timeout(clients.timeout_s)
                    site.answers.append((self.env.now, answer.triggered))
                    if answer.triggered:
                        self.tally.good += 1
                        return
                last = site
            yield self.env.timeout(clients.backoff_s * 2**number * self.rng.expovariate(1.0))

    def _route(self, home: str | None, last: Site | None) -> Site | None:
        if home is not None:
            return self.sites[home] if self.sites[home].in_rotation else None
        if last is not None and last.in_rotation and self.rng.random() < self.plan.clients.sticky_frac:
            return last
        primaries = [s for s in self.sites.values() if s.in_rotation and not s.plan.standby]
        standby = next((s for s in self.sites.values() if s.in_rotation and s.plan.standby), None)
        if standby is not None and not primaries:
            return standby
        if standby is not None and len(primaries) < 2 and self.rng.random() < standby.plan.standby_share_frac:
            return standby
        return self.rng.choice(primaries) if primaries else None

    # --- servers
    def _enter(self, site: Site, answer: simpy.Event) -> bool:
        if self.env.now < site.down_until or len(site.pool.queue) >= site.room:
            return False
        self.env.process(self._serve(site, answer))
        return True

    def _serve(self, site: Site, answer: simpy.Event) -> Generator[Any, Any, None]:
        with site.pool.request() as worker:
            yield worker
            yield self.env.timeout(self.rng.expovariate(self._speed(site)))
        cache = self.service.cache
        if cache is not None:
            site.warmth += (1.0 - site.warmth) / cache.keys
        if site.leaks:
            site.heap += LEAK
        answer.succeed()

    def _speed(self, site: Site) -> float:
        cache, heap = self.service.cache, self.service.heap
        cost = 1.0 + (cache.miss_cost * (1.0 - site.warmth) if cache else 0.0)
        if site.leaks:
            cost *= FEATURE_COST
        if self.env.now < site.restore_until:
            cost *= 1.0 + self.plan.health.session_cost
        slow = 1.0
        if heap is not None and site.heap > heap.slow_from_frac:
            part = (site.heap - heap.slow_from_frac) / (1.0 - heap.slow_from_frac)
            slow = max(heap.floor_frac, 1.0 - part * (1.0 - heap.floor_frac))
        return self.service.rate_rps * slow / cost

    # --- health checks
    def _probes(self) -> Generator[Any, Any, None]:
        health = self.plan.health
        while True:
            yield self.env.timeout(health.every_s)
            for name, site in self.sites.items():
                if not site.held:
                    self._probe(name, site)

    def _probe(self, name: str, site: Site) -> None:
        health, now = self.plan.health, self.env.now
        backlog_s = max(0, len(site.pool.queue)) / (site.workers * self._speed(site))
        bad = now <= site.down_until or backlog_s + 1.0 / self._speed(site) > self.plan.clients.timeout_s
        site.fails, site.passes = (site.fails + 1, 0) if bad else (0, site.passes + 1)
        if site.in_rotation and site.fails >= health.fail_count:
            self._eject(name, site)
        elif not site.in_rotation and site.passes >= health.pass_count:
            site.in_rotation = True
            site.restore_until = now + health.session_s
            self.tally.transitions.append((round(now), name, "admitted"))

    def _eject(self, name: str, site: Site) -> None:
        health, now, heap = self.plan.health, self.env.now, self.service.heap
        site.in_rotation, site.fails = False, 0
        site.ejections = [t for t in site.ejections if now - t < health.hold_window_s] + [now]
        self.tally.transitions.append((round(now), name, "ejected"))
        if heap is not None and site.heap > heap.restart_above_frac:
            site.down_until = now + health.restart_s
            site.warmth = site.heap = 0.0
            site.pool = simpy.Resource(self.env, site.workers)
        site.held = len(site.ejections) >= health.hold_after


LEAK = 1.0 / 1.06e6
FEATURE_COST = 1.03
