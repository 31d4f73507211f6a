"""PRI-2, priority on four factors, and PRI-3, in doubt high and raised when it grows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.levels import Judgement
from tests.scoring.desk import DESK, LISTS, ONE_ALERT, WIFI, alone, logged, report
from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED, TRIGGER
from tests.scoring.notation import record, renamed, without

FACTS = "people=many money=some security=no sla=safe"


def pri_2(text: str, **how: object) -> Judgement:
    return judged("PRI-2", text, replace(DESK, intake=alone(LISTS)), **how)


def pri_3(text: str, **how: object) -> Judgement:
    return judged("PRI-3", text, DESK, **how)


LOGGED = report(20, "i10") + logged(22, report="r-1")


def ranked(minute: float, priority: str = "high", facts: str = FACTS, by: str = "desk_1") -> str:
    return f"{minute} {by} ticket.prioritised INC-1 priority={priority} {facts}\n"


# --- PRI-2 ---


def test_the_right_rank_with_its_factors_is_met() -> None:
    """Evidence: the report, the ticket, the rank."""
    night = record(LOGGED + ranked(30))
    found = judged("PRI-2", night, replace(DESK, intake=alone(LISTS)))
    assert (found.level, found.numbers["factors"], found.numbers["limit_min"]) == ("met", 4, 10)
    kinds = [night.items[n].kind for n in found.evidence]
    assert kinds == ["report.received", "ticket.logged", "ticket.prioritised"]


@pytest.mark.parametrize(
    ("minute", "level"), [(32, "met"), (32.1, "partly"), (52, "partly"), (52.1, "missed")]
)
def test_ten_minutes_from_logging_and_thirty_to_put_it_right(minute: float, level: str) -> None:
    """Logged at 22."""
    assert pri_2(LOGGED + ranked(minute)).level == level


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ("people=many money=some security=no", "met"),
        ("people=many money=some", "partly"),
        ("people=none money=none security=yes sla=safe", "partly"),
        ("", "partly"),
    ],
)
def test_three_factors_as_they_could_be_known(facts: str, level: str) -> None:
    """An answer that the picture contradicts is none."""
    assert pri_2(LOGGED + ranked(30, facts=facts)).level == level


def test_factors_may_come_in_several_acts() -> None:
    """The last answer to each counts, while in time."""
    parts = ranked(24, facts="people=many money=some") + ranked(26, facts="security=no")
    assert pri_2(LOGGED + parts).level == "met"


@pytest.mark.parametrize(("priority", "level"), [("medium", "missed"), ("low", "missed")])
def test_too_low_is_missed_unless_put_right(priority: str, level: str) -> None:
    """One rank too low may be put right in half an hour; two may not."""
    assert pri_2(LOGGED + ranked(30, priority)).level == level
    mended = pri_2(LOGGED + ranked(30, priority) + ranked(50))
    assert mended.level == ("partly" if priority == "medium" else "missed")


def test_gamed_always_high_is_partly() -> None:
    """A clear low set to high."""
    setting = replace(DESK, intake=alone(WIFI))
    text = report(20, "i11") + logged(22, report="r-1")
    assert judged("PRI-2", text + ranked(24), setting).level == "partly"
    assert judged("PRI-2", text + ranked(24, "low"), setting).level == "met", "the scenario names no factors"


def test_what_a_category_suggests_has_no_factors() -> None:
    """It stands until the team says something itself."""
    suggested = LOGGED + "24 desk_1 ticket.categorised INC-1 category=data sub=index suggests=high\n"
    assert pri_2(suggested).level == "partly"
    assert pri_2(suggested + ranked(30)).level == "met"


def test_in_doubt_both_ranks_are_right() -> None:
    """PRI-3 says which is wise."""
    text = ONE_ALERT + logged(5, alert="dc1_down")
    for priority in ("medium", "high"):
        facts = f"7 desk_1 ticket.prioritised INC-1 priority={priority} people=some money=some security=no\n"
        assert judged("PRI-2", text + facts, DESK).level == "met"


def test_the_rank_that_could_be_known_changes() -> None:
    """After the second site a medium is too low."""
    text = TRIGGER + logged(13, alert="dc1_down")
    facts = "people=some money=some security=no"
    assert judged("PRI-2", text + ranked(14, "medium", facts), DESK).level == "missed"
    assert judged("PRI-2", text + ranked(14, "high", facts), DESK).level == "met"


def test_pri_2_without_ticket_is_missed_and_requests_do_not_call() -> None:
    """A rank needs a ticket to stand on."""
    assert pri_2(report(20, "i10")).level == "missed"
    assert judged("PRI-2", report(20, "i01"), DESK).reason == "no trigger"
    assert judged("PRI-2", TRIGGER).reason == "no trigger"


def test_pri_2_cut_short() -> None:
    """Logged at 22; four fifths of ten minutes end at 30."""
    assert pri_2(LOGGED, end=29.9).reason == "cut short"
    assert pri_2(LOGGED, end=30).level == "missed"


def test_people_get_the_time_to_rank() -> None:
    """At x8, 150 s are 20 minutes."""
    assert pri_2(LOGGED + ranked(42), people=["desk_1"], speed=8.0).level == "met"
    assert pri_2(LOGGED + ranked(42), speed=8.0).level == "partly"


def test_deleting_the_rank_takes_the_level_away() -> None:
    """Both lines."""
    night = record(LOGGED + ranked(30))
    act = next(item.n for item in night.items if item.kind == "ticket.prioritised")
    assert judged("PRI-2", without(night, act), replace(DESK, intake=alone(LISTS))).level == "missed"
    doubt = record(ONE_ALERT + logged(5, alert="dc1_down") + ranked(7))
    act = next(item.n for item in doubt.items if item.kind == "ticket.prioritised")
    assert judged("PRI-3", doubt, DESK).level == "met"
    assert judged("PRI-3", without(doubt, act), DESK).level == "missed"


@pytest.mark.parametrize("line", ["PRI-2", "PRI-3"])
def test_other_names_change_nothing(line: str) -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged(line, night, DESK) == judged(line, other, DESK)


# --- PRI-3 ---

DOUBT = ONE_ALERT + logged(5, alert="dc1_down")


@pytest.mark.parametrize(("minute", "level"), [(23, "met"), (23.1, "partly")])
def test_in_doubt_high_within_twenty_minutes(minute: float, level: str) -> None:
    """The alert came at 3; no stage followed."""
    assert pri_3(DOUBT + ranked(minute)).level == level


@pytest.mark.parametrize(("minute", "level"), [(59, "partly"), (61, "missed")])
def test_late_counts_in_part_until_the_next_stage(minute: float, level: str) -> None:
    """The first site falls at 60."""
    assert pri_3(DOUBT + "60 world site.ejected dc1\n" + ranked(minute)).level == level


def test_growth_is_a_moment_of_its_own() -> None:
    """High within ten minutes of the second site's alert at 12.2; the doubtful first picture counts too."""
    text = TRIGGER + logged(5, alert="dc1_down")
    found = pri_3(text + ranked(22.2))
    assert (found.level, found.opportunities) == ("met", 2)
    late = pri_3(text + ranked(22.3))
    assert (late.level, late.numbers["met"]) == ("partly", 1)


def test_medium_that_stays_is_missed() -> None:
    """Evidence: what called for it, and what was set."""
    night = record(TRIGGER + logged(5, alert="dc1_down", priority="medium"))
    found = judged("PRI-3", night, DESK)
    assert found.level == "missed"
    assert {night.items[n].kind for n in found.evidence} == {"alert.fired", "ticket.logged"}


def test_a_declared_severity_counts_for_the_main_trouble() -> None:
    """Said aloud is said."""
    assert pri_3(ONE_ALERT + "8 commander severity.declared high level=high\n").level == "met"


def test_gamed_high_for_a_moment_is_not_met() -> None:
    """Let down in doubt, and left so."""
    text = DOUBT + ranked(7) + ranked(30, "medium", facts="")
    assert pri_3(text).level == "missed"
    assert pri_3(text + ranked(60)).level == "partly", "raised again before the end"


def test_coming_down_needs_a_reason_and_service() -> None:
    """A quarter of an hour of service, and a text; the next site falls at 60."""
    high = DOUBT + ranked(7) + "60 world site.ejected dc1\n200 world mitigation.reached larder\n"
    dip = "20 world level.changed larder level=degraded\n30 world level.changed larder level=up\n"
    assert pri_3(high + dip + ranked(45, "low", "text=served")).level == "met"
    assert pri_3(high + dip + ranked(44.9, "low", "text=served")).level == "missed"
    assert pri_3(high + dip + ranked(45, "low", facts="")).level == "missed"


def test_without_doubt_or_growth_it_is_not_tested() -> None:
    """A clear low calls for nothing."""
    assert pri_3(report(20, "i11") + logged(22, report="r-1", priority="low")).reason == "no trigger"
    assert judged("PRI-3", TRIGGER).reason == "no trigger"


def test_pri_3_cut_short() -> None:
    """3 + 16 = 19."""
    assert pri_3(ONE_ALERT, end=18.9).reason == "cut short"
    assert pri_3(ONE_ALERT, end=19).level == "missed"


def test_people_get_the_time_to_raise_it() -> None:
    """At x12, 150 s are 30 minutes."""
    assert pri_3(DOUBT + ranked(33), people=["desk_1"], speed=12.0).level == "met"
    assert pri_3(DOUBT + ranked(33), speed=12.0).level == "partly"
