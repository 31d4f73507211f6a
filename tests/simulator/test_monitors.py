"""Monitors fire by their rule, stay silent while it goes on, and clear."""

from dataclasses import replace

import pytest

from simulator import BadPlan, Happening, World
from simulator.plan import MonitorPlan
from tests.simulator.flagship_plan import MONITORS, flagship

MINUTE_MS = 60_000


def alerts(world: World) -> list[Happening]:
    """All alerts that fired and cleared since the last look."""
    return [h for h in world.drain() if h.kind.startswith("alert.")]


def test_site_alert_once_for_all_flaps() -> None:
    """A site that flaps fires once; the alert's facts name the site and what carries the traffic."""
    world = World(flagship(), 1)
    world.advance(15 * MINUTE_MS)
    fired = alerts(world)
    assert [(h.about, h.data["severity"], h.data["site"]) for h in fired] == [("dc1_down", "page", "dc1")]
    assert fired[0].data["title"] == "Larder DC1 down: 3 of 3 health checks failing"
    assert fired[0].data["facts"]["sites_in"] == ["dc2", "dc3", "s0"]


def test_facts_foresee_the_carrier() -> None:
    """When DC2 falls, the alert tells what load DC3 is about to carry."""
    world = World(flagship(), 1)
    world.advance(28 * MINUTE_MS)
    facts = alerts(world)[-1].data["facts"]
    assert facts["carrier"] == "DC3"
    assert 40 <= facts["load"] <= 55


def test_alerts_clear() -> None:
    """An alert clears once its site has been back, or its load low, for ten minutes."""
    world = World(flagship(), 1)
    world.advance(480 * MINUTE_MS)
    cleared = [h.about for h in alerts(world) if h.kind == "alert.cleared"]
    assert cleared == ["dc3_saturation"]


def test_threshold() -> None:
    """A threshold on load fires for each site above it, after its time."""
    rule = MonitorPlan(
        "busy", "threshold", "warn", "{site} is busy", {"load_above_frac": 0.4, "for_s": 600.0}
    )
    world = World(flagship(trigger=False, monitors=(*MONITORS, rule)), 1)
    world.advance(600 * MINUTE_MS)
    assert {h.about for h in alerts(world)} == {"dc1_busy", "dc2_busy", "dc3_busy"}


def test_unknown_kind_is_refused() -> None:
    """A monitor of an unknown kind is refused with the kinds there are."""
    odd = replace(MONITORS[0], kind="smell")
    with pytest.raises(BadPlan, match="unknown kind 'smell'; choose one of fast_burn"):
        World(flagship(monitors=(odd,)), 1)
