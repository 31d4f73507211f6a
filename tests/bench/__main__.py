"""Benchmarks, ratios side by side in one run: `python -m tests.bench`.

Replay: a thirty-hour night of the flagship as it stands in the library, beside the critical pools request
by request in SimPy on 03:00-03:45 with nobody acting. Both are extrapolated to the same count of requests.
"""

from __future__ import annotations

import sys
import time

from drills import replay, run_headless
from tests.bench.request_level import RequestLevel
from tests.verdicts import flagship

SEED = 1
UNTIL_S = 45 * 60.0
AIM_RATIO = 2_000.0
AIM_S = 0.6
REPEATS = 3


def flow() -> tuple[float, float]:
    """Give (seconds of the fastest replay of a night, first attempts in it)."""
    scenario = flagship()
    journal, record = run_headless(scenario, "none", SEED)
    seconds = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        replay(scenario, SEED, journal)
        seconds.append(time.perf_counter() - begun)
    after = [row for row, t_ms in enumerate(record.metrics["t_ms"]) if t_ms > 0]
    return min(seconds), sum(record.metrics["fresh"][row] for row in after)


def requests() -> tuple[float, float, list[tuple[int, str, str]]]:
    """Give (seconds, first attempts, health transitions) of the request-level model, 03:00-03:45."""
    plan = flagship().world_plan()
    _, record = run_headless(flagship(), "none", SEED)
    start = next(row for row, t_ms in enumerate(record.metrics["t_ms"]) if t_ms >= 0)
    heap = {site.id: record.metrics[f"{site.id}.heap"][start] for site in plan.sites}
    model = RequestLevel(plan, SEED, from_s=0.0, heap=heap)
    begun = time.perf_counter()
    tally = model.run(UNTIL_S)
    return time.perf_counter() - begun, float(tally.first), tally.transitions


def main() -> int:
    """Measure, print, and say whether the aim was met."""
    flow_s, flow_count = flow()
    print(
        f"flow engine, 30 h, 8 services a site: {flow_s:.2f} s for {flow_count / 1e6:.0f} M first attempts",
        flush=True,
    )
    model_s, model_count, transitions = requests()
    print(
        "SimPy, a process an attempt, 03:00-03:45: "
        f"{model_s:.1f} s for {model_count / 1e6:.2f} M first attempts"
    )
    for second, site, what in transitions[:8]:
        print(f"  03:{second // 60:02d}:{second % 60:02d} {site} {what}")
    extrapolated_s = model_s / model_count * flow_count
    ratio = extrapolated_s / flow_s
    print(f"SimPy extrapolated to the same count: {extrapolated_s / 3600:.1f} h")
    print(f"ratio {ratio:,.0f} (bar {AIM_RATIO:,.0f}); replay {flow_s:.2f} s (aim {AIM_S} s)")
    return 0 if ratio >= AIM_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
