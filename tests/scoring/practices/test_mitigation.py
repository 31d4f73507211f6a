"""DIA-4, restore first and stop the spread."""

from __future__ import annotations

import pytest

from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without


def shed(minute: float, frac: float = 1.0, result: str = "done") -> str:
    return (
        f"{minute} tech_lead operation.started edge operation=shed job_id=op-1 p.frac={frac}\n"
        f"{minute + 2} world operation.finished op-1 job_id=op-1 operation=shed result={result}\n"
    )


HOLD = """
    30 tech_lead operation.started dc1 operation=hold job_id=op-1 p.site=dc1
    31 world operation.finished op-1 job_id=op-1 operation=hold result=done
"""


def readmit(minute: float, stays_min: float) -> str:
    return (
        f"{minute} tech_lead operation.started dc2 operation=readmit job_id=op-2 p.site=dc2\n"
        f"{minute + 1} world site.admitted dc2\n"
        f"{minute + 1} world operation.finished op-2 job_id=op-2 operation=readmit result=done\n"
        f"{minute + 1 + stays_min} world site.ejected dc2\n"
    )


def test_an_act_that_holds_within_the_time_box_is_met() -> None:
    """X = min(30, 360/4) = 30 after the trigger at 12; the act and what came of it are shown."""
    night = record(TRIGGER + shed(30))
    found = judged("DIA-4", night)
    assert (found.level, found.numbers["limit_min"], found.numbers["first_effective_min"]) == ("met", 30, 18)
    assert [night.items[n].kind for n in found.evidence][-2:] == ["operation.started", "operation.finished"]


@pytest.mark.parametrize(("minute", "level"), [(42, "met"), (42.1, "partly")])
def test_the_time_box_just_inside_and_outside(minute: float, level: str) -> None:
    """Later is partly while nothing is down."""
    assert judged("DIA-4", TRIGGER + shed(minute)).level == level


@pytest.mark.parametrize(("minute", "level"), [(72, "partly"), (72.1, "missed")])
def test_after_the_outage_only_twice_the_time_box_counts(minute: float, level: str) -> None:
    """The service is down from 60; 2X ends at 72."""
    night = TRIGGER + "60 world level.changed larder level=down\n" + shed(minute)
    assert judged("DIA-4", night).level == level


def test_only_cause_hunting_is_missed() -> None:
    """Looks and hypotheses restore nothing."""
    looking = "".join(f"{minute} tech_lead look.taken dc1 signal=logs\n" for minute in range(15, 90, 5))
    assert judged("DIA-4", TRIGGER + looking).level == "missed"


def test_tries_that_the_world_undid_are_missed_and_named() -> None:
    """The unmanaged night: rolled back, restarted, each fell again."""
    night = record(UNMANAGED, end=600)
    found = judged("DIA-4", night)
    assert (found.level, found.numbers["tries"]) == ("missed", 2)
    assert "operation.started" in [night.items[n].kind for n in found.evidence]
    assert "the world undid each" in found.coaching


@pytest.mark.parametrize(("stays_min", "level"), [(10, "met"), (9.9, "missed")])
def test_a_site_put_back_counts_when_it_stays_ten_minutes(stays_min: float, level: str) -> None:
    """Up and down again at once is no restoration."""
    assert judged("DIA-4", TRIGGER + readmit(30, stays_min)).level == level


def test_a_stage_that_could_be_foreseen_must_not_come_first() -> None:
    """The third site falls 20 min after the trigger, before the act at 38."""
    night = TRIGGER + "32 world site.ejected dc3\n" + shed(38)
    assert judged("DIA-4", night).level == "partly"
    sudden = TRIGGER + "26 world site.ejected dc3\n" + shed(38)
    assert judged("DIA-4", sudden).level == "met", "14 min ahead nobody could see it coming"


@pytest.mark.parametrize(
    "act",
    [
        shed(30, frac=0.0),
        shed(30, result="failed"),
        "30 tech_lead operation.started edge operation=shed job_id=op-1 p.frac=1.0\n",
        shed(30) + "33 world level.changed larder level=down\n",
        HOLD,
    ],
    ids=["taken back", "failed", "never done", "made it worse", "holds what is out anyway"],
)
def test_gamed_levers_that_cannot_help_do_not_count(act: str) -> None:
    """Pulling a lever is not enough."""
    assert judged("DIA-4", TRIGGER + act).level == "missed"


@pytest.mark.parametrize(("effect", "level"), [("helped", "met"), ("harmed", "missed")])
def test_the_worlds_own_judgement_wins(effect: str, level: str) -> None:
    """Where the trace says what an act did, nothing is inferred."""
    judgement = f"40 world operation.judged op-1 job_id=op-1 operation=shed effect={effect}\n"
    assert judged("DIA-4", TRIGGER + shed(30) + judgement).level == level


def test_without_a_trigger_it_is_not_tested() -> None:
    """Nothing called for a mitigation."""
    assert judged("DIA-4", shed(30)).reason == "no trigger"


def test_cut_short_before_four_fifths_of_the_time_box() -> None:
    """12 + 24 = 36."""
    assert judged("DIA-4", TRIGGER, end=35.9).reason == "cut short"
    assert judged("DIA-4", TRIGGER, end=36).level == "missed"


def test_deleting_the_act_takes_the_level_away() -> None:
    """What the world did without it earns nothing."""
    night = record(TRIGGER + shed(30))
    act = next(item.n for item in night.items if item.kind == "operation.started")
    assert judged("DIA-4", without(night, act)).level == "missed"


def test_other_names_change_nothing() -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("DIA-4", night) == judged("DIA-4", other)
