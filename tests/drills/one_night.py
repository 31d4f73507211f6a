"""One night in a process of its own."""

from __future__ import annotations

from drills import run_headless
from scenarios import Library


def digest(team: str, seed: int) -> str:
    """Play a night and give its record's hash."""
    scenario = Library([]).get("three-datacenter-outage")
    assert scenario is not None
    return run_headless(scenario, team, seed)[1].sha256()
