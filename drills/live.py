"""A live drill: a play whose clock follows the wall, with a store behind it and viewers who wait for news."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.bots import make_bots
from drills.clock import DrillClock, WallClock
from drills.engine import Engine
from drills.errors import Refused
from drills.journal import Entry, Journal
from drills.pace import Pace
from drills.persons import names_of
from drills.play import Play
from drills.record import Record
from drills.rights import CLOCK_SEAT
from drills.store import DrillRow, SeatRow, Store
from drills.views.seat_view import SeatView

SAVE_CLOCK_EVERY_S = 1.0
SKIP_STEP_MS = 5_000
SKIP_STEPS = 12
NEWS_EVERY_MS = 1_000


@dataclass(frozen=True)
class Receipt:
    """Where a command stands in the journal."""

    seq: int
    t_ms: int
    kind: str


class LiveDrill:
    """One drill in this process. Callers hold no lock of their own; every method takes the drill's.

    Args:
        row: as stored; its `clock_ms` is where simulated time goes on.
        engine: fresh, or rebuilt from the journal.
    """

    def __init__(
        self,
        row: DrillRow,
        seats: tuple[SeatRow, ...],
        engine: Engine,
        journal: Journal,
        store: Store,
        wall: WallClock,
        *,
        solo: bool,
    ) -> None:
        self.row = row
        self.seats = seats
        self._store = store
        self._wall = wall
        self._lock = threading.RLock()
        self._news = threading.Condition(self._lock)
        bots = make_bots(row.team, engine, [seat.seat for seat in seats if seat.bot])
        people = {seat.seat: seat.person for seat in seats}
        self.play = Play(engine, journal, bots=bots, people=people, commit=self._commit, solo=solo)
        self.humans = tuple(seat.seat for seat in seats if not seat.bot)
        self.pace = Pace(engine, self.humans)
        self._clock = DrillClock(row.clock_ms, wall.monotonic_s(), engine.speed, running=not engine.paused)
        self._views = {seat.seat: SeatView(self, seat.seat) for seat in seats}
        self._cache: dict[str, tuple[int, dict[str, Any]]] = {}
        self._saved_s = wall.monotonic_s()
        self._told_ms = -1
        self.rev = 1

    @property
    def engine(self) -> Engine:
        return self.play.engine

    @property
    def now_ms(self) -> int:
        return max(int(self._clock.now_ms), self.engine.now_ms)

    @property
    def state(self) -> str:
        """running, paused, skipping or ended."""
        if self.engine.ended:
            return "ended"
        if self.engine.skipping_to_ms is not None:
            return "skipping"
        return "running" if self._clock.running else "paused"

    # --- commands
    def submit(
        self, seat: str, person: str, command_id: str, command: str, data: Mapping[str, Any]
    ) -> Receipt:
        """Carry out a command of a person; durable before this returns.

        Raises:
            Refused: nothing was written.
            StoreFault: it could not be saved, and was not done.
        """
        with self._lock:
            self._move_clock()
            entry = self._submit(seat, command_id, command, data, person=person)
            self._after(entry, seat)
            self._tell()
            return Receipt(entry.seq, entry.t_ms, entry.kind)

    def _submit(
        self, seat: str, command_id: str, command: str, data: Mapping[str, Any], *, person: str = ""
    ) -> Entry:
        return self.play.submit(
            seat,
            command_id,
            command,
            data,
            t_ms=self.now_ms,
            salt=secrets.token_hex(8),
            wall=self._wall.utc_text(),
            person=person,
        )

    def _after(self, entry: Entry, seat: str) -> None:
        """Let the wall-bound clock follow what the journal now says."""
        if entry.kind == "clock.paused":
            self._clock = self._clock.paused()
        elif entry.kind == "clock.resumed":
            self._clock = self._clock.resumed()
        elif entry.kind == "clock.speed_set":
            self._clock = self._clock.with_speed(float(entry.data["speed"]))
            if seat != CLOCK_SEAT:
                self.pace.choose(float(entry.data["speed"]))
        elif entry.kind == "clock.skipped":
            self._clock = self._clock.resumed()
        elif entry.kind == "drill.ended":
            self._seal()

    def _commit(self, entries: Sequence[Entry], texts: Mapping[str, tuple[str, str]]) -> None:
        told_ms = max(entries[-1].t_ms, self.engine.now_ms)
        self._store.append(self.row.id, list(entries), dict(texts), told_ms)

    # --- time
    def tick(self) -> float:
        """Let the drill catch up with the wall; give the seconds until it wants the next tick."""
        with self._lock:
            if self.engine.ended:
                return 1.0
            was_running = self._clock.running
            self._move_clock()
            if was_running and not self._clock.running:
                self._note("pause", {})
            if not self._clock.running:
                return 0.25
            if self.engine.skipping_to_ms is not None:
                self._skip_on(self.engine.skipping_to_ms)
            else:
                self._run_on()
            self._save_clock()
            return 0.05 if self.state == "skipping" else 0.2

    def _move_clock(self) -> None:
        if self.engine.skipping_to_ms is None:
            self._clock = self._clock.at(self._wall.monotonic_s())

    def _run_on(self) -> None:
        end_ms = self.engine.scenario.end_ms
        self.play.pass_time(min(int(self._clock.now_ms), end_ms))
        if self._clock.now_ms >= end_ms:
            self._finish()
            return
        self._set_pace()
        if self.engine.now_ms // NEWS_EVERY_MS != self._told_ms // NEWS_EVERY_MS:
            self._told_ms = self.engine.now_ms
            self._tell()

    def _set_pace(self) -> None:
        wanted = self.pace.wanted(self._wall.monotonic_s())
        if wanted.speed != self._clock.speed:
            self._note("set_speed", {"speed": wanted.speed, "why": wanted.why})

    def _skip_on(self, to_ms: int) -> None:
        reached = self.engine.now_ms
        for _ in range(SKIP_STEPS):
            reached = min(to_ms, reached + SKIP_STEP_MS)
            self.play.pass_time(reached)
            if reached >= to_ms or self.pace.called():
                break
        self._clock = DrillClock(reached, self._wall.monotonic_s(), self._clock.speed)
        if reached >= self.engine.scenario.end_ms:
            self._finish()
        elif reached >= to_ms or self.pace.called():
            self._note("set_speed", {"speed": self.pace.wanted(self._wall.monotonic_s()).speed, "why": "act"})
        self._tell()

    def _note(self, command: str, data: Mapping[str, Any]) -> None:
        """Journal a change of the clock that nobody asked for."""
        command_id = f"clock:{len(self.play.journal.entries)}"
        try:
            self._after(self._submit(CLOCK_SEAT, command_id, command, data), CLOCK_SEAT)
        except Refused:
            return
        self._tell()

    def _finish(self) -> None:
        self._note("stop", {"reason": "story over"})

    def set_speed_at_start(self, speed: float) -> None:
        """Journal the speed with which the drill begins."""
        with self._lock:
            self._note("set_speed", {"speed": speed, "why": "act"})

    def pause_after_restart(self) -> None:
        """Stand still until somebody is there again: the people were cut off too."""
        with self._lock:
            if not self.engine.ended and not self.engine.paused:
                self._clock = self._clock.paused()
                self._note("pause", {})

    def save_clock_now(self) -> None:
        """Note how far the drill has run, if it still runs."""
        with self._lock:
            if not self.engine.ended:
                self._store.save_clock(self.row.id, self.engine.now_ms, self._clock.speed, self.state)

    def _save_clock(self) -> None:
        now_s = self._wall.monotonic_s()
        if now_s - self._saved_s >= SAVE_CLOCK_EVERY_S:
            self._saved_s = now_s
            self._store.save_clock(self.row.id, self.engine.now_ms, self._clock.speed, self.state)

    def _seal(self) -> None:
        record = self.record()
        self._store.seal(self.row.id, record.sealed(), record.sha256(), self._wall.utc_text())

    # --- looking
    def view(self, seat: str) -> dict[str, Any]:
        """Give what a seat sees now."""
        with self._lock:
            cached = self._cache.get(seat)
            if cached is None or cached[0] != self.rev:
                cached = (self.rev, {"rev": self.rev, **self._views[seat].build()})
                self._cache[seat] = cached
            return cached[1]

    def seat_view(self, seat: str) -> SeatView:
        return self._views[seat]

    def locked(self) -> threading.RLock:
        """Give the drill's lock, for readers that need several things from one moment."""
        return self._lock

    def wait(self, rev: int, timeout_s: float) -> int:
        """Wait until there is news after a revision, or the timeout; give the revision then."""
        with self._news:
            self._news.wait_for(lambda: self.rev != rev, timeout_s)
            return self.rev

    def record(self) -> Record:
        """Give the record so far."""
        with self._lock:
            given = {seat.seat: seat.name for seat in self.seats}
            names = names_of(self.engine.scenario, self.play.journal, given)
            return self.engine.record(self.play.journal, names)

    def _tell(self) -> None:
        self.rev += 1
        self._news.notify_all()
