"""CMD-6, no freelancing: changes go through command."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.levels import Judgement
from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without
from tests.scoring.shifts import SHIFT

SEATS = {"commander": "Commander", "tech_lead": "Tech lead", "developer": "Developer"}
COMMAND = "20 commander role.assumed commander announced\n21 commander task.assigned t-0 to=developer\n"


def change(
    minute: float, n: int = 0, extra: str = "", who: str = "tech_lead", operation: str = "warm"
) -> str:
    """Give a change of DC1 that the world calls harmless."""
    return (
        f"{minute} {who} operation.started dc1 operation={operation} job_id=o-{n} p.site=dc1 {extra}\n"
        f"{minute} world operation.judged o-{n} job_id=o-{n} effect=none\n"
    )


def task(minute: float, extra: str = "operation=warm p.site=dc1", to: str = "tech_lead") -> str:
    """Give a task of the commander."""
    return f"{minute} commander task.assigned t-9 to={to} {extra}\n"


def made(text: str, **how: Any) -> Judgement:
    """Judge CMD-6 under somebody in command from 20 on."""
    return judged("CMD-6", TRIGGER + COMMAND + text, SHIFT, seats=SEATS, **how)


@pytest.mark.parametrize(
    "cover",
    [
        task(39.9),
        "39.9 commander decision.made operation=warm target=dc1\n",
        "39 tech_lead proposal.made warm operation=warm target=dc1\n",
        "39 commander doc.edited plan | dc1 next_step warm\n",
        "39 communications update.sent major | dc1 next_step warm\n",
    ],
)
def test_each_way_through_command_is_met(cover: str) -> None:
    """A task, a go, a proposal, a next step in the document or an update."""
    night = record(TRIGGER + COMMAND + cover + change(40), seats=SEATS)
    found = judged("CMD-6", night, SHIFT)
    assert found.level == "met"
    n = next(item.n for item in night.items if item.t_ms in (39 * 60_000, round(39.9 * 60_000)))
    assert n in found.evidence
    assert judged("CMD-6", without(night, n), SHIFT).level == "partly", "one freelance change, no harm"


@pytest.mark.parametrize(
    "cover",
    [
        task(39, "operation=warm"),
        task(39, "operation=warm p.site=dc2"),
        task(39, "operation=restart p.site=dc1"),
        task(39, to="developer"),
        task(40.1),
        "39 tech_lead task.assigned t-9 to=tech_lead operation=warm p.site=dc1\n",
        "39 commander decision.made operation=warm\n",
        "39 commander decision.made operation=warm target=dc1 to=developer\n",
        "39 commander decision.made\n",
        "39 developer update.sent major | dc1 next_step warm\n",
        "39 commander doc.edited plan | dc1 next_step restart\n",
    ],
)
def test_gamed_approvals_that_name_no_target_or_another_cover_nothing(cover: str) -> None:
    """ "Do anything" is no go."""
    assert made(cover + change(40)).level != "met"


@pytest.mark.parametrize(("minute", "level"), [(39, "met"), (39.1, "partly")])
def test_a_proposal_stands_a_minute_just_inside_and_outside(minute: float, level: str) -> None:
    """So that command can object."""
    proposal = f"{minute} tech_lead proposal.made warm operation=warm target=dc1\n"
    assert made(proposal + change(40)).level == level


def test_a_proposal_with_nobody_in_command_is_freelance() -> None:
    """Nobody is there to object."""
    text = "39 tech_lead proposal.made warm operation=warm target=dc1\n" + change(40)
    assert judged("CMD-6", TRIGGER + text, SHIFT, seats=SEATS).level == "partly"


def test_a_task_without_an_operation_covers_one_change_made_under_it() -> None:
    """And no second one."""
    first = task(39, "minutes=20") + change(40, 0, "under=t-9")
    assert made(first).level == "met"
    assert made(first + change(50, 1, "under=t-9")).level == "partly"


@pytest.mark.parametrize(("minute", "level"), [(50, "met"), (50.1, "partly")])
def test_a_ticked_step_of_a_runbook_that_command_opened_covers(minute: float, level: str) -> None:
    """Within ten minutes; opened by somebody else it covers nothing."""
    opened = "38 commander runbook.opened rb-4\n40 tech_lead runbook.step_ticked rb-4 step=2\n"
    shed = f"{minute} tech_lead operation.started edge operation=shed job_id=o p.frac=1.0\n"
    assert made(opened + shed).level == level
    assert made(opened.replace("38 commander", "38 tech_lead") + shed).level == "partly"


@pytest.mark.parametrize(("free", "level"), [(0, "met"), (1, "partly"), (2, "missed")])
def test_under_five_changes_the_number_decides(free: int, level: str) -> None:
    """None, one without harm, more."""
    text = task(39) + change(40, 7) + "".join(change(50 + i, i, operation="hold") for i in range(free))
    assert made(text).level == level


@pytest.mark.parametrize(
    ("free", "of", "level"), [(1, 10, "met"), (1, 9, "partly"), (3, 10, "partly"), (2, 6, "missed")]
)
def test_shares_of_five_changes_and_more_just_inside_and_outside(free: int, of: int, level: str) -> None:
    """A tenth, three tenths."""
    text = task(30) + "".join(change(40 + i, i) for i in range(of - free))
    text += "".join(change(60 + i, 20 + i, operation="hold") for i in range(free))
    found = made(text)
    assert (found.level, found.numbers["freelance"]) == (level, free)


def test_one_freelance_change_that_made_things_worse_is_missed() -> None:
    """However few they are; one that was ordered is not."""
    harmed = change(40).replace("effect=none", "effect=harmed")
    found = made(harmed)
    assert (found.level, found.numbers["harmful"]) == ("missed", 1)
    assert made(task(39) + harmed).level == "met"


def test_changes_count_from_command_or_from_c_after_the_trigger() -> None:
    """Before 20 here; with nobody in command before 27; of another trouble never."""
    assert made(change(19.9)).reason == "no trigger"
    assert judged("CMD-6", TRIGGER + change(26.9), SHIFT, seats=SEATS).reason == "no trigger"
    assert judged("CMD-6", TRIGGER + change(27), SHIFT, seats=SEATS).level == "partly"
    assert made(change(40, operation="rebuild_shard")).reason == "no trigger"
    assert made(change(40, operation="diagnose")).reason == "no trigger"


def test_the_two_nights() -> None:
    """Tasks for all in one; two restarts nobody ordered in the other."""
    assert judged("CMD-6", UNMANAGED, end=600, seats=SEATS).level == "partly"
    assert judged("CMD-6", UNMANAGED, end=600, seats={"tech_lead": "Tech lead"}).reason == "no trigger"
    assert judged("CMD-6", UNMANAGED + change(310, 5), end=600, seats=SEATS).level == "missed"


def test_other_names_change_nothing() -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("CMD-6", night) == judged("CMD-6", other)
