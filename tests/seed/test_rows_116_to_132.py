"""Sections 11 and 12: the retrospective, and the incident platform."""

from __future__ import annotations

from tests.app.conftest import Served
from tests.drills.views.conftest import Sit
from tests.seed.nights import items, met

DAY_MS = 24 * 3_600_000
KINDS_OF_WORK = {"service", "process", "tooling"}


def test_row_116_contributing_factors_are_written() -> None:
    """More than one, of more than one kind, each with what it points at."""
    factors = items("managed", "factor.added")
    assert len({item.data["factor_kind"] for item in factors}) >= 3
    assert all(item.data["link"] for item in factors)


def test_row_117_who_responded_is_on_the_record() -> None:
    """The retrospective names who was there, and they are those who responded."""
    (held,) = items("managed", "retro.held")
    assert {"commander", "tech_lead", "communications"} <= set(held.data["present"])


def test_row_118_steps_taken_are_at_hand(sit: Sit) -> None:
    """The screen of the retrospective offers each operation of the night as a step."""
    commander = sit("commander")
    assert commander.view()["retro"] is None
    commander.do("hold_retro", present=["commander", "tech_lead"], medium="video")
    assert {"factors", "follow_ups", "steps"} <= set(commander.view()["retro"])


def test_row_119_other_context_can_be_added(sit: Sit) -> None:
    """Impact, detection, what helped and what hindered."""
    commander = sit("commander")
    commander.do("hold_retro", present=["commander"], medium="video")
    commander.do("add_context", topic="helped", text="Mirrors were warm.")
    assert "Mirrors were warm." in str(commander.view()["retro"])


def test_row_120_nobody_is_blamed() -> None:
    """The factors are systemic, and the line for it opens its evidence."""
    assert met("managed", "LRN-3")


def test_row_122_a_meeting_is_held() -> None:
    """Not only a document: a meeting by a named medium, before the first factor."""
    (held,) = items("managed", "retro.held")
    assert held.data["medium"] == "video"
    assert held.t_ms < items("managed", "factor.added")[0].t_ms


def test_row_123_within_a_day_of_the_resolution() -> None:
    """Counted from the incident's resolution."""
    (held,) = items("managed", "retro.held")
    opened = items("managed", "incident.opened")[0]
    resolved = items("managed", "ticket.resolved", opened.data["ticket"])[0]
    assert 0 < held.t_ms - resolved.t_ms < DAY_MS
    assert met("managed", "LRN-1")


def test_row_124_improvements_of_service_process_and_tooling() -> None:
    """Each of the three kinds of work has a follow-up with an owner and a date."""
    follow_ups = items("managed", "follow_up.created")
    assert {item.data["work_kind"] for item in follow_ups} >= KINDS_OF_WORK
    assert all(item.data["owner"] and item.data["due"] for item in follow_ups)


def test_row_126_the_lesson_is_documented() -> None:
    """Every follow-up comes of a factor that was discussed."""
    factors = {item.data["factor"] for item in items("managed", "factor.added")}
    assert {item.data["factor"] for item in items("managed", "follow_up.created")} <= factors
    assert met("managed", "LRN-4")


def test_row_127_runbooks_are_kept(sit: Sit) -> None:
    """A gap is noted at its step where the next reader sees it."""
    lead = sit("tech_lead")
    lead.do("open_runbook", page="rb-2")
    lead.do("note_gap", page="rb-2", step=4, text="It re-admits cold sites.")
    book = next(each for each in lead.view()["runbooks"] if each["id"] == "rb-2")
    assert book["steps"][3]["gap"]["text"] == "It re-admits cold sites."


def test_row_129_roles_are_assigned() -> None:
    """One act takes command, a handover passes it on, and each is announced and confirmed."""
    assert items("managed", "role.assumed", "commander")
    assert {item.about for item in items("managed", "role.handed_off")} == {"commander", "tech_lead"}
    assert met("managed", "ROL-1")


def test_row_130_stakeholders_hear_throughout() -> None:
    """First notice, cadence, and lists inside and outside."""
    assert len({item.about for item in items("managed", "update.sent")}) >= 2
    assert met("managed", "COM-1")
    assert met("managed", "COM-2")


def test_row_131_each_seat_says_what_it_is_for(sit: Sit) -> None:
    """A card of duties on every chair, each its own."""
    cards = [
        str(sit(seat).view()["me"]["duty"]) for seat in ("commander", "tech_lead", "communications", "desk_1")
    ]
    assert len(set(cards)) == len(cards)


def test_row_132_a_first_drill_needs_no_account(served: Served) -> None:
    """One request without a name or a password opens the flagship, with bots in the other seats."""
    drill = served.play()
    seats = served.house.hall.drill(drill).seats
    assert [seat.seat for seat in seats if not seat.bot] == ["tech_lead"]
    assert sum(seat.bot for seat in seats) >= 3
