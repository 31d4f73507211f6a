"""The plan of a world: everything that is simulated, as frozen data.

A scenario file compiles to one `WorldPlan`; a `WorldPlan` and a seed are all that a world is made of. Units
stand in the names. Times called `at_s` are seconds since the drill's start; negative values lie in the
pre-roll.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class TrafficClass:
    """A kind of request, as share of all first attempts.

    Args:
        id: name used by the operation that sheds it.
        share: part of all first attempts, 0..1; the shares of a plan sum to 1.
        customers: whether people outside feel it at once when this class is refused.
        essential: the one class a reserved standby still admits.
    """

    id: str
    title: str
    share: float
    customers: bool = False
    essential: bool = False


@dataclass(frozen=True)
class Traffic:
    """First attempts over the day.

    Args:
        peak_rps: first attempts a second where the profile is 1.
        profile: (hour of day, fraction of peak), hours rising from 0 to 24, linear between.
        day_spread_frac: the whole day's level is drawn uniformly from 1 +- this.
        minute_sd_frac: standard deviation of the autocorrelated noise a minute.
    """

    peak_rps: float
    classes: tuple[TrafficClass, ...]
    profile: tuple[tuple[float, float], ...]
    day_spread_frac: float = 0.03
    minute_sd_frac: float = 0.02


@dataclass(frozen=True)
class Clients:
    """How callers behave when they get no answer.

    Args:
        timeout_s: a client leaves after this; the server works on regardless.
        retries: tries after the first.
        backoff_s: pause before the first retry, doubled for each further one.
        sticky_frac: part of the retries that go to the site that failed them while it is in rotation.
        pinned_frac: part of all first attempts that always goes to one home site, spread evenly over the
            primary sites.
        budget_frac: built-in retry budget as share of first attempts; None for none.
    """

    timeout_s: float = 2.0
    retries: int = 3
    backoff_s: float = 1.0
    sticky_frac: float = 0.5
    pinned_frac: float = 0.04
    budget_frac: float | None = None


@dataclass(frozen=True)
class Cache:
    """Warm data that a request would otherwise fetch.

    Args:
        miss_cost: extra work of a request at warmth 0, in units of a warm request.
        keys: accepted requests that warm the cache by one e-fold.
        idle_fold_s: e-fold of forgetting while unused.
        overlap_frac: part of the cache that stays useful when a site takes over another's share.
    """

    miss_cost: float = 4.0
    keys: float = 300_000.0
    idle_fold_s: float = 3600.0
    overlap_frac: float = 0.9


@dataclass(frozen=True)
class Heap:
    """Memory of a pool and what its collector does when it fills.

    Args:
        slow_from_frac: above this the pool slows linearly.
        floor_frac: speed left when the heap is full.
        restart_above_frac: a site ejected with a fuller heap is restarted by its supervisor.
    """

    slow_from_frac: float = 0.85
    floor_frac: float = 0.05
    restart_above_frac: float = 0.80


@dataclass(frozen=True)
class Index:
    """A copy fed by a change stream, which keeps only so much.

    Args:
        lag_cost: extra work of a request at `limit_s` lag, in units of a warm request.
        limit_s: beyond this lag the place in the stream is lost and only a rebuild helps.
        drain_rate: seconds of lag worked off a second while in rotation or catching up (net: one grows
            meanwhile).
        rebuild_s: time of a rebuild out of rotation; twice as long in rotation.
    """

    lag_cost: float = 2.5
    limit_s: float = 7200.0
    drain_rate: float = 3.0
    rebuild_s: float = 19_800.0


@dataclass(frozen=True)
class ServicePlan:
    """One service, of which every site runs a pool.

    Args:
        workers: parallel workers of the pool in a primary site.
        rate_rps: requests a second one worker finishes when everything is warm.
        visits: calls to this service for each request that enters the site.
        queue_s: waiting room as seconds of warm work.
        calls: ids of the services it calls.
        cache, heap, index: parts it has, or None.
    """

    id: str
    title: str
    workers: int
    rate_rps: float
    visits: float = 1.0
    queue_s: float = 3.0
    calls: tuple[str, ...] = ()
    cache: Cache | None = None
    heap: Heap | None = None
    index: Index | None = None


@dataclass(frozen=True)
class SitePlan:
    """A data center, or the small standby.

    Args:
        size_frac: workers as share of the service's plan.
        standby: joins only when fewer than two primary sites are in rotation.
        standby_share_frac: its part of the traffic while one primary is in.
        start_warmth: cache warmth at the start, 0..1.
    """

    id: str
    title: str
    size_frac: float = 1.0
    standby: bool = False
    standby_share_frac: float = 0.06
    start_warmth: float = 1.0


@dataclass(frozen=True)
class Health:
    """Health checks, the hold-down that follows flapping, and restarts.

    Args:
        bad_share: a probe fails when more than this part of answers would come after the client's timeout.
        hold_after: ejections within `hold_window_s` after which a site is held out until an operator
            re-admits it.
        session_cost: extra cost factor of a request in the first `session_s` after joining from zero weight.
    """

    every_s: float = 5.0
    fail_count: int = 3
    pass_count: int = 12
    bad_share: float = 0.5
    hold_after: int = 3
    hold_window_s: float = 1200.0
    restart_s: float = 90.0
    session_cost: float = 4.0
    session_s: float = 4.0


@dataclass(frozen=True)
class ServiceLevel:
    """What users are owed, and the clock that runs when they do not get it.

    Args:
        id: id of the whole service as users know it.
        degraded_loss_frac, down_loss_frac: part of first attempts lost above which the level is degraded,
            down.
        need_min, of_min: a step needs so many of the last so many minutes, either way.
        restore_s: SLA, from the first step below up.
        slo_frac: objective of answered requests, for burn-rate alarms.
    """

    id: str = "service"
    title: str = "Service"
    degraded_loss_frac: float = 0.01
    down_loss_frac: float = 0.50
    need_min: int = 5
    of_min: int = 6
    restore_s: float = 21_600.0
    two_sites_min: int = 15
    slo_frac: float = 0.999


@dataclass(frozen=True)
class MonitorPlan:
    """A rule that fires an alert.

    Args:
        kind: `site_down`, `saturation`, `standby_down`, `fast_burn`, `slow_burn`, `index_lag`, or
            `threshold`.
        severity: `page` rings somebody, `ticket` waits in the queue, `warn` is only shown.
        title: text with {site} where it names one.
        params: numbers the rule needs, by name.
        quiet_s: the same alert stays silent until this long without a firing.
    """

    id: str
    kind: str
    severity: str
    title: str
    params: Mapping[str, float] = field(default_factory=dict)
    quiet_s: float = 1800.0


@dataclass(frozen=True)
class FaultPlan:
    """A planted fault: its id in the registry, when it begins, and its own parameters."""

    fault: str
    at_s: float
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ChangePlan:
    """A line of the change list that does nothing by itself; faults and operations add those that do."""

    id: str
    at_s: float
    site: str | None
    service: str | None
    text: str
    who: str


@dataclass(frozen=True)
class OperationLimits:
    """Times and strengths of the operations, where a plan differs from the usual.

    Keys are `<operation>.<field>`, e.g. `roll_back.lead_s`; unknown keys are refused by the operation that
    owns them.
    """

    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class WorldPlan:
    """Everything a world is made of, apart from its seed.

    Args:
        entry: id of the service whose pool decides whether a request is answered in time (the critical pool).
        preroll_s: the world runs this long before the drill starts.
        duration_s: length of the longest drill.
        hour_at_start: hour of the day at t = 0, for the day profile.
        degraded_cost_frac: cost factor of a request in degraded mode.
    """

    id: str
    services: tuple[ServicePlan, ...]
    sites: tuple[SitePlan, ...]
    traffic: Traffic
    entry: str
    clients: Clients = Clients()
    health: Health = Health()
    level: ServiceLevel = ServiceLevel()
    monitors: tuple[MonitorPlan, ...] = ()
    faults: tuple[FaultPlan, ...] = ()
    changes: tuple[ChangePlan, ...] = ()
    limits: OperationLimits = OperationLimits()
    degraded_cost_frac: float = 0.70
    preroll_s: float = 5400.0
    duration_s: float = 108_000.0
    hour_at_start: float = 3.0
