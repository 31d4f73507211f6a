"""What the flagship says of people, as the scorer sees it."""

from __future__ import annotations

from scenarios import Library
from scoring import setting_people
from scoring.setting_people import People
from tests.scoring.notation import MIN_MS


def _flagship() -> People:
    scenario = Library([]).get("three-datacenter-outage")
    assert scenario is not None
    return setting_people.of(scenario)


def test_duty_limits_are_on_the_drills_clock() -> None:
    """14:30, 17:00 and 18:00 of a story that starts at 03:00."""
    duty = _flagship().duty
    assert (duty.seek_by_ms, duty.soft_ms, duty.hard_ms) == (690 * MIN_MS, 840 * MIN_MS, 900 * MIN_MS)


def test_groups_findings_and_the_read_back() -> None:
    """Six of seven questions; the author belongs to the developers."""
    people = _flagship()
    assert (people.questions, people.right) == (7, 6)
    developers = next(group for group in people.groups if group.id == "developers")
    assert developers.members == ("developer", "author")
    assert {finding.id for finding in people.findings} == {"leak", "first_words", "cold_return"}
    assert people.group_title("desk") == "Service desk"


def test_operations_of_other_troubles_and_steps_of_runbooks() -> None:
    """The shard of old prices is no part of the outage; RB-2's fourth step rolls back."""
    people = _flagship()
    assert "rebuild_shard" in people.side_operations
    assert people.runbooks["rb-2"][3] == "roll_back"
