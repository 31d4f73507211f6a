"""CMD-2 and CMD-3: one commander at a time, who commands and does nothing else."""

from __future__ import annotations

import pytest

from scoring.levels import Judgement
from scoring.ribbons import holds
from tests.scoring.judging import SETTING, judged
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without

SEATS = {"commander": "Commander", "tech_lead": "Tech lead"}
# C = 15: called for from 27 on. Resolved at 327, so that 300 minutes count. U = 30.
OVER = "150 world mitigation.reached larder\n327 commander ticket.resolved INC-1 code=restored\n"
TAKEN = "20 commander role.assumed commander announced\n"


def commanded(*minutes: float) -> str:
    """Give a night with a task at each of these minutes; each holds for an hour."""
    tasks = "".join(f"{m} commander task.assigned t-{i} to=tech_lead\n" for i, m in enumerate(minutes))
    return TRIGGER + OVER + TAKEN + tasks


def chain(text: str, **how: float) -> Judgement:
    """Judge CMD-2."""
    return judged("CMD-2", text, **how)


ALL = (22, 80, 138, 196, 254, 312)


def test_an_act_of_command_each_hour_is_met() -> None:
    """All of the 300 minutes."""
    found = chain(commanded(*ALL))
    assert (found.level, found.numbers["share"]) == ("met", 1.0)


@pytest.mark.parametrize(
    ("last", "level"),
    [(222, "met"), (221.9, "partly"), (147, "partly"), (146.9, "missed")],
)
def test_shares_just_inside_and_outside(last: float, level: str) -> None:
    """Commanded from 27 to 282 is 85 % of 300, to 207 is 60 %."""
    acts = [m for m in (22, 80, 138, 196) if m < last]
    assert chain(commanded(*acts, last)).level == level


def test_nobody_in_command_is_missed_from_c_after_the_trigger() -> None:
    """The window begins at 27."""
    found = chain(UNMANAGED, end=600)
    assert (found.level, found.numbers["share"]) == ("missed", 0)
    assert found.window is not None
    assert found.window.from_ms == 27 * 60_000


def test_gamed_a_role_taken_and_left_is_not_met() -> None:
    """A commander in name covers nothing."""
    assert chain(TRIGGER + OVER + TAKEN).level == "missed"


def test_without_a_trigger_or_before_it_was_waited_for_it_is_not_tested() -> None:
    """27 + four fifths of 30 is 51."""
    assert chain(TAKEN).reason == "no trigger"
    assert chain(TRIGGER, end=50.9).reason == "cut short"
    assert chain(TRIGGER, end=51).level == "missed"


def test_taking_it_again_begins_nothing_new() -> None:
    """What was commanded before still counts."""
    assert chain(commanded(*ALL) + "30 commander role.assumed commander announced\n").level == "met"


@pytest.mark.parametrize(("last", "level"), [(102, "met"), (102.1, "partly")])
def test_an_overlap_of_two_minutes_is_all_that_met_allows(last: float, level: str) -> None:
    """The one before goes on giving orders after somebody else has taken command at 100."""
    other = (
        "100 specialist role.assumed commander announced\n"
        + "".join(f"{m} specialist task.assigned s-{m} to=tech_lead\n" for m in (101, 150, 200, 250, 300))
        + f"{last} commander decision.made\n"
    )
    assert chain(commanded(22, 60) + other).level == level


@pytest.mark.parametrize(("minute", "level"), [(110, "partly"), (110.1, "met")])
def test_two_people_who_order_one_thing_in_two_ways_are_not_met(minute: float, level: str) -> None:
    """Within ten minutes."""
    orders = (
        "100 commander task.assigned a to=tech_lead operation=shed p.frac=1.0\n"
        f"{minute} tech_lead task.assigned b to=developer operation=shed p.frac=0.2\n"
    )
    assert chain(commanded(*ALL) + orders).level == level


def test_a_handoff_keeps_the_chain() -> None:
    """From then on the seat's acts are the relief's, and so is command."""
    text = commanded(*ALL) + "150 commander role.handed_off commander to=hana announced\n"
    night = record(text)
    found = judged("CMD-2", night)
    assert (found.level, found.numbers["commanders"]) == ("met", 2)
    handed = next(item.n for item in night.items if item.kind == "role.handed_off")
    assert judged("CMD-2", without(night, handed)).level == "missed", "the relief never took command"


def test_deleting_the_taking_takes_the_level_away() -> None:
    """Orders without command are none."""
    night = record(commanded(*ALL))
    taking = next(item.n for item in night.items if item.kind == "role.assumed")
    assert judged("CMD-2", without(night, taking)).level == "missed"


def test_a_person_gets_the_time_to_speak() -> None:
    """At x60 an act holds for 150 min, since nobody can write more often."""
    found = chain(commanded(22, 170, 318), people=["commander"], speed=60.0)
    assert found.level == "met"
    assert chain(commanded(22, 170, 318), speed=60.0).level == "missed"


# --- CMD-3


def hands(extra: str, looks: int = 0, tasks: int = 10) -> Judgement:
    """Judge CMD-3 of a commander with ten tasks, and some looks and changes."""
    text = TRIGGER + TAKEN
    text += "".join(f"{22 + i} commander task.assigned t-{i} to=tech_lead\n" for i in range(tasks))
    text += "".join(f"{60 + i} commander look.taken dc1\n" for i in range(looks))
    return judged("CMD-3", text + extra, seats=SEATS)


def typed(times: int, who: str = "commander", operation: str = "restart") -> str:
    """Give changes by a seat."""
    return "".join(
        f"{100 + i} {who} operation.started dc1 operation={operation} job_id=o-{i} p.site=dc1\n"
        for i in range(times)
    )


@pytest.mark.parametrize(
    (("times", "level")), [(0, "met"), (1, "met"), (2, "partly"), (3, "partly"), (4, "missed")]
)
def test_changes_by_the_commander_just_inside_and_outside(times: int, level: str) -> None:
    """None or one, two or three, more."""
    assert hands(typed(times)).level == level


@pytest.mark.parametrize(
    ("looks", "tasks", "level"),
    [(1, 2, "met"), (2, 17, "met"), (2, 16, "partly"), (5, 14, "partly"), (5, 13, "missed")],
)
def test_looks_just_inside_and_outside(looks: int, tasks: int, level: str) -> None:
    """A tenth and a quarter of all acts, the taking of command among them; one is always free."""
    assert hands("", looks, tasks).level == level


def test_changes_of_others_and_looking_closely_are_no_changes() -> None:
    """The tech lead operates."""
    assert hands(typed(9, "tech_lead")).level == "met"
    assert hands(typed(1, operation="diagnose")).numbers["changes"] == 0


def test_gamed_a_second_seat_does_not_hide_the_hands() -> None:
    """Identity is the person, not the seat."""
    same = (
        TRIGGER
        + ("20 commander/anna role.assumed commander announced\n22 commander/anna decision.made\n")
        + typed(4, "tech_lead/anna")
    )
    assert judged("CMD-3", same, seats=SEATS).level == "missed"


def test_nobody_in_command_is_missed_also_in_name() -> None:
    """Called for, with two people there."""
    found = judged("CMD-3", UNMANAGED, end=600, seats=SEATS)
    assert found.level == "missed"
    assert judged("CMD-3", TRIGGER + TAKEN, seats=SEATS).numbers["nominal"] is True


def test_alone_or_without_a_trigger_it_is_not_tested() -> None:
    """One person cannot do one of two jobs."""
    assert judged("CMD-3", UNMANAGED, end=600, seats={"tech_lead": "Tech lead"}).reason == "no trigger"
    assert judged("CMD-3", TAKEN, seats=SEATS).reason == "no trigger"
    assert judged("CMD-3", TRIGGER, end=23.9, seats=SEATS).reason == "cut short"


def test_deleting_command_takes_the_level_of_cmd_3_away() -> None:
    """Idle hands without command are no command."""
    night = record(TRIGGER + TAKEN + "22 commander decision.made\n", seats=SEATS)
    for kind in ("role.assumed", "decision.made"):
        n = next(item.n for item in night.items if item.kind == kind)
        assert judged("CMD-3", without(night, n)).level == "missed"


@pytest.mark.parametrize("line", ["CMD-2", "CMD-3"])
def test_other_names_change_nothing(line: str) -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged(line, night) == judged(line, other)


def test_the_managed_night_is_met_in_both() -> None:
    """Tasks and decisions up to the end."""
    assert judged("CMD-3", MANAGED).level == "met"
    assert judged("CMD-2", MANAGED, SETTING).level == "met"


def test_a_handoff_begins_a_hold_of_the_relief() -> None:
    """With the identity that their entries carry."""
    night = record(TAKEN + "50 commander role.handed_off commander to=hana announced\n", end=100)
    found = holds(night.items, "commander", 100 * 60_000, str.upper)
    assert [(hold.person, hold.from_ms // 60_000, hold.to_ms // 60_000) for hold in found] == [
        ("person-commander", 20, 50),
        ("HANA", 50, 100),
    ]
