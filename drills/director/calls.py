"""Calls to somebody outside: they hang up after half an hour when nobody else does."""

from __future__ import annotations

from drills.director.voice import Voice
from drills.record import Item

LONGEST_MIN = 30


class Calls:
    """Hangs up for personas who were rung by a seat."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        voice.hear("call.started", self._started)

    def _started(self, item: Item) -> None:
        outside = [each for each in item.data["to"] if each in self._voice.engine.personas]
        if len(outside) == len(item.data["to"]):
            self._voice.after(LONGEST_MIN, lambda: self._hang_up(item.about, outside[0]))

    def _hang_up(self, call_id: str, who: str) -> None:
        call = self._voice.engine.board.calls[call_id]
        if call.ended_ms is None:
            self._voice.persona("call.ended", call_id, {"call": call_id, "who": who}, (call.by, *call.joined))
