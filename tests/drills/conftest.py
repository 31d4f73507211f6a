"""What the tests of drills share: the flagship, and short nights played by bots."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from drills import Journal, Record, run_headless
from scenarios import Library, Scenario


@cache
def flagship_scenario() -> Scenario:
    scenario = Library([]).get("three-datacenter-outage")
    assert scenario is not None
    return scenario


@cache
def night_of(team: str, seed: int) -> tuple[Journal, Record]:
    return run_headless(flagship_scenario(), team, seed)


@pytest.fixture
def flagship() -> Scenario:
    """The outage of three data centers."""
    return flagship_scenario()


@pytest.fixture
def night() -> Callable[[str, int], tuple[Journal, Record]]:
    """A whole night by a team of bots, played once a run of the tests."""
    return night_of
