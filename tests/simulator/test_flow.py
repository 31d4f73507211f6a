"""Requests are neither made nor lost on their way."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import World
from simulator.plan import Clients
from tests.simulator.flagship_plan import flagship

HOUR_MS = 3_600_000


def inside(world: World) -> float:
    """First attempts that are still being tried."""
    return sum(sum(p.waiting) + sum(p.pausing) for p in world.state.clients.pools())


def totals(world: World) -> dict[str, float]:
    """Sums over the whole run so far, the running minute included."""
    m, tally = world.metrics, world.state.tally
    names = ("fresh", "good", "shed", "lost")
    return {n: float(m[n].sum()) + getattr(tally, n) for n in names}


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 35))
def test_flow_conserves_requests(seed: int, minutes: int) -> None:
    """Every first attempt is answered in time, shed, given up, or still trying."""
    world = World(flagship(), seed, max_step_s=5)
    world.advance(minutes * 60_000)
    t = totals(world)
    assert t["good"] + t["shed"] + t["lost"] + inside(world) == pytest.approx(t["fresh"], rel=1e-9)


@pytest.mark.parametrize(
    "clients", [{"retries": 0}, {"retries": 1}, {"pinned_frac": 0.0}, {"budget_frac": 0.1}]
)
def test_flow_conserves_requests_for_other_clients(clients: dict[str, Any]) -> None:
    """The same holds for clients who do not retry, retry once, have no home, or a budget."""
    world = World(flagship(clients=replace(Clients(), **clients)), 1, max_step_s=5)
    world.advance(40 * 60_000)
    t = totals(world)
    assert t["good"] + t["shed"] + t["lost"] + inside(world) == pytest.approx(t["fresh"], rel=1e-9)


def test_flow_conserves_requests_at_a_reserved_standby() -> None:
    """The same holds where the standby is alone and admits only some."""
    world = World(flagship(trigger=False), 1, max_step_s=5)
    world.controls.reserve_standby(on=True)
    for site in world.state.sites[:3]:
        world.controls.hold(site, "test")
    world.advance(20 * 60_000)
    t = totals(world)
    assert t["lost"] > 0.5 * t["fresh"] / 6
    assert t["good"] + t["shed"] + t["lost"] + inside(world) == pytest.approx(t["fresh"], rel=1e-9)


def test_shares_sum_to_one() -> None:
    """As long as a site is in rotation, the sites' shares of the traffic sum to one."""
    world = World(flagship(), 1)
    for minute in range(1, 60):
        world.advance(minute * 60_000)
        assert sum(s.share for s in world.state.sites) == pytest.approx(1.0)


def test_day_profile() -> None:
    """Traffic follows the day: at noon it is near the peak, at four in the morning a quarter of it."""
    world = World(flagship(trigger=False), 3)
    world.advance(24 * HOUR_MS)
    t_ms, fresh = world.metrics["t_ms"], world.metrics["fresh"] / 60.0
    noon = fresh[(t_ms > 8.75 * HOUR_MS) & (t_ms < 9.25 * HOUR_MS)].mean()
    night = fresh[(t_ms > 0.75 * HOUR_MS) & (t_ms < 1.25 * HOUR_MS)].mean()
    assert noon == pytest.approx(3000.0, rel=0.06)
    assert night / noon == pytest.approx(0.25, rel=0.06)


def test_other_services_have_room() -> None:
    """On a quiet day no service but the critical one is more than half busy."""
    world = World(flagship(trigger=False), 3)
    for hour in range(1, 25):
        world.advance(hour * HOUR_MS)
        assert all(p.load < 0.5 for s in world.state.sites for p in s.side)


def test_a_full_side_service_fails_requests() -> None:
    """The other services are real: when one has too few workers, its callers get no answer."""
    plan = flagship(trigger=False)
    narrow = tuple(replace(s, workers=6) if s.id == "data" else s for s in plan.services)
    world = World(replace(plan, services=narrow), 3)
    world.advance(HOUR_MS)
    assert world.metrics.last("served_frac") < 0.9
    assert {s.id for s in world.reading().site("dc1").services if s.state != "up"} >= {"data", "web", "edge"}
