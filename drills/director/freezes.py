"""Freezes: moments at which both clocks stop until somebody answers, in a drill with people."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from drills.conditions import Watch
from drills.director.voice import Voice
from drills.record import Item

if TYPE_CHECKING:
    from scenarios.schema.story import Freeze


class Freezes:
    """Begins each freeze of the scenario once, one at a time; whoever runs the clock stops it."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._open: Freeze | None = None
        self._waiting: deque[Freeze] = deque()
        if not any(voice.human(seat) for seat in voice.engine.seats):
            return
        for freeze in voice.scenario.slow_down.freezes:
            Watch(freeze.when, voice.engine, voice.ears, lambda cause, each=freeze: self._come(each))  # type: ignore[misc]
        voice.hear("freeze.answered", lambda item: self._end("answered"))
        voice.hear("clock.resumed", self._resumed)

    def _come(self, freeze: Freeze) -> None:
        if self._open is not None:
            self._waiting.append(freeze)
            return
        self._open = freeze
        data = {"freeze": freeze.id, "question": freeze.question, "limit_s": freeze.limit_s}
        self._voice.direct("freeze.began", freeze.id, data, ("*",))

    def _resumed(self, item: Item) -> None:
        if item.data.get("why") == "freeze":
            self._end("limit")

    def _end(self, by: str) -> None:
        """Let it end; the next one that waits comes at the next tick of the script."""
        if self._open is None:
            return
        ended, self._open = self._open, None
        self._voice.direct("freeze.ended", ended.id, {"freeze": ended.id, "by": by}, ("*",))
        if self._waiting:
            coming = self._waiting.popleft()
            self._voice.after(0, lambda: self._come(coming))
