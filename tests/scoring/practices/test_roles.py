"""ROL-1, roles filled, and by different people."""

from __future__ import annotations

import pytest

from scoring.levels import Judgement
from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without

SEATS = {"commander": "Commander", "tech_lead": "Tech lead", "communications": "Communications"}
# C = 15: filled by 42; needed from there to 342, when users are served.
SERVED = "342 world mitigation.reached larder\n"
HOURS = range(20, 340, 55)
COMMAND = "20 commander role.assumed commander announced\n"


def acts(kind: str, who: str, minutes: tuple[float, ...] = tuple(HOURS)) -> str:
    """Give an act of a seat at each of these minutes."""
    tail = {
        "task.assigned": "t-{i} to=tech_lead",
        "look.taken": "dc1",
        "update.sent": "major | larder now step-{i}",
    }[kind]
    return "".join(f"{m} {who} {kind} {tail.format(i=i)}\n" for i, m in enumerate(minutes))


LEADS = COMMAND + acts("task.assigned", "commander")
OPERATES = acts("look.taken", "tech_lead")
TELLS = acts("update.sent", "communications")


def roles(text: str, seats: dict[str, str] = SEATS, **how: float) -> Judgement:
    """Judge ROL-1."""
    return judged("ROL-1", TRIGGER + SERVED + text, seats=seats, **how)


def test_three_people_in_three_roles_are_met() -> None:
    """Each with an act an hour."""
    assert roles(LEADS + OPERATES + TELLS).level == "met"


@pytest.mark.parametrize("text", [LEADS + OPERATES, LEADS + TELLS])
def test_command_and_one_other_are_partly(text: str) -> None:
    """The third is held in name."""
    assert roles(text).level == "partly"


def test_a_commander_in_name_beside_two_at_work_is_partly() -> None:
    """Three named, one nominal; without the name it is less."""
    assert roles(COMMAND + OPERATES + TELLS).level == "partly"
    assert roles(OPERATES + TELLS).level == "missed"


def test_the_unmanaged_night_is_missed() -> None:
    """One at the keyboard."""
    found = judged("ROL-1", UNMANAGED, end=600, seats=SEATS)
    assert found.level == "missed"
    assert "nobody who exercised command" in found.coaching


def test_gamed_three_names_by_one_person_are_missed() -> None:
    """Named at the start, with acts in one seat."""
    names = "".join(f"0 {role}/anna role.assumed {role} announced\n" for role in SEATS)
    assert roles(names).level == "missed"


def test_one_person_in_two_roles_for_more_than_half_of_the_time_is_missed() -> None:
    """The commander also tells the list, though somebody is there for it."""
    both = "20 commander role.assumed communications announced\n" + acts("update.sent", "commander")
    found = roles(LEADS + OPERATES + both)
    assert (found.level, found.numbers["doubled"]) == ("missed", 2)


@pytest.mark.parametrize(("last", "level"), [(132, "met"), (131, "partly")])
def test_half_of_the_time_just_inside_and_outside(last: float, level: str) -> None:
    """Updates that reach from 42 to 192 cover half of 300."""
    told = acts("update.sent", "communications", (25, 80, last))
    assert roles(LEADS + OPERATES + told).level == level


@pytest.mark.parametrize(("first", "level"), [(42, "met"), (42.1, "partly")])
def test_2c_after_the_trigger_just_inside_and_outside(first: float, level: str) -> None:
    """12 + 30."""
    taken = f"{first} communications role.assumed communications announced\n"
    told = acts("update.sent", "communications", (first, 100, 155, 210, 265, 320))
    other = {**SEATS, "communications": "Communications"}
    by_other = "0 developer role.assumed communications announced\n"
    assert (
        roles(LEADS + OPERATES + by_other + taken + told, {**other, "developer": "Developer"}).level == level
    )


def test_with_two_people_one_commands_and_communicates() -> None:
    """The other operates."""
    two = {"commander": "Commander", "tech_lead": "Tech lead"}
    assert roles(LEADS + OPERATES, two).level == "met"
    assert roles(OPERATES, two).level == "partly"


def test_alone_cut_short_or_without_a_trigger_it_is_not_tested() -> None:
    """Each with its reason; four fifths of 2C are over at 36."""
    assert roles("", {"tech_lead": "Tech lead"}).reason == "role unfilled by design"
    assert roles("", end=35.9).reason == "cut short"
    assert roles("", end=36).level == "missed"
    assert judged("ROL-1", LEADS, seats=SEATS).reason == "no trigger"


def test_deleting_the_taking_takes_the_level_away() -> None:
    """Command has to be taken."""
    night = record(TRIGGER + SERVED + LEADS + OPERATES + TELLS, seats=SEATS)
    taking = next(item.n for item in night.items if item.kind == "role.assumed")
    assert taking in judged("ROL-1", night).evidence
    assert judged("ROL-1", without(night, taking)).level == "missed"


def test_other_names_change_nothing() -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("ROL-1", night) == judged("ROL-1", other)
    assert judged("ROL-1", night).level == "met"
