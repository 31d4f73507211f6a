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
        return {"notes": [note_line(view, item) for item in mine[-NOTES:]], "note_tags": list(get_args(Tag))}


def note_line(view: SeatView, item: Item) -> dict[str, Any]:
    """Give a note with its writer's name: several people may watch from one seat."""
    return {
        "n": item.n,
        "t_ms": item.t_ms,
        "story": view.hour(item.t_ms),
        "by": view.by(item),
        "seat": item.seat,
        "tag": item.data.get("tag"),
        "text": view.text(item),
    }
