"""Run the rows of the article and say how many of them work: `python -m tests.seed`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.seed.nights import ROWS

NAME = re.compile(r"::.*(?:test_|\[)rows?_(\d{3})(?:_to_(\d{3}))?")


class Tally:
    """Which rows have a test, and which of those failed."""

    def __init__(self) -> None:
        self.tried: set[int] = set()
        self.failed: set[int] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a row as tried when its test ran, and as failed when any part of it did."""
        named = NAME.search(report.nodeid)
        if named is None:
            return
        rows = set(range(int(named[1]), int(named[2] or named[1]) + 1))
        if report.when == "call" and not report.skipped:
            self.tried |= rows
        if report.failed:
            self.failed |= rows


def main() -> int:
    """Print `n of 132 rows of the article work`, and which do not yet."""
    tally = Tally()
    status = pytest.main(["-q", str(Path(__file__).parent), *sys.argv[1:]], plugins=[tally])
    working = tally.tried - tally.failed
    lacking = ", ".join(str(row) for row in range(1, ROWS + 1) if row not in working)
    print(f"{len(working)} of {ROWS} rows of the article work")
    print(f"without a passing test: {lacking or 'none'}")
    return int(status)


if __name__ == "__main__":
    raise SystemExit(main())
