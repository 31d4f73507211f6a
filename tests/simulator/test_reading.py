"""Readings show what instruments can see, and no more."""

from simulator import World
from tests.simulator.flagship_plan import flagship

MINUTE_MS = 60_000


def test_quiet_reading() -> None:
    """On a quiet night every primary site is up with a third of the traffic."""
    world = World(flagship(trigger=False), 1)
    world.advance(MINUTE_MS)
    reading = world.reading()
    assert (reading.level, reading.sites_in, reading.shed) == ("up", 3, ())
    assert [s.state for s in reading.sites] == ["up"] * 4
    assert [round(s.share_frac, 2) for s in reading.sites] == [0.33, 0.33, 0.33, 0.0]
    assert all(s.p99_ms is not None and s.p99_ms < 1000 for s in reading.sites if not s.standby)
    assert len(reading.site("dc1").services) == 8


def test_fallen_reading() -> None:
    """After both falls two sites are down and held, the level is degraded, and the clock runs."""
    world = World(flagship(), 1)
    world.advance(45 * MINUTE_MS)
    reading = world.reading()
    assert [s.state for s in reading.sites] == ["down", "down", "up", "up"]
    assert reading.site("dc1").detail == "held out"
    assert reading.level == "degraded"
    assert reading.sla_due_ms is not None
    assert reading.sla_started_ms is not None
    assert reading.sla_due_ms - reading.sla_started_ms == 6 * 3_600_000
    assert reading.burn_rate > 14.4
    assert 0.9 < reading.site("dc3").share_frac < 0.95


def test_callers_show_what_they_call() -> None:
    """When the critical pool is slow, what calls it is slow as well; what does not is not."""
    world = World(flagship(), 1)
    while world.reading().site("dc1").services[0].error_frac < 0.05 and world.now_ms < 8 * MINUTE_MS:
        world.meet(world.now_ms + 1000)
    states = {s.id: s.error_frac for s in world.reading().site("dc1").services}
    assert min(states[i] for i in ("edge", "web", "checkout")) >= 0.05
    assert max(states[i] for i in ("search", "login", "data")) < 0.01


def test_heap_is_not_shown() -> None:
    """No field of a reading knows the heap: host memory looks the same with a full one as an empty one."""
    world = World(flagship(), 1)
    world.advance(4 * MINUTE_MS)
    leaking, clean = world.reading().site("dc1"), world.reading().site("dc3")
    assert world.truth()["sites"]["dc1"]["heap"] > 0.9
    assert leaking.host_memory_frac == clean.host_memory_frac
    assert not [name for name in leaking.__dataclass_fields__ if "heap" in name]
