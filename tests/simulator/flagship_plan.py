"""The flagship's world, built by hand: the numbers of its physics page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator.plan import (
    Cache,
    Clients,
    FaultPlan,
    Heap,
    Index,
    MonitorPlan,
    ServiceLevel,
    ServicePlan,
    SitePlan,
    Traffic,
    TrafficClass,
    WorldPlan,
)

PROFILE = (
    (0.0, 0.40), (1.0, 0.31), (2.0, 0.27), (3.0, 0.26), (4.0, 0.25), (5.0, 0.28), (6.0, 0.36), (6.5, 0.43),
    (7.0, 0.52), (7.5, 0.62), (8.0, 0.72), (8.5, 0.80), (9.0, 0.86), (10.0, 0.93), (12.0, 1.0), (14.0, 0.97),
    (17.0, 0.93), (19.0, 0.97), (20.0, 0.98), (21.0, 0.92), (22.0, 0.78), (23.0, 0.58), (24.0, 0.40),
)  # fmt: skip
CLASSES = (
    TrafficClass("checkout", "checkout", 0.10, customers=True, essential=True),
    TrafficClass("browse", "browsing", 0.55, customers=True),
    TrafficClass("background", "background and partners", 0.20),
    TrafficClass("crawler", "crawlers", 0.15),
)
CRITICAL = ServicePlan(
    "checkout", "Checkout", workers=180, rate_rps=10.0, queue_s=3.0, calls=("stock", "data"),
    cache=Cache(), heap=Heap(), index=Index(),
)  # fmt: skip
SIDE = (
    ServicePlan("edge", "Edge", workers=60, rate_rps=45.0, calls=("web", "login")),
    ServicePlan("web", "Web", workers=90, rate_rps=30.0, calls=("search", "basket", "checkout")),
    ServicePlan("search", "Search", workers=120, rate_rps=20.0, visits=0.8, calls=("data",)),
    ServicePlan("basket", "Basket", workers=50, rate_rps=30.0, visits=0.5, calls=("stock",)),
    ServicePlan("login", "Login", workers=20, rate_rps=40.0, visits=0.3, calls=("data",)),
    ServicePlan("stock", "Stock", workers=60, rate_rps=40.0, visits=0.9, calls=("data",)),
    ServicePlan("data", "Data", workers=100, rate_rps=60.0, visits=2.0),
)
SITES = (
    SitePlan("dc1", "DC1"),
    SitePlan("dc2", "DC2"),
    SitePlan("dc3", "DC3"),
    SitePlan("s0", "S0", size_frac=0.25, standby=True, start_warmth=0.6),
)
MONITORS = (
    MonitorPlan("down", "site_down", "page", "Larder {site} down: {failing} health checks failing"),
    MonitorPlan(
        "saturation", "saturation", "page", "Larder {site} saturation: load {load} %, 15 min ago {load15} %"
    ),
    MonitorPlan("standby_down", "standby_down", "page", "Larder standby down"),
    MonitorPlan("fast_burn", "fast_burn", "page", "Larder burns its error budget fast"),
    MonitorPlan("slow_burn", "slow_burn", "ticket", "Larder burns its error budget"),
    MonitorPlan("index_lag", "index_lag", "ticket", "Larder {site}: index lag over 2 h", quiet_s=10**9),
)
LEAK = FaultPlan(
    "memory_leak",
    -3600.0,
    {
        "service": "checkout",
        "sites": ("dc1", "dc2", "dc3"),
        "change": "bundle-offers 4.12",
        "holder": "BundleOfferCache",
    },
)


def flagship(*, trigger: bool = True, critical: dict[str, Any] | None = None, **changes: Any) -> WorldPlan:
    """The flagship's plan, or a variation of it."""
    services = (replace(CRITICAL, **(critical or {})), *SIDE)
    plan = WorldPlan(
        id="flagship",
        services=services,
        sites=SITES,
        traffic=Traffic(peak_rps=3000.0, classes=CLASSES, profile=PROFILE),
        entry="checkout",
        clients=Clients(),
        level=ServiceLevel(id="larder", title="Larder"),
        monitors=MONITORS,
        faults=(LEAK,) if trigger else (),
    )
    return replace(plan, **changes)
