"""Faults: what they set off, and how they end."""

import pytest

from simulator import World
from simulator.errors import BadPlan
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


def test_pinned_printer_follows_its_site() -> None:
    """It is broken exactly while its site is out of rotation, and is meant by its title too."""
    world = with_faults(
        FaultPlan("site_loss", 600.0, {"site": "dc2", "lasts_s": 1200.0}),
        FaultPlan("pinned_printer", -3600.0, {"site": "dc2", "title": "Gate 4 printer"}),
    )
    seen = []
    for minute in (5, 15, 40):
        world.advance(minute * MINUTE_MS)
        seen.append((world.present("pinned_printer"), world.present("Gate 4 printer")))
    assert seen[:2] == [(False, False), (True, True)]
    assert seen[2][0] != world.state.site("dc2").in_rotation


def test_stale_shard_waits_for_a_lost_index() -> None:
    """It bites from the first lost index on, whatever becomes of the sites, and not without one."""
    shard = FaultPlan("stale_shard", -3600.0, {"service": "checkout"})
    lost = with_faults(FaultPlan("site_loss", 600.0, {"site": "dc2"}), shard)
    kept = with_faults(shard)
    for world in (lost, kept):
        world.advance(120 * MINUTE_MS)
        assert not world.present("stale_shard")
        world.advance(600 * MINUTE_MS)
    assert (lost.present("stale_shard"), kept.present("stale_shard")) == (True, False)


def test_present_survives_a_snapshot() -> None:
    """What a fault stands at belongs to the state: a restored world knows it, and its truth says so."""
    plan = flagship(faults=(LEAK, FaultPlan("stale_shard", -3600.0, {"service": "checkout"})))
    world = World(plan, 1)
    world.advance(130 * MINUTE_MS)
    copy = World.restore(plan, 1, world.snapshot())
    assert [each["present"] for each in copy.truth()["faults"]] == [True, True]
    assert copy.digest() == world.digest()
    copy.state.planted[1] = "rebuilt"
    assert copy.digest() != world.digest()
    assert not copy.present("no such fault")


@pytest.mark.parametrize(
    ("fault", "params", "words"),
    [
        ("pinned_printer", {"site": "dc9"}, "pinned_printer.site: unknown 'dc9', known: dc1"),
        ("stale_shard", {"service": "mail"}, "stale_shard.service: unknown 'mail'"),
        ("stale_shard", {"service": "web"}, "web has no index"),
    ],
)
def test_residues_need_what_they_are_about(fault: str, params: dict[str, str], words: str) -> None:
    """A residue names a site, or a service with an index, that is there."""
    with pytest.raises(BadPlan, match=words):
        with_faults(FaultPlan(fault, 0.0, params))


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
