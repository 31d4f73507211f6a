"""Metrics are a row a minute, without gaps."""

import numpy as np
import pytest

from simulator import Metrics, World
from simulator.metrics import SITE_COLUMNS, UNITS, WORLD_COLUMNS
from simulator.operations import parse
from tests.simulator.flagship_plan import flagship

MINUTE_MS = 60_000


def test_a_row_a_minute() -> None:
    """Rows end at every full minute from the pre-roll on."""
    world = World(flagship(), 1)
    world.advance(30 * MINUTE_MS)
    t_ms = world.metrics["t_ms"]
    assert t_ms[0] == -89 * MINUTE_MS
    assert set(np.diff(t_ms)) == {MINUTE_MS}
    assert len(world.metrics) == 120


def test_rows_by_time() -> None:
    """A row is found by time, whatever is asked for."""
    m = Metrics(["a"])
    for minute in (1, 2, 3):
        m.append([minute * MINUTE_MS] + [float(minute)] * (len(m.names) - 1))
    assert [m.row_at(t) for t in (0, MINUTE_MS - 1, MINUTE_MS, 3 * MINUTE_MS)] == [0, 0, 1, 3]
    assert m.last("fresh") == 3.0
    assert m.last("fresh", back=2) == 1.0
    assert m.last("fresh", 9.0, back=3) == 9.0
    assert m.value(1, "a.load") == 2.0
    with pytest.raises(ValueError, match="row has 1 values"):
        m.append([1.0])


def test_pinned_clients_fail_with_their_home() -> None:
    """Of pinned clients all first attempts fail while their home is out, none before, or once repointed."""
    world = World(flagship(), 1)
    world.meet(2 * MINUTE_MS)
    assert world.metrics.last("dc1.pinned_failed") == 0.0
    world.meet(30 * MINUTE_MS)
    shares = [world.metrics.last(f"{site}.pinned_failed") for site in ("dc1", "dc2", "dc3", "s0")]
    assert shares == [1.0, 1.0, 0.0, 0.0]
    world.start(parse("repoint", {"site": "dc1"}), "op-1", "david")
    world.meet(42 * MINUTE_MS)
    assert world.metrics.last("dc1.pinned_failed") == 0.0
    column = world.metrics["dc2.pinned_failed"]
    assert ((column >= 0.0) & (column <= 1.0)).all()
    assert ((column > 0.0) & (column < 1.0)).any()


def test_columns_have_units() -> None:
    """Every column says what it measures."""
    assert set(UNITS) == {*WORLD_COLUMNS, *SITE_COLUMNS}
