"""The console's benchmark."""

import asyncio
import json
from dataclasses import replace

import pytest

from tests.bench import console
from tests.bench.plan import Plan
from tests.bench.process import is_measurable
from tests.bench.tally import bars

SMALL = Plan(viewers=3, acts=2, from_ms=0, join_s=0.2, settle_s=0.1, grace_s=30.0, patience_s=60.0)


@pytest.mark.skipif(not is_measurable(), reason="CPU and memory are read from /proc")
def test_the_benchmark_runs_small() -> None:
    """Three viewers join and watch for two seconds on both sides; every act is seen, nothing is run again."""
    plain = console.Beside("plain", replace(SMALL, viewers=2), console.plain_side.NO_COLLECTION)
    columns = asyncio.run(console.measured(SMALL, [plain]))
    ours, theirs = columns
    assert len(ours.joins_s) == 3
    assert len(ours.seen_s) == ours.seen_wanted == 2 * 7
    assert ours.window.runs == 0
    assert len(theirs.seen_s) == theirs.seen_wanted == 2
    checked = bars(ours)
    written = json.loads(console.as_json(columns, checked))
    assert [each["limit"] for each in written["bars"]] == [20.0, 150.0, 0.5, 0.0, 0.3]
    assert any("act to visible" in line and "x)" in line for line in console.report(columns, checked))
