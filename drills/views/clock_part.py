"""The clock on the screen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any

from drills import skip
from drills.acts import CLOCK_COMMANDS
from drills.record import Item
from drills.views import words

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

SKIP_TOLD_MS = 3 * words.MINUTE_MS


def clock_part(view: SeatView) -> dict[str, Any]:
    """Give the clock: story time, speed, why it is slow or stands, and what this seat may do to it."""
    drill, scenario = view.drill, view.scenario
    act = scenario.act_at(view.now_ms)
    hindrance = skip.hindrance(view.engine)
    return {
        "t_ms": view.now_ms,
        "story": scenario.story(view.now_ms),
        "t_plus": words.t_plus(view.now_ms),
        "speed": view.engine.speed,
        "book_speed": drill.pace.book_speed(),
        "state": drill.state,
        "slowed_because": drill.pace.because or None,
        "act": {"id": act.id, "title": act.title},
        "may": [command for command in CLOCK_COMMANDS if view.may(command)],
        "skip": _offered(view, skip.offer(view.engine, view.now_ms)) if hindrance is None else None,
        "skip_with_card": _offered(view, skip.farthest(view.engine, view.now_ms))
        if hindrance is None
        else None,
        "skip_hindered": f"{hindrance[0]}, {hindrance[1]}" if hindrance is not None else None,
        "watchers": [[each, view.name(each)] for each in skip.watchers(view.engine)]
        if view.may("skip")
        else [],
        "skip_ended": _skip_ended(view),
        "freeze": _freeze(view),
        "halted_by": _halted_by(view),
        "end_story": scenario.story(scenario.end_ms),
    }


def _offered(view: SeatView, offer: skip.Offer | None) -> dict[str, Any] | None:
    """Give a moment that may be skipped to, in words, and whether a skip card must be filled for it."""
    if offer is None:
        return None
    return {
        "to_ms": offer.to_ms,
        "story": view.scenario.story(offer.to_ms),
        "title": offer.title,
        "needs_card": offer.needs_card,
    }


def _freeze(view: SeatView) -> dict[str, Any] | None:
    """Give what the drill asks while it stands, and how many seconds are left to answer.

    `left_s` is None where no limit runs: a person has paused the drill too.
    """
    asked = view.board.freeze
    if asked is None or not view.drill.humans:
        return None
    left_s = view.drill.freeze_left_s()
    return {
        "id": asked.about,
        "question": str(asked.data.get("question", "")),
        "because": _because(view, asked),
        "limit_s": asked.data.get("limit_s"),
        "left_s": left_s,
        "may_answer": view.may("answer_freeze"),
    }


def _halted_by(view: SeatView) -> str | None:
    """Give who stopped the clock for something real, while it stands for that."""
    if view.drill.state != "paused":
        return None
    for item in reversed(view.items):
        if item.kind == "clock.resumed":
            return None
        if item.kind == "halt.called":
            return view.by(item)
    return None


def _because(view: SeatView, asked: Item) -> str:
    """Give what has happened and makes the drill ask, where this seat has seen it; "" for nothing."""
    freezes = view.scenario.slow_down.freezes
    match = next((each.when.after for each in freezes if each.id == asked.about), None)
    if match is None:
        return ""
    before = (item for item in view.eyes.all(match.kind) if item.n < asked.n)
    hits = [item for item in before if match.hits(item.kind, item.about, item.data)]
    return told(view, hits[-1]) if hits else ""


def _skip_ended(view: SeatView) -> str:
    """Give what has ended the latest skip before its time, for a while after it; "" for nothing."""
    if view.drill.state == "skipping":
        return ""
    skipped = next((item for item in reversed(view.items) if item.kind == "clock.skipped"), None)
    if skipped is None:
        return ""
    later = islice(view.items, skipped.n + 1, None)
    end = next((item for item in later if skip.ends_skip(item, view.drill.humans)), None)
    if end is None or end.t_ms >= int(skipped.data["to_ms"]) or view.now_ms - end.t_ms > SKIP_TOLD_MS:
        return ""
    return told(view, end) if view.eyes.saw(end) else ""


def told(view: SeatView, item: Item) -> str:
    """Give a thing that happened in one sentence."""
    made = _TOLD.get(item.kind)
    return made(view, item) if made is not None else ""


def _answered(view: SeatView, item: Item) -> str:
    ticket = view.board.tickets.get(item.about)
    about = f"{item.about}, {view.text(ticket.item, 'title')}" if ticket is not None else item.about
    word = "works" if item.data.get("satisfied") else "does not work"
    return f"{view.by(item)} says it {word}: {about}."


def _rang(view: SeatView, item: Item) -> str:
    who = view.name(str(item.data.get("from", "")))
    return f"{who} rings." if item.kind == "phone.rang" else f"{who} pages you."


_TOLD: dict[str, Callable[[SeatView, Item], str]] = {
    "user.answered": _answered,
    "alert.fired": lambda view, item: f"{item.data['title']}.",
    "handoff.accepted": lambda view, item: (
        f"{view.name(str(item.data.get('who', '')))} has taken over as {view.title(item.about).lower()}."
    ),
    "operation.finished": lambda view, item: (
        f"{view.operation_words(str(item.data['operation']), str(item.data.get('target') or ''))}: "
        f"{item.data.get('result', 'done')}."
    ),
    "phone.rang": _rang,
    "page.rang": _rang,
    "question.received": lambda view, item: f"{view.name(str(item.data['from']))} asks.",
    "call.started": lambda view, item: f"{view.by(item)} calls.",
    "level.changed": lambda view, item: "The service as a whole has changed.",
}
