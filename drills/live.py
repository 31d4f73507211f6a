"""A live drill: a play whose clock follows the wall, with a store behind it and viewers who wait for news."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from drills import skip
from drills.acts import SkipCard
from drills.bots import make_bots
from drills.clock import DrillClock, WallClock
from drills.engine import TICK_MS, Engine
from drills.errors import Refused
from drills.journal import Entry, Journal
from drills.pace import Pace
from drills.persons import names_of
from drills.play import Play
from drills.presence import Presence
from drills.record import Record
from drills.rights import CLOCK_SEAT, HOST_SEAT
from drills.store import GUEST_SEATS, DoorRow, DrillRow, Member, SeatRow, Store, Work, sit_down, stand_up
from drills.views.control_part import FacilitatorView
from drills.views.seat_view import SeatView

SAVE_CLOCK_EVERY_S = 1.0
SKIP_STEP_MS = 5_000
SKIP_STEPS = 12
NEWS_EVERY_S = 1.0


@dataclass(frozen=True)
class Receipt:
    """Where a command stands in the journal."""

    seq: int
    t_ms: int
    kind: str


@dataclass(frozen=True)
class Hold:
    """A freeze that holds both clocks, and the wall second at which it lets go of them."""

    freeze: str
    until_s: float


class LiveDrill:
    """One drill in this process. Callers hold no lock of their own; every method takes the drill's.

    Args:
        row: as stored; its `clock_ms` is where simulated time goes on.
        engine: fresh, or rebuilt from the journal.
        names: names that people gave themselves, by person, of those who left too.
        presence: who is there now; kept by the hall for all drills.
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
        names: Mapping[str, str] | None = None,
        presence: Presence | None = None,
    ) -> None:
        self.row = row
        self.presence = presence or Presence(wall.monotonic_s)
        self.names_given = dict(names or {})
        self._also: tuple[str, Work] | None = None
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
        self._views: dict[str, SeatView] = {}
        self._control: FacilitatorView | None = None
        self._cache: dict[str, tuple[int, dict[str, Any]]] = {}
        self._saved_s = wall.monotonic_s()
        self._told_s = wall.monotonic_s()
        self._told_items = 0
        self._hold: Hold | None = None
        self._told_left_s: int | None = None
        self._heeded = engine.board.freeze.about if engine.board.freeze is not None else ""
        self._skip: skip.Skipping | None = None
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
            self._pass_to(min(int(self._clock.now_ms), self.engine.scenario.end_ms))
            entry = self._submit(seat, command_id, command, data, person=person)
            self._after(entry, seat)
            self._heed_freeze()
            self.tell()
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
            self._clock, self._skip = self._clock.paused(), None
            if seat != CLOCK_SEAT:
                self._hold = None  # who pauses by hand also goes on by hand
        elif entry.kind == "clock.resumed":
            self._clock, self._hold = self._clock.resumed(), None
        elif entry.kind == "clock.speed_set":
            self._clock, self._skip = self._clock.with_speed(float(entry.data["speed"])), None
            if seat != CLOCK_SEAT:
                self.pace.choose(float(entry.data["speed"]))
        elif entry.kind == "clock.skipped":
            self._clock, self._skip = self._clock.resumed(), self._skipping(entry)
        elif entry.kind == "halt.called":
            self._note("pause", {"why": "real"})
        elif entry.kind == "drill.ended":
            self._seal()

    def _commit(self, entries: Sequence[Entry], texts: Mapping[str, tuple[str, str]]) -> None:
        told_ms = max(entries[-1].t_ms, self.engine.now_ms)
        also = None
        if self._also is not None and entries[0].command_id == self._also[0]:
            also = self._also[1]
        self._store.append(self.row.id, list(entries), dict(texts), told_ms, also=also)

    # --- people who come and go
    def take_seat(self, member: Member) -> None:
        """Let somebody play a bot's seat from now on: seat and journal change in one transaction.

        Raises:
            Refused: a person has the seat, or the drill has ended.
        """
        command_id = f"join:{member.seat}:{member.person}"
        chair = SeatRow(member.drill_id, member.seat, member.person, member.name, False, member.token_sha256)
        with self._lock:
            self._reseat(
                command_id,
                "join_drill",
                {"role": member.seat, "bot": False},
                member.person,
                lambda connection: sit_down(connection, member),
            )
            self.names_given[member.person] = member.name
            self.play.seat_person(member.seat, member.person)
            self._seated(chair)

    def give_back(self, chair: SeatRow, person: str, why: str) -> None:
        """Let a bot play somebody's seat from now on.

        Args:
            chair: the seat as it is when nobody sits there.
            why: left, moved or removed.
        """
        with self._lock:
            self._reseat(
                f"join:{chair.seat}:{person}:{why}",
                "leave_drill",
                {"role": chair.seat, "why": why},
                person,
                lambda connection: stand_up(connection, chair, person),
            )
            self.play.seat_bot(make_bots(self.row.team, self.engine, [chair.seat])[0], chair.person)
            self._seated(chair)

    def renew(self, seat: str, token_sha256: str) -> None:
        """Note that a seat is held with another token from now on."""
        with self._lock:
            self.seats = tuple(
                replace(each, token_sha256=token_sha256) if each.seat == seat else each for each in self.seats
            )

    def _reseat(
        self, command_id: str, command: str, data: Mapping[str, Any], person: str, also: Work
    ) -> None:
        self._move_clock()
        self._pass_to(min(int(self._clock.now_ms), self.engine.scenario.end_ms))
        self._also = (command_id, also)
        try:
            self._submit(CLOCK_SEAT, command_id, command, data, person=person)
        finally:
            self._also = None

    def _seated(self, chair: SeatRow) -> None:
        """Let everything that depends on who sits where know of one seat's change."""
        self.seats = tuple(chair if each.seat == chair.seat else each for each in self.seats)
        self.humans = tuple(each.seat for each in self.seats if not each.bot)
        self.pace.sit(self.humans)
        self._views, self._cache, self._control = {}, {}, None
        self.tell()

    # --- time
    def tick(self) -> float:
        """Let the drill catch up with the wall; give the seconds until it wants the next tick."""
        with self._lock:
            if self.engine.ended:
                return 1.0
            self._move_clock()
            if not self._clock.running:
                self._wait_for_answer()
                return 0.25
            if self.engine.skipping_to_ms is not None:
                self._skip_on(self.engine.skipping_to_ms)
            else:
                self._run_on()
            self._save_clock()
            return 0.05 if self.state == "skipping" else 0.2

    def _move_clock(self) -> None:
        """Bring the clock to the present; a machine that slept wakes to a paused drill."""
        if self.engine.skipping_to_ms is not None:
            return
        now_s, was_going = self._wall.monotonic_s(), self._clock.running or self._hold is not None
        slept = self._clock.has_slept(now_s)
        self._clock = self._clock.at(now_s)
        if slept and was_going:
            self._hold = None
            self._note("pause", {"why": "gap"})

    def _run_on(self) -> None:
        end_ms = self.engine.scenario.end_ms
        self._pass_to(min(int(self._clock.now_ms), end_ms))
        if self._clock.now_ms >= end_ms:
            self._finish()
            return
        if self._clock.running:
            self._set_pace()
        is_old = self._wall.monotonic_s() - self._told_s >= NEWS_EVERY_S
        if is_old or len(self.engine.items) != self._told_items:
            self.tell()

    def _pass_to(self, to_ms: int) -> None:
        """Let time pass to a moment, tick by tick of the script, or to the freeze that comes before it."""
        while self.engine.now_ms < to_ms and not self.engine.ended:
            self.play.pass_time(min(to_ms, (self.engine.now_ms // TICK_MS + 1) * TICK_MS))
            if self._heed_freeze():
                return

    # --- freezes
    def _heed_freeze(self) -> bool:
        """Stop both clocks for a new freeze, which is told; let them go on after its answer."""
        asked = self.engine.board.freeze
        if asked is not None and asked.about != self._heeded and self.humans:
            self._heeded = asked.about
            if self.engine.paused and self._hold is None:
                return False
            self._clock = self._clock.back_to(self.engine.now_ms)
            self._hold = Hold(asked.about, self._wall.monotonic_s() + float(asked.data["limit_s"]))
            self._note("pause", {"why": "freeze"})
            return True
        if self._hold is not None and (asked is None or asked.about != self._hold.freeze):
            self._let_go()
        return False

    def _wait_for_answer(self) -> None:
        """Let the clocks go on when the limit of a freeze is over; tell how many seconds are left."""
        if self._hold is None:
            return
        if self._wall.monotonic_s() >= self._hold.until_s:
            self._let_go()
        elif self.freeze_left_s() != self._told_left_s:
            self._told_left_s = self.freeze_left_s()
            self.tell()

    def _let_go(self) -> None:
        self._hold = None
        self._note("resume", {"why": "freeze"})

    def freeze_left_s(self) -> int | None:
        """Give wall seconds until a freeze lets the clocks go on by itself; None where none holds them."""
        if self._hold is None:
            return None
        return max(0, round(self._hold.until_s - self._wall.monotonic_s()))

    # --- pace
    def note_form(self, seat: str, is_open: bool) -> None:
        """Note that a person has a form open or has closed it; repeated while it is open."""
        with self._lock:
            self.pace.note_form(seat, self._wall.monotonic_s(), is_open=is_open)

    def _set_pace(self) -> None:
        wanted = self.pace.wanted(self._wall.monotonic_s())
        if wanted.speed != self._clock.speed:
            self._note("set_speed", {"speed": wanted.speed, "why": wanted.why})

    # --- skips
    def _skipping(self, entry: Entry) -> skip.Skipping:
        card = entry.data.get("card")
        return skip.Skipping(
            entry.seat,
            entry.person,
            entry.t_ms,
            len(self.engine.items),
            SkipCard.model_validate(card) if card is not None else None,
        )

    def _skip_on(self, to_ms: int) -> None:
        """Let some minutes pass at once, to the end of the skip or to what ends it before."""
        reached, is_over = self.engine.now_ms, False
        for _ in range(SKIP_STEPS):
            due_ms = self._skip.due_ms if self._skip is not None else None
            next_ms = min(to_ms, reached + SKIP_STEP_MS, to_ms if due_ms is None else due_ms)
            # a moment that came while somebody chose it ends the skip at once
            reached = max(reached, next_ms)
            self.play.pass_time(reached)
            is_over = self._is_called()
            if not is_over and reached == due_ms:
                self._send_standing_update(reached)
            is_over = is_over or reached >= to_ms
            if is_over:
                break
        self._clock = DrillClock(reached, self._wall.monotonic_s(), self._clock.speed)
        if reached >= self.engine.scenario.end_ms:
            self._finish()
        elif is_over:
            self._end_skip()
        self.tell()

    def _is_called(self) -> bool:
        first = self._skip.first_item if self._skip is not None else 0
        return any(skip.ends_skip(item, self.humans) for item in self.engine.items[first:])

    def _send_standing_update(self, t_ms: int) -> None:
        """Send what the skip card promised, by the seat that skipped."""
        under_way = self._skip
        if under_way is None or under_way.card is None:
            return
        self._skip = under_way.after_update()
        names = self.engine.scenario.names() | {chair.seat: chair.name for chair in self.seats}
        data = skip.standing_update(self.engine.scenario, under_way.card, names)
        if data is not None:
            self.play.submit(
                under_way.seat,
                f"clock:standing-{len(self.play.journal.entries)}",
                "send_update",
                data,
                t_ms=t_ms,
                salt=secrets.token_hex(8),
                wall=self._wall.utc_text(),
                person=under_way.person,
                is_allowed=True,
            )

    def _end_skip(self) -> None:
        wanted = self.pace.wanted(self._wall.monotonic_s())
        self._note("set_speed", {"speed": wanted.speed, "why": wanted.why})
        self._heed_freeze()

    def _note(self, command: str, data: Mapping[str, Any]) -> None:
        """Journal a change of the clock that nobody asked for."""
        command_id = f"clock:{len(self.play.journal.entries)}"
        try:
            self._after(self._submit(CLOCK_SEAT, command_id, command, data), CLOCK_SEAT)
        except Refused:
            return
        self.tell()

    def _finish(self) -> None:
        self._note("stop", {"reason": "story over"})

    def set_speed_at_start(self, speed: float) -> None:
        """Journal the speed with which the drill begins."""
        with self._lock:
            self._note("set_speed", {"speed": speed, "why": "act"})

    def pause_after_restart(self) -> None:
        """Stand still until somebody is there again: the people were cut off too."""
        with self._lock:
            if not self.engine.ended and (not self.engine.paused or self.engine.board.freeze is not None):
                self._clock = self._clock.paused()
                self._note("pause", {"why": "restart"})

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
                view = self.control if seat == HOST_SEAT else self.seat_view(seat)
                cached = (self.rev, {"rev": self.rev, **view.build()})
                self._cache[seat] = cached
            return cached[1]

    def watched(self, seat: str) -> dict[str, Any]:
        """Give what a seat sees now, or what the projector shows, to look at only.

        Raises:
            Refused: nobody sits there in this drill (status 404).
        """
        with self._lock:
            return {"rev": self.rev, **self.control.see_as(seat)}

    def guests(self) -> list[Member]:
        """Give who is here without a chair: observers and facilitators."""
        members = self._store.doors.members(self.row.id)
        return [each for each in members if each.seat in GUEST_SEATS and not each.has_left]

    def door(self) -> DoorRow | None:
        """Give the way in, with its code; a drill for one has none."""
        return self._store.doors.of(self.row.id)

    def writes(self, seat: str) -> bool:
        """Whether a seat has a form open."""
        return self.pace.writes(seat, self._wall.monotonic_s())

    def seat_view(self, seat: str) -> SeatView:
        if seat not in self._views:
            self._views[seat] = SeatView(self, seat)
        return self._views[seat]

    @property
    def control(self) -> FacilitatorView:
        """The control room; whoever asks for it must have shown that they are the facilitator."""
        if self._control is None:
            self._control = FacilitatorView(self)
        return self._control

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
            record = self.engine.record(self.play.journal, names)
            return replace(record, people={**record.people, **self.names_given})

    def tell(self) -> None:
        """Let viewers know that there is news."""
        with self._lock:
            self.rev += 1
            self._told_s, self._told_items = self._wall.monotonic_s(), len(self.engine.items)
            self._news.notify_all()
