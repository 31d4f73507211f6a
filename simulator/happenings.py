"""What the world reports: one frozen record for each thing that happened in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Happening:
    """Something happened in the world.

    Args:
        kind: noun and past verb, `site.ejected`; the list is in `KINDS`.
        about: id of a site, alert, job, change or mode; the service's own id for its level.
        data: plain facts by name.
    """

    t_ms: int
    kind: str
    about: str
    data: Mapping[str, Any] = field(default_factory=dict)


KINDS: Mapping[str, str] = {
    "site.ejected": "health checks took a site out of rotation {fails, of, flaps}",
    "site.admitted": "health checks put a site into rotation {weight_frac, share_frac}",
    "site.held": "a site stays out until an operator re-admits it {by}",
    "site.drained": "an operator took a site out of rotation {by}",
    "site.restarted": "a site's processes start anew, cold {by, seconds}",
    "site.down": "a site lost power or network {by}",
    "site.powered": "a lost site has power and network again {by}",
    "site.warmed": "a site's cache is warm again while out of rotation {cache_hit_frac}",
    "index.lost": "an index lagged so far that its place in the change stream is gone {lag_s}",
    "index.rebuilt": "an index was built anew {}",
    "index.caught_up": "an index out of rotation has no lag left {}",
    "level.changed": "the service's level as users know it {level, before}",
    "sla.started": "the clock of the service level agreement runs {due_ms}",
    "sla.stopped": "it stopped {by, used_ms}",
    "sla.breached": "it ran out {due_ms}",
    "mitigation.reached": "users are served again, by whatever means {by}",
    "recovered.reached": "all sites, all classes, no mode left on {}",
    "total_outage.began": "fewer than one in ten customers' requests answered {served_frac}",
    "total_outage.ended": "half of the customers' requests answered again {served_frac, minutes}",
    "alert.fired": "a monitor's rule holds {alert, monitor, title, severity, site, facts}",
    "alert.cleared": "it has not held for a while {alert, monitor, severity, site}",
    "fault.began": "a planted fault begins {fault}; for scorer and facilitator only",
    "change.deployed": "a change reached a site {change, site, service, who}",
    "operation.started": "an operation began {job_id, operation, target, by, params}",
    "operation.progressed": "an operation entered a phase {job_id, operation, target, phase}",
    "operation.finished": "an operation ended {job_id, operation, target, result: done|failed, note}",
    "operation.judged": "what it did to the world {job_id, operation, target, effect, why}; scorer only",
    "mode.changed": "a switch of the edge {mode, on, ...}",
    "clients.repointed": "clients pinned to a site follow the weights from now on {}",
}
