"""Nudges: a seat that nothing was asked of for three minutes is spoken to; who asks for a hint gets one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from drills.director.voice import Voice
from drills.record import Item

if TYPE_CHECKING:
    from scenarios.schema.script import Nudge

QUIET_S = 180.0
"""Wall seconds at the book's speeds: every seat has a trigger within four minutes."""
TO_ONE = (
    "page.rang",
    "phone.rang",
    "report.received",
    "question.received",
    "task.assigned",
    "ticket.escalated",
    "ticket.returned",
    "nudge.sent",
)
TO_SEVERAL = ("inject.fired", "call.started")


class Nudges:
    """Counts how long each seat has waited, in the book's wall time."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._said: dict[str, int] = {}
        self._cuts_ms = [span.to_ms for act in voice.scenario.act_spans for span in act.speeds]
        self._nudges = {
            nudge.seat: nudge for nudge in voice.scenario.nudges if nudge.seat in voice.engine.seats
        }
        voice.hear("hint.asked", self._hint)
        self._words = {seat: voice.order(f"nudge:{seat}", each.texts) for seat, each in self._nudges.items()}
        self._since_ms = dict.fromkeys(self._nudges, 0)
        for kind in TO_ONE:
            voice.hear(kind, self._to_one)
        for kind in TO_SEVERAL:
            voice.hear(kind, self._to_several)
        for seat in self._nudges:
            self._watch(seat)

    def _to_one(self, item: Item) -> None:
        self._asked((str(item.data.get("to") or ""),))

    def _to_several(self, item: Item) -> None:
        self._asked(item.data.get("to") or ())

    def _asked(self, seats: Iterable[str]) -> None:
        for seat in seats:
            if seat in self._nudges:
                self._since_ms[seat] = self._voice.now_ms

    def _watch(self, seat: str) -> None:
        """Look again when the wait would be over, if nothing comes in between."""
        now_ms, since_ms = self._voice.now_ms, self._since_ms[seat]
        left_s = QUIET_S - self._voice.scenario.book_wall_s(since_ms, now_ms)
        if left_s <= 0:
            self._nudge(self._nudges[seat])
            left_s = QUIET_S
        due_ms = now_ms + max(10_000, round(1000.0 * left_s * self._voice.scenario.speed_at(now_ms)))
        cut = bisect_right(self._cuts_ms, now_ms)  # the next stretch may be slower: count anew from there
        due_ms = min([due_ms, *self._cuts_ms[cut : cut + 1]])
        self._voice.engine.at(due_ms, lambda: self._watch(seat))

    def _hint(self, item: Item) -> None:
        """Answer who asks: the seat's next question, else what its duty card says one is asked."""
        nudge = self._nudges.get(item.seat)
        if nudge is not None:
            self._nudge(nudge)
            return
        duties = self._voice.scenario.role_table[item.seat].duties
        data = {"from": "", "to": item.seat, "text": f"{duties.asked} Good looks like: {duties.good}"}
        self._voice.direct("nudge.sent", item.seat, data, (item.seat,))

    def _nudge(self, nudge: Nudge) -> None:
        number = self._said[nudge.seat] = self._said.get(nudge.seat, 0) + 1
        words = self._words[nudge.seat]
        text = self._voice.filled(words[(number - 1) % len(words)])
        data = {"from": nudge.from_, "to": nudge.seat, "text": text}
        self._voice.direct("nudge.sent", nudge.seat, data, (nudge.seat,))
