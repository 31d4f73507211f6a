"""What is reckoned at the end of every minute: metrics, level, clocks, marks of the outage."""

from __future__ import annotations

from simulator.agenda import Agenda, Wake
from simulator.det import plain_sum
from simulator.level import LEVELS, minute_class, next_level
from simulator.monitors import Monitors
from simulator.plan import WorldPlan
from simulator.site import Site
from simulator.state import State

_TOTAL_OUTAGE_FRAC = 0.10
_SERVED_AGAIN_FRAC = 0.50


class Minutes:
    """The rules of the minute for one plan; the state is handed in."""

    def __init__(self, plan: WorldPlan, monitors: Monitors, agenda: Agenda) -> None:
        self._plan = plan
        self._monitors = monitors
        self._agenda = agenda
        classes = plan.traffic.classes
        self._customers = [(i, c.share) for i, c in enumerate(classes) if c.customers]
        self._customer_share = plain_sum(share for _, share in self._customers) or 1.0
        self._essential = plain_sum(c.share for c in classes if c.essential and c.customers)

    def close(self, state: State, *, reserved: bool) -> None:
        """End a minute."""
        fresh, good, shed, lost, degraded_s = state.tally.take()
        admitted = max(fresh - shed, 1e-9)
        answered = min(1.0, good / admitted) if admitted > 1.0 else 1.0
        kept = 1.0 - min(1.0, lost / admitted) if admitted > 1.0 else 1.0
        customers = self._customers_admitted(state, reserved=reserved)
        served = min(answered, customers) if reserved else answered * customers
        lost_frac = 1.0 - (served if reserved else kept * customers)
        sums = state.alerts.burned
        sums.append((sums[-1][0] + admitted - min(good, admitted), sums[-1][1] + admitted))
        row = [
            state.now_s * 1000.0,
            fresh,
            good,
            shed,
            max(0.0, fresh - shed - good),
            lost,
            served,
            float(state.level.level),
            degraded_s,
            float(primaries_in(state)),
        ]
        for site in state.sites:
            row.extend(_site_row(site))
        state.metrics.append(row)
        self._level(state, lost_frac)
        self._outage(state, served)
        self._clock(state, degraded=degraded_s > 0.0)
        self._recovered(state)
        self._monitors.after_minute(state)

    def _customers_admitted(self, state: State, *, reserved: bool) -> float:
        if reserved:
            return self._essential / self._customer_share
        admit = state.edge.admit
        return plain_sum(share * admit[i] for i, share in self._customers) / self._customer_share

    def _level(self, state: State, lost_frac: float) -> None:
        plan, level = self._plan.level, state.level
        level.recent = [*level.recent[-(plan.of_min - 1) :], minute_class(plan, lost_frac)]
        new = next_level(level.level, level.recent, plan.need_min, plan.of_min)
        if new == level.level:
            return
        data = {"level": LEVELS[new], "before": LEVELS[level.level]}
        level.level = new
        level.since_s = state.now_s
        state.tell("level.changed", plan.id, data)
        if new:
            level.troubled = True
            if level.sla_started_s is None:
                level.sla_started_s = state.now_s
                due_s = state.now_s + int(plan.restore_s)
                state.tell("sla.started", plan.id, {"due_ms": due_s * 1000})
                self._agenda.put(Wake(due_s, "sla", plan.id))

    def _outage(self, state: State, served: float) -> None:
        level, about = state.level, self._plan.level.id
        if level.outage_from_s is None and served < _TOTAL_OUTAGE_FRAC:
            level.outage_from_s = state.now_s - 60
            state.tell(
                "total_outage.began", about, {"served_frac": served, "from_ms": (state.now_s - 60) * 1000}
            )
        elif level.outage_from_s is not None and served >= _SERVED_AGAIN_FRAC:
            minutes = (state.now_s - level.outage_from_s) // 60
            level.outage_from_s = None
            state.tell("total_outage.ended", about, {"served_frac": served, "minutes": minutes})

    def _clock(self, state: State, *, degraded: bool) -> None:
        level = state.level
        two = primaries_in(state) >= 2 and level.level == 0
        level.two_sites_min = level.two_sites_min + 1 if two else 0
        if not level.sla_runs or level.level != 0:
            return
        enough = level.two_sites_min >= self._plan.level.two_sites_min
        if degraded or enough:
            by = "degraded mode" if degraded else "two sites"
            level.sla_stopped_s = state.now_s
            used_s = state.now_s - (level.sla_started_s or state.now_s)
            about = self._plan.level.id
            state.tell("mitigation.reached", about, {"by": by})
            state.tell("sla.stopped", about, {"by": by, "used_ms": used_s * 1000})

    def _recovered(self, state: State) -> None:
        level, edge = state.level, state.edge
        if not level.troubled or level.level != 0 or edge.degraded_mode or edge.reserve_standby:
            return
        if edge.cap_frac is not None or min(edge.admit) < 1.0 or not all(_whole(s) for s in state.sites):
            return
        level.troubled = False
        state.tell("recovered.reached", self._plan.level.id)


def primaries_in(state: State) -> int:
    """Primary sites in rotation."""
    return sum(1 for s in state.sites if s.in_rotation and not s.standby)


def _whole(site: Site) -> bool:
    """In rotation with its full share, index up to date, no faulty release."""
    return site.in_rotation and site.weight_frac >= 1.0 and site.lag_s < 60.0 and not site.release


def _site_row(site: Site) -> list[float]:
    pool = site.pool
    takes = site.share > 0.0 and pool.capacity_rps > 0.0 and pool.late < 1.0
    row = [
        site.share,
        pool.load,
        site.arriving_rps,
        pool.capacity_rps,
        1000.0 * (pool.quantile_s(0.01) if takes else pool.backlog_s),
        1000.0 * site.worst_wait_s,
        site.retry_rps / site.first_rps if site.first_rps > 1e-6 else 0.0,
        pool.late if site.share > 0.0 else 0.0,
        1.0 if site.in_rotation else 0.0,
        site.lag_s,
        pool.warmth,
        max(site.heap, site.worst_heap),
        round(site.pin_failed / site.pin_tried, 4) if site.pin_tried > 0.0 else 0.0,
    ]
    site.pin_tried = site.pin_failed = 0.0
    site.worst_heap = site.worst_wait_s = 0.0
    return row
