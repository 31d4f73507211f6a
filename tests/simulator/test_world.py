"""A world goes on the same whoever asks, however often, stored or not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import BadPlan, OperationRefused, SimulatorError, World
from simulator.operations import parse
from simulator.plan import FaultPlan, OperationLimits, ServicePlan
from tests.simulator.flagship_plan import flagship

MINUTE_MS = 60_000
PLAN = flagship()


def acted(world: World) -> World:
    """A world in which operations run: one with phases, one open, one that was cancelled."""
    world.meet(13 * MINUTE_MS + 7_500)
    world.start(parse("roll_back", {"site": "dc1", "held": True}), "op-1", "david")
    world.start(parse("shed", {"traffic_class": "crawler"}), "op-2", "david")
    world.meet(23 * MINUTE_MS)
    world.start(parse("warm", {"site": "dc1", "rate_rps": 280.0}), "op-3", "david")
    world.start(parse("repoint", {"site": "dc1"}), "op-4", "david")
    world.meet(24 * MINUTE_MS + 11_000)
    world.cancel("op-4")
    return world


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 60 * MINUTE_MS), max_size=6))
def test_advance_is_composed(stops: list[int]) -> None:
    """Advancing in pieces is advancing at once: the choice of a step never depends on how far one asks."""
    pieces, whole = World(PLAN, 5), World(PLAN, 5)
    for stop in sorted(stops):
        pieces.advance(stop)
    pieces.advance(60 * MINUTE_MS)
    whole.advance(60 * MINUTE_MS)
    assert pieces.digest() == whole.digest()


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 120 * MINUTE_MS))
def test_restore_goes_on_equally(cut_ms: int) -> None:
    """A world that was stored and read back anywhere ends as the one that was not."""
    world = acted(World(PLAN, 2))
    world.advance(max(cut_ms, world.now_ms))
    copy = World.restore(PLAN, 2, world.snapshot())
    assert copy.digest() == world.digest()
    for w in (world, copy):
        w.advance(150 * MINUTE_MS)
        w.meet(w.now_ms + 1_000)
        w.start(parse("readmit", {"site": "dc1", "weight_frac": 0.1}), "op-9", "david")
        w.advance(200 * MINUTE_MS)
    assert copy.digest() == world.digest()
    assert [h.kind for h in copy.drain()] == [h.kind for h in world.drain()]


def test_same_seed_same_world() -> None:
    """Two worlds of one plan and seed are equal; another seed gives another."""
    a, b, other = (acted(World(PLAN, seed)) for seed in (2, 2, 3))
    assert a.digest() == b.digest()
    assert a.digest() != other.digest()


def test_meet_reaches_the_moment() -> None:
    """After meet the world stands at the first whole second not before it; advance never passes its goal."""
    world = World(PLAN, 1)
    world.advance(1_800_500)
    assert world.now_ms <= 1_800_500
    world.meet(1_900_200)
    assert world.now_ms == 1_901_000


def test_longest_step() -> None:
    """A world with short steps tells the same story as one with long ones, within a minute."""
    fine, coarse = World(PLAN, 1, max_step_s=1), World(PLAN, 1)
    for world in (fine, coarse):
        world.advance(30 * MINUTE_MS)
    story = [
        [(h.kind, h.about, h.t_ms) for h in w.drain() if h.kind.startswith("site.")] for w in (fine, coarse)
    ]
    assert [s[:2] for s in story[0]] == [s[:2] for s in story[1]]
    assert all(abs(a[2] - b[2]) <= MINUTE_MS for a, b in zip(*story, strict=True))


def test_no_trigger_no_story() -> None:
    """Without the fault nothing happens for thirty hours: no alert, no transition, all answered."""
    for seed in (1, 2):
        world = World(flagship(trigger=False), seed)
        world.advance(1800 * MINUTE_MS)
        assert world.drain() == []
        assert float(world.metrics["served_frac"].min()) > 0.9999
        assert world.reading().level == "up"


def test_happenings_never_go_back() -> None:
    """Stamps of happenings never go back, and each is drained once."""
    world = acted(World(PLAN, 4))
    world.advance(90 * MINUTE_MS)
    told = world.drain()
    assert told
    assert world.drain() == []
    assert [h.t_ms for h in told] == sorted(h.t_ms for h in told)


def test_wrong_plans_are_refused() -> None:
    """A plan that contradicts itself is refused with what is wrong and what is known."""
    loop = (ServicePlan("a", "A", 1, 1.0, calls=("b",)), ServicePlan("b", "B", 1, 1.0, calls=("a",)))
    with pytest.raises(BadPlan, match="circle"):
        World(flagship(services=loop, entry="a", trigger=False), 1)
    with pytest.raises(BadPlan, match="entry 'x' is no service"):
        World(flagship(entry="x"), 1)
    with pytest.raises(BadPlan, match="roll_back has no 'speed'"):
        World(flagship(limits=OperationLimits({"roll_back.speed": 1.0})), 1)
    with pytest.raises(BadPlan, match="unknown 'dc9'"):
        World(flagship(faults=(FaultPlan("site_loss", 0.0, {"site": "dc9"}),)), 1)


def test_snapshot_is_guarded() -> None:
    """Only a snapshot is read as one."""
    with pytest.raises(SimulatorError, match="not a snapshot"):
        World.restore(PLAN, 1, b"something else")


def test_operation_is_refused_twice() -> None:
    """The same operation on the same target is refused while it runs, and a job id is used once."""
    world = World(PLAN, 1)
    world.meet(600_000)
    world.start(parse("drain", {"site": "dc3"}), "op-1", "david")
    with pytest.raises(OperationRefused, match="op-1 does that already"):
        world.start(parse("drain", {"site": "dc3"}), "op-2", "david")
    with pytest.raises(OperationRefused, match="job id op-1 is taken"):
        world.start(parse("hold", {"site": "dc2"}), "op-1", "david")
