"""One practice left out, and one failing shows; its near twin, the same team with it, does not show it.

Whole nights of the flagship by the managed team, with one field of its policy changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from drills import run_headless
from drills.bots.policy import MANAGED, Policy
from drills.bots.teams import managed, with_policy
from scenarios import Library
from scoring.scorecard import scorecard

NEVER_MIN = 900.0
LEFT_OUT: Mapping[str, Policy] = {
    "untracked_collaboration": replace(MANAGED, note_share=0.0),
    "poor_communication": replace(MANAGED, shares=False),
    "technical_focus": replace(MANAGED, notice_min=None),
    "no_command": replace(MANAGED, command_min=NEVER_MIN),
}
ALONE = ("untracked_collaboration", "poor_communication", "technical_focus")


@cache
def _failings(policy: Policy) -> dict[str, str]:
    scenario = Library([]).get("three-datacenter-outage")
    assert scenario is not None
    _, record = run_headless(scenario, "twin", 7, book=with_policy(policy, managed.plan))
    return dict(scorecard(record, scenario).failings)


@pytest.mark.parametrize("failing", LEFT_OUT)
def test_a_failing_shows_once_its_practice_is_left_out(failing: str) -> None:
    """And its near twin, which differs in that alone, does not show it."""
    assert _failings(LEFT_OUT[failing])[failing] in ("partly", "seen")
    assert _failings(MANAGED)[failing] == "not_seen"


@pytest.mark.parametrize("failing", ALONE)
def test_it_is_that_failing_and_no_other(failing: str) -> None:
    """Calls unnoted, findings kept, a list untold: each is seen where it belongs, and nowhere else."""
    found = _failings(LEFT_OUT[failing])
    assert {name for name, seen in found.items() if seen != "not_seen"} == {failing}
