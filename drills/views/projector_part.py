"""The projector's view: the big picture in the meeting room, and nothing that somebody there may not see.

An allow-list by name out of what an observer sees. Whatever a seat's view gains later stays off this screen
until it is named here: no words of the channel, no tickets, no tasks, no document, nothing to press.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from drills.codes import written_code

if TYPE_CHECKING:
    from drills.live import LiveDrill

PROJECTOR = "projector"
"""The name under which a facilitator opens this screen, where the name of a seat could stand."""

SEEN_FROM = "observer"
DRILL = ("id", "title", "marker", "state", "end_reason")
CLOCK = ("t_ms", "story", "t_plus", "speed", "state", "slowed_because")
SITE = ("id", "title", "standby", "state", "word", "detail", "since_ms", "share_frac", "load_frac")
SEAT = ("seat", "title", "name", "initials", "bot")
SERVED = ("value", "state")
ANSWERED = "answered"


class ProjectorView:
    """Builds what everybody in the room may see of a drill."""

    def __init__(self, drill: LiveDrill) -> None:
        self._drill = drill

    def build(self) -> dict[str, Any]:
        """Give all keys of the view."""
        base = self._drill.seat_view(SEEN_FROM)
        seen = base.build()
        return {
            "screen": PROJECTOR,
            "read_only": True,
            "drill": _only(seen["drill"], DRILL),
            "clock": _only(seen["clock"], CLOCK),
            "situation": _situation(seen),
            "served": _served(seen),
            "sites": [_only(site, SITE) for site in seen.get("sites", [])],
            "charts": _charts(seen),
            "seats": [_only(seat, SEAT) for seat in seen["seats"]],
            "next_update_ms": base.next_update_ms(),
            "door": self._door(),
        }

    def _door(self) -> dict[str, Any]:
        """Give the code while it lets people in; a code that opens nothing is not shown."""
        door = self._drill.door()
        is_open = door is not None and door.is_open and self._drill.state != "ended"
        return {"open": is_open, "code": written_code(door.code) if door is not None and is_open else ""}


def _only(part: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: part[name] for name in names}


def _situation(seen: Mapping[str, Any]) -> str:
    return str(seen["situation"]["text"]) if "situation" in seen else ""


def _served(seen: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give the share of users served, as the instruments show it."""
    found = next((each for each in seen.get("numbers", []) if each["id"] == "served"), None)
    return _only(found, SERVED) if found is not None else None


def _charts(seen: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give the one chart of the room, without the marks that stand on a seat's own."""
    charts = seen.get("charts")
    if charts is None:
        return None
    answered = [each for each in charts["series"] if each["id"] == ANSWERED]
    return {"t0_ms": charts["t0_ms"], "step_ms": charts["step_ms"], "series": answered}
