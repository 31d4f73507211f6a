"""The flagship's two nights, played by bots and scored: the managed one is met, the unmanaged one is not."""

from __future__ import annotations

from functools import cache

import pytest

from drills.acts import KINDS
from scenarios.kinds import DIRECTOR_KINDS
from scoring.scorecard import Scorecard, scorecard
from scoring.sentences import SENTENCES
from simulator.happenings import KINDS as HAPPENINGS
from tests.drills.conftest import flagship_scenario, night_of

FIRST = ("CMD-1", "COM-1", "COM-2", "DOC-1", "DIA-4", "CLO-4")


@cache
def _card(team: str) -> Scorecard:
    return scorecard(night_of(team, 7)[1], flagship_scenario())


def _levels(team: str) -> dict[str, str]:
    return {line: _card(team).line(line).judgement.level for line in FIRST}


def test_the_managed_night_is_met_in_its_first_lines() -> None:
    """And no failing of command is seen."""
    assert _levels("managed") == dict.fromkeys(FIRST, "met")
    assert _card("managed").failings["no_command"] == "not_seen"


def test_the_unmanaged_night_is_missed_wherever_it_was_tested() -> None:
    """Nothing was over, so nothing called for closing."""
    assert _levels("unmanaged") == {**dict.fromkeys(FIRST, "missed"), "CLO-4": "not_tested"}
    assert _card("unmanaged").failings["no_command"] == "seen"


def test_beats_of_both_stories_come_as_they_happen() -> None:
    """Rows of the checklist: all of its own story, and none of what only the other night holds."""
    managed = {beat.row for beat in _card("managed").beats}
    assert set(range(91, 112)) <= managed
    assert not managed & set(range(78, 87))
    assert set(range(75, 87)) <= {beat.row for beat in _card("unmanaged").beats}


def test_outcomes_are_those_of_the_physics() -> None:
    """No minute of outage against a day of it."""
    managed, unmanaged = _card("managed").outcomes, _card("unmanaged").outcomes
    assert (managed.outage_min, managed.total_outage, managed.sites_lost, managed.sla_breached) == (
        0,
        False,
        2,
        False,
    )
    assert (unmanaged.total_outage, unmanaged.sites_lost, unmanaged.sla_breached) == (True, 3, True)
    assert managed.failed_frac < 0.001
    assert unmanaged.failed_frac > 0.9


@pytest.mark.parametrize("team", ["managed", "unmanaged"])
def test_every_kind_of_item_has_a_sentence(team: str) -> None:
    """So that all evidence can be read."""
    kinds = {item.kind for item in _card(team).record.items}
    assert not kinds - set(SENTENCES)


def test_every_kind_there_is_has_a_sentence() -> None:
    """Of the world, of the team, and of those outside."""
    assert not (set(HAPPENINGS) | set(KINDS) | set(DIRECTOR_KINDS)) - set(SENTENCES)
