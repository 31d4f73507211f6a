"""A drill being played: the one write path, and the bots that use it like everybody else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from drills import acts, prepare, rights
from drills.acts import Act
from drills.acts.base import Phase
from drills.bots.bot import Bot, Move
from drills.engine import Engine
from drills.errors import Refused
from drills.journal import Draft, Entry, Journal, chain
from drills.persons import person_id
from drills.rights import CLOCK_SEAT

POLL_MS = 15_000

Commit = Callable[[Sequence[Entry], Mapping[str, tuple[str, str]]], None]


class Play:
    """Takes commands, stamps them, commits them, and lets the engine act on them.

    Args:
        commit: makes entries and their texts durable together, or raises; called before the engine sees them.
        solo: one person plays; the clock is theirs.
        people: seat to person id.
    """

    def __init__(
        self,
        engine: Engine,
        journal: Journal,
        *,
        bots: Sequence[Bot],
        people: Mapping[str, str],
        commit: Commit,
        solo: bool,
    ) -> None:
        self.engine = engine
        self.journal = journal
        self.bots = list(bots)
        self.people = dict(people)
        self.solo = solo
        self._commit = commit
        self._by_command = {entry.command_id: entry for entry in journal.entries}
        self._next_poll_ms = 0

    @property
    def over(self) -> bool:
        return bool(self.engine.ended)

    @property
    def phase(self) -> Phase:
        """Where the drill stands: before its first entry, running, paused, or ended."""
        return rights.phase_of(self.engine) if self.journal.entries else "lobby"

    # --- the one write path
    def submit(
        self,
        seat: str,
        command_id: str,
        command: str,
        data: Mapping[str, Any],
        *,
        t_ms: int,
        salt: str,
        wall: str = "",
        person: str = "",
        is_allowed: bool = False,
    ) -> Entry:
        """Authorise, stamp and append a command, in one go; the same command id twice is one deed.

        Args:
            is_allowed: the right was settled before, as a skip card does for the updates it sends.

        Raises:
            Refused: nothing was written; it says why and who can.
        """
        known = self._by_command.get(command_id)
        if known is not None:
            if known.seat != seat:
                raise Refused("this command id was used by another seat", "send a new one", status=409)
            return known
        phase = self.phase
        if not is_allowed:
            rights.demand(self.engine.scenario, seat, command, phase, solo=self.solo)
        if self.over:
            raise Refused("the drill has ended", "open its scorecard", status=409)
        act = acts.parse(command, data)
        stamp = self._stamp(t_ms)
        self.pass_time(stamp)
        if self.over:
            raise Refused("the drill has just ended", "open its scorecard", status=409)
        return self._append(seat, self._holder(seat, person), command_id, act, stamp, salt, wall)

    def _append(
        self, seat: str, person: str, command_id: str, act: Act, stamp: int, salt: str, wall: str
    ) -> Entry:
        """Write an act, and what it opens, in one transaction."""
        entries: list[Entry] = []
        texts: dict[str, tuple[str, str]] = {}
        for number, each in enumerate([act, *prepare.opens(self.engine, seat, act)]):
            kept, bodies = prepare.put_texts_aside(
                prepare.prepare(self.engine, seat, each), f"{salt}{number}"
            )
            id_ = f"{command_id}/{number}" if number else command_id
            draft = Draft(stamp, seat, person, each.kind, kept, id_, wall)
            prev = entries[-1].hash if entries else self.journal.head
            entries.append(chain(draft, seq=len(self.journal.entries) + 1 + number, prev=prev))
            texts |= bodies
        self._commit(entries, texts)
        self.journal.texts.update({digest: body for digest, (_, body) in texts.items()})
        for entry in entries:
            self.journal.entries.append(entry)
            self._by_command[entry.command_id] = entry
            self.engine.apply(entry)
        return entries[0]

    def _holder(self, seat: str, person: str) -> str:
        """Give who acts in a seat: the relief once it was handed over, else who sits there."""
        relief = self.engine.board.holders.get(seat)
        if relief is not None:
            return person_id(self.journal.header.seed, relief)
        return person or self.people.get(seat, CLOCK_SEAT)

    def _stamp(self, t_ms: int) -> int:
        """Whole seconds, not before anything that is already told."""
        whole = -(-t_ms // 1000) * 1000
        last = self.journal.entries[-1].t_ms if self.journal.entries else 0
        told = -(-self.engine.now_ms // 1000) * 1000
        return max(whole, last, told)

    # --- seats
    def seat_person(self, seat: str, person: str) -> None:
        """Let a person play a seat; the bot that played it is gone."""
        self.people[seat] = person
        self.bots = [bot for bot in self.bots if bot.seat != seat]

    def seat_bot(self, bot: Bot, person: str) -> None:
        """Let a bot play a seat; what a bot did there before is not done again."""
        self.people[bot.seat] = person
        bot.remember(set(self._by_command))
        self.bots = sorted([*self.bots, bot], key=lambda each: each.seat)

    # --- time
    def pass_time(self, to_ms: int) -> None:
        """Let time pass to a moment; the bots look around at each poll on the way."""
        while self.bots and self._next_poll_ms <= to_ms and not self.over:
            poll = self._next_poll_ms
            self._next_poll_ms = poll + POLL_MS
            self.engine.advance(poll)
            for bot in self.bots:
                self._poll(bot, poll)
        self.engine.advance(to_ms)

    def _poll(self, bot: Bot, t_ms: int) -> None:
        move = bot.poll(t_ms)
        if move is not None and not self.over:
            self._carry_out(bot, move, t_ms)
        bot.go_on(t_ms)

    def _carry_out(self, bot: Bot, move: Move, t_ms: int) -> None:
        command_id = f"bot:{bot.seat}:{move.name}"
        salt = hashlib.sha256(f"{self.journal.header.seed}:{command_id}".encode()).hexdigest()[:16]
        try:
            self.submit(bot.seat, command_id, move.command, move.data, t_ms=t_ms, salt=salt)
        except Refused as refusal:
            bot.refused(move, refusal)

    def resume_after(self, t_ms: int) -> None:
        """Take up polling after a restart: the bots' deeds are in the journal already."""
        self._next_poll_ms = (t_ms // POLL_MS + 1) * POLL_MS
        done = set(self._by_command)
        for bot in self.bots:
            bot.remember(done)
