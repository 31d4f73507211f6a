"""Replay: scenario, seed and journal in, record out. And a night without people, as fast as it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drills.bots import Book, make_bots
from drills.engine import Engine
from drills.errors import JournalBroken
from drills.journal import Header, Journal, sha256
from drills.persons import names_of, person_id
from drills.play import Play
from drills.record import Record
from drills.rights import CLOCK_SEAT
from scenarios import Scenario

CALM_GRID_S = 60
STEP_MS = 10 * 60_000


def rebuilt(scenario: Scenario, journal: Journal, *, until_ms: int | None = None) -> Engine:
    """Give the engine as it was after a journal's last entry, and a moment later if asked.

    Raises:
        JournalBroken: the journal does not begin with `drill.started`.
    """
    if not journal.entries or journal.entries[0].kind != "drill.started":
        raise JournalBroken(1, "the first entry is not drill.started")
    grid_s = int(journal.entries[0].data["grid_s"])
    engine = Engine(scenario, journal.header, grid_s=grid_s, texts=journal.texts)
    for entry in journal.entries:
        engine.apply(entry)
    if until_ms is not None:
        engine.advance(until_ms)
    return engine


def replay(scenario: Scenario, seed: int, journal: Journal, names: Mapping[str, str] | None = None) -> Record:
    """Play a journal again and give its record.

    Args:
        seed: must be the journal's own; stands here so that a call says all that decides the outcome.

    Raises:
        JournalBroken: the journal does not fit itself or the seed.
    """
    if seed != journal.header.seed:
        raise JournalBroken(0, f"the seed is {journal.header.seed}, not {seed}")
    engine = rebuilt(scenario, journal)
    return engine.record(journal, names_of(scenario, journal, names or {}))


def new_header(scenario: Scenario, seed: int, drill: str, started_wall: str = "") -> Header:
    """Give the header of a new drill's journal."""
    return Header(drill=drill, scenario=scenario.text, seed=seed, started_wall=started_wall)


def run_headless(
    scenario: Scenario,
    team: str,
    seed: int,
    on_progress: Callable[[int, int], None] | None = None,
    *,
    book: Book | None = None,
) -> tuple[Journal, Record]:
    """Let a team of bots play a whole scenario; give the journal and its record.

    Args:
        on_progress: called with (simulated ms played, ms of the whole story).
        book: rules of a team that has no name; `team` is then what the journal calls it.

    Raises:
        Refused: there is no such team.
    """
    drill = sha256(f"{scenario.id}:{seed}:{team}".encode())[:8]
    journal = Journal(new_header(scenario, seed, drill))
    engine = Engine(scenario, journal.header, grid_s=CALM_GRID_S, texts=journal.texts)
    seats = tuple(person.seat for person in scenario.people if person.seat)
    bots = make_bots(team, engine, seats, book=book)
    people = {seat: person_id(seed, seat) for seat in sorted(seats)}
    play = Play(engine, journal, bots=bots, people=people, commit=lambda entries, texts: None, solo=False)
    begin(play, team, dict.fromkeys(people, "bot"), grid_s=CALM_GRID_S)
    end_ms = scenario.end_ms
    while engine.now_ms < end_ms:
        play.pass_time(min(end_ms, engine.now_ms + STEP_MS))
        if on_progress is not None:
            on_progress(engine.now_ms, end_ms)
    play.submit(CLOCK_SEAT, "end", "stop", {"reason": "story over"}, t_ms=end_ms, salt="")
    return journal, engine.record(journal, names_of(scenario, journal, {}))


def begin(play: Play, team: str, seats: Mapping[str, str], *, grid_s: int, wall: str = "") -> None:
    """Write the first entries: the drill starts, everybody sits down; `seats`: seat to `bot` or `person`."""
    data = {
        "team": team,
        "seats": dict(sorted(seats.items())),
        "persons": dict(sorted(play.people.items())),
        "solo": play.solo,
        "grid_s": grid_s,
    }
    play.submit(CLOCK_SEAT, "start", "start_drill", data, t_ms=0, salt="", wall=wall)
    for seat, who in sorted(seats.items()):
        joined = {"role": seat, "bot": who == "bot"}
        play.submit(CLOCK_SEAT, f"join:{seat}", "join_drill", joined, t_ms=0, salt="", wall=wall)
