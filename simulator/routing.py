"""How the edge spreads traffic over the sites."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.det import plain_sum
from simulator.plan import WorldPlan
from simulator.site import Site


def shares(sites: Sequence[Site], standby_share_frac: float) -> list[float]:
    """Each site's part of the traffic, by size and weight.

    The standby joins when fewer than two primaries are in.
    """
    parts = [s.pool.workers * s.weight_frac if s.in_rotation and not s.standby else 0.0 for s in sites]
    primaries = sum(1 for s in sites if s.in_rotation and not s.standby)
    total = plain_sum(parts)
    if primaries < 2:
        for i, site in enumerate(sites):
            if site.standby and site.in_rotation:
                parts[i] = total * standby_share_frac / (1.0 - standby_share_frac) if primaries else 1.0
        total = plain_sum(parts)
    return [p / total for p in parts] if total > 0.0 else [0.0] * len(parts)


def reroute(plan: WorldPlan, sites: Sequence[Site], now_s: int) -> None:
    """Spread the traffic anew, and let the sites feel it.

    A site whose share grows meets keys it never cached; one that had no traffic first restores its sessions.
    """
    standby = next((s.standby_share_frac for s in plan.sites if s.standby), 0.0)
    for site, share in zip(sites, shares(sites, standby), strict=True):
        overlap = _overlap(plan)
        if share > site.share > 0.0:
            site.pool.warmth *= overlap + (1.0 - overlap) * site.share / share
        if site.share == 0.0 < share:
            site.burst_factor = 1.0 + plan.health.session_cost
            site.burst_until_s = now_s + int(plan.health.session_s)
        site.share = share


def _overlap(plan: WorldPlan) -> float:
    entry = next(s for s in plan.services if s.id == plan.entry)
    return entry.cache.overlap_frac if entry.cache else 1.0
