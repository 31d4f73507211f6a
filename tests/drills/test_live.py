"""A live drill's clocks: freezes hold them, skips have terms, and nothing makes them go back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills import Hall, Refused, replay
from drills.clock import LONGEST_GAP_S
from tests.drills.live_drill import CARD, MINUTE_MS, QUIET, Night, quiet_library
from tests.handclock import HandClock


def open_night(folder: Path, seat: str = "commander") -> Night:
    """Begin a drill for one person in which nothing fails."""
    wall = HandClock()
    hall = Hall(folder / "data", quiet_library(folder / "library"), wall)
    return Night(hall, wall, hall.play_alone(QUIET, seat, seed=7))


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    opened = open_night(tmp_path)
    yield opened
    opened.hall.close()


# --- freezes
def test_a_freeze_holds_both_clocks_until_it_is_answered(night: Night) -> None:
    """From the very moment of the question no time passes; with the answer it goes on."""
    night.freeze_at(1)
    night.wait(13)
    assert night.clock["t_ms"] == MINUTE_MS
    assert (night.clock["state"], night.clock["skip"]) == ("paused", None)
    asked = night.clock["freeze"]
    assert (asked["id"], asked["question"], asked["may_answer"]) == ("go", "Tested, or at once?", True)
    assert 45 < asked["left_s"] < 60
    night.do("answer_freeze", freeze="go", text="Tested.")
    night.wait(2)
    assert night.clock["t_ms"] > MINUTE_MS
    assert (night.clock["state"], night.clock["freeze"]) == ("running", None)
    clock = [
        (i.kind, i.seat, i.data["why"])
        for i in night.engine.items
        if i.kind in ("clock.paused", "clock.resumed")
    ]
    assert clock == [("clock.paused", "clock", "freeze"), ("clock.resumed", "clock", "freeze")]


def test_a_freeze_lets_go_when_its_limit_is_over(night: Night) -> None:
    """Unanswered, the clocks go on after the limit; the same question does not stop them twice."""
    night.freeze_at(1, limit_s=30)
    night.wait(3 + 29)
    assert night.clock["t_ms"] == MINUTE_MS
    night.wait(10)
    assert night.clock["t_ms"] > MINUTE_MS
    assert [i.data["why"] for i in night.told("clock.resumed")] == ["freeze"]
    assert len(night.told("clock.paused")) == 1


def test_a_freeze_stops_the_story_at_its_moment_at_any_speed(night: Night) -> None:
    """However far a tick of the wall would have carried the story, it stands where the question came."""
    night.do("set_speed", speed=600)
    night.freeze_at(7)
    night.wait(2)
    assert night.clock["t_ms"] == 7 * MINUTE_MS
    assert night.told("clock.paused")[0].t_ms == 7 * MINUTE_MS


def test_resuming_by_hand_ends_a_freeze(night: Night) -> None:
    """A person may go on without an answer; the limit then has nothing more to end."""
    night.freeze_at(1)
    night.wait(5)
    night.do("resume")
    night.wait(70)
    assert night.clock["state"] == "running"
    assert night.clock["t_ms"] > 2 * MINUTE_MS
    assert [i.data["why"] for i in night.told("clock.resumed")] == ["person"]


def test_a_pause_by_hand_outlasts_a_freeze(night: Night) -> None:
    """Who pauses while a question stands goes on by hand, past its limit and its answer."""
    night.freeze_at(1)
    night.wait(5)
    night.do("pause")
    night.wait(70)
    assert night.clock["freeze"]["left_s"] is None
    night.do("answer_freeze", freeze="go")
    night.wait(5)
    assert (night.clock["state"], night.clock["t_ms"]) == ("paused", MINUTE_MS)
    night.do("resume")
    night.wait(1)
    assert night.clock["t_ms"] > MINUTE_MS


def test_only_what_is_asked_can_be_answered(night: Night) -> None:
    """An answer to no question, or a second one, is refused."""
    with pytest.raises(Refused, match="does not ask"):
        night.do("answer_freeze", freeze="go")
    night.freeze_at(1)
    night.wait(4)
    night.do("answer_freeze", freeze="go")
    with pytest.raises(Refused, match="does not ask"):
        night.do("answer_freeze", freeze="go")


def test_a_machine_that_sleeps_in_a_freeze_stays_paused(night: Night) -> None:
    """The people were away: the limit does not set the drill going without them."""
    night.freeze_at(1)
    night.wait(5)
    night.wall.now_s += 3600
    night.wait(5)
    assert (night.clock["state"], night.clock["t_ms"]) == ("paused", MINUTE_MS)
    assert [i.data["why"] for i in night.told("clock.paused")] == ["freeze", "gap"]


def test_a_restart_in_a_freeze_waits_for_people(tmp_path: Path) -> None:
    """A server that comes back stands still past every limit, until somebody goes on by hand."""
    night = open_night(tmp_path)
    night.freeze_at(1)
    night.wait(5)
    night.hall.close()
    again = Night(
        Hall(tmp_path / "data", quiet_library(tmp_path / "library"), night.wall), night.wall, night.me, 10
    )
    again.wait(90)
    assert (again.clock["state"], again.clock["t_ms"]) == ("paused", MINUTE_MS)
    again.do("resume")
    again.wait(1)
    assert again.clock["t_ms"] > MINUTE_MS
    again.hall.close()


def test_a_command_that_wakes_the_machine_journals_the_gap(night: Night) -> None:
    """The drill says that it stands even when a command is the first to notice the gap."""
    night.wall.now_s += LONGEST_GAP_S + 1
    night.do("send_message", text="back")
    assert [i.data["why"] for i in night.told("clock.paused")] == ["gap"]
    assert night.clock["state"] == "paused"


# --- skips
def test_a_quiet_time_takes_a_card(night: Night) -> None:
    """Up to a quiet time no card is asked for; into it one is, and no skip goes beyond it."""
    assert night.clock["skip"] == {
        "to_ms": 10 * MINUTE_MS, "story": "Mon 09:10", "title": "the next quiet stretch", "needs_card": False,
    }  # fmt: skip
    assert night.clock["skip_with_card"]["story"] == "Mon 09:15"
    for minutes, card, words in (
        (12, None, "takes a skip card"),
        (16, CARD, "skip to Mon 09:15 at most"),
        (12, {**CARD, "watches": "nobody"}, "choose one of"),
    ):
        with pytest.raises(Refused, match=words):
            night.skip(minutes, card)
    night.skip(10)
    assert night.clock["skip"]["needs_card"]
    night.skip(15, CARD)
    assert night.clock["t_ms"] == 15 * MINUTE_MS
    assert night.clock["skip"] == {
        "to_ms": 20 * MINUTE_MS, "story": "Mon 09:20", "title": "end of this act", "needs_card": False,
    }  # fmt: skip


def test_a_moment_that_has_come_ends_the_skip_at_once(night: Night) -> None:
    """Who chose a moment a little too late is taken nowhere, least of all back."""
    night.skip(5)
    night.skip(3)
    assert night.clock["t_ms"] == 5 * MINUTE_MS
    night.wait(1)
    assert 5 * MINUTE_MS < night.clock["t_ms"] < 6 * MINUTE_MS


def test_a_card_reaches_through_the_next_quiet_time(night: Night) -> None:
    """A lone player may skip from anywhere to the end of the next quiet time, with a card."""
    night.skip(15, CARD)
    night.skip(50, CARD)
    assert night.clock["t_ms"] == 50 * MINUTE_MS
    night.skip(55)
    assert night.clock["skip_with_card"] is None


def test_a_skip_sends_two_standing_updates_at_most(night: Night) -> None:
    """The card's word goes out by itself at its times, from the seat that skipped and its person."""
    night.skip(15, CARD)
    night.skip(25)
    before = len(night.told("update.sent"))
    night.skip(50, CARD)
    sent = [item for item in night.told("update.sent")[before:] if item.seat == "commander"]
    assert [item.t_ms for item in sent] == [30 * MINUTE_MS, 35 * MINUTE_MS]
    for item in sent:
        assert (item.about, item.data["next_update_min"], item.origin) == ("staff", 5, "journal")
        assert item.person == night.me.person
        assert [(c["property"], c["value"]) for c in item.data["claims"]] == [
            ("now", "watching: Kim Aster"),
            ("next_step", "stop if West answers late"),
        ]


def test_a_seat_without_updates_sends_them_by_its_card(tmp_path: Path) -> None:
    """The card gives the right to its own updates, and to no others."""
    night = open_night(tmp_path, "tech_lead")
    with pytest.raises(Refused, match="only"):
        night.do("send_update", list="staff", text="By hand.")
    night.skip(10)
    night.skip(15, CARD)
    assert [(i.seat, i.t_ms) for i in night.told("update.sent")] == [("tech_lead", 15 * MINUTE_MS)]
    night.hall.close()


CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("phone.rang", "phone-1", {"call": "phone-1", "from": "reader", "to": "commander", "inject": "x"}),
    ("page.rang", "page-1", {"to": "commander", "title": "Call", "from": "tech_lead", "alert": ""}),
    (
        "question.received",
        "q-1",
        {"from": "owner", "to": "commander", "text": "Well?", "inject": "x", "step": 0},
    ),
    (
        "question.received",
        "q-1",
        {"from": "owner", "to": "tech_lead", "text": "Well?", "inject": "x", "step": 2},
    ),
    ("call.started", "call-1", {"call": "call-1", "to": ["commander"], "medium": "phone"}),
    (
        "alert.fired",
        "west_down",
        {"alert": "west_down", "site": "west", "severity": "ticket", "title": "West"},
    ),
    ("level.changed", "bookshop", {"level": "degraded", "before": "up"}),
    ("freeze.began", "go", {"freeze": "go", "question": "Now?", "limit_s": 60}),
]


@pytest.mark.parametrize(("kind", "about", "data"), CALLS)
def test_what_ends_a_skip(night: Night, kind: str, about: str, data: dict[str, Any]) -> None:
    """A page, a phone, a question, an angry persona, a call, an alert, a change of level, a freeze end it."""
    night.script(4, kind, about, **data)
    night.skip(10)
    assert night.clock["t_ms"] == 4 * MINUTE_MS
    assert night.engine.skipping_to_ms is None


@pytest.mark.parametrize(
    ("kind", "about", "data"),
    [
        ("question.received", "q-1", {**CALLS[3][2], "step": 1}),
        ("page.rang", "page-1", {"to": "tech_lead", "title": "Call", "from": "commander", "alert": ""}),
        ("alert.fired", "burn", {"alert": "burn", "severity": "ticket", "title": "Budget", "site": None}),
    ],
)  # fmt: skip
def test_what_does_not_end_a_skip(night: Night, kind: str, about: str, data: dict[str, Any]) -> None:
    """What others are asked calmly, and alerts about no site, let a skip go on."""
    night.script(4, kind, about, **data)
    night.skip(10)
    assert night.clock["t_ms"] == 10 * MINUTE_MS


def test_an_old_question_does_not_end_a_skip(night: Night) -> None:
    """A question that was there before the skip lets it go on."""
    night.script(1, "question.received", "q-1", **CALLS[2][2])
    night.skip(10)
    assert night.clock["t_ms"] == MINUTE_MS
    night.skip(10)
    assert night.clock["t_ms"] == 10 * MINUTE_MS


@pytest.mark.parametrize(
    ("kind", "about", "data", "words"),
    [
        (*CALLS[0], "a phone rings"),
        (*CALLS[1], "a page rings"),
        (*CALLS[4], "a call is running"),
        (*CALLS[7], "the drill asks something"),
    ],
)
def test_nothing_is_skipped_while_somebody_waits(
    night: Night, kind: str, about: str, data: dict[str, Any], words: str
) -> None:
    """No skip is offered, or taken, while a page, a phone, a call or a freeze is open."""
    night.script(4, kind, about, **data)
    night.skip(10)
    assert night.clock["skip"] is None
    assert words in night.clock["skip_hindered"]
    with pytest.raises(Refused, match=words):
        night.skip(10)


def test_a_pause_ends_a_skip(night: Night) -> None:
    """Who pauses in a skip finds the drill paused, and then running at the book's speed."""
    night.do("skip", to_ms=10 * MINUTE_MS)
    night.hall.tick()
    night.do("pause")
    assert night.clock["state"] == "paused"
    stood_ms = night.clock["t_ms"]
    night.do("resume")
    night.wait(1)
    assert stood_ms < night.clock["t_ms"] < stood_ms + 25_000


# --- forms
def test_an_open_form_slows_in_its_acts(night: Night) -> None:
    """While a person writes the clock is slower, where the scenario wants that; a form left is forgotten."""
    assert night.clock["speed"] == 20
    night.drill.note_form("commander", is_open=True)
    night.wait(1)
    assert (night.clock["speed"], night.clock["slowed_because"]) == (8, "somebody is writing")
    night.wait(61 + 20)
    assert (night.clock["speed"], night.clock["slowed_because"]) == (20, None)
    night.skip(15, CARD)
    night.skip(20)
    night.drill.note_form("commander", is_open=True)
    night.wait(1)
    assert night.clock["speed"] == 60


# --- properties
STEPS = st.one_of(
    st.tuples(st.just("wait"), st.floats(0.2, 4.0)),
    st.tuples(st.just("sleep"), st.floats(5.5, 60.0)),
    st.tuples(st.just("set_speed"), st.sampled_from([1.0, 20.0, 600.0])),
    st.tuples(st.just("skip"), st.integers(1, 55)),
    st.tuples(st.just("skip_by_card"), st.integers(1, 55)),
    st.tuples(st.sampled_from(["pause", "resume", "answer"]), st.just(0)),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_stamps_never_go_back_and_a_replay_is_the_same(steps: list[tuple[str, float]]) -> None:
    """Whatever a person does to the clock, its time only grows, stands while paused, and replays alike."""
    with tempfile.TemporaryDirectory() as folder:
        night = open_night(Path(folder))
        seen_ms = 0
        for what, value in steps:
            was_paused = night.clock["state"] == "paused"
            _step(night, what, value)
            now_ms = night.clock["t_ms"]
            assert now_ms >= seen_ms
            if was_paused and what in ("wait", "sleep"):
                assert now_ms == seen_ms
            seen_ms = now_ms
        journal, record = night.hall.journal(night.me.drill_id), night.hall.record(night.me.drill_id)
        stamps = [entry.t_ms for entry in journal.entries]
        assert stamps == sorted(stamps)
        spans = [(part.from_ms, part.to_ms) for part in record.speeds]
        assert all(from_ms < to_ms for from_ms, to_ms in spans)
        assert all(before[1] == after[0] for before, after in pairwise(spans))
        again = replay(night.hall.scenario(night.me.drill_id), 7, journal)
        assert [i.as_json() for i in again.items if i.origin == "journal"] == [
            i.as_json() for i in record.items if i.origin == "journal"
        ]
        night.hall.close()


def _step(night: Night, what: str, value: float) -> None:
    """Do one thing to the clock; a refusal is part of life."""
    if what == "wait":
        night.wait(value)
    elif what == "sleep":
        night.wall.now_s += value
        night.hall.tick()
    else:
        try:
            _command(night, what, value)
        except Refused:
            return


def _command(night: Night, what: str, value: float) -> None:
    if what.startswith("skip"):
        night.skip(value, CARD if what == "skip_by_card" else None)
    elif what == "set_speed":
        night.do("set_speed", speed=value)
    elif what == "answer":
        night.do("answer_freeze", freeze="go")
    else:
        night.do(what)


# --- what anybody may do


def test_anybody_stops_the_clock_for_something_real(night: Night) -> None:
    """The clock stands at once, every seat reads who asked, and goes on when somebody lets it."""
    night.wait(2)
    night.do("call_halt")
    assert night.drill.state == "paused"
    before_ms = night.engine.now_ms
    night.wait(10)
    assert night.engine.now_ms == before_ms
    for seat in ("tech_lead", "commander", "observer"):
        assert night.drill.seat_view(seat).build()["clock"]["halted_by"] == night.clock["halted_by"]
    assert night.clock["halted_by"]
    night.do("resume")
    assert night.clock["halted_by"] is None


def test_who_asks_for_a_hint_gets_one(night: Night) -> None:
    """It waits softly for that seat, stands in the record, and nobody else of the team sees it."""
    night.do("ask_hint")
    mine = [each for each in night.drill.seat_view(night.me.seat).build()["asked"] if each["kind"] == "nudge"]
    assert len(mine) == 1
    assert mine[0]["title"]
    other = next(chair.seat for chair in night.drill.seats if chair.seat != night.me.seat)
    assert night.drill.seat_view(other).build()["asked"] == []
    (asked,) = [item for item in night.engine.items if item.kind == "hint.asked"]
    assert other not in asked.sees
