"""DOC-2, written as it happens, and DOC-3, failed fixes are written down."""

from __future__ import annotations

import pytest

from drills.record import Record
from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without

OPENED = "13 commander doc.opened linked=ticket,channel sections=state,roles,timeline\n"
# Five significant acts, ten minutes apart.
ACTS = """
    20 commander role.assumed commander announced
    30 commander page.sent developer
    40 tech_lead operation.started dc2 operation=readmit job_id=op-1 target=dc2 p.site=dc2
    50 tech_lead hypothesis.ruled_out hyp-1
    60 desk_1    ticket.escalated INC-1 to=desk_2
"""
LINKS = ("commander", "developer", "op-1", "hyp-1", "INC-1")


def notes(*links: str, after: float = 5) -> str:
    """One note for each act that is linked, so many minutes after it."""
    return "".join(
        f"{20 + 10 * LINKS.index(link) + after} commander doc.edited timeline links={link}\n"
        for link in links
    )


# --- DOC-2 ---


def test_four_of_five_steps_on_the_record_are_met() -> None:
    """Acts and their notes are the evidence."""
    night = record(TRIGGER + OPENED + ACTS + notes(*LINKS[:4]))
    found = judged("DOC-2", night)
    assert (found.level, found.opportunities, found.numbers["in_time"]) == ("met", 5, 4)
    kinds = [night.items[n].kind for n in found.evidence]
    assert (kinds.count("doc.edited"), kinds[-1]) == (4, "ticket.escalated")


def test_three_of_five_are_partly_and_two_are_missed() -> None:
    """75 and 45 in a hundred; the first step without a line is named."""
    assert judged("DOC-2", TRIGGER + OPENED + ACTS + notes(*LINKS[:3])).level == "partly"
    found = judged("DOC-2", TRIGGER + OPENED + ACTS + notes(*LINKS[:2]))
    assert found.level == "missed"
    assert "the operation readmit at 03:40 is not" in found.coaching


@pytest.mark.parametrize(
    ("after", "level"), [(10, "met"), (10.1, "partly"), (60, "partly"), (60.1, "missed")]
)
def test_written_down_within_10_and_60_min_just_inside_and_outside(after: float, level: str) -> None:
    """All five so many minutes after their act."""
    assert judged("DOC-2", TRIGGER + OPENED + ACTS + notes(*LINKS, after=after)).level == level


def test_four_acts_call_for_nothing() -> None:
    """Nor does a night without a trigger."""
    four = ACTS.replace("ticket.escalated INC-1 to=desk_2", "doc.viewed")
    assert judged("DOC-2", TRIGGER + OPENED + four).reason == "no trigger"
    assert judged("DOC-2", OPENED + ACTS).reason == "no trigger"


def test_what_was_refused_is_no_step() -> None:
    """It changed nothing."""
    refused = "41 world operation.finished op-1 job_id=op-1 operation=readmit result=refused target=dc2\n"
    assert judged("DOC-2", TRIGGER + OPENED + ACTS + refused).reason == "no trigger"


def test_a_note_may_name_operation_and_target_instead() -> None:
    """In a claim of the document or of a message, once the document is linked to the channel."""
    rest = TRIGGER + ACTS + notes("commander", "developer", "hyp-1")
    claim = "45 tech_lead message.sent | dc2 now readmit under way\n"
    assert judged("DOC-2", rest + OPENED + claim).level == "met"
    assert judged("DOC-2", rest + OPENED + claim.replace("dc2 now", "dc3 now")).level == "partly"
    assert judged("DOC-2", rest + OPENED.replace(",channel", "") + claim).level == "partly"
    linked = OPENED.replace(",channel", "") + "14 commander doc.linked to=channel\n"
    assert judged("DOC-2", rest + linked + claim).level == "met"


def test_gamed_a_flood_of_notes_that_link_to_nothing_is_missed() -> None:
    """And shown as noise."""
    flood = "".join(f"{20 + k} commander doc.edited timeline\n" for k in range(20))
    found = judged("DOC-2", TRIGGER + OPENED + ACTS + flood)
    assert (found.level, found.numbers["notes_per_act"]) == ("missed", 4)
    assert "noise" in found.finding


def test_without_a_document_nothing_is_on_the_record() -> None:
    """Words alone are nowhere."""
    assert judged("DOC-2", TRIGGER + ACTS + notes(*LINKS)).level == "missed"


def test_notes_after_the_resolution_count_nowhere() -> None:
    """The last two acts are written down once it is over."""
    over = "62 world mitigation.reached larder\n63 commander ticket.resolved INC-1 code=restored\n"
    late = "64 commander doc.edited timeline links=hyp-1,INC-1\n"
    assert judged("DOC-2", TRIGGER + OPENED + ACTS + notes(*LINKS[:3]) + over + late).level == "partly"


def test_a_person_gets_the_time_to_write() -> None:
    """At x6, 150 s are 15 min."""
    text = TRIGGER + OPENED + ACTS + notes(*LINKS, after=14)
    found = judged("DOC-2", text, people=["commander"], speed=6.0)
    assert (found.level, found.numbers["allowed_min"]) == ("met", 15)


def test_a_step_at_the_very_end_is_not_judged() -> None:
    """Four fifths of ten minutes must have passed."""
    text = TRIGGER + OPENED + ACTS + notes(*LINKS[:4])
    assert judged("DOC-2", text, end=67.9).opportunities == 4
    assert judged("DOC-2", text, end=68).opportunities == 5


# --- DOC-3 ---

TRY = """
    40   tech_lead operation.started dc2 operation=readmit job_id=op-1 target=dc2 p.site=dc2
    41   world     site.admitted dc2
    41.2 world     operation.finished op-1 job_id=op-1 operation=readmit result=done target=dc2
    42   world     site.ejected dc2
"""
WRITTEN = "50 commander doc.edited tried | dc2 tried readmit: failed\n"
BEGUN = TRIGGER + OPENED


def test_a_failed_try_that_is_written_down_is_met() -> None:
    """Try, fall and note are the evidence."""
    night = record(BEGUN + TRY + WRITTEN)
    found = judged("DOC-3", night)
    assert (found.level, found.opportunities) == ("met", 1)
    assert [night.items[n].kind for n in found.evidence] == [
        "operation.started",
        "site.ejected",
        "doc.edited",
    ]


@pytest.mark.parametrize(("minute", "level"), [(57, "met"), (57.1, "missed")])
def test_within_15_min_of_the_failure_just_inside_and_outside(minute: float, level: str) -> None:
    """It showed at 42."""
    assert judged("DOC-3", BEGUN + TRY + WRITTEN.replace("50", str(minute), 1)).level == level


def test_one_of_two_is_partly() -> None:
    """A mean of a half."""
    other = TRY.replace("op-1", "op-2").replace("dc2", "dc1").replace("40 ", "70 ").replace("41", "71")
    found = judged("DOC-3", BEGUN + TRY + WRITTEN + other.replace("42 ", "72 "))
    assert (found.level, found.opportunities) == ("partly", 2)


@pytest.mark.parametrize(
    ("fact", "level"),
    [
        ("effect=none", "missed"),
        ("effect=harmed", "missed"),
        ("effect=helped", "not_tested"),
    ],
)
def test_the_world_says_whether_a_try_failed(fact: str, level: str) -> None:
    """No effect or harm; nobody wrote it down."""
    warm = """
        40 tech_lead operation.started edge operation=warm job_id=op-1 target=edge
        42 world     operation.finished op-1 job_id=op-1 operation=warm result=done
        47 world     operation.judged op-1 job_id=op-1 operation=warm {fact}
    """
    assert judged("DOC-3", BEGUN + warm.format(fact=fact)).level == level


def test_taking_a_measure_back_is_no_try() -> None:
    """It changes nothing, and is not meant to."""
    back = """
        40 tech_lead operation.started edge operation=shed job_id=op-1 target=edge p.frac=0.0
        42 world     operation.finished op-1 job_id=op-1 operation=shed result=done
        47 world     operation.judged op-1 job_id=op-1 operation=shed effect=none
    """
    assert judged("DOC-3", BEGUN + back).reason == "no trigger"


@pytest.mark.parametrize(("fell", "level"), [(71.2, "missed"), (71.3, "not_tested")])
def test_a_site_that_falls_within_30_min_just_inside_and_outside(fell: float, level: str) -> None:
    """The operation ended at 41.2."""
    assert judged("DOC-3", BEGUN + TRY.replace("42   world", f"{fell} world")).level == level


def test_a_link_from_the_section_for_it_counts() -> None:
    """Not one from elsewhere."""
    assert judged("DOC-3", BEGUN + TRY + "50 commander doc.edited tried links=op-1\n").level == "met"
    assert judged("DOC-3", BEGUN + TRY + "50 commander doc.edited timeline links=op-1\n").level == "missed"


def test_gamed_an_invented_failure_matches_no_try() -> None:
    """Another operation, or another target."""
    for said in ("dc3 tried readmit: failed", "dc2 tried warm: failed"):
        assert judged("DOC-3", BEGUN + TRY + f"50 commander doc.edited tried | {said}\n").level == "missed"


AGAIN = TRY.replace("op-1", "op-2").replace("40 ", "80 ").replace("41", "81").replace("42 ", "82 ")
AGAIN_WRITTEN = "84 commander doc.edited tried links=op-2\n"


@pytest.mark.parametrize(
    ("read", "level"),
    [("", "partly"), ("60 tech_lead doc.viewed\n", "met"), ("60 tech_lead doc.edited state\n", "met")],
)
def test_the_same_again_unread_is_a_blind_repeat(read: str, level: str) -> None:
    """Who read or wrote the document since knows what failed."""
    found = judged("DOC-3", BEGUN + TRY + WRITTEN + AGAIN + AGAIN_WRITTEN + read)
    assert found.level == level
    assert ("tried the same again" in found.coaching) == (not read)


def test_two_blind_repeats_are_missed() -> None:
    """However well they are written down."""
    third = AGAIN.replace("op-2", "op-3").replace("80 ", "90 ").replace("81", "91").replace("82 ", "92 ")
    text = (
        BEGUN + TRY + WRITTEN + AGAIN + AGAIN_WRITTEN + third + "94 commander doc.edited tried links=op-3\n"
    )
    found = judged("DOC-3", text)
    assert (found.level, found.numbers["blind_repeats"]) == ("missed", 2)


def test_no_failed_try_calls_for_nothing_and_the_end_may_cut_it_short() -> None:
    """42 and four fifths of 15 min."""
    assert judged("DOC-3", BEGUN + TRY.replace("42   world     site.ejected dc2", "")).reason == "no trigger"
    assert judged("DOC-3", BEGUN + TRY, end=53.9).reason == "cut short"
    assert judged("DOC-3", BEGUN + TRY, end=54).level == "missed"


def test_a_person_gets_the_time_to_write_what_failed() -> None:
    """At x8, 150 s are 20 min."""
    text = BEGUN + TRY + WRITTEN.replace("50", "61", 1)
    assert judged("DOC-3", text, people=["commander"], speed=8.0).numbers["allowed_min"] == 20


# --- both ---


@pytest.mark.parametrize("line", ["DOC-2", "DOC-3"])
def test_deleting_the_notes_takes_the_level_away(line: str) -> None:
    """One by one."""
    night: Record = record(BEGUN + ACTS + notes(*LINKS) if line == "DOC-2" else BEGUN + TRY + WRITTEN)
    assert judged(line, night).level == "met"
    while wrote := [item.n for item in night.items if item.kind == "doc.edited"]:
        night = without(night, wrote[0])
    assert judged(line, night).level == "missed"


@pytest.mark.parametrize("line", ["DOC-2", "DOC-3"])
def test_the_two_nights(line: str) -> None:
    """Met where somebody writes; the other night has no document."""
    assert judged(line, MANAGED).level == "met"
    assert judged(line, UNMANAGED, end=600).level in ("missed", "not_tested")


@pytest.mark.parametrize("line", ["DOC-2", "DOC-3"])
def test_other_names_change_nothing(line: str) -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged(line, night) == judged(line, other)


def test_a_measure_that_stands_ready_has_not_failed() -> None:
    """Load taken off before it was needed changes nothing measurable, and calls for no note."""
    shed = """
        40 tech_lead operation.started edge operation=shed job_id=op-1 target=edge p.frac=0.5
        42 world     operation.finished op-1 job_id=op-1 operation=shed result=done
        47 world     operation.judged op-1 job_id=op-1 operation=shed effect=none
    """
    assert judged("DOC-3", BEGUN + shed).level == "not_tested"
