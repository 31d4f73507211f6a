"""People at the console, as far as time goes: bots that need the wall's seconds for each act.

`play_paced` lets a team of such people play a live drill at the book's speeds: 20 s of wall time for an act
of one click, 120 s for one that is composed, whatever the speed of the story.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drills import Hall, Holder, Record, Refused
from drills.bots import seats_of
from drills.bots.bot import Attention, Bot, Rule
from drills.eyes import Eyes
from drills.live import LiveDrill
from scenarios import Library
from tests.handclock import HandClock

CLICK_S = 20.0
COMPOSE_S = 120.0
COMPOSED_FROM_MIN = 2.0
"""An act that takes a bot two minutes or more is one that people compose."""
TICK_S = 0.5
LONGEST_S = 4 * 3600.0


def is_composed(rule: Rule) -> bool:
    """Whether a rule's act is written rather than clicked; what takes a varying time is."""
    return callable(rule.minutes) or rule.minutes >= COMPOSED_FROM_MIN


def pace(rule: Rule, minutes: float) -> float:
    """Give wall minutes for an act, in place of simulated ones."""
    return (COMPOSE_S if is_composed(rule) else CLICK_S) / 60.0


@dataclass
class Played:
    """What a paced drill came to."""

    record: Record
    wall_s: float
    refused: list[str]


class PacedPerson:
    """Somebody at the console who acts by a bot's rules, in wall time."""

    def __init__(self, drill: LiveDrill, holder: Holder, rules: list[Rule]) -> None:
        self._drill = drill
        self._holder = holder
        self._bot = Bot(holder.seat, rules, Eyes(drill.engine, holder.seat), Attention(None, pace))
        self.refused: list[str] = []

    def look(self, wall_ms: int) -> None:
        """Do what is ready, then turn to the next thing."""
        move = self._bot.poll(wall_ms)
        if move is not None:
            command_id = f"{self._holder.seat}:{move.name}"[:80]
            try:
                self._drill.submit(
                    self._holder.seat, self._holder.person, command_id, move.command, dict(move.data)
                )
            except Refused as refusal:
                self.refused.append(f"{self._holder.seat} {move.command}: {refusal}")
                self._bot.refused(move, refusal)
        self._bot.go_on(wall_ms)
        self._drill.note_form(self._holder.seat, is_open=self._composes())

    def _composes(self) -> bool:
        begun = self._bot.begun
        return begun is not None and is_composed(begun)


def play_paced(folder: Path, scenario: str, team: str, seed: int) -> Played:
    """Let a whole team of people play a drill to its end at the book's speeds."""
    library, wall = Library([]), HandClock()
    loaded = library.get(scenario)
    if loaded is None:
        raise LookupError(f"no scenario {scenario}")
    hall = Hall(folder, library, wall)
    try:
        seats = {person.seat: "" for person in loaded.people if person.seat}
        holders = hall.open(scenario, seats, "none", seed)
        drill = hall.drill(holders[0].drill_id)
        book = seats_of(team)(drill.engine)
        people = [PacedPerson(drill, each, list(book.get(each.seat, ()))) for each in holders]
        started_s = wall.now_s
        while drill.state != "ended" and wall.now_s - started_s < LONGEST_S:
            wall.now_s += TICK_S
            hall.tick()
            for person in people:
                if drill.state == "running":
                    person.look(round(wall.now_s * 1000))
        refused = [each for person in people for each in person.refused]
        return Played(drill.record(), wall.now_s - started_s, refused)
    finally:
        hall.close()
