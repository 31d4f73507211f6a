"""The world of a scenario: services, sites, traffic, clients, health, monitors, faults."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from scenarios.schema.base import (
    FACILITATOR,
    HIDDEN,
    ROLES,
    TRAINEE,
    Id,
    Line,
    Model,
    Positive,
    PracticeId,
    Seconds,
    Share,
    StoryTime,
    told,
)

MonitorKind = Literal[
    "site_down", "saturation", "standby_down", "fast_burn", "slow_burn", "index_lag", "threshold"
]
Count = Annotated[int, Field(ge=1, le=100)]
Small = Annotated[float, Field(ge=0, le=1000)]


class CacheSpec(Model):
    """Warm data that a request would otherwise fetch."""

    miss_cost: Small = told(HIDDEN, "Extra work of a request when nothing is warm, in warm requests.", 4.0)
    keys: Positive = told(HIDDEN, "Accepted requests that warm the cache by one e-fold.", 300_000.0)
    idle_fold_s: Positive = told(HIDDEN, "e-fold of forgetting while unused, in seconds.", 3600.0)
    overlap_frac: Share = told(HIDDEN, "Part that stays useful when a site takes over another's share.", 0.9)


class HeapSpec(Model):
    """Memory of a pool and what its collector does when it fills."""

    slow_from_frac: Share = told(HIDDEN, "Above this filling the pool slows linearly.", 0.85)
    floor_frac: Share = told(HIDDEN, "Speed left when the heap is full.", 0.05)
    restart_above_frac: Share = told(
        HIDDEN, "A site ejected with a fuller heap is restarted by itself.", 0.80
    )


class IndexSpec(Model):
    """A copy fed by a change stream, which keeps only so much."""

    lag_cost: Small = told(HIDDEN, "Extra work of a request at the limit of the lag, in warm requests.", 2.5)
    limit_s: Positive = told(ROLES, "Beyond this lag only a rebuild helps, in seconds.", 7200.0)
    drain_rate: Positive = told(HIDDEN, "Seconds of lag worked off a second.", 3.0)
    rebuild_s: Positive = told(ROLES, "Time of a rebuild out of rotation, in seconds.", 19_800.0)


class ServiceSpec(Model):
    """One service; every site runs a pool of it."""

    id: Id = told(TRAINEE, "Name used by other parts of this file.")
    title: Line = told(TRAINEE, "Name people read.")
    workers: int = told(ROLES, "Parallel workers in a primary site.", ge=1, le=100_000)
    rate_rps: Positive = told(ROLES, "Requests a second one warm worker finishes.")
    visits: Small = told(HIDDEN, "Calls to this service for each request that enters the site.", 1.0)
    queue_s: Annotated[float, Field(gt=0, le=600)] = told(
        HIDDEN, "Waiting room, as seconds of warm work.", 3.0
    )
    calls: tuple[Id, ...] = told(ROLES, "Ids of the services it calls.", ())
    cache: CacheSpec | None = told(HIDDEN, "Its cache, if it has one.", None)
    heap: HeapSpec | None = told(HIDDEN, "Its heap, if it may fill.", None)
    index: IndexSpec | None = told(HIDDEN, "Its index, if it has one.", None)


class SiteSpec(Model):
    """A data center, or the small standby."""

    id: Id = told(TRAINEE, "Name used by other parts of this file.")
    title: Line = told(TRAINEE, "Name people read.")
    size_frac: Annotated[float, Field(gt=0, le=10)] = told(ROLES, "Workers, as share of the service's.", 1.0)
    standby: bool = told(ROLES, "Joins only when fewer than two primary sites serve.", False)
    standby_share_frac: Share = told(
        ROLES, "The standby's part of the traffic while one primary serves.", 0.06
    )
    start_warmth: Share = told(HIDDEN, "Warmth of the caches at the start.", 1.0)


class TrafficClassSpec(Model):
    """A kind of request, as share of all first attempts."""

    id: Id = told(TRAINEE, "Name used by the operation that sheds it.")
    title: Line = told(TRAINEE, "Name people read.")
    share: Share = told(ROLES, "Part of all first attempts; the shares sum to 1.")
    customers: bool = told(ROLES, "Whether people outside feel it at once when it is refused.", False)
    essential: bool = told(ROLES, "The one class a reserved standby still admits.", False)


class DayPoint(Model):
    """A point of the day's profile."""

    hour: Annotated[float, Field(ge=0, le=24)] = told(ROLES, "Hour of the day.")
    frac: Annotated[float, Field(ge=0, le=1)] = told(ROLES, "Fraction of the peak.")


class TrafficSpec(Model):
    """First attempts over the day."""

    peak_rps: Positive = told(ROLES, "First attempts a second at the peak.")
    classes: tuple[TrafficClassSpec, ...] = told(ROLES, "Kinds of requests.", min_length=1)
    day: tuple[DayPoint, ...] = told(
        ROLES, "The day's profile, linear between points from hour 0 to 24.", min_length=2
    )
    day_spread_frac: Share = told(HIDDEN, "The whole day's level is drawn from 1 +- this.", 0.03)
    minute_sd_frac: Share = told(HIDDEN, "Standard deviation of the noise a minute.", 0.02)


class ClientsSpec(Model):
    """How callers behave when they get no answer."""

    timeout_s: Annotated[float, Field(gt=0, le=600)] = told(ROLES, "A client leaves after this.", 2.0)
    retries: Annotated[int, Field(ge=0, le=10)] = told(HIDDEN, "Tries after the first.", 3)
    backoff_s: Annotated[float, Field(gt=0, le=600)] = told(
        HIDDEN, "Pause before the first retry; then doubled.", 1.0
    )
    sticky_frac: Share = told(HIDDEN, "Part of the retries that go to the site that failed them.", 0.5)
    pinned_frac: Share = told(HIDDEN, "Part of the first attempts that always goes to one home site.", 0.04)
    budget_frac: Share | None = told(HIDDEN, "Built-in retry budget as share of first attempts.", None)


class HealthSpec(Model):
    """Health checks, the hold-down that follows flapping, and restarts."""

    every_s: Annotated[float, Field(gt=0, le=3600)] = told(ROLES, "Seconds between probes.", 5.0)
    fail_count: Count = told(ROLES, "Failed probes in a row that eject a site.", 3)
    pass_count: Count = told(ROLES, "Passed probes in a row that admit it.", 12)
    bad_share: Share = told(HIDDEN, "A probe fails when more than this part of answers is late.", 0.5)
    hold_after: Count = told(ROLES, "Ejections within the window after which a site is held out.", 3)
    hold_window_s: Seconds = told(ROLES, "Length of that window.", 1200.0)
    restart_s: Seconds = told(ROLES, "How long a restart takes.", 90.0)
    session_cost: Small = told(HIDDEN, "Extra cost of a request just after a site joins.", 4.0)
    session_s: Seconds = told(HIDDEN, "How long that lasts.", 4.0)


class LevelSpec(Model):
    """What users are owed: when the service counts as degraded or down."""

    id: Id = told(TRAINEE, "Id of the whole service as users know it.", "service")
    title: Line = told(TRAINEE, "Its name.", "Service")
    degraded_loss_frac: Share = told(ROLES, "Loss of first attempts above which it is degraded.", 0.01)
    down_loss_frac: Share = told(ROLES, "Loss above which it is down.", 0.50)
    need_min: Count = told(ROLES, "Minutes needed for a step, either way ...", 5)
    of_min: Count = told(ROLES, "... of the last so many.", 6)
    two_sites_min: Annotated[int, Field(ge=0, le=1440)] = told(
        ROLES, "Two sites must serve so long before the clock of the SLA stops.", 15
    )


class MonitorSpec(Model):
    """A rule that fires an alert."""

    id: Id = told(ROLES, "Name used by other parts of this file.")
    kind: MonitorKind = told(ROLES, "What it watches.")
    severity: Literal["page", "ticket", "warn"] = told(
        ROLES, "`page` rings somebody, `ticket` waits in the queue, `warn` is only shown."
    )
    title: Line = told(
        ROLES, "Words of the alert; `{site}`, `{load}`, `{load15}`, `{carrier}` and others stand for facts."
    )
    params: dict[Id, float] = told(HIDDEN, "Numbers the rule needs, by name.", default_factory=dict)
    quiet_s: Seconds = told(HIDDEN, "The same alert is silent until this long without a firing.", 1800.0)
    pages: Id | None = told(ROLES, "Role that it rings; the tech lead when left out.", None)
    calls_for: tuple[PracticeId, ...] = told(FACILITATOR, "Practices it gives a chance to show.", ())


class FaultSpec(Model):
    """A planted fault."""

    fault: Id = told(HIDDEN, "Id of a fault the simulator knows.")
    at: StoryTime = told(HIDDEN, "When it begins.")
    params: dict[str, Any] = told(HIDDEN, "Its own parameters; see the page of faults.", default_factory=dict)


class WorldSpec(Model):
    """Everything that is simulated."""

    services: tuple[ServiceSpec, ...] = told(
        ROLES, "Services and their call graph.", min_length=1, max_length=500
    )
    critical: Id = told(ROLES, "The service whose pool decides whether a request is answered in time.")
    sites: tuple[SiteSpec, ...] = told(ROLES, "Data centers.", min_length=1, max_length=50)
    traffic: TrafficSpec = told(ROLES, "Who calls, and when.")
    clients: ClientsSpec = told(HIDDEN, "What callers do without an answer.", default_factory=ClientsSpec)
    health: HealthSpec = told(ROLES, "Health checks and hold-down.", default_factory=HealthSpec)
    level: LevelSpec = told(ROLES, "When the service is degraded or down.", default_factory=LevelSpec)
    monitors: tuple[MonitorSpec, ...] = told(ROLES, "Rules that fire alerts.", (), max_length=100)
    faults: tuple[FaultSpec, ...] = told(HIDDEN, "What is planted.", (), max_length=100)
    limits: dict[str, float] = told(
        FACILITATOR,
        "Times and strengths of operations that differ, as `operation.field`.",
        default_factory=dict,
    )
    degraded_cost_frac: Annotated[float, Field(gt=0, le=1)] = told(
        HIDDEN, "Cost of a request in degraded mode, as share of the usual.", 0.70
    )
    preroll_min: Annotated[int, Field(ge=0, le=1440)] = told(
        FACILITATOR, "The world runs so many minutes before the story starts.", 90
    )
