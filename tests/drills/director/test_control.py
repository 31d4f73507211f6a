"""Injects by hand: triggered, held, let go, moved, added, taken back; by replay from the journal alone."""

from __future__ import annotations

from typing import Any

import pytest

from drills.errors import Refused
from drills.replaying import rebuilt
from drills.rights import permissions
from tests.drills.director.table import Table, scenario

INJECTS = """\
  - id: early
    when: {at: "09:10"}
    to: [commander]
    from: reader
    channel: chat
    text: "Is the shop open?"
  - id: late
    when: {at: "09:30"}
    unless: {kind: update.sent, about: staff}
    to: [desk_1]
    from: reader
    channel: email
    text: "I cannot pay."
    report: {trouble: dark}
  - id: calls
    when: {at: "09:40"}
    to: [tech_lead]
    from: owner
    channel: phone
    text: "Are we open?"
"""
TROUBLES = """\
  - id: dark
    title: West lost power
    main: true
    services: [bookshop]
    ranks: [{priority: high}]
"""
CONTROL = (
    *("add_inject", "hold_inject", "move_inject", "nudge_seat", "release_inject", "trigger_inject"),
    "withdraw_inject",
)


def table() -> Table:
    return Table(scenario(injects=INJECTS, troubles=TROUBLES))


def control(drill: Table, command: str, inject: str, **data: Any) -> None:
    drill.act("facilitator", command, inject=inject, **data)


def same_again(drill: Table) -> None:
    """Demand that a replay of the journal tells the same items."""
    again = rebuilt(drill.plan, drill.play.journal, until_ms=drill.engine.now_ms)
    assert [item.as_json() for item in again.items] == [item.as_json() for item in drill.engine.items]


def test_triggered_it_comes_at_once_and_only_once() -> None:
    """At the moment of the entry, long before its time; its time brings it no second time."""
    drill = table()
    drill.until("09:02")
    control(drill, "trigger_inject", "early")
    assert drill.story("inject.fired") == ["09:02"]
    drill.until("09:20")
    assert len(drill.all("inject.fired")) == 1
    same_again(drill)


def test_held_it_waits_and_let_go_it_says_how_late_it_is() -> None:
    """Its time passes without it; let go it comes at once, seven minutes late."""
    drill = table()
    control(drill, "hold_inject", "early", text="They are busy enough.")
    drill.until("09:17")
    assert drill.all("inject.fired") == []
    control(drill, "release_inject", "early")
    fired = drill.one("inject.fired")
    assert drill.plan.story(fired.t_ms) == "Mon 09:17"
    assert fired.data["late_ms"] == 7 * 60_000
    same_again(drill)


def test_let_go_before_its_time_it_comes_in_time() -> None:
    """Held and let go again nothing has changed, and nothing is said to be late."""
    drill = table()
    control(drill, "hold_inject", "early")
    drill.until("09:05")
    control(drill, "release_inject", "early")
    drill.until("09:12")
    assert drill.story("inject.fired") == ["09:10"]
    assert "late_ms" not in drill.one("inject.fired").data


@pytest.mark.parametrize(("to", "comes", "late_ms"), [("09:25", "09:25", None), ("09:03", "09:05", 120_000)])
def test_moved_it_comes_then_and_not_at_its_own_time(to: str, comes: str, late_ms: int | None) -> None:
    """To a time that is over it comes at once and says so: nothing is too old."""
    drill = table()
    drill.until("09:05")
    control(drill, "move_inject", "early", to_ms=drill.plan.at(to))
    drill.until("09:35")
    assert [drill.plan.story(i.t_ms)[4:] for i in drill.all("inject.fired", inject="early")] == [comes]
    assert drill.one("inject.fired", inject="early").data.get("late_ms") == late_ms
    same_again(drill)


def test_moved_twice_the_last_time_counts() -> None:
    """The first time that it was moved to is forgotten."""
    drill = table()
    control(drill, "move_inject", "early", to_ms=drill.plan.at("09:15"))
    control(drill, "move_inject", "early", to_ms=drill.plan.at("09:20"))
    drill.until("09:25")
    assert drill.story("inject.fired") == ["09:20"]


def test_moved_on_while_it_is_overdue_it_waits_for_the_new_time() -> None:
    """Held past its time, moved to a later one and let go before that: it comes then, and in time."""
    drill = table()
    control(drill, "hold_inject", "early")
    drill.until("09:12")
    control(drill, "move_inject", "early", to_ms=drill.plan.at("09:20"))
    control(drill, "release_inject", "early")
    drill.until("09:25")
    assert drill.story("inject.fired") == ["09:20"]
    assert "late_ms" not in drill.one("inject.fired").data


def test_a_report_that_was_held_is_a_report_that_comes_late() -> None:
    """It reaches the desk as any other, with its lateness beside it."""
    drill = table()
    control(drill, "hold_inject", "late")
    drill.until("09:40")
    control(drill, "release_inject", "late")
    assert drill.one("report.received", inject="late").data["late_ms"] == 10 * 60_000


def test_what_keeps_an_inject_away_keeps_it_away_unless_it_is_triggered() -> None:
    """A move leaves its `unless` in force; who triggers it means it."""
    drill = table()
    drill.act("communications", "send_update", list="staff", text="West is down.")
    control(drill, "move_inject", "late", to_ms=drill.plan.at("09:10"))
    drill.until("09:12")
    assert drill.engine.director.planned["late"].kept_away
    control(drill, "trigger_inject", "late")
    assert len(drill.all("report.received", inject="late")) == 1


def test_a_call_by_hand_rings_at_once() -> None:
    """A triggered call rings; what is said is said to whoever picks up."""
    drill = table()
    control(drill, "trigger_inject", "calls")
    drill.act("tech_lead", "answer_phone", call=drill.one("phone.rang").about)
    assert drill.one("inject.fired").data["text"] == "Are we open?"


ADDED: dict[str, Any] = {
    "sender": "reader",
    "to": ["desk_1"],
    "channel": "email",
    "text": "Slower by the minute.",
}


def test_one_by_hand_comes_after_ten_seconds_on_the_wall() -> None:
    """At sixty times the speed that is ten minutes of the story; its words stand beside the journal."""
    drill = table()
    drill.act("facilitator", "set_speed", speed=60)
    added = drill.act("facilitator", "add_inject", **ADDED)
    assert added.about == "hand-1"
    drill.until("09:09")
    assert drill.all("inject.fired") == []
    drill.until("09:11")
    fired = drill.one("inject.fired", inject="hand-1")
    assert (drill.plan.story(fired.t_ms), fired.sees) == ("Mon 09:10", ("desk_1",))
    assert drill.engine.texts[fired.data["text"]["text"]] == "Slower by the minute."
    same_again(drill)


def test_taken_back_in_time_it_never_comes() -> None:
    """Undo within the ten seconds; later it is too late, and says so."""
    drill = table()
    drill.act("facilitator", "set_speed", speed=60)
    drill.act("facilitator", "add_inject", **ADDED)
    drill.until("09:05")
    control(drill, "withdraw_inject", "hand-1")
    drill.act("facilitator", "add_inject", **ADDED)
    drill.until("09:40")
    assert [item.about for item in drill.all("inject.fired", **{"from": "reader"})] == ["early", "hand-2"]
    with pytest.raises(Refused, match="too late, hand-2 came at Mon 09:15") as refused:
        control(drill, "withdraw_inject", "hand-2")
    assert refused.value.status == 409
    same_again(drill)


def test_a_report_by_hand_is_a_report() -> None:
    """It waits at the desk until it has a ticket; what it really tells of is not in its data."""
    drill = table()
    drill.act("facilitator", "add_inject", **ADDED, trouble="dark", at_ms=drill.plan.at("09:20"))
    drill.until("09:21")
    report = drill.one("report.received")
    assert drill.plan.story(report.t_ms) == "Mon 09:20"
    assert "trouble" not in report.data
    assert drill.engine.director.trouble_of("hand-1") == "dark"
    drill.act("desk_1", "log_ticket", title="Slow", reporter="reader", report=report.about)
    assert drill.one("consequence.came", inject="hand-1").data["outcome"] == "handled"


def test_a_hint_reaches_its_seat_alone() -> None:
    """It comes as any other nudge, from the facilitator."""
    drill = table()
    drill.act("facilitator", "nudge_seat", to="commander", text="Who decides?")
    hint = drill.one("nudge.sent")
    assert (hint.data["from"], hint.sees) == ("facilitator", ("commander",))
    assert drill.one("seat.nudged").sees == ("facilitator",)


@pytest.mark.parametrize("seat", ["observer", "facilitator"])
def test_notes_are_for_facilitators_and_leads(seat: str) -> None:
    """Who wrote a note reads it too; no trainee sees one."""
    drill = table()
    note = drill.act(seat, "note_observation", text="Said the plan aloud.", tag="strength")
    assert set(note.sees) == {"facilitator", "lead", seat}


def test_the_real_world_ends_the_drill_at_once() -> None:
    """Also while it stands; the reason is the record's, and nothing is done after it."""
    drill = table()
    drill.until("09:02")
    drill.act("facilitator", "pause")
    stopped = drill.act("facilitator", "stop", reason="real world")
    assert (drill.engine.ended, stopped.t_ms) == ("real world", drill.plan.at("09:02"))
    assert "commander" in stopped.sees
    with pytest.raises(Refused, match="ended"):
        drill.act("commander", "send_message", text="What is it?")


AGAIN = [
    ("trigger_inject", {}),
    ("hold_inject", {}),
    ("move_inject", {"to_ms": 20 * 60_000}),
    ("withdraw_inject", {}),
]


@pytest.mark.parametrize(("command", "data"), AGAIN)
def test_of_two_facilitators_the_second_learns_that_it_was_done(command: str, data: dict[str, Any]) -> None:
    """The same act again is refused with 409, and nothing is written."""
    drill = table()
    control(drill, command, "early", **data)
    entries = len(drill.play.journal.entries)
    with pytest.raises(Refused, match="already done") as refused:
        control(drill, command, "early", **data)
    assert refused.value.status == 409
    assert len(drill.play.journal.entries) == entries


def test_release_of_what_is_not_held_is_refused() -> None:
    """The second of two who let it go is told so."""
    drill = table()
    with pytest.raises(Refused, match="already done"):
        control(drill, "release_inject", "early")


@pytest.mark.parametrize(
    ("command", "data", "status"),
    [
        ("trigger_inject", {"inject": "nothing"}, 404),
        ("move_inject", {"inject": "early", "to_ms": 10**8}, 400),
        ("add_inject", {**ADDED, "sender": "nobody"}, 404),
        ("add_inject", {**ADDED, "to": ["observer"]}, 404),
        ("add_inject", {**ADDED, "trouble": "none"}, 404),
        ("nudge_seat", {"to": "owner", "text": "Well?"}, 404),
    ],
)
def test_what_is_not_there_is_refused(command: str, data: dict[str, Any], status: int) -> None:
    """Injects, senders, seats and troubles must exist, and times lie within the drill."""
    with pytest.raises(Refused) as refused:
        table().act("facilitator", command, **data)
    assert refused.value.status == status


def test_only_the_facilitator_has_the_control_room() -> None:
    """By the default roles nobody else, a lone player included, may touch an inject; observers note."""
    plan = scenario()
    for role in plan.role_table:
        for solo in (False, True):
            may = set(permissions(plan, role, solo=solo))
            assert may & set(CONTROL) == (set(CONTROL) if role == "facilitator" else set())
            assert ("note_observation" in may) == (role in ("facilitator", "observer"))
