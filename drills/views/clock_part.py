"""The clock on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drills.acts import CLOCK_COMMANDS
from drills.views import words

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView


def clock_part(view: SeatView) -> dict[str, Any]:
    """Give the clock: story time, speed, why it is slow, and what this seat may do to it."""
    drill, scenario = view.drill, view.scenario
    act = scenario.act_at(view.now_ms)
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
        "skip": _skip(view),
        "end_story": scenario.story(scenario.end_ms),
    }


def _skip(view: SeatView) -> dict[str, Any] | None:
    """Offer the end of the present stretch: a skip of the book, else the end of the act."""
    act = view.scenario.act_at(view.now_ms)
    for window in act.skips:
        if window.from_ms <= view.now_ms < window.to_ms:
            return _to(view, window.to_ms, "end of the quiet stretch")
    if act.to_ms <= view.now_ms:
        return None
    return _to(view, act.to_ms, "end of this act")


def _to(view: SeatView, to_ms: int, title: str) -> dict[str, Any]:
    return {"to_ms": to_ms, "story": view.scenario.story(to_ms), "title": title}
