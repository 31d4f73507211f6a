"""The console's benchmark."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.app.loops import in_a_loop
from tests.bench import console, live_side, plain_side
from tests.bench.plan import Plan
from tests.bench.process import is_measurable
from tests.bench.tally import Figures, bars

SMALL = Plan(viewers=3, acts=2, from_ms=0, join_s=0.2, settle_s=0.1, grace_s=30.0, patience_s=60.0)


async def both(folder: Path) -> tuple[Figures, Figures]:
    """Measure both sides at once: here nobody looks at the times."""
    plain = replace(SMALL, viewers=2)
    return await asyncio.gather(
        live_side.measure(folder, SMALL),
        plain_side.measure(folder, plain, plain_side.NO_COLLECTION, "plain"),
    )


@pytest.mark.skipif(not is_measurable(), reason="CPU and memory are read from /proc")
def test_the_benchmark_runs_small(tmp_path: Path) -> None:
    """Three viewers join and watch for two seconds on both sides; every act is seen, nothing is run again."""
    ours, theirs = in_a_loop(both(tmp_path))
    assert len(ours.joins_s) == 3
    assert len(ours.seen_s) == ours.seen_wanted == 2 * 10
    assert ours.window.runs == 0
    assert len(theirs.seen_s) == theirs.seen_wanted == 2 * 2
    checked = bars(ours)
    written = json.loads(console.as_json([ours, theirs], checked))
    assert [each["limit"] for each in written["bars"]] == [20.0, 150.0, 0.5, 0.0, 0.3]
    assert any("act to visible" in line and "x)" in line for line in console.report([ours, theirs], checked))
