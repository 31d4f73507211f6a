"""The hall: all drills of one server. What the console and the routes talk to."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from drills.bots import seats_of
from drills.clock import SystemClock, WallClock
from drills.engine import Engine
from drills.errors import Refused
from drills.journal import Journal, check_chain
from drills.live import LiveDrill, Receipt
from drills.lobby import Holder, Lobby, bot_chairs, new_holder
from drills.names import clean_name
from drills.presence import Presence
from drills.record import Record
from drills.replaying import begin, new_header, rebuilt
from drills.rights import demand_deed, phase_of
from drills.store import DrillRow, SeatRow, digest_token, open_store
from scenarios import Library, Scenario, load_text

LIVE_GRID_S = 5
LOBBY = "lobby"
"""State of a drill for a team that has not begun."""
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

__all__ = ["Hall", "Holder", "Receipt"]


class Hall:
    """Opens drills, brings them back after a restart, and passes calls on to them.

    Args:
        data_dir: folder of the store.
        library: scenarios that can be played.

    Raises:
        StoreFault: the folder cannot be used.
    """

    def __init__(self, data_dir: Path, library: Library, wall: WallClock | None = None) -> None:
        self.library = library
        self.wall = wall or SystemClock()
        self._store = open_store(data_dir)
        self.presence = Presence(self.wall.monotonic_s)
        self._lock = threading.Lock()
        self._drills: dict[str, LiveDrill] = {}
        self._closed = False
        self._waiting: dict[str, Scenario] = {}
        self.lobby = Lobby(self._store, self._live, self.scenario, self._row, self.presence)
        for row in self._store.drills():
            if row.state != "ended" and row.head_seq:
                self._drills[row.id] = self._restored(row)

    # --- opening
    def play_alone(
        self, scenario_id: str, seat: str, name: str = "", team: str = "managed", seed: int | None = None
    ) -> Holder:
        """Open a drill for one person, bots in the other seats.

        Raises:
            Refused: the scenario, seat or team does not exist.
        """
        return self.open(scenario_id, {seat: name}, team, seed)[0]

    def open(
        self, scenario_id: str, people: Mapping[str, str], team: str = "managed", seed: int | None = None
    ) -> list[Holder]:
        """Open a drill for some people, bots in the other seats; alone, the clock is theirs too.

        Args:
            people: name by seat; "" takes the name of the story.

        Raises:
            Refused: the scenario, a seat or the team does not exist, or a name will not do.
        """
        scenario = self._scenario(scenario_id)
        seats_of(team)
        cast = [person.seat for person in scenario.people if person.seat]
        for seat in people:
            if seat not in cast:
                raise Refused(
                    f"no seat {seat!r} in {scenario.title}", f"choose one of {', '.join(cast)}", status=404
                )
        played_seed, drill_id = _drawn(seed)
        holders = [new_holder(drill_id, seat) for seat in sorted(people)]
        given = {each.seat: each for each in holders}
        names = {seat: clean_name(name) for seat, name in people.items() if name.strip()}
        rows = tuple(
            _chair(given[bot.seat], names.get(bot.seat, bot.name)) if bot.seat in given else bot
            for bot in bot_chairs(scenario, drill_id, played_seed)
        )
        self._open(scenario, drill_id, rows, team, played_seed, solo=len(people) == 1)
        return holders

    def _open(
        self,
        scenario: Scenario,
        drill_id: str,
        seats: tuple[SeatRow, ...],
        team: str,
        seed: int,
        *,
        solo: bool,
    ) -> None:
        row = self._new_row(scenario, drill_id, team, seed, "running")
        self._store.create(row, seats)
        self._begin(scenario, row, seats, solo=solo)

    def _new_row(self, scenario: Scenario, drill_id: str, team: str, seed: int, state: str) -> DrillRow:
        started = self.wall.utc_text()
        header = new_header(scenario, seed, drill_id, started)
        return DrillRow(
            id=drill_id,
            title=scenario.title,
            scenario_id=scenario.id,
            header=header,
            team=team,
            state=state,
            clock_ms=0,
            speed=scenario.speed_at(0),
            head_seq=0,
            head_hash=header.root(),
            started_wall=started,
            ended_wall="",
            record_sha256="",
        )

    def _begin(self, scenario: Scenario, row: DrillRow, seats: tuple[SeatRow, ...], *, solo: bool) -> None:
        journal = Journal(row.header)
        engine = Engine(scenario, row.header, grid_s=LIVE_GRID_S, texts=journal.texts)
        drill = self._live_drill(row, seats, engine, journal, solo=solo)
        begin(
            drill.play,
            row.team,
            {s.seat: "bot" if s.bot else "person" for s in seats},
            grid_s=LIVE_GRID_S,
            wall=row.started_wall,
        )
        drill.set_speed_at_start(row.speed)
        with self._lock:
            self._drills[row.id] = drill

    # --- for a team
    def open_for_team(
        self, scenario_id: str, name: str, team: str = "managed", seed: int | None = None
    ) -> Holder:
        """Open a drill that waits in its lobby until its facilitator begins it.

        Args:
            name: the facilitator's.
            team: the bots that will play the seats nobody took.

        Raises:
            Refused: the scenario or the team does not exist, or the name will not do.
        """
        scenario = self._scenario(scenario_id)
        seats_of(team)
        clean_name(name)
        played_seed, drill_id = _drawn(seed)
        rows = bot_chairs(scenario, drill_id, played_seed)
        self._store.create(self._new_row(scenario, drill_id, team, played_seed, LOBBY), rows)
        self._waiting[drill_id] = scenario
        return self.lobby.make(drill_id, name)

    def begin(self, host: Holder) -> None:
        """Begin a drill that waits: bots take the seats nobody took.

        Raises:
            Refused: somebody else than the facilitator asks (403), or it has begun (409).
        """
        scenario = self.scenario(host.drill_id)
        with self.lobby.lock:
            demand_deed(scenario, host.seat, "begin", self.lobby.phase(host.drill_id))
            row = self._row(host.drill_id)
            started = self.wall.utc_text()
            row = replace(
                row, state="running", started_wall=started, header=replace(row.header, started_wall=started)
            )
            self._store.start(row)
            self._begin(scenario, row, tuple(self._store.seats(row.id)), solo=False)
            self._waiting.pop(row.id, None)

    def _live(self, drill_id: str) -> LiveDrill | None:
        return self._drills.get(drill_id)

    def _row(self, drill_id: str) -> DrillRow:
        row = self._store.drill(drill_id)
        if row is None:
            raise Refused(
                f"no drill {drill_id[:40]!r}", "see the list of drills on the first screen", status=404
            )
        return row

    def _scenario(self, scenario_id: str) -> Scenario:
        scenario = self.library.get(scenario_id)
        if scenario is None:
            raise Refused(f"no scenario {scenario_id!r}", "see the list on the first screen", status=404)
        return scenario

    def _live_drill(
        self, row: DrillRow, seats: tuple[SeatRow, ...], engine: Engine, journal: Journal, *, solo: bool
    ) -> LiveDrill:
        names, presence = self.lobby.names(row.id), self.presence
        store, wall = self._store, self.wall
        return LiveDrill(row, seats, engine, journal, store, wall, solo=solo, names=names, presence=presence)

    def _restored(self, row: DrillRow) -> LiveDrill:
        """Rebuild a drill from its journal; simulated time goes on where it was last saved."""
        journal = self._store.journal(row)
        check_chain(journal.header, journal.entries)
        scenario = _scenario_of(journal)
        last_ms = journal.entries[-1].t_ms if journal.entries else 0
        clock_ms = max(row.clock_ms, last_ms)
        engine = rebuilt(scenario, journal, until_ms=clock_ms)
        seats = tuple(self._store.seats(row.id))
        solo = bool(journal.entries[0].data.get("solo"))
        drill = self._live_drill(replace(row, clock_ms=clock_ms), seats, engine, journal, solo=solo)
        drill.play.resume_after(clock_ms)
        drill.pause_after_restart()
        return drill

    # --- seats
    def holder(self, token: str, drill_id: str) -> Holder | None:
        """Give who a token is in a drill, or None."""
        row = self._store.holder(token, drill_id) if token else None
        return Holder(drill_id, row.seat, row.person) if row is not None and not row.bot else None

    def secret(self, name: str) -> str:
        """Give a secret of this store that outlives restarts, such as the one that signs cookies."""
        return self._store.secret(name)

    # --- one drill
    def drill(self, drill_id: str) -> LiveDrill:
        """Give a drill that is open in this process.

        Raises:
            Refused: there is none (status 404).
        """
        drill = self._drills.get(drill_id)
        if drill is None:
            drill = self._ended(drill_id)
        return drill

    def _ended(self, drill_id: str) -> LiveDrill:
        row = self._row(drill_id)
        if not row.head_seq:
            raise Refused("the drill has not begun", "wait in its lobby", status=409)
        with self._lock:
            return self._drills.setdefault(drill_id, self._restored(row))

    def submit(
        self, drill_id: str, seat: str, person: str, command_id: str, command: str, data: Mapping[str, Any]
    ) -> Receipt:
        """Carry out a command; see `LiveDrill.submit`."""
        if not command_id or len(command_id) > 80 or command_id.startswith(("bot:", "clock:", "join:")):
            raise Refused("the command needs an id of its own", "send a fresh UUID as command_id", status=400)
        receipt = self.drill(drill_id).submit(seat, person, command_id, command, data)
        self.presence.act(person)
        return receipt

    def view(self, drill_id: str, seat: str) -> dict[str, Any]:
        """Give what a seat sees now."""
        return self.drill(drill_id).view(seat)

    def watched(self, drill_id: str, seat: str) -> dict[str, Any]:
        """Give what a seat or the projector shows now, to look at only; who asks must be the facilitator."""
        return self.drill(drill_id).watched(seat)

    def demand_watchable(self, holder: Holder, seat: str) -> None:
        """Refuse who may not look over a seat's shoulder, or open the projector.

        Raises:
            Refused: who asks is no facilitator (403), or the drill has no such seat or screen (404).
        """
        drill = self.drill(holder.drill_id)
        demand_deed(drill.engine.scenario, holder.seat, "watch", phase_of(drill.engine))
        drill.control.demand_seat(seat)

    def preview_inject(self, holder: Holder, data: Mapping[str, Any]) -> dict[str, Any]:
        """Say whom an inject by hand would reach, and how; nothing is written.

        Raises:
            Refused: who asks is no facilitator, or the inject will not do.
        """
        drill = self.drill(holder.drill_id)
        demand_deed(drill.engine.scenario, holder.seat, "look_at_inject", phase_of(drill.engine))
        with drill.locked():
            return drill.control.preview(data)

    def note_presence(self, holder: Holder, *, is_here: bool) -> None:
        """Note that somebody has opened or closed a stream of a drill."""
        (self.presence.arrive if is_here else self.presence.leave)(holder.person)
        drill = self._live(holder.drill_id)
        if drill is not None:
            drill.tell()

    def rev(self, drill_id: str) -> int:
        """Give the drill's revision; it grows when a view may have changed."""
        return self.drill(drill_id).rev

    def wait(self, drill_id: str, rev: int, timeout_s: float) -> int:
        """Wait for news after a revision; see `LiveDrill.wait`."""
        return self.drill(drill_id).wait(rev, timeout_s)

    def logs(
        self,
        drill_id: str,
        seat: str,
        site: str | None = None,
        service: str | None = None,
        text: str | None = None,
        minutes: int = 10,
        limit: int = 200,
    ) -> list[dict[str, Any]]:
        """Search the logs of the last minutes, as a seat that may see them."""
        drill = self.drill(drill_id)
        with drill.locked():
            return drill.seat_view(seat).logs(site, service, text, minutes, limit)

    def preview(self, drill_id: str, seat: str, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Say what an operation would do, before it is started."""
        drill = self.drill(drill_id)
        with drill.locked():
            return drill.seat_view(seat).preview(operation, params)

    def record(self, drill_id: str) -> Record:
        """Give a drill's record, so far or whole."""
        return self.drill(drill_id).record()

    def journal(self, drill_id: str) -> Journal:
        """Give a drill's journal."""
        return self.drill(drill_id).play.journal

    def scenario(self, drill_id: str) -> Scenario:
        """Give the scenario as this drill plays it, or will."""
        waiting = self._waiting.get(drill_id)
        if waiting is not None:
            return waiting
        row = None if drill_id in self._drills else self._row(drill_id)
        if row is not None and not row.head_seq:
            return self._waiting.setdefault(drill_id, _scenario_of(Journal(row.header)))
        return self.drill(drill_id).engine.scenario

    # --- all drills
    def drills(self) -> list[dict[str, Any]]:
        """Give a line a drill, newest first: no names, only which seats people have."""
        return [self._line(row) for row in self._store.drills()]

    def _line(self, row: DrillRow) -> dict[str, Any]:
        live, seats = self._drills.get(row.id), self._store.seats(row.id)
        state = live.state if live else _kept_state(row)
        return {
            "id": row.id,
            "title": row.title,
            "scenario": row.scenario_id,
            "team": row.team,
            "state": state,
            "started": row.started_wall,
            "ended": row.ended_wall,
            "seats": [seat.seat for seat in seats if not seat.bot],
            "bots": [seat.seat for seat in seats if seat.bot],
            "for_team": self._store.doors.of(row.id) is not None,
            "scorecard_url": f"/scorecard?d={row.id}" if state == "ended" else None,
            "story": live.engine.scenario.story(live.now_ms) if live else "",
        }

    def state(self, drill_id: str) -> str | None:
        """Give the state of a drill: lobby, running, paused, skipping or ended; None when there is none."""
        live = self._drills.get(drill_id)
        if live is not None:
            return live.state
        row = self._store.drill(drill_id)
        return _kept_state(row) if row is not None else None

    def tick(self) -> float:
        """Let every running drill catch up; give the seconds until the next tick is wanted.

        A drill that fails does not keep the others from their tick; its fault is raised after them.
        """
        wants, faults = [0.25], []
        for drill in list(self._drills.values()):
            try:
                wants.append(drill.tick())
            except Exception as fault:  # noqa: BLE001 - one drill's fault must not stop the others
                faults.append(fault)
        if faults:
            raise faults[0]
        return min(wants)

    def close(self) -> None:
        """Save where each drill stands and let go of the store; a second time does nothing."""
        if self._closed:
            return
        self._closed = True
        for drill in self._drills.values():
            drill.save_clock_now()
        self._store.close()


def _drawn(seed: int | None) -> tuple[int, str]:
    """Give the seed to play, drawn where none is wanted, and the id of a new drill."""
    drill_id = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return (secrets.randbelow(10_000) if seed is None else seed), drill_id


def _kept_state(row: DrillRow) -> str:
    """Give the state of a drill that is not in this process; without an entry it never began."""
    return row.state if row.head_seq else LOBBY


def _chair(holder: Holder, name: str) -> SeatRow:
    """Give the row of a seat that somebody holds; the token stands there as a digest only."""
    digest = digest_token(holder.token)
    return SeatRow(holder.drill_id, holder.seat, holder.person, name, False, digest)


def _scenario_of(journal: Journal) -> Scenario:
    loaded = load_text(journal.header.scenario, f"drill {journal.header.drill}")
    if loaded.scenario is None:
        raise Refused("the scenario in this journal no longer loads", str(loaded.problems[0]), status=409)
    return loaded.scenario
