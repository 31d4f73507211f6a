"""LRN-1, the retrospective; LRN-3, blameless; LRN-4, follow-ups with owner and date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.scoring.judging import SETTING, judged
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without

# Five seats respond; the tech lead's act restores service; over at 110.
OVER = (
    TRIGGER
    + """
    8   desk_1         ticket.logged INC-1 ticket_kind=incident alert=dc1_down priority=high
    20  commander      role.assumed commander announced
    25  communications update.sent major | larder state degraded
    30  developer      look.taken dc1 signal=logs
    90  tech_lead      operation.started edge operation=shed job_id=op-1 p.frac=1.0
    92  world          operation.finished op-1 job_id=op-1 operation=shed result=done
    100 world          level.changed larder level=up
    100 world          mitigation.reached larder
    110 commander      ticket.resolved INC-1 code=restored
"""
)
RETRO = "200 commander retro.held present=commander,tech_lead,communications,desk_1,developer\n"
DAY = 110 + 24 * 60

# --- LRN-1 ---


def present(*seats: str) -> str:
    return f"200 commander retro.held present={','.join(seats)}\n"


def test_held_within_a_day_with_all_sides_is_met() -> None:
    """The end and the meeting."""
    night = record(OVER + RETRO)
    found = judged("LRN-1", night)
    assert (found.level, found.numbers["responders"], found.numbers["present"]) == ("met", 5, 5)
    assert [night.items[n].kind for n in found.evidence] == ["ticket.resolved", "retro.held"]


@pytest.mark.parametrize(
    ("seats", "level"),
    [
        (("commander", "tech_lead", "desk_1"), "met"),
        (("commander", "tech_lead"), "partly"),
        (("tech_lead", "developer", "desk_1"), "partly"),
        (("commander", "communications", "desk_1"), "partly"),
        (("commander", "developer", "communications", "desk_1"), "partly"),
    ],
)
def test_who_must_be_there(seats: tuple[str, ...], level: str) -> None:
    """60 %, one of each side, and somebody whose change restored service."""
    assert judged("LRN-1", OVER + present(*seats)).level == level


@pytest.mark.parametrize(
    ("minute", "level"),
    [(DAY, "met"), (DAY + 0.1, "partly"), (DAY + 48 * 60, "partly"), (DAY + 48 * 60 + 1, "missed")],
)
def test_within_24_and_72_hours_just_inside_and_outside(minute: float, level: str) -> None:
    """Resolved at 110."""
    held = RETRO.replace("200", str(minute))
    assert judged("LRN-1", OVER + held, end=6000).level == level


def test_no_meeting_is_missed_once_the_drill_has_a_day_after() -> None:
    """Four fifths of it; before, it was cut short."""
    last = 110 + 0.8 * 24 * 60
    assert judged("LRN-1", OVER, end=last).level == "missed"
    assert judged("LRN-1", OVER, end=last - 0.1).reason == "cut short"


def test_nothing_over_calls_for_no_meeting() -> None:
    """Nor is one in the middle of it the retrospective."""
    assert judged("LRN-1", UNMANAGED, end=600).reason == "no trigger"
    assert judged("LRN-1", OVER + RETRO.replace("200", "60")).reason == "cut short"


def test_gamed_one_alone_for_a_minute_is_not_met() -> None:
    """Thin attendance."""
    found = judged("LRN-1", OVER + present("commander"))
    assert found.level == "partly"
    assert "1 of 5 who responded" in found.coaching


def test_who_only_was_told_or_reported_is_no_responder() -> None:
    """A page acknowledged, a page read, a report."""
    told = (
        "40 specialist page.acknowledged page-9\n41 specialist doc.viewed\n42 end_user report.filed larder\n"
    )
    assert judged("LRN-1", OVER + RETRO + told).numbers["responders"] == 5


def test_deleting_the_meeting_takes_the_level_away() -> None:
    """Of all three lines."""
    night = record(OVER + RETRO + TABLE + LEFT, end=4000)
    less = without(night, next(item.n for item in night.items if item.kind == "retro.held"))
    found = {line: judged(line, less) for line in ("LRN-1", "LRN-3", "LRN-4")}
    assert [judged(line, night).level for line in found] == ["met"] * 3
    assert [one.level for one in found.values()] == ["missed", "not_tested", "missed"]
    assert found["LRN-3"].reason == "parent missed"


# --- LRN-3 ---

TABLE = """
    205 tech_lead factor.added factor-1 factor_kind=tooling link=rb-2
    206 desk_1    factor.added factor-2 factor_kind=process link=op-1
"""
AIMED = "207 commander factor.added factor-3 factor_kind=training link={link}\n"
FLAG = "208 desk_1 blame.flagged factor-1\n"
REWRITTEN = "210 commander factor.rewritten {factor} factor_kind=system link=edge\n"


def test_factors_that_link_to_parts_and_entries_are_met() -> None:
    """The meeting and its items."""
    found = judged("LRN-3", OVER + RETRO + TABLE)
    assert (found.level, found.opportunities) == ("met", 2)


@pytest.mark.parametrize("link", ["tech_lead", "person-tech_lead", "specialist", "boss"])
def test_a_factor_that_links_to_a_person_and_stands_is_missed(link: str) -> None:
    """A seat, who sits in it, a role, somebody of the story."""
    setting = replace(SETTING, names={"boss": "Robert Hale"})
    text = OVER + RETRO + TABLE + AIMED.format(link=link)
    found = judged("LRN-3", text, setting)
    assert (found.level, found.numbers["standing"]) == ("missed", 1)
    assert "(training)" in found.coaching
    assert link not in found.coaching
    assert judged("LRN-3", text + REWRITTEN.format(factor="factor-3"), setting).level == "partly"


def test_a_flag_stands_until_the_item_is_rewritten() -> None:
    """A flag after that stands again; so does one on a follow-up, which nobody rewrites."""
    flagged = OVER + RETRO + TABLE + FLAG
    assert judged("LRN-3", flagged).level == "missed"
    mended = flagged + REWRITTEN.format(factor="factor-1")
    assert judged("LRN-3", mended).level == "partly"
    assert judged("LRN-3", mended + FLAG.replace("208", "212")).level == "missed"
    work = "211 desk_1 follow_up.created fu-1 owner=desk_1 due=3_days work_kind=training factor=factor-1\n"
    assert judged("LRN-3", OVER + RETRO + TABLE + work).level == "met"
    assert (
        judged("LRN-3", OVER + RETRO + TABLE + work + "212 tech_lead blame.flagged fu-1\n").level == "missed"
    )


def test_gamed_a_kind_without_a_link_is_a_mere_label() -> None:
    """It is not met."""
    bare = "207 commander factor.added factor-3 factor_kind=system\n"
    assert judged("LRN-3", OVER + RETRO + TABLE + bare).level == "partly"


def test_without_meeting_or_factors_it_is_not_tested() -> None:
    """The meeting is its parent."""
    assert judged("LRN-3", OVER + TABLE, end=4000).reason == "parent missed"
    assert judged("LRN-3", OVER + TABLE).reason == "cut short"
    assert judged("LRN-3", OVER + RETRO).reason == "no trigger"


def test_deleting_the_rewriting_takes_the_level_away() -> None:
    """The item stands again."""
    night = record(OVER + RETRO + TABLE + FLAG + REWRITTEN.format(factor="factor-1"))
    n = next(item.n for item in night.items if item.kind == "factor.rewritten")
    assert judged("LRN-3", without(night, n)).level == "missed"


# --- LRN-4 ---

LEFT = """
    210 tech_lead follow_up.created fu-1 owner=tech_lead due=3_days work_kind=tooling factor=factor-1
    211 commander follow_up.created fu-2 owner=developer due=5_days work_kind=process factor=factor-2
"""
MORE = "2{k} commander follow_up.created fu-{k} owner=desk_1 due=5_days work_kind=process factor=factor-2\n"


def test_each_with_owner_date_kind_and_factor_is_met() -> None:
    """The meeting and the list."""
    found = judged("LRN-4", OVER + RETRO + TABLE + LEFT)
    assert (found.level, found.numbers["whole"]) == ("met", 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("owner=developer ", "", "some without owner"),
        ("due=5_days ", "", "some without owner"),
        ("factor=factor-2", "factor=factor-9", "some without owner"),
        ("work_kind=process", "work_kind=tooling", "one kind of work alone"),
        ("owner=developer", "owner=tech_lead", "one owner for all"),
    ],
)
def test_what_is_missing_makes_it_partly(old: str, new: str, said: str) -> None:
    """And is named."""
    found = judged("LRN-4", OVER + RETRO + TABLE + LEFT.replace(old, new))
    assert found.level == "partly"
    assert said in found.coaching


@pytest.mark.parametrize(("further", "level"), [(2, "met"), (3, "partly")])
def test_half_of_the_factors_answered_just_inside_and_outside(further: int, level: str) -> None:
    """Two answered of four and of five."""
    named = "".join(
        f"207 commander factor.added factor-{k} factor_kind=load link=dc{k}\n" for k in range(3, 3 + further)
    )
    assert judged("LRN-4", OVER + RETRO + TABLE + named + LEFT).level == level


@pytest.mark.parametrize(("further", "level"), [(5, "met"), (6, "partly"), (20, "partly")])
def test_gamed_dozens_of_chores(further: int, level: str) -> None:
    """Seven are the most."""
    chores = "".join(MORE.format(k=k) for k in range(12, 12 + further))
    assert judged("LRN-4", OVER + RETRO + TABLE + LEFT + chores).level == level


def test_none_is_missed_after_the_time_to_write() -> None:
    """200 and four fifths of 15 min; at x8, a person has 20 min."""
    assert judged("LRN-4", OVER + RETRO + TABLE, end=211.9).reason == "cut short"
    assert judged("LRN-4", OVER + RETRO + TABLE, end=212).level == "missed"
    slow = judged("LRN-4", OVER + RETRO + TABLE, end=215, people=["commander"], speed=8.0)
    assert slow.reason == "cut short"


def test_without_a_meeting_none_can_come_of_it() -> None:
    """Missed with its day, cut short before, not called for where nothing was over."""
    assert judged("LRN-4", OVER, end=4000).level == "missed"
    assert judged("LRN-4", OVER).reason == "cut short"
    assert judged("LRN-4", UNMANAGED, end=600).reason == "no trigger"


def test_deleting_the_follow_ups_takes_the_level_away() -> None:
    """One leaves one kind alone, both leave nothing."""
    night = record(OVER + RETRO + TABLE + LEFT)
    one = without(night, next(item.n for item in night.items if item.about == "fu-1"))
    none = without(one, next(item.n for item in one.items if item.about == "fu-2"))
    assert [judged("LRN-4", less).level for less in (one, none)] == ["partly", "missed"]


# --- all three ---


@pytest.mark.parametrize("line", ["LRN-1", "LRN-3", "LRN-4"])
def test_the_managed_night_is_met_and_other_names_change_nothing(line: str) -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged(line, night).level == "met"
    assert judged(line, night) == judged(line, other)
