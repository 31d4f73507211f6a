"""Rules that fire alerts.

A monitor knows what instruments show, never the cause: the host's memory, not the heap.
Burn rates follow "The Site Reliability Workbook" (Beyer et al., 2018), chapter 5, several windows at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.det import plain_sum
from simulator.errors import BadPlan

if TYPE_CHECKING:
    from simulator.plan import MonitorPlan, WorldPlan
    from simulator.site import Site
    from simulator.state import State

_CLEAR_S = 600
_OLD_MINUTES = 360
_OLD_REQUESTS = 50_000.0


@dataclass(slots=True)
class AlertState:
    """What fired, what holds, and the sums that burn rates need.

    Args:
        rang: by alert id, when its rule last held; silent until quiet for long enough.
        open: by alert id, while it is open: when its rule last held, its monitor, its site or "".
        above_since: by alert id, since when a value has been over its limit.
        burned: running sums of (lost, admitted) first attempts, one a minute.
    """

    rang: dict[str, int] = field(default_factory=dict)
    open: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    above_since: dict[str, int] = field(default_factory=dict)
    burned: list[tuple[float, float]] = field(
        default_factory=lambda: [(0.0, i * _OLD_REQUESTS) for i in range(_OLD_MINUTES + 1)]
    )
    fast_burn_s: int = -1_000_000_000


class Facts(dict[str, Any]):
    """Facts for a title: what is missing shows as a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"


class Monitors:
    """The monitors of a plan; the state is handed in.

    Alert ids: the monitor's id, with `{site}` filled in; a monitor that watches every site and does not
    name it gets `<site>_` in front (`down` fires `dc2_down`).
    """

    def __init__(self, plan: WorldPlan) -> None:
        self._plan = plan
        self._by_kind: dict[str, list[MonitorPlan]] = {}
        for monitor in plan.monitors:
            if monitor.kind not in KINDS:
                known = ", ".join(sorted(KINDS))
                raise BadPlan(f"monitor {monitor.id}: unknown kind {monitor.kind!r}; choose one of {known}")
            self._by_kind.setdefault(monitor.kind, []).append(monitor)
        self._saturation = self._by_kind.get("saturation", [])
        self._threshold = self._by_kind.get("threshold", [])
        self._monitors = {m.id: m for m in plan.monitors}

    def site_ejected(self, state: State, site: Site) -> None:
        """Health checks took a site out."""
        for monitor in self._by_kind.get("standby_down" if site.standby else "site_down", []):
            self._fire(state, monitor, site)

    def index_lost(self, state: State, site: Site) -> None:
        """A site's index is too old to catch up."""
        for monitor in self._by_kind.get("index_lag", []):
            self._fire(state, monitor, site)

    def after_step(self, state: State) -> None:
        """Rules on load, looked at after every step."""
        for monitor in self._saturation:
            above = monitor.params.get("load_above_frac", 0.85)
            share = monitor.params.get("share_above_frac", 0.20)
            for_s = monitor.params.get("for_s", 300.0)
            for site in state.sites:
                over = site.in_rotation and not site.standby and site.share > share and site.pool.load > above
                if self._long(state, alert_id(monitor, site), over, for_s):
                    self._fire(state, monitor, site)

    def after_minute(self, state: State) -> None:
        """Rules on whole minutes: burn rates, thresholds, and alerts that may be cleared."""
        self._burn(state)
        for monitor in self._threshold:
            self._look(state, monitor)
        self._clear(state)

    def _burn(self, state: State) -> None:
        budget = 1.0 - self._plan.level.slo_frac
        alerts, now = state.alerts, state.now_s
        for monitor in self._by_kind.get("fast_burn", []):
            rate = monitor.params.get("rate", 14.4) * budget
            if min(lost_frac(alerts, 5), lost_frac(alerts, 60)) > rate:
                alerts.fast_burn_s = now
                self._fire(state, monitor, None)
        for monitor in self._by_kind.get("slow_burn", []):
            rate = monitor.params.get("rate", 6.0) * budget
            quiet_s = monitor.params.get("after_fast_s", 3600.0)
            looks = now - alerts.fast_burn_s > quiet_s and now % 300 == 0
            if looks and min(lost_frac(alerts, 30), lost_frac(alerts, 360)) > rate:
                self._fire(state, monitor, None)

    def _look(self, state: State, monitor: MonitorPlan) -> None:
        params, metrics = monitor.params, state.metrics
        for_s = params.get("for_s", 300.0)
        if "served_below_frac" in params:
            low = metrics.last("served_frac", 1.0) < params["served_below_frac"]
            if self._long(state, monitor.id, low, for_s):
                self._fire(state, monitor, None)
        for site in state.sites:
            load = site.in_rotation and site.pool.load > params.get("load_above_frac", 1e9)
            slow = metrics.last(f"{site.id}.p99_ms") > params.get("p99_above_ms", 1e12)
            if self._long(state, alert_id(monitor, site), bool(load or slow), for_s):
                self._fire(state, monitor, site)

    def _long(self, state: State, alert: str, over: bool, for_s: float) -> bool:
        since = state.alerts.above_since
        if not over:
            since.pop(alert, None)
            return False
        return state.now_s - since.setdefault(alert, state.now_s) >= for_s

    def _fire(self, state: State, monitor: MonitorPlan, site: Site | None) -> None:
        alert = alert_id(monitor, site)
        alerts, now = state.alerts, state.now_s
        silent = alert in alerts.rang and now - alerts.rang[alert] < monitor.quiet_s
        alerts.rang[alert] = now
        alerts.open[alert] = (now, monitor.id, site.id if site else "")
        if silent:
            return
        facts = gather(state, site)
        title = monitor.title.format_map(Facts(facts))
        data = {
            "alert": alert,
            "monitor": monitor.id,
            "title": title,
            "severity": monitor.severity,
            "site": site.id if site else None,
            "facts": facts,
        }
        state.tell("alert.fired", alert, data)

    def _clear(self, state: State) -> None:
        alerts, now = state.alerts, state.now_s
        for alert, (held_s, monitor_id, site_id) in list(alerts.open.items()):
            monitor = self._monitors[monitor_id]
            site = state.site(site_id) if site_id else None
            if site is not None and _holds(monitor, site):
                alerts.open[alert] = (now, monitor_id, site_id)
            elif now - held_s >= _CLEAR_S:
                del alerts.open[alert]
                data = {"alert": alert, "monitor": monitor_id, "severity": monitor.severity}
                state.tell("alert.cleared", alert, {**data, "site": site_id or None})


def _holds(monitor: MonitorPlan, site: Site) -> bool:
    """Whether what a site's alert told of is still so, for rules that fire on a moment."""
    if monitor.kind in ("site_down", "standby_down"):
        return not site.in_rotation
    return monitor.kind == "index_lag" and site.index_lost


def alert_id(monitor: MonitorPlan, site: Site | None) -> str:
    """The id of an alert of this monitor at this site."""
    if site is None or monitor.kind == "standby_down":
        return monitor.id
    if "{site}" in monitor.id:
        return monitor.id.replace("{site}", site.id)
    return f"{site.id}_{monitor.id}"


def lost_frac(alerts: AlertState, minutes: int) -> float:
    """Part of the admitted first attempts lost in the last minutes."""
    sums = alerts.burned
    lost, admitted = sums[-1]
    before_lost, before = sums[max(0, len(sums) - 1 - minutes)]
    return (lost - before_lost) / max(1.0, admitted - before)


def carrier(state: State) -> Site | None:
    """The site in rotation with the largest share, if any."""
    serving = [s for s in state.sites if s.in_rotation and s.share > 0.0]
    return max(serving, key=lambda s: s.share, default=None)


def expected_load(state: State, site: Site) -> float:
    """Load of a site once the routing of this moment has taken hold, retries of the last step left out."""
    flow = plain_sum(s.first_rps for s in state.sites)
    return flow * site.share / site.pool.capacity_rps if site.pool.capacity_rps else 0.0


def gather(state: State, site: Site | None) -> dict[str, Any]:
    """What an alert says: plain facts that the instruments show at this moment."""
    main = carrier(state)
    facts: dict[str, Any] = {
        "sites_in": [s.id for s in state.sites if s.in_rotation],
        "sites_out": [s.id for s in state.sites if not s.in_rotation],
        "served_pct": round(100.0 * state.metrics.last("served_frac", 1.0), 1),
    }
    if main is not None:
        facts["carrier"] = main.title
        facts["carrier_load_pct"] = round(100.0 * expected_load(state, main))
    if site is None:
        facts["load"] = facts.get("carrier_load_pct", 0)
        return facts
    facts["site"] = site.title
    facts["since_ms"] = state.now_s * 1000
    if site.in_rotation:
        facts["load"] = round(100.0 * site.pool.load)
        facts["load15"] = round(100.0 * state.metrics.last(f"{site.id}.load", back=15))
        facts["share_pct"] = round(100.0 * site.share)
    else:
        facts["load"] = facts.get("carrier_load_pct", 0)
        facts["failing"] = f"{site.fails} of {site.fails}"
    facts["lag_min"] = round(site.lag_s / 60.0)
    return facts


KINDS: Mapping[str, str] = {
    "site_down": "health checks ejected a primary site",
    "saturation": "load_above_frac (.85) of a primary with share_above_frac (.2) for for_s (300)",
    "standby_down": "health checks ejected the standby",
    "fast_burn": "5 min and 1 h both lose more than rate (14.4) times the error budget",
    "slow_burn": "30 min and 6 h lose more than rate (6) budgets, after_fast_s (3600) after a fast burn",
    "index_lag": "an index lost its place in the change stream",
    "threshold": "load_above_frac, p99_above_ms of a site, or served_below_frac, for for_s (300)",
}
