"""CMD-1, someone takes command: the catalogue's worked example, then levels, thresholds and tricks."""

from __future__ import annotations

import pytest

from scoring.reading import Night
from tests.scoring.judging import judged, with_limits
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import SETTING, record, renamed, without

COMMANDS = """
    {t0} commander role.assumed commander {aloud}
    {t1} commander task.assigned t-1 to=tech_lead
    {t2} commander decision.made
"""


def command_at(minute: float, aloud: str = "announced") -> str:
    return TRIGGER + COMMANDS.format(t0=minute, t1=minute + 3, t2=minute + 20, aloud=aloud)


def test_worked_example_taken_and_announced_at_20_is_met() -> None:
    """C is min(15, 70/2) = 15; the trigger is at 12; 20 is in time."""
    found = judged("CMD-1", command_at(20))
    assert (found.level, found.numbers["limit_min"], found.numbers["taken_min"]) == ("met", 15, 8)


def test_worked_example_taken_at_33_is_partly() -> None:
    """27 < 33 <= 42."""
    assert judged("CMD-1", command_at(33)).level == "partly"


def test_worked_example_names_in_three_seats_without_an_act_are_missed_and_nominal() -> None:
    """One person types three names at the start; no plan, decision or task follows."""
    gamed = """
        0 commander/anna role.assumed commander announced
        0 communications/anna role.assumed communications announced
        0 tech_lead/anna role.assumed tech_lead announced
    """
    found = judged("CMD-1", TRIGGER + gamed)
    assert (found.level, found.numbers["nominal"]) == ("missed", True)
    assert "commander in name" in found.coaching


def test_the_managed_night_is_met_and_shows_trigger_taking_and_first_act() -> None:
    """Evidence of a met line is what earned it."""
    night = record(MANAGED)
    found = judged("CMD-1", night)
    kinds = [night.items[n].kind for n in found.evidence]
    assert found.level == "met"
    assert kinds == ["site.ejected", "alert.fired", "role.assumed", "task.assigned"]


def test_nobody_in_command_is_missed_and_points_to_what_called_for_it() -> None:
    """Evidence of a missed line is the trigger, with the window in which nothing came."""
    night = record(UNMANAGED, end=600)
    found = judged("CMD-1", night)
    assert found.level == "missed"
    assert [night.items[n].kind for n in found.evidence] == ["site.ejected", "alert.fired"]
    assert found.window is not None
    assert (found.window.from_ms, found.window.to_ms) == (12 * 60_000, 42 * 60_000)


def test_without_a_major_trigger_it_is_not_tested() -> None:
    """One site lost, restored within the hour, one person at work."""
    calm = """
        3  world     site.ejected dc1
        3  world     alert.fired dc1_down severity=page site=dc1
        5  tech_lead page.acknowledged page-1
        10 world     level.changed larder level=degraded
        20 world     level.changed larder level=up
    """
    found = judged("CMD-1", calm)
    assert (found.level, found.reason) == ("not_tested", "no trigger")


def test_a_drill_that_ends_before_four_fifths_of_the_limit_is_cut_short() -> None:
    """12 + 0.8 x 15 = 24: ending at 23.9 judges nothing, ending at 24 does."""
    assert judged("CMD-1", TRIGGER, end=23.9).reason == "cut short"
    assert judged("CMD-1", TRIGGER, end=24).level == "missed"


@pytest.mark.parametrize(
    ("minute", "level"),
    [(27, "met"), (27.1, "partly"), (42, "partly"), (42.1, "missed")],
)
def test_limits_just_inside_and_just_outside(minute: float, level: str) -> None:
    """C and 2C after the trigger at 12."""
    assert judged("CMD-1", command_at(minute)).level == level


def test_in_time_but_not_said_aloud_is_partly() -> None:
    """Announced means a channel heard it."""
    found = judged("CMD-1", command_at(20, aloud="announced=false"))
    assert (found.level, found.numbers["announced"]) == ("partly", False)


def test_a_message_that_claims_the_lead_announces_it() -> None:
    """Said by the same person within five minutes."""
    said = command_at(20, aloud="announced=false") + "22 commander message.sent | response lead commander\n"
    assert judged("CMD-1", said).level == "met"
    late = command_at(20, aloud="announced=false") + "25.1 commander message.sent | response lead commander\n"
    assert judged("CMD-1", late).level == "partly"


def test_command_taken_at_minute_0_counts_from_when_it_is_exercised() -> None:
    """Grabbing the role early earns nothing until an act of command follows within 2U."""
    grabbed = TRIGGER + "0 commander role.assumed commander announced\n"
    assert judged("CMD-1", grabbed).level == "missed"
    assert judged("CMD-1", grabbed + "70 commander decision.made\n").level == "missed"
    assert judged("CMD-1", grabbed + "30 commander decision.made\n").level == "met"


@pytest.mark.parametrize(("minute", "level"), [(80, "met"), (80.1, "missed")])
def test_the_first_act_of_command_comes_within_twice_the_update_interval(minute: float, level: str) -> None:
    """Taken at 20 with U = 30: an act at 80 makes it exercised from 20, one later only from then."""
    night = TRIGGER + f"20 commander role.assumed commander announced\n{minute} commander decision.made\n"
    assert judged("CMD-1", night).level == level


def test_a_task_to_oneself_is_no_act_of_command() -> None:
    """Command is work given to another."""
    alone = (
        TRIGGER
        + """
        20 commander/anna role.assumed commander announced
        22 commander/anna task.assigned t-1 to=commander
    """
    )
    assert judged("CMD-1", alone).level == "missed"


def test_a_scenario_may_set_the_limit() -> None:
    """Law 10: the threshold in force is printed with the line."""
    found = judged("CMD-1", command_at(20), with_limits(command_min=5))
    assert (found.level, found.numbers["limit_min"]) == ("partly", 5)


def test_a_persons_limit_is_widened_by_the_speed_played() -> None:
    """45 s on the wall at x30 are 22.5 simulated minutes; the drill does not worsen before."""
    found = judged("CMD-1", command_at(34), people=["commander"], speed=30.0)
    assert (found.level, found.numbers["allowed_min"]) == ("met", 22.5)
    assert "widened to 22.5 min at speed ×30" in found.finding
    assert judged("CMD-1", command_at(34), speed=30.0).level == "partly"


def test_a_widened_window_that_outlasts_the_stage_is_too_fast_for_people() -> None:
    """At x60 the limit is 45 min, and the third site falls 30 min after the second."""
    night = command_at(60) + "42 world site.ejected dc3\n"
    found = judged("CMD-1", night, people=["commander"], speed=60.0)
    assert (found.level, found.reason) == ("not_tested", "too fast for people")


def test_speed_changes_nothing_for_bots() -> None:
    """Wall time only pardons people."""
    assert judged("CMD-1", command_at(33), speed=600.0) == judged("CMD-1", command_at(33), speed=1.0)


def test_taking_it_again_ends_nothing() -> None:
    """The first taking, said aloud, still counts though the act came after the second."""
    again = (
        TRIGGER
        + """
        13 commander role.assumed commander announced
        14 commander role.assumed commander announced=false
        15 commander decision.made
    """
    )
    assert judged("CMD-1", again).level == "met"


def test_deleting_the_evidence_takes_the_level_away() -> None:
    """Without the taking, and without every act of command, the line is missed."""
    night = record(command_at(20))
    taking = next(item.n for item in night.items if item.kind == "role.assumed")
    assert judged("CMD-1", without(night, taking)).level == "missed"
    acts = [item.n for item in night.items if item.kind in ("task.assigned", "decision.made")]
    bare = without(without(night, acts[1]), acts[0])
    assert judged("CMD-1", bare).level == "missed"


def test_other_names_change_nothing() -> None:
    """Levels belong to the team, not to who they are."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("CMD-1", night) == judged("CMD-1", other)


def test_what_makes_it_major() -> None:
    """The earliest of the six triggers, with its reason."""

    def why(text: str, end: float = 400) -> tuple[float, str] | None:
        major = Night(record(text, end=end), SETTING).moments.major
        return (major.t_ms / 60_000, major.why) if major else None

    one_site = "3 world site.ejected dc1\n3 world alert.fired dc1_down severity=page site=dc1\n"
    aware = one_site + "5 tech_lead page.acknowledged page-1\n"
    assert why(TRIGGER) == (12, "DC2 was lost too")
    assert why(one_site + "4 world level.changed larder level=down\n") == (4, "the service was down")
    assert why(aware) == (65, "an hour had passed without service restored")
    assert why(aware + "8 desk_1 severity.declared high\n") == (8, "the team declared it high")
    assert why(aware + "8 world alert.fired odd severity=warn security=true\n") == (
        8,
        "security was in question",
    )
    three = aware + "8 tech_lead look.taken dc1\n9 desk_2 look.taken dc1\n10 specialist look.taken dc1\n"
    assert why(three) == (10, "three people were at work on it")
    assert (
        why(aware + "30 world level.changed larder level=degraded\n40 world mitigation.reached larder\n")
        is None
    )
