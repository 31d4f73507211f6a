"""Faults: what they set off, and how they end."""

import pytest

from simulator import World
from simulator.plan import FaultPlan
from tests.simulator.flagship_plan import LEAK, flagship

MINUTE_MS = 60_000


def with_faults(*faults: FaultPlan) -> World:
    """The flagship's world with other faults."""
    return World(flagship(faults=faults), 1)


def deployed(world: World) -> list[str]:
    """Sites that got the release, in order."""
    return [h.about for h in world.drain() if h.kind == "change.deployed"]


def test_memory_leak_waves() -> None:
    """The release goes to DC1 and DC2 by the timer; DC3's wave waits for a clean hour that never comes."""
    world = World(flagship(), 1)
    world.advance(1800 * MINUTE_MS)
    assert deployed(world) == ["dc1", "dc2"]


def test_memory_leak_gate_opens() -> None:
    """Where all sites stay in rotation for an hour, the gated wave goes out."""
    slow = FaultPlan("memory_leak", -3600.0, {**LEAK.params, "headroom_requests": 1e9})
    world = with_faults(slow)
    world.advance(90 * MINUTE_MS)
    assert deployed(world) == ["dc1", "dc2", "dc3"]


def test_memory_leak_in_another_service() -> None:
    """A leak in a service beside the critical one fills its heap too, and slows it."""
    params = {**LEAK.params, "service": "stock", "headroom_requests": 0.5e6}
    plan = flagship(faults=(FaultPlan("memory_leak", -3600.0, params),))
    world = World(plan, 1)
    world.advance(20 * MINUTE_MS)
    assert [h.about for h in world.drain() if h.kind == "site.restarted"]


def test_site_loss_comes_back_cold() -> None:
    """A lost site is ejected within seconds, and returns cold and lagging when power does."""
    world = with_faults(FaultPlan("site_loss", 600.0, {"site": "dc2", "lasts_s": 1200.0}))
    world.advance(11 * MINUTE_MS)
    assert world.reading().site("dc2").detail == "no power"
    assert [h.kind for h in world.drain() if h.about == "dc2"] == ["site.down", "site.ejected"]
    world.advance(32 * MINUTE_MS)
    site = world.reading().site("dc2")
    assert site.detail != "no power"
    assert site.cache_hit_frac < 0.2


def test_traffic_surge_ramps() -> None:
    """Traffic doubles over the ramp and falls back after its time."""
    world = with_faults(
        FaultPlan("traffic_surge", 600.0, {"factor": 2.0, "lasts_s": 1800.0, "ramp_s": 300.0})
    )
    usual = World(flagship(trigger=False), 1)
    for w in (world, usual):
        w.advance(60 * MINUTE_MS)
    ratio = world.metrics["fresh"] / usual.metrics["fresh"]
    at = {int(t) // MINUTE_MS: r for t, r in zip(world.metrics["t_ms"], ratio, strict=True)}
    assert at[5] == pytest.approx(1.0, abs=0.01)
    assert at[25] == pytest.approx(2.0, abs=0.05)
    assert at[55] == pytest.approx(1.0, abs=0.05)
