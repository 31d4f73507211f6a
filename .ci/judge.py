"""Read the suite's JUnit file: fail when a browser test was skipped or none ran; end with one line of counts.

Usage: judge.py JUNIT.xml. Standard library alone.
"""

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET


def outcome(case: ET.Element) -> str:
    """How one test ended: passed, failed or skipped."""
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "passed" if case.find("skipped") is None else "skipped"


def is_browser(case: ET.Element) -> bool:
    """Whether the test drives a browser (tests/conftest.py marks them)."""
    return any(entry.get("name") == "browser" for entry in case.iter("property"))


def main(path: Path) -> int:
    """Judge the file; 0 when every browser test ran and nothing failed."""
    tree = ET.parse(path).getroot()
    cases = list(tree.iter("testcase"))
    counts = Counter(map(outcome, cases))
    browser = Counter(outcome(case) for case in cases if is_browser(case))
    problems = []
    if counts["failed"] or not counts["passed"]:
        problems.append(f"{counts['failed']} tests failed, {counts['passed']} passed")
    if browser["skipped"]:
        problems.append(f"{browser['skipped']} browser tests were skipped: no Chromium could be used")
    if not browser["passed"] + browser["failed"]:
        problems.append("no browser test ran")
    for problem in problems:
        print(f"CI: {problem}")
    seconds = sum(float(suite.get("time", 0)) for suite in tree.iter("testsuite"))
    verdict = ", ".join(f"{counts[name]} {name}" for name in ("failed", "passed", "skipped") if counts[name])
    print(
        "browser tests: " + ", ".join(f"{browser[name]} {name}" for name in ("passed", "failed", "skipped"))
    )
    print(f" {verdict or 'no tests ran'} in {seconds:.2f}s ".center(80, "="))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
