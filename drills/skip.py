"""Skips: what may be skipped and on what terms, what ends a skip, and the updates it sends by itself.

A scenario names quiet times. One of them is skipped with a card only: who watches meanwhile, when the next
word is due, what would stop it. Until the next quiet time begins, no card is asked for.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any

from drills.acts import SkipCard
from drills.engine import Engine
from drills.record import Item
from scenarios import Scenario
from scenarios.scenario import SkipSpan

MINUTE_MS = 60_000
STANDING_UPDATES = 2
ANGRY_STEP = 2
LONGEST_VALUE = 200


@dataclass(frozen=True)
class Offer:
    """A moment to which time may be skipped, and whether that takes a card."""

    to_ms: int
    title: str
    needs_card: bool


def quiet_time(engine: Engine, t_ms: int) -> SkipSpan | None:
    """Give the quiet time that runs at a moment or comes next; one for a closed night only counts then."""
    spans = [span for act in engine.scenario.act_spans for span in act.skips if span.to_ms > t_ms]
    fitting = [span for span in spans if not span.unless_open or _all_closed(engine)]
    return min(fitting, key=lambda span: span.from_ms, default=None)


def _all_closed(engine: Engine) -> bool:
    return all(each.state == "closed" for each in engine.board.tickets.values() if each.kind == "incident")


def offer(engine: Engine, t_ms: int) -> Offer | None:
    """Give what a skip would lead to: the end of a quiet time, its beginning, or the end of the act."""
    quiet, act = quiet_time(engine, t_ms), engine.scenario.act_at(t_ms)
    if quiet is not None and quiet.from_ms <= t_ms:
        return Offer(quiet.to_ms, "end of the quiet stretch", needs_card=True)
    if quiet is not None and quiet.from_ms <= act.to_ms:
        return Offer(quiet.from_ms, "the next quiet stretch", needs_card=False)
    return Offer(act.to_ms, "end of this act", needs_card=False) if act.to_ms > t_ms else None


def farthest(engine: Engine, t_ms: int) -> Offer | None:
    """Give how far a card reaches: to the end of the next quiet time; None when none is left."""
    quiet = quiet_time(engine, t_ms)
    return None if quiet is None else Offer(quiet.to_ms, "end of the quiet stretch", needs_card=True)


def hindrance(engine: Engine) -> tuple[str, str] | None:
    """Give what is open that a person must see to before time is skipped, and how; None when nothing is."""
    board = engine.board
    for seat in humans(engine):
        if board.ringing(seat):
            return "a page rings", "acknowledge it first"
        if board.phones_ringing(seat):
            return "a phone rings", "answer it first"
        if board.running_calls(seat):
            return "a call is running", "end it first"
    return ("the drill asks something", "answer it first") if board.freeze is not None else None


def humans(engine: Engine) -> tuple[str, ...]:
    """Give the seats in which people sit."""
    return tuple(seat for seat, is_bot in engine.seats.items() if not is_bot)


def watchers(engine: Engine) -> tuple[str, ...]:
    """Give who may be named as the one who watches: a seat, or somebody of the company."""
    return tuple(dict.fromkeys((*engine.seats, *(person.id for person in engine.scenario.people))))


def ends_skip(item: Item, people: Container[str]) -> bool:
    """Say whether an item ends a skip: somebody is called, or the night changes."""
    data = item.data
    if item.kind in ("page.rang", "phone.rang"):
        return data.get("to") in people
    if item.kind == "question.received":
        return data.get("to") in people or int(data.get("step", 0)) >= ANGRY_STEP
    if item.kind == "call.started":
        return any(to in people for to in data.get("to", ()))
    if item.kind == "alert.fired":
        return bool(data.get("site"))
    return item.kind in ("level.changed", "freeze.began")


@dataclass(frozen=True)
class Skipping:
    """A skip under way.

    Args:
        seat, person: who skipped.
        first_item: number of the first item of the record that came after it.
        sent: standing updates sent so far.
    """

    seat: str
    person: str
    from_ms: int
    first_item: int
    card: SkipCard | None
    sent: int = 0

    @property
    def due_ms(self) -> int | None:
        """When the next standing update is due, None when no more is."""
        if self.card is None or self.sent >= STANDING_UPDATES:
            return None
        return self.from_ms + (self.sent + 1) * self.card.next_update_min * MINUTE_MS

    def after_update(self) -> Skipping:
        """Give the skip with one standing update more."""
        return replace(self, sent=self.sent + 1)


def standing_update(scenario: Scenario, card: SkipCard, names: Mapping[str, str]) -> dict[str, Any] | None:
    """Give the data of the update that a card sends by itself; None where no list inside stands."""
    inside = next((each.id for each in scenario.lists if not each.external), None)
    if inside is None:
        return None
    service, watcher = scenario.world.level.id, names.get(card.watches, card.watches)
    claims = [
        {"subject": service, "property": "now", "value": f"watching: {watcher}"[:LONGEST_VALUE]},
        {"subject": service, "property": "next_step", "value": f"stop if {card.stop_if}"[:LONGEST_VALUE]},
    ]
    promise = f"You hear from us at once if {card.stop_if}".rstrip(".")
    return {
        "list": inside,
        "text": f"{scenario.marker} Standing update. {watcher} is watching. {promise}.",
        "claims": claims,
        "next_update_min": card.next_update_min,
        "template": True,
    }
