"""The stall table: where a team is stuck, and the hint that the drill book has for it.

It looks at the record and at the book's wall time alone. A hint is proposed to the facilitator; nothing is
sent by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drills.conditions import MINUTE_MS
from drills.record import Item

if TYPE_CHECKING:
    from drills.engine import Engine

COMMAND_S, TUNNEL_S, SILENCE_S, RECORD_S = 180.0, 240.0, 180.0, 240.0
"""Wall seconds at the book's speeds until a stall counts."""
RELIEF_LATE_MIN = 60
TUNNEL_ACTS = 3
WORDS = frozenset(
    {"message.sent", "update.sent", "question.answered", "call.started", "call.noted", "role.announced"}
)
TRIES = frozenset({"look.taken", "operation.started"})
IDEAS = frozenset({"hypothesis.recorded", "hypothesis.ruled_out", "hypothesis.confirmed"})
FORECASTS = frozenset({"doc.edited", "update.sent", "message.sent", "call.noted", "question.answered"})
TABLE: Mapping[str, tuple[str, str, str, str]] = {
    "no_commander": ("commander", "Who decides?", "duty card", "a bot leads"),
    "tunnel": ("tech_lead", "What else fits?", "the board of causes", "a specialist brings a look"),
    "silence": ("communications", "Who is waiting?", "update timer", "a draft is filled in"),
    "empty_record": (
        "commander",
        "Where would I look?",
        "the template",
        "the last acts are pasted",
    ),
    "no_forecast": (
        "commander",
        "What comes if we wait?",
        "load chart",
        "somebody outside asks it",
    ),
    "no_relief": ("commander", "Who is fresh?", "rota", "a relief offers to come"),
    "closed_unasked": ("desk_1", "Says who?", "the ticket", "the reporter phones"),
}
"""By stall: to whom, what to ask, what to point at, what else helps."""
KEPT = WORDS | TRIES | IDEAS | FORECASTS | {"staff.sought", "seat.nudged", "recovered.reached"}


@dataclass(frozen=True)
class Stall:
    """A hint that may help now.

    Args:
        to: seat that it would be said to.
        ask: the question to ask.
        point: what to point at.
        do: what else helps.
        because: what was seen, in words.
        since_ms: since when.
    """

    id: str
    to: str
    ask: str
    point: str
    do: str
    because: str
    since_ms: int

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


class Stalls:
    """Watches a drill for stalls, item by item."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._taken = 0
        self._kinds: dict[str, list[Item]] = {}

    def proposed(self) -> list[Stall]:
        """Give the hints that fit now; none for a seat that was given one a moment ago."""
        self._take_in()
        found = [*self._while_it_lasts(), *self._later(), *self._closed_unasked()]
        return [stall for stall in found if not self._nudged(stall.to)]

    def _take_in(self) -> None:
        for item in self._engine.items[self._taken :]:
            if item.kind in KEPT:
                self._kinds.setdefault(item.kind, []).append(item)
        self._taken = len(self._engine.items)

    def _all(self, kinds: frozenset[str]) -> Sequence[Item]:
        found = [item for kind in sorted(kinds) for item in self._kinds.get(kind, ())]
        return sorted(found, key=lambda item: item.n)

    def _waited_s(self, since_ms: int) -> float:
        return self._engine.scenario.book_wall_s(since_ms, self._engine.now_ms)

    def _nudged(self, seat: str) -> bool:
        hints = [item for item in self._kinds.get("seat.nudged", ()) if item.about == seat]
        return bool(hints) and self._waited_s(hints[-1].t_ms) < SILENCE_S

    # --- from the first alert to the end of the trouble
    def _while_it_lasts(self) -> Iterator[Stall]:
        alerts = self._engine.board.alert_items
        if not alerts or "recovered.reached" in self._kinds:
            return
        began_ms = alerts[0].t_ms
        yield from self._no_commander(began_ms)
        yield from self._tunnel()
        yield from self._silence(began_ms)
        yield from self._empty_record(began_ms)

    def _no_commander(self, began_ms: int) -> Iterator[Stall]:
        if not self._engine.board.commander() and self._waited_s(began_ms) >= COMMAND_S:
            because = "Nobody has taken command since the first alert."
            yield _stall("no_commander", because, began_ms)

    def _tunnel(self) -> Iterator[Stall]:
        recent = [
            item
            for item in self._all(TRIES)
            if item.seat == "tech_lead" and self._waited_s(item.t_ms) <= TUNNEL_S
        ]
        targets = {str(item.data.get("target") or item.about) for item in recent}
        ideas = [item for item in self._all(IDEAS) if self._waited_s(item.t_ms) <= TUNNEL_S]
        if len(recent) >= TUNNEL_ACTS and len(targets) == 1 and not ideas:
            because = f"{len(recent)} looks and tries in a row at {targets.pop()}, and no other idea."
            yield _stall("tunnel", because, recent[0].t_ms)

    def _silence(self, began_ms: int) -> Iterator[Stall]:
        said = [item.t_ms for item in self._all(WORDS) if item.origin == "journal"]
        since_ms = max([began_ms, *said[-1:]])
        if self._waited_s(since_ms) >= SILENCE_S:
            because = "Nobody has said or written a word."
            yield _stall("silence", because, since_ms)

    def _empty_record(self, began_ms: int) -> Iterator[Stall]:
        if not self._engine.board.document.sections and self._waited_s(began_ms) >= RECORD_S:
            because = "The incident document is empty."
            yield _stall("empty_record", because, began_ms)

    # --- by a time of the story
    def _later(self) -> Iterator[Stall]:
        scenario, now_ms = self._engine.scenario, self._engine.now_ms
        by = scenario.scoring.forecast_by
        if by is not None and now_ms >= scenario.at(by) and not self._has_forecast():
            because = f"No forecast by {by}."
            yield _stall("no_forecast", because, scenario.at(by))
        seek_by = scenario.duty.seek_by
        due_ms = scenario.at(seek_by) + RELIEF_LATE_MIN * MINUTE_MS if seek_by is not None else None
        if due_ms is not None and now_ms >= due_ms and "staff.sought" not in self._kinds:
            because = f"Nobody sought a relief, due by {seek_by}."
            yield _stall("no_relief", because, due_ms)

    def _has_forecast(self) -> bool:
        return any(
            claim.get("property") == "forecast"
            for item in self._all(FORECASTS)
            for claim in item.data.get("claims") or ()
        )

    def _closed_unasked(self) -> Iterator[Stall]:
        for ticket in self._engine.board.tickets.values():
            if ticket.state == "closed" and ticket.asked_ms is None and ticket.satisfied is None:
                because = f"{ticket.id} was closed, and its reporter was not asked."
                yield _stall("closed_unasked", because, ticket.item.t_ms)
                return


def _stall(id_: str, because: str, since_ms: int) -> Stall:
    return Stall(id_, *TABLE[id_], because, since_ms)
