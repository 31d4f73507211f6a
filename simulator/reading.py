"""What the instruments show at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.level import LEVELS
from simulator.pool import Pool
from simulator.site import Site

if TYPE_CHECKING:
    from simulator.world import World

Condition = Literal["up", "degraded", "down", "warming"]
_SLOW_S = 1.5
_HIGH_LOAD = 0.85
_HOST_MEMORY_FRAC = 0.74


@dataclass(frozen=True, slots=True)
class ServiceReading:
    """One service in one site.

    Args:
        p99_ms: 99 of 100 answers are faster, what it calls included; None where nothing is answered.
        error_frac: share of calls answered too late or not at all, what it calls included.
    """

    id: str
    title: str
    state: Condition
    rps: float
    load_frac: float
    p99_ms: float | None
    error_frac: float


@dataclass(frozen=True, slots=True)
class SiteReading:
    """One site, from outside.

    Args:
        detail: why it is in that state, in few words; "" for nothing to say.
        since_ms: since when it has been in or out of rotation; None since before the start.
        host_memory_frac: memory of the hosts. Not of the heap: that is what no monitor here sees.
        cache_hit_frac: reads the cache answered.
    """

    id: str
    title: str
    standby: bool
    state: Condition
    detail: str
    since_ms: int | None
    in_rotation: bool
    held: bool
    drained: bool
    weight_frac: float
    share_frac: float
    rps: float
    capacity_rps: float
    load_frac: float
    p99_ms: float | None
    retries_per_first: float
    error_frac: float
    cache_hit_frac: float
    index_lag_s: float
    index_lost: bool
    host_memory_frac: float
    release: str
    pinned: bool
    services: tuple[ServiceReading, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All instruments at a moment.

    Args:
        rps, good_rps, failed_rps, shed_rps: of the last full minute, in first attempts a second.
        served_frac: customers' requests answered in the last full minute.
        level: of the service as users know it.
        sla_due_ms: when the clock runs out, None while it does not run.
        budget_left_frac: part of the month's error budget that is left, over the drill so far.
        shed: (class, part refused) for all that is not let in fully.
    """

    t_ms: int
    rps: float
    good_rps: float
    failed_rps: float
    shed_rps: float
    served_frac: float
    level: str
    level_since_ms: int | None
    sla_started_ms: int | None
    sla_due_ms: int | None
    sla_stopped_ms: int | None
    sla_breached: bool
    budget_left_frac: float
    burn_rate: float
    sites_in: int
    degraded_mode: bool
    retry_cap_frac: float | None
    reserve_standby: bool
    shed: tuple[tuple[str, float], ...]
    sites: tuple[SiteReading, ...]

    def site(self, site_id: str) -> SiteReading:
        """The reading of one site."""
        return next(s for s in self.sites if s.id == site_id)


def read(world: World) -> Reading:
    """Look at all instruments."""
    state, metrics, level = world.state, world.metrics, world.state.level
    started, stopped = level.sla_started_s, level.sla_stopped_s
    due_s = started + int(world.plan.level.restore_s) if started is not None else None
    classes = world.plan.traffic.classes
    left, burn = _budget(world)
    return Reading(
        t_ms=world.now_ms,
        rps=metrics.last("fresh") / 60.0,
        good_rps=metrics.last("good") / 60.0,
        failed_rps=metrics.last("failed") / 60.0,
        shed_rps=metrics.last("shed") / 60.0,
        served_frac=metrics.last("served_frac", 1.0),
        level=LEVELS[level.level],
        level_since_ms=_ms(level.since_s),
        sla_started_ms=_ms(started),
        sla_due_ms=_ms(due_s) if level.sla_runs else None,
        sla_stopped_ms=_ms(stopped),
        sla_breached=level.sla_breached,
        budget_left_frac=left,
        burn_rate=burn,
        sites_in=sum(1 for s in state.sites if s.in_rotation and not s.standby),
        degraded_mode=state.edge.degraded_mode,
        retry_cap_frac=state.edge.cap_frac,
        reserve_standby=state.edge.reserve_standby,
        shed=tuple((c.id, 1.0 - a) for c, a in zip(classes, state.edge.admit, strict=True) if a < 1.0),
        sites=tuple(_site(world, s) for s in state.sites),
    )


def _budget(world: World) -> tuple[float, float]:
    """Part of a month's error budget left, at this drill's mean traffic; burn rate of 5 minutes."""
    sums = world.state.alerts.burned
    budget = 1.0 - world.plan.level.slo_frac
    first = len(sums) - len(world.metrics) - 1
    lost, admitted = sums[-1][0] - sums[first][0], sums[-1][1] - sums[first][1]
    minutes = max(1, len(world.metrics))
    month = admitted / minutes * 60.0 * 24.0 * 30.0
    recent = sums[max(0, len(sums) - 6)]
    late = (sums[-1][0] - recent[0]) / max(1.0, sums[-1][1] - recent[1])
    left = max(0.0, 1.0 - lost / max(1.0, month * budget))
    return left, late / budget


def _ms(seconds: int | None) -> int | None:
    return None if seconds is None else seconds * 1000


def _site(world: World, site: Site) -> SiteReading:
    pool, now = site.pool, world.state.now_s
    state, detail = _condition(site, now)
    answers = site.in_rotation and not site.is_down(now) and site.share > 0.0
    late = 1.0 - (1.0 - pool.late) * (1.0 - site.side_late)
    return SiteReading(
        id=site.id,
        title=site.title,
        standby=site.standby,
        state=state,
        detail=detail,
        since_ms=_ms(site.since_s) if site.since_s > -(10**8) else None,
        in_rotation=site.in_rotation,
        held=site.held,
        drained=site.drained,
        weight_frac=site.weight_frac,
        share_frac=site.share,
        rps=site.arriving_rps,
        capacity_rps=pool.capacity_rps,
        load_frac=pool.load,
        p99_ms=1000.0 * pool.quantile_s(0.01) if answers else None,
        retries_per_first=site.retry_rps / site.first_rps if site.first_rps > 1e-6 else 0.0,
        error_frac=1.0 - (1.0 - pool.refused) * (1.0 - late) if answers else 0.0,
        cache_hit_frac=pool.warmth,
        index_lag_s=site.lag_s,
        index_lost=site.index_lost,
        host_memory_frac=_HOST_MEMORY_FRAC,
        release=site.release,
        pinned=site.pinned,
        services=tuple(_services(world, site, answers=answers)),
    )


def _condition(site: Site, now_s: int) -> tuple[Condition, str]:
    if site.lost_power:
        return "down", "no power"
    if site.is_down(now_s):
        return "down", "restarting"
    if not site.in_rotation:
        if site.warm_rps > 0.0:
            return "warming", "warming up, takes no traffic"
        if site.held:
            return "down", "held out"
        if site.drained:
            return "down", "drained"
        return "down", f"health checks: {site.passes} passed" if site.passes else "health checks fail"
    if site.pool.late + site.pool.refused + site.side_late > 0.01 and site.share > 0.0:
        return "degraded", "answers late"
    if site.pool.load > _HIGH_LOAD:
        return "degraded", "nearly full"
    return "up", "" if site.share > 0.0 or not site.standby else "ready, takes no traffic"


def _services(world: World, site: Site, *, answers: bool) -> Iterable[ServiceReading]:
    """Each service's own numbers, and through the call graph those of what it calls."""
    pools = {p.service: p for p in site.pools()}
    slow: dict[str, float] = {}
    bad: dict[str, float] = {}
    for service_id in reversed(world.topology.order):
        pool = pools[service_id]
        calls = world.topology.calls[service_id]
        slow[service_id] = pool.quantile_s(0.01) + max((slow[c] for c in calls), default=0.0)
        own = 1.0 - (1.0 - pool.late) * (1.0 - pool.refused)
        bad[service_id] = max([own, *(bad[c] for c in calls)])
    for plan in world.plan.services:
        pool = pools[plan.id]
        state: Condition = "down" if not answers else _service_state(pool, slow[plan.id], bad[plan.id])
        if not answers and site.in_rotation and site.standby:
            state = "up"
        yield ServiceReading(
            id=plan.id,
            title=plan.title,
            state=state,
            rps=pool.accepted_rps if answers else 0.0,
            load_frac=pool.load,
            p99_ms=1000.0 * slow[plan.id] if answers else None,
            error_frac=bad[plan.id] if answers else 0.0,
        )


def _service_state(pool: Pool, slow_s: float, bad: float) -> Condition:
    if bad > 0.5:
        return "down"
    return "degraded" if bad > 0.01 or pool.load > _HIGH_LOAD or slow_s > _SLOW_S else "up"
