"""Phones: somebody outside rings a seat, tries again, and in the end writes instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from drills.conditions import MINUTE_MS
from drills.director.voice import Voice
from drills.record import Item

RING_MIN, AGAIN_MIN, RINGS = 3, 10, 3
TALK_MIN = 2


@dataclass(frozen=True)
class Ring:
    """Who wants to speak to which seat, over which inject.

    Args:
        spoken: called with the call's id once somebody has picked up.
        written: called when nobody did, however often it rang.
    """

    from_: str
    to: str
    inject: str
    spoken: Callable[[str], None]
    written: Callable[[], None]


class Phones:
    """Rings, waits, rings again, hangs up."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._on_the_line: dict[str, tuple[Ring, int]] = {}
        voice.hear("phone.answered", self._answered)

    def ring(self, ring: Ring) -> None:
        """Let a phone ring at a seat; a seat that nobody holds gets it in writing at once."""
        if ring.to in self._voice.engine.seats:
            self._ring(ring, 1)
        else:
            ring.written()

    def _ring(self, ring: Ring, time: int) -> None:
        call = self._voice.next_id("phone")
        self._on_the_line[call] = (ring, time)
        data = {**_about(call, ring), "limit_ms": RING_MIN * MINUTE_MS}
        self._voice.direct("phone.rang", call, data, (ring.to,))
        self._voice.after(RING_MIN, lambda: self._ring_out(call))

    def _answered(self, item: Item) -> None:
        ring, _ = self._on_the_line.pop(item.about, (None, 0))
        if ring is None:
            return
        ring.spoken(item.about)
        over = {"call": item.about, "from": ring.from_}
        self._voice.after(TALK_MIN, lambda: self._hang_up(item.about, ring.to, over))

    def _hang_up(self, call: str, to: str, over: dict[str, str]) -> None:
        if self._voice.engine.board.calls[call].ended_ms is None:
            self._voice.persona("call.ended", call, over, (to,))

    def _ring_out(self, call: str) -> None:
        ring, time = self._on_the_line.pop(call, (None, 0))
        if ring is None:
            return
        self._voice.direct("phone.rang_out", call, _about(call, ring), (ring.to,))
        if time < RINGS:
            self._voice.after(AGAIN_MIN, lambda: self._ring(ring, time + 1))
        else:
            self._voice.after(AGAIN_MIN, ring.written)


def _about(call: str, ring: Ring) -> dict[str, object]:
    return {"call": call, "from": ring.from_, "to": ring.to, "inject": ring.inject}
