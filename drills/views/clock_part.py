"""The clock on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drills import rights, skip
from drills.acts import CLOCK_COMMANDS
from drills.views import words

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView


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
        "may": [command for command in CLOCK_COMMANDS if drill.play.solo],
        "skip": _offered(view, skip.offer(view.engine, view.now_ms)) if hindrance is None else None,
        "skip_with_card": _offered(view, skip.farthest(view.engine, view.now_ms))
        if hindrance is None
        else None,
        "skip_hindered": f"{hindrance[0]}, {hindrance[1]}" if hindrance is not None else None,
        "watchers": [[each, view.name(each)] for each in skip.watchers(view.engine)]
        if drill.play.solo
        else [],
        "freeze": _freeze(view),
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
        "limit_s": asked.data.get("limit_s"),
        "left_s": left_s,
        "may_answer": "answer_freeze"
        in rights.permissions(view.scenario, view.seat, solo=view.drill.play.solo),
    }
