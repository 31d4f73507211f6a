"""A team that needs the wall's seconds for each act still has its practices judged, at the book's speeds."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from scenarios import Library
from scoring import Scorecard, scorecard
from scoring.catalogue import lines
from tests.paced import Played, play_paced

FLAGSHIP = "three-datacenter-outage"
CORE = sorted(id_ for id_, line in lines().items() if line.core)


@cache
def _paced() -> tuple[Played, Scorecard]:
    scenario = Library([]).get(FLAGSHIP)
    assert scenario is not None
    with TemporaryDirectory() as folder:
        played = play_paced(Path(folder), FLAGSHIP, "managed", 7)
    return played, scorecard(played.record, scenario)


@pytest.fixture
def card() -> Scorecard:
    """The scorecard of a managed team at the pace of people."""
    return _paced()[1]


def test_twenty_core_lines_are_judged(card: Scorecard) -> None:
    """Twenty of the twenty-four at least, in a drill of people at the book's speeds."""
    judged = [id_ for id_ in CORE if card.line(id_).judgement.level != "not_tested"]
    print(f"core lines judged: {len(judged)} of {len(CORE)}; not: {sorted(set(CORE) - set(judged))}")
    assert len(CORE) == 24
    assert len(judged) >= 20


def test_no_line_is_too_fast_for_people(card: Scorecard) -> None:
    """The clock slows where people must act, so that none is pardoned for its pace."""
    reasons = {scored.line.id: scored.judgement.reason for scored in card.lines}
    assert [id_ for id_, reason in reasons.items() if reason == "too fast for people"] == []


def test_the_team_comes_through(card: Scorecard) -> None:
    """Playing at this pace is possible: the last site never falls."""
    assert not card.outcomes.total_outage
    assert card.outcomes.outage_min == 0
