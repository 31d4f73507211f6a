"""A live drill: one write path, durable before it is acknowledged, the same after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drills import Hall, Holder, Refused, replay
from scenarios import Library
from tests.handclock import HandClock

FLAGSHIP = "three-datacenter-outage"


@pytest.fixture
def wall() -> HandClock:
    return HandClock()


@pytest.fixture
def hall(tmp_path: Path, wall: HandClock) -> Iterator[Hall]:
    opened = Hall(tmp_path, Library([]), wall)
    yield opened
    opened.close()


def play(hall: Hall, wall: HandClock, seconds: float) -> None:
    """Let wall time pass, a fifth of a second at a time."""
    for _ in range(round(seconds * 5)):
        wall.now_s += 0.2
        hall.tick()


def see_to(hall: Hall, me: Holder) -> None:
    """See to all that keeps time from being skipped."""
    board = hall.drill(me.drill_id).engine.board
    wanted = [("acknowledge_page", "page", each.id) for each in board.ringing(me.seat)]
    wanted += [("answer_phone", "call", each.id) for each in board.phones_ringing(me.seat)]
    wanted += [("end_call", "call", each.id) for each in board.running_calls(me.seat)]
    if board.freeze is not None:
        wanted.append(("answer_freeze", "freeze", board.freeze.about))
    for command, name, id_ in wanted:
        hall.submit(me.drill_id, me.seat, me.person, f"{command}-{id_}", command, {name: id_})


def skip_to(hall: Hall, me: Holder, story_ms: int) -> None:
    """Skip on, through everything that calls, to a moment."""
    number = 0
    while hall.view(me.drill_id, me.seat)["clock"]["t_ms"] < story_ms:
        see_to(hall, me)
        number += 1
        hall.submit(me.drill_id, me.seat, me.person, f"skip-{story_ms}-{number}", "skip", {"to_ms": story_ms})
        while hall.drill(me.drill_id).state == "skipping":
            hall.tick()


def test_the_first_page_rings_within_two_wall_minutes(hall: Hall, wall: HandClock) -> None:
    """At the book's speed a lone tech lead is paged before two minutes have passed on the wall."""
    me = hall.play_alone(FLAGSHIP, "tech_lead", seed=7)
    waited_s = 0.0
    while not hall.view(me.drill_id, me.seat)["pages"] and waited_s < 121:
        play(hall, wall, 1)
        waited_s += 1
    assert waited_s <= 120
    (page,) = hall.view(me.drill_id, me.seat)["pages"]
    assert "DC1" in page["title"]
    assert page["title"].startswith("EXERCISE")


def test_a_command_id_twice_is_one_deed(hall: Hall) -> None:
    """A browser that asks again after a lost answer gets the same receipt."""
    me = hall.play_alone(FLAGSHIP, "tech_lead", seed=7)
    first = hall.submit(me.drill_id, me.seat, me.person, "c1", "send_message", {"text": "here"})
    again = hall.submit(me.drill_id, me.seat, me.person, "c1", "send_message", {"text": "here"})
    assert first == again
    assert len([item for item in hall.record(me.drill_id).items if item.kind == "message.sent"]) == 1


@pytest.mark.parametrize(
    ("seat", "command", "data", "status"),
    [
        ("tech_lead", "close_ticket", {"ticket": "INC-1"}, 403),
        ("tech_lead", "start_drill", {}, 403),
        ("commander", "start_operation", {"operation": "restart", "params": {"site": "dc1"}}, 403),
        ("tech_lead", "dance", {}, 404),
        ("tech_lead", "send_message", {"text": ""}, 400),
        ("tech_lead", "send_message", {"text": "x" * 4001}, 400),
        ("tech_lead", "send_message", {"text": "x", "more": 1}, 400),
        ("tech_lead", "acknowledge_page", {"page": "page-99"}, 404),
        ("tech_lead", "start_operation", {"operation": "restrat", "params": {}}, 400),
        ("tech_lead", "start_operation", {"operation": "restart", "params": {"site": "dc9"}}, 409),
        ("tech_lead", "start_operation", {"operation": "degraded_mode", "params": {"on": True}}, 409),
        ("tech_lead", "edit_document", {"section": "state", "text": "x"}, 409),
    ],
)
def test_a_refused_command_leaves_no_entry(
    hall: Hall, seat: str, command: str, data: dict[str, object], status: int
) -> None:
    """It says why and what to do, and the journal is as it was."""
    me = hall.play_alone(FLAGSHIP, seat, seed=7)
    before = hall.journal(me.drill_id).head
    with pytest.raises(Refused) as refused:
        hall.submit(me.drill_id, me.seat, me.person, "c1", command, data)
    assert refused.value.status == status
    assert refused.value.message
    assert refused.value.cure
    assert hall.journal(me.drill_id).head == before


def test_only_a_holder_of_the_token_holds_the_seat(hall: Hall) -> None:
    """The token opens its own seat in its own drill, and nothing else does."""
    me, other = (hall.play_alone(FLAGSHIP, "tech_lead", seed=seed) for seed in (1, 2))
    assert hall.holder(me.token, me.drill_id) == Holder(me.drill_id, "tech_lead", me.person)
    assert hall.holder(me.token, other.drill_id) is None
    assert hall.holder("", me.drill_id) is None
    assert hall.holder("guess", me.drill_id) is None


def test_a_pause_stops_the_story_and_a_long_sleep_pauses(hall: Hall, wall: HandClock) -> None:
    """Paused, no simulated time passes; a machine that slept wakes to a paused drill."""
    me = hall.play_alone(FLAGSHIP, "tech_lead", seed=7)
    play(hall, wall, 2)
    hall.submit(me.drill_id, me.seat, me.person, "p", "pause", {})
    stood_ms = hall.view(me.drill_id, me.seat)["clock"]["t_ms"]
    play(hall, wall, 5)
    assert hall.view(me.drill_id, me.seat)["clock"]["t_ms"] == stood_ms
    hall.submit(me.drill_id, me.seat, me.person, "r", "resume", {})
    play(hall, wall, 2)
    moved_ms = hall.view(me.drill_id, me.seat)["clock"]["t_ms"]
    assert moved_ms > stood_ms
    wall.now_s += 3600
    hall.tick()
    clock = hall.view(me.drill_id, me.seat)["clock"]
    assert clock["state"] == "paused"
    assert clock["t_ms"] <= moved_ms + 1000


def test_a_restart_brings_the_drill_back_as_it_was(hall: Hall, wall: HandClock, tmp_path: Path) -> None:
    """After a restart every deed is there, no simulated time has passed, and the bots double nothing."""
    me = hall.play_alone(FLAGSHIP, "tech_lead", seed=7)
    skip_to(hall, me, 45 * 60_000)
    play(hall, wall, 3)
    hall.submit(me.drill_id, me.seat, me.person, "m", "send_message", {"text": "before the cut"})
    before = hall.record(me.drill_id)
    hall.close()
    wall.now_s += 7200
    again = Hall(tmp_path, Library([]), wall)
    after = again.record(me.drill_id)
    assert [item.as_json() for item in after.items[:-1]] == [item.as_json() for item in before.items]
    assert after.items[-1].kind == "clock.paused"
    assert after.ended_ms - before.ended_ms < 1000
    assert again.holder(me.token, me.drill_id) is not None
    again.submit(me.drill_id, me.seat, me.person, "r", "resume", {})
    skip_to(again, me, 60 * 60_000)
    again.submit(me.drill_id, me.seat, me.person, "s", "stop", {})
    journal, record = again.journal(me.drill_id), again.record(me.drill_id)
    assert len({entry.command_id for entry in journal.entries}) == len(journal.entries)
    assert replay(again.scenario(me.drill_id), 7, journal).sha256() == record.sha256()
    again.close()


def test_a_skip_ends_at_a_page(hall: Hall, wall: HandClock) -> None:
    """Time that passes quickly stops where a person is called."""
    me = hall.play_alone(FLAGSHIP, "tech_lead", seed=7)
    hall.submit(me.drill_id, me.seat, me.person, "s", "skip", {"to_ms": 3_600_000})
    while hall.drill(me.drill_id).state == "skipping":
        hall.tick()
    view = hall.view(me.drill_id, me.seat)
    assert view["pages"]
    assert 240_000 < view["clock"]["t_ms"] < 480_000
    assert view["clock"]["state"] == "running"


def test_the_clock_slows_while_a_page_waits(hall: Hall, wall: HandClock) -> None:
    """A chosen speed gives way to a ringing page and comes back after it."""
    me = hall.play_alone(FLAGSHIP, "tech_lead", seed=7)
    hall.submit(me.drill_id, me.seat, me.person, "f", "set_speed", {"speed": 20})
    while not hall.view(me.drill_id, me.seat)["pages"]:
        play(hall, wall, 1)
    play(hall, wall, 0.4)
    clock = hall.view(me.drill_id, me.seat)["clock"]
    assert clock["speed"] == 3
    assert clock["slowed_because"] == "a page is waiting"
    (page,) = hall.view(me.drill_id, me.seat)["pages"]
    hall.submit(me.drill_id, me.seat, me.person, "a", "acknowledge_page", {"page": page["id"]})
    play(hall, wall, 25)
    assert hall.view(me.drill_id, me.seat)["clock"]["speed"] > 3


def test_stopping_early_seals_the_drill(hall: Hall, tmp_path: Path, wall: HandClock) -> None:
    """A drill that was stopped takes no more commands, and its record stays as it was."""
    me = hall.play_alone(FLAGSHIP, "commander", seed=7)
    skip_to(hall, me, 30 * 60_000)
    hall.submit(me.drill_id, me.seat, me.person, "s", "stop", {})
    sealed = hall.record(me.drill_id).sha256()
    with pytest.raises(Refused, match="ended"):
        hall.submit(me.drill_id, me.seat, me.person, "t", "send_message", {"text": "late"})
    assert hall.view(me.drill_id, me.seat)["drill"]["scorecard_url"]
    hall.close()
    again = Hall(tmp_path, Library([]), wall)
    assert again.record(me.drill_id).sha256() == sealed
    assert again.drills()[0]["state"] == "ended"
    again.close()


def test_the_clock_slows_for_an_alert_of_a_site(hall: Hall, wall: HandClock) -> None:
    """A site that falls slows the clock even for a seat that is not paged, and only for a while."""
    me = hall.play_alone(FLAGSHIP, "communications", seed=7)
    hall.submit(me.drill_id, me.seat, me.person, "f", "set_speed", {"speed": 20})
    while not hall.view(me.drill_id, me.seat)["alerts"]:
        play(hall, wall, 1)
    play(hall, wall, 0.4)
    clock = hall.view(me.drill_id, me.seat)["clock"]
    assert (clock["speed"], clock["slowed_because"]) == (3, "a new alert")
    play(hall, wall, 25)
    assert hall.view(me.drill_id, me.seat)["clock"]["speed"] > 3
