"""What was noted for the debrief, to the seat that noted it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from drills.acts.control import Tag
from drills.record import Item

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

NOTES = 50


class NotesPart:
    """Builds the notes' keys of a seat's view."""

    def __init__(self, view: SeatView) -> None:
        self._view = view

    def build(self) -> dict[str, Any]:
        view = self._view
        if not view.may("note_observation"):
            return {}
        mine = [item for item in view.eyes.all("observation.noted") if item.seat == view.seat]
        return {"notes": [self._note(item) for item in mine[-NOTES:]], "note_tags": list(get_args(Tag))}

    def _note(self, item: Item) -> dict[str, Any]:
        """A note with its writer's name: several people may watch from one seat."""
        view = self._view
        return {
            "n": item.n,
            "t_ms": item.t_ms,
            "story": view.hour(item.t_ms),
            "by": view.by(item),
            "seat": item.seat,
            "tag": item.data.get("tag"),
            "text": view.text(item),
        }
