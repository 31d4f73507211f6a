"""The control room's view: the script, the truth, the people, and where they are stuck."""

from __future__ import annotations

import json
from typing import Any

import pytest

from drills.errors import Refused
from drills.live import LiveDrill
from drills.views.control_part import FacilitatorView
from tests.drills.views.conftest import MINUTE_MS, Seated, Sit

LIMIT_BYTES = 60_000


def control(seated: Seated) -> FacilitatorView:
    drill: LiveDrill = seated.hall.drill(seated.me.drill_id)
    return drill.control


def do(seated: Seated, command: str, **data: Any) -> None:
    """Send a command as the facilitator."""
    seated.sent.append(command)
    id_ = f"f{len(seated.sent)}"
    seated.hall.submit(seated.me.drill_id, "facilitator", "ruth", id_, command, data)


def row(seated: Seated, inject: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = control(seated).build()["timeline"]
    return next(each for each in rows if each["inject"] == inject)


@pytest.mark.parametrize("team", ["none", "managed"])
def test_it_is_small_and_json_in_the_middle_of_the_night(sit: Sit, team: str) -> None:
    """Five hours in, at 08:00 of the story, it stays under 60 kB."""
    seated = sit("desk_1", team=team)
    seated.play_to(300)
    view = seated.hall.view(seated.me.drill_id, "facilitator")
    assert view["clock"]["story"] == "Wed 08:00"
    assert len(json.dumps(view, ensure_ascii=False).encode()) < LIMIT_BYTES


def test_the_timeline_says_what_is_planned_watched_held_and_fired(sit: Sit) -> None:
    """Times where they are known, else the condition in words with its present value."""
    seated = sit("desk_1", team="none")
    seated.play_to(2)
    assert row(seated, "i01") | {"state": "fired", "story": "Wed 03:01"} == row(seated, "i01")
    waits = row(seated, "i03")
    assert (waits["state"], waits["t_ms"], waits["came"]) == ("watched", None, 0)
    assert waits["when"] == "after look taken signal logs"
    do(seated, "hold_inject", inject="i03")
    assert row(seated, "i03")["state"] == "held"
    assert "release_inject" in row(seated, "i03")["may"]
    do(seated, "release_inject", inject="i03")
    do(seated, "move_inject", inject="i03", to_ms=20 * MINUTE_MS)
    assert row(seated, "i03") | {"state": "planned", "story": "Wed 03:20"} == row(seated, "i03")


def test_a_metric_is_shown_with_its_value(sit: Sit) -> None:
    """What waits for the world says where the world is."""
    seated = sit("desk_1", team="none")
    seated.play_to(30)
    valued = [each for each in control(seated).build()["timeline"] if "value" in json.dumps(each)]
    assert any(isinstance(each.get("value"), float) or each.get("any") for each in valued)


def test_it_says_what_came_of_each(sit: Sit) -> None:
    """What was ignored says what that leads to, in the scenario's words."""
    seated = sit("tech_lead", team="none")
    seated.play_to(60)
    came = row(seated, "i01")
    assert came["outcome"] == "ignored"
    assert came["outcome_text"].startswith("They ring again")


def test_the_world_as_it_truly_is(sit: Sit) -> None:
    """Warmth and heap, which no monitor shows, the planted faults, and the cause."""
    seated = sit("desk_1", team="none")
    seated.play_to(60)
    world = control(seated).build()["world"]
    site = next(each for each in world["sites"] if each["id"] == "dc1")
    assert {"warmth", "heap", "leaking", "load_frac", "state"} <= set(site)
    assert world["faults"]
    assert world["cause"]


def test_the_roster_tells_who_did_what_last(sit: Sit) -> None:
    """Person or bot, the last act and when, and how much waits."""
    seated = sit("desk_1", team="none")
    seated.play_to(2)
    seated.do("send_message", text="I am here.")
    chairs = {chair["seat"]: chair for chair in control(seated).build()["roster"]}
    mine = chairs["desk_1"]
    assert (mine["name"], mine["bot"], mine["last"], mine["last_story"]) == (
        "Ada Berg",
        False,
        "wrote",
        "03:02",
    )
    assert mine["waiting"] >= 1
    assert (chairs["commander"]["bot"], chairs["commander"]["last"]) == (True, "")


def test_notes_carry_their_tag_and_words(sit: Sit) -> None:
    """What a facilitator noted stands in the view with its story time."""
    seated = sit("desk_1", team="none")
    do(seated, "note_observation", text="Nobody wrote it down.", tag="ask_later")
    note = control(seated).build()["notes"][0]
    assert (note["text"], note["tag"], note["story"]) == ("Nobody wrote it down.", "ask_later", "03:00")


def stalls(seated: Seated) -> set[str]:
    return {each["id"] for each in control(seated).build()["nudges"]}


def test_a_team_that_does_nothing_is_stuck_everywhere(sit: Sit) -> None:
    """Nobody leads, nobody speaks, the record is empty; later no forecast, no relief."""
    seated = sit("desk_1", team="none")
    seated.play_to(10)
    assert stalls(seated) == set()
    seated.play_to(60)
    assert stalls(seated) == {"no_commander", "silence", "empty_record"}
    seated.play_to(150)
    assert "no_forecast" in stalls(seated)
    seated.play_to(751)
    assert "no_relief" in stalls(seated)


def test_a_hint_that_was_given_is_not_proposed_again_at_once(sit: Sit) -> None:
    """Nudged, the commander is left alone for three minutes on the wall."""
    seated = sit("desk_1", team="none")
    seated.play_to(60)
    do(seated, "nudge_seat", to="commander", text="Who decides?")
    assert stalls(seated) == {"silence"}


def test_a_tech_lead_who_looks_at_one_thing_only(sit: Sit) -> None:
    """Three looks in a row at one site and no other idea; a hypothesis ends it."""
    seated = sit("tech_lead", team="none")
    seated.play_to(25)
    for _ in range(3):
        seated.do("take_look", target="dc1", signal="logs")
    assert "tunnel" in stalls(seated)
    seated.do("record_hypothesis", text="The heap is full.", evidence="97 %")
    assert "tunnel" not in stalls(seated)


def test_a_ticket_closed_unasked(sit: Sit) -> None:
    """The desk closed, and the reporter was not asked."""
    seated = sit("desk_1", team="none")
    seated.incident()
    seated.say("ticket.closed", "INC-90", {"ticket": "INC-90"})
    assert stalls(seated) == {"closed_unasked"}


def test_a_preview_says_whom_an_inject_would_reach(sit: Sit) -> None:
    """Who, how, when, and that it can be taken back; nothing is written."""
    seated = sit("desk_1", team="none")
    entries = len(seated.hall.journal(seated.me.drill_id).entries)
    told = {"sender": "depot", "to": ["desk_1", "commander"], "channel": "chat", "text": "Well?"}
    shown = control(seated).preview(told)
    assert [each["seat"] for each in shown["reaches"]] == ["desk_1", "commander"]
    assert (shown["how"], shown["undo_s"], shown["world"]) == ("a message, by chat", 10.0, "unchanged")
    rung = control(seated).preview({**told, "channel": "phone"})
    assert [each["seat"] for each in rung["reaches"]] == ["desk_1"]
    assert rung["not_reached"] == ["Commander"]
    assert len(seated.hall.journal(seated.me.drill_id).entries) == entries
    with pytest.raises(Refused, match="no persona"):
        control(seated).preview({**told, "sender": "nobody"})


def test_one_by_hand_can_be_taken_back_while_it_waits(sit: Sit) -> None:
    """The row counts the seconds of undo, and goes when they are over."""
    seated = sit("desk_1", team="none")
    do(seated, "add_inject", sender="depot", to=["desk_1"], channel="chat", text="Still here.")
    waiting = row(seated, "hand-1")
    assert (waiting["state"], waiting["undo_s"], waiting["text"]) == ("planned", 10, "Still here.")
    assert "withdraw_inject" in waiting["may"]
    seated.play_to(5)
    assert row(seated, "hand-1") | {"state": "fired", "may": []} == row(seated, "hand-1")


def test_see_as_shows_what_the_seat_sees_and_offers_nothing(sit: Sit) -> None:
    """The very view of the seat, to look at only; for seats of this drill."""
    seated = sit("desk_1", team="none")
    seated.play_to(30)
    seen = control(seated).see_as("desk_1")
    assert seen["read_only"] is True
    assert (seen["me"]["may"], seen["clock"]["may"]) == ([], [])
    own = seated.view()
    assert {key: seen[key] for key in ("desk", "asked", "channel") if key in own} == {
        key: own[key] for key in ("desk", "asked", "channel") if key in own
    }
    with pytest.raises(Refused) as refused:
        control(seated).see_as("observer")
    assert refused.value.status == 404
