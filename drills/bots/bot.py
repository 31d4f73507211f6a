"""A bot: plays a seat by rules, one thing at a time, seeing only what its seat sees.

A rule finds something to do and says how many minutes it takes; while those minutes pass the bot does nothing
else. An interruption costs its own minutes and those of finding the way back; a bot that has been up too long
is slower and slips. What it has done is known from the ids of its commands, so that a bot takes up its seat
again after a restart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from drills.errors import Refused
from drills.eyes import Eyes

Command = tuple[str, dict[str, Any]]
Minutes = float | Callable[[Eyes, str], float]

ONCE = "once"
"""Key of a reason that is there or not; a rule acted on by it is done with."""
RESUME_MIN = 4.0
"""Minutes to find back into one's work after an interruption (drill book, section 6)."""
TIRED_FACTOR = 1.3
"""How much longer an act takes somebody who should have been relieved (drill book, inject I25)."""
SLIP_SHARE = 0.1
"""Share of a tired bot's acts that go wrong and are done twice."""


@dataclass(frozen=True)
class Rule:
    """Something a seat does when it finds a reason.

    Args:
        name: unique in its bot.
        minutes: how long the act takes, simulated; a function where it depends on what is there.
        find: gives a key, or several, for separate reasons ("" for none); each key is acted on once.
        act: gives the command when the minutes are over, or None to let it be.
        if_refused: gives what to do instead when the command is refused.
        interrupts: it tears the seat out of its work: the next act takes longer.
    """

    name: str
    minutes: Minutes
    find: Callable[[Eyes], str | Sequence[str]]
    act: Callable[[Eyes, str], Command | None]
    if_refused: Callable[[Eyes, str], Command | None] | None = None
    interrupts: bool = False


@dataclass(frozen=True)
class Move:
    """A command that a bot is about to give; `name` is unique in its seat for the whole drill."""

    name: str
    command: str
    data: Mapping[str, Any]
    rule: Rule | None = None
    key: str = ""


@dataclass(frozen=True)
class Attention:
    """How a bot's minutes stretch.

    Args:
        tired_from_ms: somebody who sits since the start and was not relieved by then is tired; None never.
        pace: what a rule's minutes become at a moment, for bots that keep the pace of people.
    """

    tired_from_ms: int | None = None
    pace: Callable[[Rule, float], float] = field(default=lambda rule, minutes: minutes)


def draw(text: str) -> float:
    """Give a number of [0, 1) that belongs to a text, the same in every run."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48


class Bot:
    """One seat's rules, in order of urgency."""

    def __init__(
        self, seat: str, rules: Sequence[Rule], eyes: Eyes, attention: Attention | None = None
    ) -> None:
        self.seat = seat
        self.eyes = eyes
        self._rules = rules
        self._attention = attention or Attention()
        self._done: set[str] = set()
        self._busy_until_ms = 0
        self._delays_seen = 0
        self._torn_out = False
        self._begun: tuple[Rule, str] | None = None
        self._instead: Move | None = None

    def poll(self, t_ms: int) -> Move | None:
        """Look around at a moment; give the command that is ready now, if any."""
        self._take_delays(t_ms)
        if t_ms < self._busy_until_ms:
            return None
        if self._instead is not None:
            move, self._instead = self._instead, None
            return move
        return self._finish()

    def go_on(self, t_ms: int) -> None:
        """Begin the next act, once what was ready has been done."""
        if self._begun is None and self._instead is None and t_ms >= self._busy_until_ms:
            self._begin(t_ms)

    def _take_delays(self, t_ms: int) -> None:
        """Lose the minutes that something ignored has cost this seat."""
        delays = self.eyes.delays()
        for minutes in delays[self._delays_seen :]:
            self._busy_until_ms = max(self._busy_until_ms, t_ms) + int(minutes * 60_000)
        self._delays_seen = len(delays)

    @property
    def begun(self) -> Rule | None:
        """The act it is at, or None."""
        return self._begun[0] if self._begun is not None else None

    def _finish(self) -> Move | None:
        if self._begun is None:
            return None
        rule, key = self._begun
        self._begun = None
        command = rule.act(self.eyes, key)
        return Move(f"{rule.name}:{key}", command[0], command[1], rule, key) if command else None

    def _begin(self, t_ms: int) -> None:
        for rule in self._rules:
            if f"{rule.name}:{ONCE}" in self._done:
                continue
            found = rule.find(self.eyes)
            for key in (found,) if isinstance(found, str) else found:
                if key and f"{rule.name}:{key}" not in self._done:
                    self._done.add(f"{rule.name}:{key}")
                    self._begun = (rule, key)
                    self._busy_until_ms = t_ms + int(self._minutes(rule, key, t_ms) * 60_000)
                    return

    def _minutes(self, rule: Rule, key: str, t_ms: int) -> float:
        minutes = rule.minutes(self.eyes, key) if callable(rule.minutes) else rule.minutes
        if self._torn_out and not rule.interrupts:
            minutes += RESUME_MIN
        self._torn_out = rule.interrupts
        if self._is_tired(t_ms):
            slips = draw(f"{self.eyes.seed}:slip:{self.seat}:{rule.name}:{key}") < SLIP_SHARE
            minutes *= TIRED_FACTOR * (2.0 if slips else 1.0)
        return self._attention.pace(rule, minutes)

    def _is_tired(self, t_ms: int) -> bool:
        tired_ms = self._attention.tired_from_ms
        return tired_ms is not None and t_ms >= tired_ms and not self.eyes.relieved(self.seat)

    def refused(self, move: Move, refusal: Refused) -> None:
        """Do what the rule has for this case at the next look around, once; else let it be."""
        if move.rule is None or move.rule.if_refused is None:
            return
        command = move.rule.if_refused(self.eyes, move.key)
        if command is not None:
            self._instead = Move(f"{move.name}:instead", command[0], command[1])

    def remember(self, command_ids: set[str]) -> None:
        """Know again what was done before a restart."""
        prefix = f"bot:{self.seat}:"
        self._done |= {each.removeprefix(prefix) for each in command_ids if each.startswith(prefix)}
        self._delays_seen = len(self.eyes.delays())
