"""A live drill in a facilitator's hands: no pause, gap or restart moves, loses or doubles an inject.

The first part is a table of six faults that other exercise platforms had with pauses and "trigger now"; then
any sequence of a facilitator's acts is held against a plain reckoning of when each inject must come.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills import Hall
from drills.engine import TICK_MS
from drills.errors import Refused
from drills.journal import Entry
from drills.live import LiveDrill
from drills.record import Item
from drills.replaying import rebuilt
from scenarios import Library
from tests.drills.live_drill import MINUTE_MS, QUIET, quiet_library
from tests.handclock import HandClock

PLANNED = {"first": 3, "second": 7, "third": 12}
"""Injects of the drill, and the minute at which each comes."""
PLAIN = "to: [tech_lead], from: reader, channel: chat, text: Hello"
INJECTS = "injects:\n" + "".join(
    f'  - {{id: {id_}, when: {{at: "09:{minute:02d}"}}, {PLAIN}}}\n' for id_, minute in PLANNED.items()
)


@dataclass
class Room:
    """A drill with somebody in one seat, and facilitators who run it."""

    drill: LiveDrill
    wall: HandClock
    sent: list[str] = field(default_factory=list)

    def do(self, command: str, **data: Any) -> None:
        """Do something as a facilitator."""
        self.sent.append(command)
        self.drill.submit("facilitator", "ruth", f"f{len(self.sent)}", command, data)

    def wait(self, seconds: float) -> None:
        """Let wall time pass, a fifth of a second at a time."""
        for _ in range(round(seconds * 5)):
            self.wall.now_s += 0.2
            self.drill.tick()

    def run_to(self, minute: float) -> None:
        """Let the drill run to a minute of the story."""
        while self.drill.now_ms < minute * MINUTE_MS:
            self.wait(0.2)

    def fired(self, inject: str) -> list[Item]:
        items = self.drill.engine.items
        return [item for item in items if item.kind == "inject.fired" and item.about == inject]

    def fired_ms(self, inject: str) -> list[int]:
        return [item.t_ms for item in self.fired(inject)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The quiet morning with three injects."""
    folder = tmp_path_factory.mktemp("scenarios")
    quiet_library(folder)
    path = folder / f"{QUIET}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + INJECTS, encoding="utf-8")
    return Library([folder])


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Hall]:
    """A hall whose clock is moved by hand."""
    hall = Hall(tmp_path_factory.mktemp("store"), library, HandClock())
    yield hall
    hall.close()


def room_in(hall: Hall) -> Room:
    holder = hall.play_alone(QUIET, "tech_lead", team="none", seed=1)
    assert isinstance(hall.wall, HandClock)
    return Room(hall.drill(holder.drill_id), hall.wall)


@pytest.fixture
def room(hall: Hall) -> Room:
    """A drill that has just begun."""
    return room_in(hall)


# --- six faults


def test_trigger_now_works_while_the_drill_runs(room: Room) -> None:
    """Fault 1: "trigger now" was dead during play. Here it comes at the moment of the entry."""
    room.run_to(1)
    room.do("trigger_inject", inject="second")
    assert room.fired_ms("second") == [room.drill.play.journal.entries[-1].t_ms]


@pytest.mark.parametrize("resumed", [True, False])
def test_trigger_now_does_not_wait_for_as_long_as_the_pause_was(room: Room, resumed: bool) -> None:
    """Fault 2: after half an hour's pause it took half an hour more. Here it comes at once, paused or not."""
    room.run_to(1)
    room.do("pause")
    room.wait(1800)
    if resumed:
        room.do("resume")
    room.do("trigger_inject", inject="second")
    assert room.fired_ms("second") == [room.drill.play.journal.entries[-1].t_ms]


def test_the_first_inject_after_a_pause_comes_at_its_own_time(room: Room) -> None:
    """Fault 3: the first inject after a pause failed. Here a pause moves no due time of the story."""
    room.run_to(2)
    room.do("pause")
    room.wait(900)
    room.do("resume")
    room.run_to(4)
    assert room.fired_ms("first") == [PLANNED["first"] * MINUTE_MS]
    assert "late_ms" not in room.fired("first")[0].data


def test_an_inject_made_during_a_pause_is_not_too_old(room: Room) -> None:
    """Fault 4: one copied during a pause was "too old". Here it waits for the drill to run on."""
    room.run_to(2)
    room.do("pause")
    room.do("add_inject", sender="reader", to=["tech_lead"], channel="chat", text="Hello again.")
    room.wait(900)
    assert room.fired("hand-1") == []
    room.do("resume")
    room.run_to(6)
    added = next(e for e in room.drill.play.journal.entries if e.kind == "inject.added")
    assert 0 <= room.fired_ms("hand-1")[0] - added.data["due_ms"] <= TICK_MS


def test_one_whose_time_passed_comes_late_and_says_so(room: Room) -> None:
    """Fault 5: what a fault had kept back was dropped as "too old". Here it comes, with how late it is."""
    room.do("hold_inject", inject="first")
    room.run_to(6)
    room.do("release_inject", inject="first")
    late_ms = room.fired_ms("first")[0] - PLANNED["first"] * MINUTE_MS
    assert room.fired("first")[0].data["late_ms"] == late_ms


def test_a_machine_that_slept_drops_nothing(room: Room) -> None:
    """Fault 5 again: a gap of an hour pauses the drill; all comes at its time of the story afterwards."""
    room.run_to(2)
    room.wall.now_s += 3600
    room.drill.tick()
    assert room.drill.state == "paused"
    room.do("resume")
    room.run_to(4)
    assert room.fired_ms("first") == [PLANNED["first"] * MINUTE_MS]


def test_a_new_drill_knows_nothing_of_the_last_one(hall: Hall, room: Room) -> None:
    """Fault 6: a reset left the state of injects behind. Here each drill has its own."""
    room.do("hold_inject", inject="first")
    room.do("trigger_inject", inject="second")
    again = room_in(hall)
    assert not any(p.held or p.fired for p in again.drill.engine.director.planned.values())


def test_a_restart_brings_back_what_was_held_and_moved(tmp_path: Path, library: Library) -> None:
    """What facilitators did stands in the journal, so a server that comes back knows it."""
    wall = HandClock()
    hall = Hall(tmp_path, library, wall)
    room = room_in(hall)
    room.run_to(1)
    room.do("hold_inject", inject="first")
    room.do("move_inject", inject="second", to_ms=5 * MINUTE_MS)
    drill_id = room.drill.row.id
    hall.close()
    back = Hall(tmp_path, library, wall)
    room = Room(back.drill(drill_id), wall, room.sent)
    room.do("resume")
    room.run_to(6)
    assert (room.fired_ms("first"), room.fired_ms("second")) == ([], [5 * MINUTE_MS])
    back.close()


# --- two facilitators, and none


@pytest.mark.parametrize("command", ["trigger_inject", "hold_inject", "withdraw_inject"])
def test_two_facilitators_press_the_same_at_once(room: Room, command: str) -> None:
    """One entry; the other is told that it was done already, with 409."""
    refused: list[Refused] = []
    together = threading.Barrier(2)

    def press(who: str) -> None:
        together.wait()
        try:
            room.drill.submit("facilitator", who, f"{who}-1", command, {"inject": "second"})
        except Refused as refusal:
            refused.append(refusal)

    threads = [threading.Thread(target=press, args=(who,)) for who in ("ruth", "omar")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(each.status, "already done" in each.message) for each in refused] == [(409, True)]
    done = [entry for entry in room.drill.play.journal.entries if entry.seat == "facilitator"]
    assert len(done) == 1


def test_a_facilitator_who_is_gone_answers_nothing(room: Room) -> None:
    """Held stays held, paused stays paused, and no entry comes from their seat by itself."""
    room.do("hold_inject", inject="first")
    room.run_to(5)
    room.do("pause")
    entries = len(room.drill.play.journal.entries)
    room.wait(600)
    assert len(room.drill.play.journal.entries) == entries
    assert (room.drill.state, room.fired("first")) == ("paused", [])


def test_real_world_stops_everything_and_everybody_sees_why(room: Room) -> None:
    """The drill is over at once, also for who would do something next."""
    room.run_to(1)
    room.do("stop", reason="real world")
    assert room.drill.state == "ended"
    assert room.drill.view("tech_lead")["drill"]["end_reason"] == "real world"
    assert room.drill.view("facilitator")["drill"]["end_reason"] == "real world"
    with pytest.raises(Refused, match="ended"):
        room.do("trigger_inject", inject="second")


def test_a_trainee_cannot_touch_the_script(room: Room) -> None:
    """Not even one who plays alone and so runs the clock; the refusal says who can."""
    with pytest.raises(Refused, match="only Facilitator can") as refused:
        room.drill.submit("tech_lead", "me", "t1", "trigger_inject", {"inject": "second"})
    assert refused.value.status == 403


# --- any sequence of acts

INJECT = st.sampled_from(["first", "second"])
PRESSED = ("trigger_inject", "hold_inject", "hold_inject", "release_inject", "withdraw_inject")
STEPS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([0.4, 4.0, 12.0])),
    st.tuples(st.just("move_inject"), st.tuples(INJECT, st.integers(-3, 5))),
    st.tuples(st.sampled_from(PRESSED), INJECT),
    st.tuples(st.just("wait"), st.sampled_from([4.0, 8.0])),
    st.tuples(st.sampled_from(["pause", "resume", "resume"]), st.none()),
    st.tuples(st.just("set_speed"), st.sampled_from([7.3, 20.0, 60.0])),
    st.tuples(st.just("skip"), st.integers(1, 10)),
)


def take(room: Room, step: tuple[str, Any]) -> None:
    """Take one step; what is refused leaves no trace."""
    command, value = step
    data: dict[str, Any] = {}
    if command == "wait":
        room.wait(value)
        return
    if command == "set_speed":
        data = {"speed": value}
    elif command == "skip":
        data = {"to_ms": value * MINUTE_MS}
    elif command == "move_inject":  # to a moment around the present one, seldom on a tick of the script
        data = {"inject": value[0], "to_ms": max(0, room.drill.now_ms + value[1] * MINUTE_MS + 1_234)}
    elif command.endswith("_inject"):
        data = {"inject": value}
    try:
        room.do(command, **data)
    except Refused:
        return
    while room.drill.state == "skipping":
        room.drill.tick()


def expected_ms(inject: str, entries: Sequence[Entry], now_ms: int) -> list[int]:
    """Reckon from the journal alone when an inject must have come: once, or not yet."""
    due_ms: int | None = PLANNED[inject] * MINUTE_MS
    held = withdrawn = waits = False
    for t_ms, entry in [*((e.t_ms, e) for e in entries if e.data.get("inject") == inject), (now_ms, None)]:
        if due_ms is not None and -(-due_ms // TICK_MS) * TICK_MS <= t_ms:
            if not held and not withdrawn:
                return [-(-due_ms // TICK_MS) * TICK_MS]
            waits, due_ms = held and not withdrawn, None
        if entry is None:
            return []
        if entry.kind == "inject.triggered":
            return [t_ms]
        if entry.kind == "inject.moved":
            due_ms, waits = int(entry.data["to_ms"]), False
            if due_ms <= t_ms:
                if not held:
                    return [t_ms]
                due_ms, waits = None, True
        held = entry.kind == "inject.held" or (held and entry.kind != "inject.released")
        withdrawn = withdrawn or entry.kind == "inject.withdrawn"
        if waits and not held and not withdrawn:
            return [t_ms]
    return []


@settings(max_examples=40)
@given(steps=st.lists(STEPS, min_size=6, max_size=20))
def test_whatever_facilitators_do_each_inject_comes_when_it_must(
    hall: Hall, steps: list[tuple[str, Any]]
) -> None:
    """Triggers come at once, due times move with no pause, time never goes back, and a replay is the same."""
    room = room_in(hall)
    room.do("set_speed", speed=20)
    for step in steps:
        take(room, step)
    engine, entries = room.drill.engine, room.drill.play.journal.entries
    for inject in PLANNED:
        assert room.fired_ms(inject) == expected_ms(inject, entries, engine.now_ms), inject
    stamps = [item.t_ms for item in engine.items]
    assert stamps == sorted(stamps)
    again = rebuilt(engine.scenario, room.drill.play.journal, until_ms=engine.now_ms)
    assert [item.as_json() for item in again.items] == [item.as_json() for item in engine.items]
