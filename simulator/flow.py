"""One step of the traffic: who calls, where it goes, what the pools make of it."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from simulator.det import plain_sum
from simulator.noise import TrafficNoise
from simulator.plan import WorldPlan
from simulator.site import Site
from simulator.state import State
from simulator.topology import Topology

_SECOND_NOISE_UNTIL_S = 5
_SIDE_EVERY_S = 15
_SIDE_QUIET_LOAD = 0.7
_IDLE_RPS = 1e-6
_NOBODY_RPS = 1e-3  # a failure in a quarter of an hour is none
_REBUILD_TOGETHER = 0.55
_REBUILD_IN_ROTATION = 0.5
_REBUILD_BURDEN = 1.08


class _Step(NamedTuple):
    """What all sites share within a step: its length, rebuilds that run, whether the standby is reserved."""

    dt: int
    rebuilding: int
    reserved: bool


class DayProfile:
    """Fraction of the peak by hour of the day, linear between the given hours."""

    __slots__ = ("_hour_at_start", "_points")

    def __init__(self, plan: WorldPlan) -> None:
        self._points = plan.traffic.profile
        self._hour_at_start = plan.hour_at_start

    def at(self, t_s: int) -> float:
        """Fraction of the peak at a moment."""
        hour = (t_s / 3600.0 + self._hour_at_start) % 24.0
        points = self._points
        low, high = 0, len(points) - 1
        while high - low > 1:
            middle = (low + high) // 2
            if points[middle][0] <= hour:
                low = middle
            else:
                high = middle
        (h0, v0), (h1, v1) = points[low], points[high]
        return v0 + (v1 - v0) * (hour - h0) / (h1 - h0)


class Flow:
    """The rules of the traffic for one plan and seed; the state is handed in."""

    def __init__(self, plan: WorldPlan, seed: int, topology: Topology) -> None:
        self._plan = plan
        self._profile = DayProfile(plan)
        self._noise = TrafficNoise(seed, -int(plan.preroll_s) // 60 * 60, int(plan.duration_s) + 3600)
        traffic = plan.traffic
        self._day = traffic.peak_rps * (1.0 + traffic.day_spread_frac * self._noise.day)
        self._minute_sd = traffic.minute_sd_frac
        self._shares = [c.share for c in traffic.classes]
        self._essential = [i for i, c in enumerate(traffic.classes) if c.essential]
        self._index = topology.entry.index
        self._side = [(s.visits, s.id in topology.before_entry) for s in topology.side]
        self._visits = topology.entry.visits

    def first_attempts_rps(self, state: State, dt: int) -> float:
        """First attempts a second within the step that begins now."""
        t = state.now_s
        rate = self._day * self._profile.at(t) * (1.0 + self._minute_sd * self._noise.minute(t))
        for factor in state.surge:
            rate *= factor
        if dt <= _SECOND_NOISE_UNTIL_S and self._minute_sd > 0.0:
            rate = max(0.0, rate + sqrt(rate / dt) * self._noise.second(t))
        return rate

    def reserved(self, state: State) -> bool:
        """Whether the standby is alone and admits essential classes only."""
        return state.edge.reserve_standby and any(s.standby and s.share > 0.999 for s in state.sites)

    def step(self, state: State, dt: int) -> bool:
        """Move traffic, pools and indexes on by `dt` seconds; whether something is amiss."""
        edge, clients, sites, tally = state.edge, state.clients, state.sites, state.tally
        fresh = self.first_attempts_rps(state, dt)
        admit_frac = 0.0
        for share, admit in zip(self._shares, edge.admit, strict=True):
            admit_frac += share * admit
        admitted = fresh * admit_frac
        clients.draw(sites, admitted, dt, edge.cap_frac)
        free_first = admitted - plain_sum(clients.pins)
        free = free_first + clients.free_sum
        wanted = free + plain_sum(clients.stick_sum)
        reserved = self.reserved(state)
        essential = self._essential_frac(state, admit_frac) if reserved else 1.0
        now = _Step(dt, sum(1 for s in sites if s.rebuilt_frac is not None), reserved)
        taken = good = 0.0
        amiss = False
        for site in sites:
            first = free_first * site.share * essential
            offered = first + clients.free_sum * site.share + clients.stick_sum[site.index]
            if reserved:
                offered -= clients.edge_sum * site.share
            taken += offered
            answered, bad = self._serve(state, site, offered, first, now)
            good += answered
            amiss = amiss or bad
            self._index_step(state, site, now)
        if reserved:
            clients.refuse_classes(free_first * (1.0 - essential), dt)
        elif taken < wanted - 1e-6:
            clients.refuse_at_edge((wanted - taken) / wanted, free_first, dt)
        tally.fresh += fresh * dt
        tally.good += good * dt
        tally.shed += (fresh - admitted) * dt
        tally.lost += clients.lost
        clients.lost = 0.0
        if edge.degraded_mode:
            tally.degraded_s += dt
        return amiss

    def _essential_frac(self, state: State, admit_frac: float) -> float:
        admit = state.edge.admit
        return plain_sum(self._shares[i] * admit[i] for i in self._essential) / max(admit_frac, 1e-9)

    def _serve(
        self, state: State, site: Site, offered: float, first: float, now: _Step
    ) -> tuple[float, bool]:
        """Let one site work for a step; returns answers in time a second, and whether something is amiss."""
        clients, t, i, dt = state.clients, state.now_s, site.index, now.dt
        arriving = offered
        if site.share > 0.0:
            arriving += clients.pins[i] + clients.home_sum[i]
        else:
            clients.refuse_home(i, dt)
        site.arriving_rps = arriving
        site.first_rps = first + (clients.pins[i] if site.share > 0.0 else 0.0)
        site.retry_rps = arriving - site.first_rps
        pool = site.pool
        if t < site.down_until_s:
            pool.stand_still()
            site.side_late = 0.0
            amiss = arriving > 1.0
            late, refused = 0.0, 1.0
        else:
            amiss = self._work(state, site, arriving, now)
            refused = pool.refused
            late = pool.late if not site.side_late else 1.0 - (1.0 - pool.late) * (1.0 - site.side_late)
        late_rps = arriving * (1.0 - refused) * late
        failed = late_rps + arriving * refused
        if failed < _NOBODY_RPS:
            failed = 0.0
        else:
            share = dt / arriving
            clients.fail(site, first, late_rps * share, arriving * refused * share, reserved=now.reserved)
        if clients.pins[i] > 0.0:
            self._count_pins(site, clients.pins[i] * dt, failed / arriving if site.share > 0.0 else 1.0)
        return arriving - failed, amiss

    def _count_pins(self, site: Site, tried: float, failed_frac: float) -> None:
        site.pin_tried += tried
        site.pin_failed += tried * failed_frac

    def _work(self, state: State, site: Site, arriving: float, now: _Step) -> bool:
        pool, t, dt = site.pool, state.now_s, now.dt
        factor = pool.feature_cost
        if t < site.burst_until_s:
            factor *= site.burst_factor
        if state.edge.degraded_mode:
            factor *= self._plan.degraded_cost_frac
        if now.rebuilding > 1 and not site.standby:
            factor *= _REBUILD_BURDEN
        extra = 0.0
        if site.lag_s > 0.0 and self._index is not None:
            extra = self._index.lag_cost * min(1.0, site.lag_s / self._index.limit_s)
        warm = site.warm_rps if not site.in_rotation else 0.0
        total = (arriving + warm) * self._visits
        pool.step(total, dt, factor, extra)
        if pool.leaking:
            pool.leak(dt)
            site.worst_heap = max(site.worst_heap, pool.heap)
            if pool.heap >= 1.0:
                self._out_of_memory(state, site, dt)
                return True
        if site.share == 0.0 and not site.warm_rps and not site.standby:
            pool.forget(dt)
        self._side_step(state, site, arriving, dt)
        site.worst_wait_s = max(site.worst_wait_s, pool.backlog_s)
        failing = arriving > 1.0 and pool.late + pool.refused + site.side_late > 0.01
        return failing or pool.moved > 0.05 or bool(pool.leaking and pool.slows and total > 1.0)

    def _out_of_memory(self, state: State, site: Site, dt: int) -> None:
        end = state.now_s + dt
        restart_s = self._plan.health.restart_s
        site.restart(end, restart_s)
        state.tell("site.restarted", site.id, {"by": "out of memory", "seconds": restart_s}, at_s=end)

    def _side_step(self, state: State, site: Site, arriving: float, dt: int) -> None:
        """Feed the other services of the site.

        They settle within a second, so while all have room they are stepped with the mean flow of a stretch.
        """
        site.side_s += dt
        site.side_flow += arriving * dt
        if site.side_s < _SIDE_EVERY_S and not site.side_late:
            return
        mean = site.side_flow / site.side_s
        if mean < _IDLE_RPS and site.side_idle:
            site.side_s = 0
            site.side_flow = 0.0
            return
        site.side_idle = mean < _IDLE_RPS
        passed = mean * (1.0 - site.pool.refused)
        answered = 1.0
        for pool, (visits, before_entry) in zip(site.side, self._side, strict=True):
            rate = (mean if before_entry else passed) * visits
            if pool.settle(rate):
                continue
            pool.step(rate, site.side_s, pool.feature_cost)
            if pool.leaking:
                pool.leak(site.side_s)
                if pool.heap >= 1.0:
                    self._out_of_memory(state, site, dt)
                    return
            if pool.load > _SIDE_QUIET_LOAD:
                answered *= (1.0 - pool.late) * (1.0 - pool.refused)
        site.side_late = 1.0 - answered if answered < 1.0 - 1e-6 else 0.0
        site.side_s = 0
        site.side_flow = 0.0

    def _index_step(self, state: State, site: Site, now: _Step) -> None:
        index, dt = self._index, now.dt
        if index is None or not site.has_index:
            return
        end = state.now_s + dt
        had_lag = site.lag_s > 0.0
        if site.move_index(dt, state.now_s, index.limit_s, index.drain_rate):
            state.tell("index.lost", site.id, {"lag_s": site.lag_s}, at_s=end)
        elif had_lag and site.lag_s <= 0.0 and not site.in_rotation:
            state.tell("index.caught_up", site.id, at_s=end)
        if site.rebuilt_frac is None:
            return
        speed = (_REBUILD_IN_ROTATION if site.in_rotation else 1.0) * (
            _REBUILD_TOGETHER if now.rebuilding > 1 else 1.0
        )
        site.rebuilt_frac += dt / index.rebuild_s * speed
        if site.rebuilt_frac >= 1.0:
            site.rebuilt_frac = None
            site.index_lost = False
            site.lag_s = 0.0
            site.catching_up = True
            state.stir()
            state.tell("index.rebuilt", site.id, at_s=end)
