"""The console under load, measured from outside: `python -m tests.bench.console`.

A real server runs the flagship at the book's speed with all seats taken. A hundred people join by the code
within three seconds; then a hundred consoles are open, half of observers and half on the seats' own cookies,
and one person says something about once a second. That a viewer causes no run of the page is read from their
Streamlit sessions, which stay open: each run would end with a message on them. Beside it, in the same run,
stand the same data as a plain Streamlit page that draws itself anew each second. Needs Linux: CPU and memory
of the servers are read from /proc.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench import live_side, plain_side
from tests.bench.plan import Plan
from tests.bench.process import check_measurable
from tests.bench.tally import Bar, Figures, bars, table, verdicts

REPORT = Path("reports") / "bench-console.json"
PLAIN_ACTS = 12
FEW = 10
QUIET_PCT = 10.0


@dataclass(frozen=True)
class Beside:
    """One run of the plain page: how many have it open, with which of Streamlit's options."""

    name: str
    plan: Plan
    options: dict[str, str]


def beside(plan: Plan) -> list[Beside]:
    """Give the runs of the plain page that stand beside the console's."""
    short = replace(plan, acts=min(plan.acts, PLAIN_ACTS), settle_s=min(plan.settle_s, 2.0))
    few = replace(short, viewers=min(FEW, plan.viewers))
    runs = [
        Beside(f"fragment, {few.viewers} viewers", few, {}),
        Beside("same, no collection", few, plain_side.NO_COLLECTION),
    ]
    if plan.viewers > few.viewers:
        runs.insert(1, Beside(f"fragment, {short.viewers} viewers", short, {}))
    return runs


async def measured(plan: Plan, others: Sequence[Beside]) -> list[Figures]:
    """Measure the console, then the plain page, each on a fresh server."""
    with tempfile.TemporaryDirectory(prefix="stormdrill-bench-") as folder:
        columns = [await live_side.measure(_made(Path(folder) / "console"), plan)]
        for number, each in enumerate(others):
            own = _made(Path(folder) / f"plain{number}")
            columns.append(await plain_side.measure(own, each.plan, each.options, each.name))
    return columns


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def report(columns: Sequence[Figures], checked: Sequence[Bar]) -> Iterator[str]:
    """Give the lines that are printed: side by side, then the bars."""
    yield from table(columns)
    yield ""
    yield from verdicts(checked)
    others_pct = columns[0].window.others_pct
    if others_pct > QUIET_PCT:
        yield (
            f"other programs took {others_pct:.0f} % of this machine meanwhile: "
            "measure again where it is quiet before believing a time"
        )


def as_json(columns: Sequence[Figures], checked: Sequence[Bar]) -> str:
    """Give everything as JSON text."""
    body = {
        "columns": {each.name: each.as_json() for each in columns},
        "bars": [
            {"bar": each.words, "limit": each.limit, "measured": each.plain, "holds": each.holds}
            for each in checked
        ],
    }
    return json.dumps(body, indent=2) + "\n"


def main() -> int:
    """Measure, print, write the report, and say whether every bar holds."""
    check_measurable()
    plan = Plan()
    columns = asyncio.run(measured(plan, beside(plan)))
    checked = bars(columns[0])
    print("\n".join(report(columns, checked)))
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(as_json(columns, checked), encoding="utf-8")
    print(f"\nwritten to {REPORT}")
    return 0 if all(bar.holds for bar in checked) else 1


if __name__ == "__main__":
    sys.exit(main())
