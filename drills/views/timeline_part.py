"""The facilitator's timeline: every inject with its state, its time or its condition, its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drills.director.script import Planned
from drills.director.words import filled
from drills.views.condition_words import condition_words, due_of, present

if TYPE_CHECKING:
    from drills.engine import Engine
    from drills.views.seat_view import SeatView

SAID_LENGTH = 160


class TimelinePart:
    """Builds the timeline, soonest first: what came, what is to come, then what waits for something."""

    def __init__(self, view: SeatView) -> None:
        self._view = view

    @property
    def _engine(self) -> Engine:
        return self._view.engine

    def build(self) -> list[dict[str, Any]]:
        rows = [self._row(planned) for planned in self._engine.director.planned.values()]
        return sorted(rows, key=lambda row: (row["t_ms"] is None, row["t_ms"] or 0, row["inject"]))

    def _row(self, planned: Planned) -> dict[str, Any]:
        inject, view = planned.inject, self._view
        state, t_ms = self._state(planned), self._t_ms(planned)
        return {
            "inject": inject.id,
            "state": state,
            "t_ms": t_ms,
            "story": view.story(t_ms) if t_ms is not None else None,
            "from": view.name(inject.from_),
            "to": [view.title(seat) for seat in planned.to],
            "channel": inject.channel,
            "title": inject.title or "",
            "text": self._text(planned)[:SAID_LENGTH],
            "by_hand": planned.by_hand,
            "decoy": inject.decoy,
            "note": inject.note or "",
            "calls_for": list(inject.calls_for),
            "fired": planned.fired,
            "may": may(planned),
            **self._waiting(planned, state),
            **self._outcome(planned),
        }

    def _text(self, planned: Planned) -> str:
        words = planned.words
        if words is None:
            return filled(self._engine, planned.inject.text)
        digest = words if isinstance(words, str) else str(words["text"])
        return str(self._engine.texts.get(digest, "[removed]"))

    def _state(self, planned: Planned) -> str:
        if planned.withdrawn:
            return "withdrawn"
        if planned.held:
            return "held"
        if planned.fired:
            return "fired"
        if planned.kept_away:
            return "kept_away"
        return "planned" if self._t_ms(planned) is not None else "watched"

    def _t_ms(self, planned: Planned) -> int | None:
        """Give when it came, or will; None while that is not known."""
        if planned.fired:
            return planned.fired_ms
        if planned.moved_ms is not None:
            return planned.moved_ms
        if planned.due_ms is not None:
            return planned.due_ms
        return due_of(planned.watch) if planned.watch is not None else None

    def _waiting(self, planned: Planned, state: str) -> dict[str, Any]:
        """Say what it waits for, with the present value, and the wall seconds of undo of one by hand."""
        if planned.fired:
            return {"late_ms": planned.late_ms} if planned.late_ms else {}
        found: dict[str, Any] = {}
        if planned.watch is not None and planned.moved_ms is None:
            found = {"when": condition_words(planned.inject.when), **present(self._engine, planned.watch)}
        if planned.due_ms is not None:
            found["due_since_ms"] = planned.due_ms
        if planned.by_hand and state == "planned":
            left_ms = max(0, (planned.moved_ms or 0) - self._view.now_ms)
            found["undo_s"] = round(left_ms / 1000.0 / max(0.5, self._engine.speed))
        return found

    def _outcome(self, planned: Planned) -> dict[str, Any]:
        if not planned.outcome:
            return {}
        inject = planned.inject
        follows = inject.handled if planned.outcome == "handled" else inject.ignored
        return {"outcome": planned.outcome, "outcome_text": follows.text if follows is not None else ""}


def may(planned: Planned) -> list[str]:
    """Give what can be done to an inject now; the checks refuse the rest."""
    if planned.withdrawn:
        return [] if planned.fired else ["trigger_inject"]
    holding = "release_inject" if planned.held else "hold_inject"
    if planned.fired:
        return [holding] if planned.held or planned.repeating else []
    return ["trigger_inject", holding, "move_inject", "withdraw_inject"]
