"""Health checks, ejection, and the hold-down that follows flapping."""

from __future__ import annotations

from simulator.monitors import Monitors
from simulator.plan import Health
from simulator.site import Site
from simulator.state import State


def probe(state: State, plan: Health) -> bool:
    """One round of checks at all watched sites; whether rotation changed (the caller reroutes).

    Checks run at the end of a step. In long steps nothing is pending and every check would pass, so one
    speaks for all.
    """
    changed = False
    for site in state.sites:
        if not site.watched:
            continue
        failed = site.lost_power or state.now_s <= site.down_until_s or _slow(site, plan)
        if failed:
            site.fails += 1
            site.passes = 0
        else:
            site.passes += 1
            site.fails = 0
        if site.in_rotation and site.fails >= plan.fail_count:
            changed = True
            _eject(state, site, plan)
        elif not site.in_rotation and site.passes >= plan.pass_count:
            changed = True
            site.in_rotation = True
            site.fails = 0
            site.since_s = state.now_s
    return changed


def report(state: State, before: list[bool], plan: Health, monitors: Monitors) -> None:
    """Tell what the last round of checks changed, once traffic has been spread anew."""
    for site, was_in in zip(state.sites, before, strict=True):
        if was_in and not site.in_rotation:
            data = {"fails": site.fails, "of": plan.fail_count, "flaps": len(site.ejections)}
            state.tell("site.ejected", site.id, data)
            monitors.site_ejected(state, site)
            if site.held:
                state.tell("site.held", site.id, {"by": "hold-down after flapping"})
            if site.down_until_s == state.now_s + int(plan.restart_s):
                state.tell("site.restarted", site.id, {"by": "supervisor", "seconds": plan.restart_s})
            site.fails = 0
        elif not was_in and site.in_rotation:
            site.warm_rps = 0.0
            told = {"weight_frac": site.weight_frac, "share_frac": round(site.share, 4)}
            state.tell("site.admitted", site.id, told)


def pending(state: State) -> bool:
    """Whether a check is about to change something, so that steps must stay short."""
    return any(
        state.now_s < s.burst_until_s or (s.watched and (s.fails or not s.in_rotation)) for s in state.sites
    )


def _slow(site: Site, plan: Health) -> bool:
    late = site.pool.late if not site.side_late else 1.0 - (1.0 - site.pool.late) * (1.0 - site.side_late)
    return late > plan.bad_share


def _eject(state: State, site: Site, plan: Health) -> None:
    now = state.now_s
    site.in_rotation = False
    site.passes = 0
    site.catching_up = False
    site.ejections = [t for t in site.ejections if now - t < plan.hold_window_s] + [now]
    site.since_s = site.last_out_s = now
    if any(p.heap > p.restart_above for p in site.pools()):
        site.restart(now, plan.restart_s)
    if len(site.ejections) >= plan.hold_after:
        site.held = True
    state.level.troubled = True
