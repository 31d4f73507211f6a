"""Digests of whole nights, kept so that a change of the engine is seen and meant.

`python -m tests.golden.nights` writes them anew; the difference belongs into the review of the change that
made it. Every supported Python plays the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path

from drills import run_headless
from drills.bots import TEAMS
from scenarios import Library

FILE = Path(__file__).with_name("nights.json")
NIGHTS = (*((team, 1) for team in TEAMS), ("managed", 2))


def played() -> dict[str, dict[str, str]]:
    """Play the nights and give their digests."""
    scenario = Library([]).get("three-datacenter-outage")
    digests = {}
    for team, seed in NIGHTS:
        journal, record = run_headless(scenario, team, seed)
        digests[f"{team}-{seed}"] = {"journal_sha256": journal.sha256(), "record_sha256": record.sha256()}
    return digests


def kept() -> dict[str, dict[str, str]]:
    """Give the digests in the file."""
    found: dict[str, dict[str, str]] = json.loads(FILE.read_text())
    return found


if __name__ == "__main__":
    FILE.write_text(json.dumps(played(), indent=2) + "\n")
