"""Calls and meetings: who was in them, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from drills.record import Item
from scoring.reading import Night
from scoring.timing import MIN_MS

UNENDED_MS = 10 * MIN_MS
COMPLAINT = "complaint"


@dataclass(frozen=True)
class Talk:
    """One call or meeting.

    Args:
        opened: the item by which it began.
        sides: seats, people of the rota and personas in it.
        inject: the push from outside that began it, "" otherwise.
    """

    id: str
    opened: Item
    from_ms: int
    to_ms: int
    sides: tuple[str, ...]
    medium: str
    inject: str = ""

    @property
    def minutes(self) -> float:
        """How long it lasted, in minutes."""
        return (self.to_ms - self.from_ms) / MIN_MS

    def has(self, *sides: str) -> bool:
        """Say whether one of these was in it."""
        return any(side in self.sides for side in sides)


def talks(night: Night) -> tuple[Talk, ...]:
    """Give all calls that the team began or answered, in order; reports to the service desk are none."""
    begun = [_begun(night, item) for item in night.items("call.started")]
    answered = [_answered(night, item) for item in night.items("phone.answered")]
    return tuple(sorted([*begun, *(talk for talk in answered if talk)], key=lambda talk: talk.opened.n))


def _begun(night: Night, item: Item) -> Talk:
    to_ms = _end(night, item)
    first = str(item.data.get("from", "") or item.seat)
    invited = [str(side) for side in item.data.get("to", ())]
    sides = tuple(dict.fromkeys([first, *invited, *_joined(night, item, to_ms)]))
    return Talk(item.about, item, item.t_ms, to_ms, sides, str(item.data.get("medium", "phone")))


def _answered(night: Night, item: Item) -> Talk | None:
    rang = night.first("phone.rang", where=lambda rang: rang.about == item.about and rang.n < item.n)
    if rang is None:
        return None
    inject = str(rang.data.get("inject", ""))
    if inject == COMPLAINT or inject in night.setting.people.reports:
        return None
    to_ms = _end(night, item)
    sides = (item.seat, str(rang.data.get("from", "")), *_joined(night, item, to_ms))
    return Talk(item.about, item, item.t_ms, to_ms, tuple(dict.fromkeys(sides)), "phone", inject)


def _end(night: Night, opened: Item) -> int:
    """Give when a call ended; one that nobody ended lasts ten minutes."""
    ended = night.first("call.ended", where=lambda item: item.about == opened.about and item.n > opened.n)
    return ended.t_ms if ended else min(opened.t_ms + UNENDED_MS, max(night.end_ms, opened.t_ms))


def _joined(night: Night, opened: Item, to_ms: int) -> list[str]:
    return [
        item.seat or str(item.data.get("who", ""))
        for item in night.items("call.joined")
        if item.about == opened.about and item.t_ms <= to_ms
    ]
