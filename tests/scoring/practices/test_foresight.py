"""DOC-5, impact assessed and forecast recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scenarios.schema.script import Match
from scoring.setting_stages import StageAhead
from tests.scoring.judging import SETTING, judged
from tests.scoring.nights import MANAGED, TRIGGER
from tests.scoring.notation import record, renamed, without

MIN_MS = 60_000
# Visible from 12.2 on; comes at 100 if nobody acts.
STAGE = StageAhead(
    id="dc3_full",
    title="DC3 is full",
    at_ms=100 * MIN_MS,
    visible=Match(kind="alert.fired", about="dc2_down"),
    subjects=frozenset({"dc3", "larder"}),
    comes=Match(kind="site.ejected", about="dc3"),
)
AHEAD = replace(SETTING, stages=(STAGE,))
OPENED = TRIGGER + "13 commander doc.opened linked=ticket,channel sections=state\n"
WRITTEN = "30 commander doc.edited forecast | ~dc3 forecast if load passes .62 then users are hit\n"
AGREED = "35 tech_lead message.sent | ~dc3 forecast if load passes .62 then users are hit\n"


def test_written_down_and_agreed_before_it_comes_is_met() -> None:
    """What made it visible, the line, the agreement."""
    night = record(OPENED + WRITTEN + AGREED)
    found = judged("DOC-5", night, AHEAD)
    assert (found.level, found.opportunities) == ("met", 1)
    assert [night.items[n].kind for n in found.evidence] == ["alert.fired", "doc.edited", "message.sent"]


def test_one_person_alone_is_partly() -> None:
    """And so is impact without a condition."""
    assert judged("DOC-5", OPENED + WRITTEN, AHEAD).level == "partly"
    impact = "30 commander doc.edited impact | dc3 impact all shops\n"
    assert judged("DOC-5", OPENED + impact + AGREED.replace("35", "50"), AHEAD).level == "partly"
    bare = WRITTEN.replace("if load passes .62 then users are hit", "users will be hit")
    found = judged("DOC-5", OPENED.replace(",channel", "") + bare + AGREED, AHEAD)
    assert (found.level, "no condition" in found.coaching) == ("partly", True)


def test_nothing_written_is_missed() -> None:
    """Neither a line about another part counts, nor words without a document."""
    found = judged("DOC-5", OPENED + "100 world site.ejected dc3\n", AHEAD)
    assert found.level == "missed"
    assert "It came at 04:40" in found.coaching
    assert judged("DOC-5", OPENED + (WRITTEN + AGREED).replace("~dc3", "~s0"), AHEAD).level == "missed"
    assert judged("DOC-5", TRIGGER + WRITTEN + AGREED, AHEAD).level == "missed"


@pytest.mark.parametrize(
    ("minute", "level"), [(99.9, "met"), (100, "partly"), (110, "partly"), (110.1, "missed")]
)
def test_before_it_comes_or_ten_minutes_after_just_inside_and_outside(minute: float, level: str) -> None:
    """It came at 100."""
    late = WRITTEN.replace("30", str(minute), 1) + AGREED.replace("35", str(minute), 1)
    assert judged("DOC-5", OPENED + "100 world site.ejected dc3\n" + late, AHEAD).level == level


@pytest.mark.parametrize(("minute", "level"), [(45, "met"), (45.1, "partly"), (15, "met"), (14.9, "partly")])
def test_agreed_within_15_min_just_inside_and_outside(minute: float, level: str) -> None:
    """Before or after the line at 30; the other's words are in an update, so no note of their own."""
    agreed = (
        f"{minute} communications update.sent major | ~dc3 forecast if load passes .62 then users are hit\n"
    )
    assert judged("DOC-5", OPENED + WRITTEN + agreed, AHEAD).level == level


@pytest.mark.parametrize(
    ("how", "level"),
    [
        ("35 tech_lead message.sent tags=agreed\n", "met"),
        ("35 tech_lead message.sent\n", "partly"),
        ("35 commander message.sent tags=agreed\n", "partly"),
        ("28 commander call.started call-1 to=tech_lead\n35 commander call.noted call-1\n", "met"),
        ("28 tech_lead call.started call-1 to=commander\n35 tech_lead call.noted call-1\n", "met"),
        ("28 commander call.started call-1 to=tech_lead\n", "partly"),
        ("28 tech_lead call.started call-1 to=developer\n35 tech_lead call.noted call-1\n", "partly"),
    ],
)
def test_ways_to_agree(how: str, level: str) -> None:
    """A tag or the note of a call with the writer; a message alone says nothing of it."""
    assert judged("DOC-5", OPENED + WRITTEN + how, AHEAD).level == level


def test_gamed_forecasting_everything_is_not_met() -> None:
    """Fewer than one in three is about what could come."""
    guess = "31 commander doc.edited forecast | ~part{k} forecast if a then b\n"
    two, three = ("".join(guess.format(k=k) for k in range(count)) for count in (2, 3))
    assert judged("DOC-5", OPENED + WRITTEN + AGREED + two, AHEAD).level == "met"
    found = judged("DOC-5", OPENED + WRITTEN + AGREED + three, AHEAD)
    assert (found.level, found.numbers["forecasts"]) == ("partly", 4)


@pytest.mark.parametrize(("at_min", "level"), [(27.2, "missed"), (27.1, "not_tested")])
def test_seen_15_min_ahead_just_inside_and_outside(at_min: float, level: str) -> None:
    """Visible at 12.2."""
    setting = replace(SETTING, stages=(replace(STAGE, at_ms=round(at_min * MIN_MS)),))
    assert judged("DOC-5", OPENED, setting).level == level


def test_what_was_prevented_by_then_calls_for_nothing() -> None:
    """Served again before anybody need look ahead; nor does a night without stages."""
    assert judged("DOC-5", OPENED + "27 world mitigation.reached larder\n", AHEAD).reason == "no trigger"
    assert judged("DOC-5", OPENED + "28 world mitigation.reached larder\n", AHEAD).level == "missed"
    assert judged("DOC-5", OPENED).reason == "no trigger"


def test_the_end_may_cut_it_short() -> None:
    """12.2 and four fifths of 87.8 min."""
    assert judged("DOC-5", OPENED, AHEAD, end=82).reason == "cut short"
    assert judged("DOC-5", OPENED, AHEAD, end=83).level == "missed"


def test_a_person_gets_the_time_to_write() -> None:
    """At x6, 150 s are 15 min."""
    late = WRITTEN.replace("30", "114", 1)
    found = judged(
        "DOC-5", OPENED + "100 world site.ejected dc3\n" + late, AHEAD, people=["commander"], speed=6.0
    )
    assert (found.level, found.numbers["allowed_min"]) == ("partly", 15)


def test_deleting_the_line_or_the_agreement_takes_the_level_away() -> None:
    """The other one is then a line of its own, alone."""
    night = record(OPENED.replace(",channel", "") + WRITTEN + AGREED)
    line, agreed = (
        next(i.n for i in night.items if i.kind == kind) for kind in ("doc.edited", "message.sent")
    )
    assert judged("DOC-5", night, AHEAD).level == "met"
    assert judged("DOC-5", without(night, line), AHEAD).level == "missed"
    assert judged("DOC-5", without(night, agreed), AHEAD).level == "partly"


def test_the_managed_night_is_met() -> None:
    """Its forecast names the service."""
    assert judged("DOC-5", MANAGED, AHEAD).level == "met"


def test_other_names_change_nothing() -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("DOC-5", night, AHEAD) == judged("DOC-5", other, AHEAD)
