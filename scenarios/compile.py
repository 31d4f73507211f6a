"""From a scenario's world to the plan that the simulator runs."""

from __future__ import annotations

from scenarios.schema.response import ChangeLine, Sla
from scenarios.schema.world import ServiceSpec, TrafficSpec, WorldSpec
from scenarios.times import StoryClock
from simulator.plan import (
    Cache,
    ChangePlan,
    Clients,
    FaultPlan,
    Health,
    Heap,
    Index,
    MonitorPlan,
    OperationLimits,
    ServiceLevel,
    ServicePlan,
    SitePlan,
    Traffic,
    TrafficClass,
    WorldPlan,
)


def world_plan(
    id_: str, world: WorldSpec, sla: Sla, changes: tuple[ChangeLine, ...], clock: StoryClock
) -> WorldPlan:
    """Give everything the world is made of, apart from its seed."""
    return WorldPlan(
        id=id_,
        services=tuple(_service(spec) for spec in world.services),
        sites=tuple(SitePlan(**spec.model_dump()) for spec in world.sites),
        traffic=_traffic(world.traffic),
        entry=world.critical,
        clients=Clients(**world.clients.model_dump()),
        health=Health(**world.health.model_dump()),
        level=ServiceLevel(
            **world.level.model_dump(), restore_s=sla.restore_min * 60.0, slo_frac=sla.slo_frac
        ),
        monitors=tuple(
            MonitorPlan(m.id, m.kind, m.severity, m.title, dict(m.params), m.quiet_s) for m in world.monitors
        ),
        faults=tuple(FaultPlan(f.fault, clock.at(f.at) / 1000, dict(f.params)) for f in world.faults),
        changes=tuple(_change(line, clock) for line in changes),
        limits=OperationLimits(dict(world.limits)),
        degraded_cost_frac=world.degraded_cost_frac,
        preroll_s=world.preroll_min * 60.0,
        duration_s=clock.minutes * 60.0,
        hour_at_start=clock.hour,
    )


def _service(spec: ServiceSpec) -> ServicePlan:
    return ServicePlan(
        id=spec.id,
        title=spec.title,
        workers=spec.workers,
        rate_rps=spec.rate_rps,
        visits=spec.visits,
        queue_s=spec.queue_s,
        calls=spec.calls,
        cache=Cache(**spec.cache.model_dump()) if spec.cache else None,
        heap=Heap(**spec.heap.model_dump()) if spec.heap else None,
        index=Index(**spec.index.model_dump()) if spec.index else None,
    )


def _traffic(spec: TrafficSpec) -> Traffic:
    return Traffic(
        peak_rps=spec.peak_rps,
        classes=tuple(TrafficClass(**each.model_dump()) for each in spec.classes),
        profile=tuple((point.hour, point.frac) for point in spec.day),
        day_spread_frac=spec.day_spread_frac,
        minute_sd_frac=spec.minute_sd_frac,
    )


def _change(line: ChangeLine, clock: StoryClock) -> ChangePlan:
    return ChangePlan(line.id, clock.at(line.at) / 1000, line.site, line.service, line.text, line.who)
