"""The engine: journal entries in, record items out.

`advance` lets time pass, `apply` takes one journal entry in. Both give the same items whether they are called
live, a little at a time, or in a replay, all at once: nothing in here knows the wall clock, and the grid of
the world is cut only by operations.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from drills.acts import KINDS
from drills.board import Board
from drills.director import Director
from drills.journal import Entry, Header, Journal
from drills.persons import story_names
from drills.record import Item, Origin, Record, Seat, Stretch
from drills.sees import entry_sees, expand, world_sees
from scenarios import Scenario
from simulator import Happening, OperationRefused, Reading, World
from simulator.operations import parse as parse_operation

TICK_MS = 5_000
SKIP = -1.0


class Engine:
    """One drill's world, people and script, moved on by entries and by time.

    Args:
        scenario: the plan.
        header: of the journal; carries the seed.
        grid_s: longest step of the world's grid; a drill with people keeps it short, so that the screen
            moves. texts: bodies of free text by digest, shared with whoever adds entries.
    """

    def __init__(self, scenario: Scenario, header: Header, *, grid_s: int, texts: Mapping[str, str]) -> None:
        self.scenario: Scenario = scenario
        self.header = header
        self.texts = texts
        self.personas = {persona.id: persona for persona in scenario.personas}
        self._responders = tuple(role.id for role in scenario.role_table.values() if role.responder)
        self.items: list[Item] = []
        self.board = Board()
        self.world: World = World(scenario.world_plan(), header.seed, max_step_s=grid_s)
        self.now_ms: int = 0
        self.seats: dict[str, bool] = {}
        self.team = ""
        self.ended = ""
        self.paused = False
        self.speed = 1.0
        self._stretches: list[Stretch] = []
        self._since_ms = 0
        self._dues: list[tuple[int, int, Callable[[], None]]] = []
        self._due_count = 0
        self._read: Reading | None = None
        self._read_at = (-1, 0)
        self._next_tick_ms = 0
        self.skipping_to_ms: int | None = None
        self.director = Director(self)
        self._absorb(self.world.drain())

    # --- time
    def advance(self, to_ms: int) -> None:
        """Let simulated time pass up to a moment: the world in its natural steps, the script at its ticks."""
        while not self.ended and self._next_tick_ms <= to_ms:
            tick = self._next_tick_ms
            self._world_to(tick)
            self._fire_dues(tick)
            self._next_tick_ms = tick + TICK_MS
        if not self.ended:
            self._world_to(to_ms)

    def at(self, t_ms: int, action: Callable[[], None]) -> None:
        """Have the script do something at the first tick at or after a moment."""
        self._due_count += 1
        heapq.heappush(self._dues, (t_ms, self._due_count, action))

    def _world_to(self, t_ms: int) -> None:
        self.world.advance(t_ms)
        self._absorb(self.world.drain())
        self.now_ms = max(self.now_ms, t_ms)

    def _fire_dues(self, tick_ms: int) -> None:
        while self._dues and self._dues[0][0] <= tick_ms:
            heapq.heappop(self._dues)[2]()

    def _absorb(self, happenings: Iterable[Happening]) -> None:
        for happening in happenings:
            if happening.kind == "operation.started":
                continue  # the journal says so already
            self.emit(
                "world",
                happening.kind,
                happening.about,
                happening.data,
                world_sees(happening.kind),
                t_ms=happening.t_ms,
            )

    def reading(self) -> Reading:
        """Give what all instruments show now; looked at once a moment, whoever asks."""
        moment = (self.world.now_ms, len(self.items))
        if self._read_at != moment or self._read is None:
            self._read, self._read_at = self.world.reading(), moment
        return self._read

    # --- items
    def emit(
        self,
        origin: Origin,
        kind: str,
        about: str,
        data: Mapping[str, Any],
        sees: Iterable[str] = (),
        *,
        t_ms: int | None = None,
        entry: Entry | None = None,
    ) -> Item:
        """Add an item to the record and let the board and the script know."""
        stamp = self.now_ms if t_ms is None else t_ms
        if self.items:
            stamp = max(stamp, self.items[-1].t_ms)
        item = Item(
            n=len(self.items),
            t_ms=stamp,
            origin=origin,
            seq=entry.seq if entry else None,
            kind=kind,
            about=about,
            data=data,
            sees=expand(sees, seat=entry.seat if entry else "", responders=self._responders),
            seat=entry.seat if entry else "",
            person=entry.person if entry else "",
        )
        self.items.append(item)
        self.board.fold(item)
        self.director.heard(item)
        return item

    # --- entries
    def apply(self, entry: Entry) -> Item:
        """Take one journal entry in, at its own time."""
        self.advance(entry.t_ms)
        if entry.kind == "operation.started":
            self.world.meet(entry.t_ms)
            self._absorb(self.world.drain())
        item = self.emit(
            "journal",
            entry.kind,
            about_of(entry),
            entry.data,
            entry_sees(entry.kind),
            t_ms=entry.t_ms,
            entry=entry,
        )
        effect = getattr(self, "_on_" + entry.kind.replace(".", "_"), None)
        if effect is not None:
            effect(entry)
        return item

    def _on_drill_started(self, entry: Entry) -> None:
        self.team = str(entry.data["team"])
        self.seats = {seat: who == "bot" for seat, who in sorted(dict(entry.data["seats"]).items())}
        self.director.begin()

    def _on_person_joined(self, entry: Entry) -> None:
        self.seats[str(entry.data["role"])] = bool(entry.data["bot"])

    def _on_person_left(self, entry: Entry) -> None:
        self.seats[str(entry.data["role"])] = True

    def _on_drill_ended(self, entry: Entry) -> None:
        self._close_stretch(entry.t_ms)
        self.ended = str(entry.data["reason"])

    def _on_clock_paused(self, entry: Entry) -> None:
        self._close_stretch(entry.t_ms)
        self.paused = True
        self.skipping_to_ms = None

    def _on_clock_resumed(self, entry: Entry) -> None:
        self._close_stretch(entry.t_ms)
        self.paused = False

    def _on_clock_speed_set(self, entry: Entry) -> None:
        self._close_stretch(entry.t_ms)
        self.speed = float(entry.data["speed"])
        self.skipping_to_ms = None

    def _on_clock_skipped(self, entry: Entry) -> None:
        self._close_stretch(entry.t_ms)
        self.paused = False
        self.skipping_to_ms = int(entry.data["to_ms"])

    def _on_operation_started(self, entry: Entry) -> None:
        operation = parse_operation(str(entry.data["operation"]), dict(entry.data["params"]))
        job_id = str(entry.data["job_id"])
        try:
            self.world.start(operation, job_id, entry.seat)
        except OperationRefused as refusal:
            self.emit(
                "world",
                "operation.finished",
                job_id,
                {
                    "job_id": job_id,
                    "operation": entry.data["operation"],
                    "target": entry.data["target"],
                    "result": "refused",
                    "note": str(refusal),
                },
                ("*",),
            )
        self._absorb(self.world.drain())

    def _on_operation_cancelled(self, entry: Entry) -> None:
        self.world.cancel(str(entry.data["job_id"]))
        self._absorb(self.world.drain())

    def _close_stretch(self, t_ms: int) -> None:
        if t_ms > self._since_ms:
            self._stretches.append(self._stretch(t_ms))
            self._since_ms = t_ms

    def _stretch(self, t_ms: int) -> Stretch:
        pace = SKIP if self.skipping_to_ms is not None else 0.0 if self.paused else self.speed
        return Stretch(self._since_ms, t_ms, pace)

    # --- what came of it
    def record(self, journal: Journal, names: Mapping[str, tuple[str, str]]) -> Record:
        """Give the record so far. `names` maps a seat to (person, name)."""
        stretches = list(self._stretches)
        if self.now_ms > self._since_ms and not self.ended:
            stretches.append(self._stretch(self.now_ms))
        return Record(
            header=journal.header,
            items=tuple(self.items),
            metrics={name: column.tolist() for name, column in self.world.metrics.columns().items()},
            texts=self.texts,
            seats=tuple(self._seat(seat, names) for seat in self.seats),
            ended_ms=self.now_ms,
            end_reason=self.ended,
            speeds=tuple(stretches),
            team=self.team,
            journal_sha256=journal.sha256(),
            people=story_names(self.scenario, self.header.seed),
        )

    def _seat(self, seat: str, names: Mapping[str, tuple[str, str]]) -> Seat:
        person, name = names.get(seat, ("", ""))
        return Seat(seat, self.scenario.role_table[seat].title, person, name, self.seats[seat])


def about_of(entry: Entry) -> str:
    """Give what an entry is about: the field its act names."""
    act = KINDS.get(entry.kind)
    return str(entry.data.get(act.about) or "") if act and act.about else ""
