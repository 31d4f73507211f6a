"""ESC-1, functional escalation in time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.levels import Judgement
from tests.scoring.desk import DESK, LISTS, ONE_ALERT, PASSWORD, PRICES, alone, logged, report
from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without

PAGED = "3 director page.rang page-1 to=tech_lead alert=dc1_down\n"
SITES = TRIGGER + PAGED


def esc_1(text: str, **how: object) -> Judgement:
    return judged("ESC-1", text, DESK, **how)


def side(text: str, **how: object) -> Judgement:
    return judged("ESC-1", text, replace(DESK, intake=alone(LISTS, PRICES, PASSWORD)), **how)


BLANK = report(20, "i10") + logged(22, report="r-1")


def test_the_next_expert_is_paged_within_the_box() -> None:
    """X = 30 from the second site at 12; evidence: alert, trigger, page."""
    night = record(SITES + "30 commander page.sent developer\n")
    found = judged("ESC-1", night, DESK)
    assert (found.level, found.numbers["limit_min"], found.numbers["after_min"]) == ("met", 30, 18)
    kinds = [night.items[n].kind for n in found.evidence]
    assert kinds == ["alert.fired", "site.ejected", "page.sent"]


@pytest.mark.parametrize(
    ("minute", "level"), [(42, "met"), (42.1, "partly"), (72, "partly"), (72.1, "missed")]
)
def test_the_box_just_inside_and_outside(minute: float, level: str) -> None:
    """X and 2X after 12."""
    assert esc_1(SITES + f"{minute} tech_lead call.started c-1 to=marie medium=phone\n").level == level


@pytest.mark.parametrize(
    "act",
    [
        "30 tech_lead page.sent specialist\n",
        "30 tech_lead call.started c-1 to=developer medium=phone\n",
        "30 commander task.assigned t-1 to=specialist\n",
        "30 desk_1 ticket.escalated INC-1 to=marie\n",
        "5 tech_lead page.sent developer\n",
    ],
)
def test_ways_to_call_an_expert(act: str) -> None:
    """By page, call, task or ticket; by seat or by the person in it; also before the need."""
    assert esc_1(SITES + act).level == "met"


@pytest.mark.parametrize(
    "act",
    [
        "20 tech_lead call.started c-1 to=author medium=phone\n",
        "20 tech_lead page.sent commander\n",
        "20 commander page.sent tech_lead\n",
        "20 commander page.sent david\n",
        "20 specialist page.sent specialist\n",
    ],
    ids=["the author", "the commander", "who has it already", "who has it, by name", "oneself"],
)
def test_gamed_asking_those_who_cannot_solve_it_is_missed(act: str) -> None:
    """The role table decides, not the number of calls."""
    assert esc_1(SITES + act).level == "missed"


def test_the_unmanaged_night_phones_the_author_alone() -> None:
    """And is missed."""
    found = judged("ESC-1", record(UNMANAGED, end=600), DESK)
    assert found.level == "missed"
    assert "called nobody who could solve it" in found.coaching


def test_one_site_alone_calls_when_the_box_is_out() -> None:
    """No service restored within X of the alert at 3."""
    assert (
        esc_1(ONE_ALERT + "5 tech_lead page.acknowledged page-1\n63 tech_lead page.sent specialist\n").level
        == "met"
    )
    restored = ONE_ALERT + "20 world mitigation.reached larder\n"
    assert esc_1(restored).reason == "no trigger"


@pytest.mark.parametrize(
    ("minute", "level"), [(50, "met"), (50.1, "partly"), (80, "partly"), (80.1, "missed")]
)
def test_a_ticket_out_of_reach_is_passed_on_within_the_box(minute: float, level: str) -> None:
    """The report came at 20, to tier 1; tier 2 solves it."""
    assert side(BLANK + f"{minute} desk_1 ticket.escalated INC-1 to=desk_2\n").level == level


def test_a_page_or_a_call_by_the_desk_counts_too() -> None:
    """To the next tier."""
    assert side(BLANK + "40 desk_1 page.sent desk_2\n").level == "met"
    assert side(BLANK + "40 desk_1 call.started c-1 to=desk_2 medium=phone\n").level == "met"
    assert side(BLANK + "40 commander page.sent desk_2\n").level == "missed"
    assert side(BLANK + "40 desk_1 page.sent boss\n").level == "missed"


def test_two_tiers_up_take_two_boxes_at_most() -> None:
    """From tier 1 by tier 2 to tier 3; stopping half way is partly."""
    text = report(20, "i28") + logged(22, report="r-1") + "40 desk_1 ticket.escalated INC-1 to=desk_2\n"
    assert side(text).level == "partly"
    assert side(text + "80 desk_2 ticket.escalated INC-1 to=specialist\n").level == "met"
    assert side(text + "80.1 desk_2 ticket.escalated INC-1 to=specialist\n").level == "partly"


def test_gamed_passing_up_what_the_tier_can_solve_is_partly() -> None:
    """The reflex; left alone it calls for nothing."""
    own = report(20, "i01") + logged(22, report="r-1")
    assert side(own).reason == "no trigger"
    assert side(own + "23 desk_1 ticket.escalated INC-1 to=desk_2\n").level == "partly"


def test_each_trouble_is_an_opportunity() -> None:
    """The main one passed on, the lists not."""
    found = esc_1(SITES + "30 commander page.sent developer\n" + BLANK)
    assert (found.level, found.opportunities) == ("partly", 2)


def test_without_a_trouble_it_is_not_tested() -> None:
    """Nor where the scenario names none."""
    assert esc_1("20 commander page.sent developer\n").reason == "no trigger"
    assert judged("ESC-1", SITES).reason == "no trigger"


def test_cut_short_before_four_fifths_of_the_box() -> None:
    """12 + 24 = 36."""
    assert esc_1(SITES, end=35.9).reason == "cut short"
    assert esc_1(SITES, end=36).level == "missed"


def test_people_get_the_time_to_call() -> None:
    """At x60, 45 s are 45 minutes."""
    late = SITES + "57 tech_lead page.sent specialist\n"
    assert esc_1(late, people=["tech_lead"], speed=60.0).level == "met"
    assert esc_1(late, speed=60.0).level == "partly"
    worse = late + "40 world site.ejected dc3\n60 tech_lead page.sent specialist\n"
    worse = worse.replace("57 tech_lead page.sent specialist\n", "")
    assert esc_1(worse, people=["tech_lead"], speed=60.0).reason == "too fast for people"


def test_deleting_the_page_takes_the_level_away() -> None:
    """Nobody came."""
    night = record(SITES + "30 commander page.sent developer\n")
    page = next(item.n for item in night.items if item.kind == "page.sent")
    assert judged("ESC-1", without(night, page), DESK).level == "missed"


def test_other_names_change_nothing() -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("ESC-1", night, DESK) == judged("ESC-1", other, DESK)
