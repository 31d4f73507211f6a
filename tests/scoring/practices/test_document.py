"""DOC-1, a live document, opened early and findable."""

from __future__ import annotations

import pytest

from tests.scoring.judging import judged, with_limits
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record, renamed, without


def opened(minute: float, linked: str = "ticket,channel", sections: str = "state,roles,timeline") -> str:
    return (
        f"{minute} commander doc.opened linked={linked} sections={sections}\n"
        f"{minute} commander doc.edited state | larder state degraded\n"
    )


def test_opened_in_time_linked_twice_and_begun_is_met() -> None:
    """C + 10 = 25 after the trigger at 12."""
    found = judged("DOC-1", TRIGGER + opened(20))
    assert (found.level, found.numbers["linked"], found.numbers["limit_min"]) == ("met", 2, 25)


def test_no_document_is_missed_with_the_trigger_as_evidence() -> None:
    """The window in which nothing came ends at twice the limit."""
    night = record(UNMANAGED, end=600)
    found = judged("DOC-1", night)
    assert found.level == "missed"
    assert [night.items[n].kind for n in found.evidence] == ["site.ejected", "alert.fired"]


@pytest.mark.parametrize(
    ("minute", "level"), [(37, "met"), (37.1, "partly"), (62, "partly"), (62.1, "missed")]
)
def test_limits_just_inside_and_outside(minute: float, level: str) -> None:
    """25 and 50 min after 12."""
    assert judged("DOC-1", TRIGGER + opened(minute)).level == level


@pytest.mark.parametrize(("linked", "level"), [("ticket", "partly"), ("channel", "partly"), ("", "missed")])
def test_findable_means_linked_from_ticket_and_channel(linked: str, level: str) -> None:
    """One place is partly; a document nobody can find is none."""
    assert judged("DOC-1", TRIGGER + opened(20, linked=linked)).level == level


def test_a_link_added_in_time_counts() -> None:
    """By 37, not by 37.1."""
    one = TRIGGER + opened(20, linked="ticket")
    assert judged("DOC-1", one + "37 commander doc.linked to=channel\n").level == "met"
    assert judged("DOC-1", one + "37.1 commander doc.linked to=channel\n").level == "partly"


def test_gamed_opened_and_left_is_not_met() -> None:
    """A click opens headings; a state nobody wrote is not begun."""
    click = "13 commander doc.opened linked=ticket,channel sections=state,roles,timeline\n"
    assert judged("DOC-1", TRIGGER + click).level == "partly"
    assert judged("DOC-1", TRIGGER + click + "30 tech_lead doc.edited state\n").level == "met"


def test_without_a_trigger_it_is_not_tested() -> None:
    """A document alone calls for nothing."""
    assert judged("DOC-1", opened(20)).reason == "no trigger"


def test_cut_short_before_four_fifths_of_the_limit() -> None:
    """12 + 20 = 32."""
    assert judged("DOC-1", TRIGGER, end=31.9).reason == "cut short"
    assert judged("DOC-1", TRIGGER, end=32).level == "missed"


def test_a_person_gets_the_time_to_write() -> None:
    """At x12, 150 s are 30 min."""
    found = judged("DOC-1", TRIGGER + opened(41), people=["commander"], speed=12.0)
    assert (found.level, found.numbers["allowed_min"]) == ("met", 30)


def test_a_scenario_may_set_the_limit() -> None:
    """Ten minutes instead of C + 10."""
    assert judged("DOC-1", TRIGGER + opened(23), with_limits(document_min=10)).level == "partly"


def test_deleting_the_opening_takes_the_level_away() -> None:
    """Words without a document are nowhere."""
    night = record(TRIGGER + opened(20))
    opening = next(item.n for item in night.items if item.kind == "doc.opened")
    assert judged("DOC-1", without(night, opening)).level == "missed"


def test_other_names_change_nothing() -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("DOC-1", night) == judged("DOC-1", other)
