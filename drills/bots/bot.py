"""A bot: plays a seat by rules, one thing at a time, seeing only what its seat sees.

A rule finds something to do and says how many minutes it takes; while those minutes pass the bot does nothing
else. What it has done is known from the ids of its commands, so that a bot takes up its seat again after a
restart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.errors import Refused
from drills.eyes import Eyes

Command = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Rule:
    """Something a seat does when it finds a reason.

    Args:
        name: unique in its bot.
        minutes: how long the act takes, simulated.
        find: gives a key, or several, for separate reasons ("" for none); each key is acted on once.
        act: gives the command when the minutes are over, or None to let it be.
        if_refused: gives what to do instead when the command is refused.
    """

    name: str
    minutes: float
    find: Callable[[Eyes], str | Sequence[str]]
    act: Callable[[Eyes, str], Command | None]
    if_refused: Callable[[Eyes, str], Command | None] | None = None


@dataclass(frozen=True)
class Move:
    """A command that a bot is about to give; `name` is unique in its seat for the whole drill."""

    name: str
    command: str
    data: Mapping[str, Any]
    rule: Rule | None = None
    key: str = ""


class Bot:
    """One seat's rules, in order of urgency."""

    def __init__(self, seat: str, rules: Sequence[Rule], eyes: Eyes) -> None:
        self.seat = seat
        self.eyes = eyes
        self._rules = rules
        self._done: set[str] = set()
        self._busy_until_ms = 0
        self._begun: tuple[Rule, str] | None = None
        self._instead: Move | None = None

    def poll(self, t_ms: int) -> Move | None:
        """Look around at a moment; give the command that is ready now, if any."""
        if t_ms < self._busy_until_ms:
            return None
        if self._instead is not None:
            move, self._instead = self._instead, None
            return move
        ready = self._finish()
        self._begin(t_ms)
        return ready

    def _finish(self) -> Move | None:
        if self._begun is None:
            return None
        rule, key = self._begun
        self._begun = None
        command = rule.act(self.eyes, key)
        return Move(f"{rule.name}:{key}", command[0], command[1], rule, key) if command else None

    def _begin(self, t_ms: int) -> None:
        for rule in self._rules:
            found = rule.find(self.eyes)
            for key in (found,) if isinstance(found, str) else found:
                if key and f"{rule.name}:{key}" not in self._done:
                    self._done.add(f"{rule.name}:{key}")
                    self._begun = (rule, key)
                    self._busy_until_ms = t_ms + int(rule.minutes * 60_000)
                    return

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
