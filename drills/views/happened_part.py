"""What has happened, for the facilitator's timeline: the world's turns, and the team's deeds that count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from drills.record import Item

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

LATEST = 80

Words = Callable[["SeatView", Item], str]


def _site(word: str) -> Words:
    return lambda view, item: f"{view.part_title(item.about)} {word}"


def _said(words: str) -> Words:
    return lambda view, item: words


def _list_title(view: SeatView, item: Item) -> str:
    list_id = str(item.data["list"])
    return next((each.title for each in view.scenario.lists if each.id == list_id), list_id)


WORLD: Mapping[str, Words] = MappingProxyType(
    {
        "site.ejected": _site("out"),
        "site.held": _site("held out"),
        "site.drained": _site("taken out"),
        "site.down": _site("down"),
        "site.admitted": _site("back in"),
        "site.powered": _site("powered"),
        "level.changed": lambda view, item: f"{view.part_title(item.about)}: {item.data['level']}",
    }
)
TEAM: Mapping[str, Words] = MappingProxyType(
    {
        "role.assumed": lambda view, item: f"{view.name(item.seat)} takes {view.title(item.about).lower()}",
        "incident.opened": _said("Incident opened"),
        "doc.opened": _said("Document opened"),
        "update.sent": lambda view, item: f"Update: {_list_title(view, item)}",
        "operation.started": lambda view, item: view.operation_words(
            str(item.data["operation"]), str(item.data.get("target") or "")
        ),
        "call.started": lambda view, item: f"{view.title(item.seat)} calls",
        "decision.made": lambda view, item: f"{view.title(item.seat)} decides",
        "role.handed_off": lambda view, item: f"{view.title(item.about)} handed off",
        "ticket.closed": lambda view, item: f"{item.about} closed",
    }
)


class HappenedPart:
    """Keeps the newest happenings of the two lanes; takes in each item of the record once."""

    def __init__(self, view: SeatView) -> None:
        self._view = view
        self._taken = 0
        self._lines: list[dict[str, Any]] = []

    def build(self) -> list[dict[str, Any]]:
        """Give the lines, oldest first: lane, kind, words, when."""
        items = self._view.items
        for item in items[self._taken :]:
            for lane, table in (("world", WORLD), ("team", TEAM)):
                if item.kind in table:
                    self._lines.append(self._line(lane, table[item.kind], item))
        self._taken = len(items)
        del self._lines[:-LATEST]
        return list(self._lines)

    def _line(self, lane: str, words: Words, item: Item) -> dict[str, Any]:
        return {
            "n": item.n,
            "lane": lane,
            "kind": item.kind,
            "title": words(self._view, item),
            "t_ms": item.t_ms,
            "story": self._view.hour(item.t_ms),
            "bot": self._view.is_bot(item.seat) if item.seat else False,
        }
