"""A small hall behind the real one's interface: one drill, a view from a file, a revision that grows."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drills.errors import Refused

VIEW = json.loads((Path(__file__).parent / "view.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class FakeHolder:
    """Who holds a seat."""

    drill_id: str
    seat: str
    person: str
    token: str = ""


@dataclass(frozen=True)
class FakeReceipt:
    """Where a command stands."""

    seq: int
    t_ms: int
    kind: str


@dataclass
class FakeHall:
    """Holds drills in memory; time passes by a second a tick while `runs`."""

    runs: bool = False
    state: str = "running"
    seats: dict[str, FakeHolder] = field(default_factory=dict)
    deeds: list[tuple[str, str, str, dict[str, Any]]] = field(default_factory=list)
    built: int = 0
    _rev: int = 1
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def play_alone(
        self, scenario_id: str, seat: str, name: str = "", team: str = "managed", seed: int | None = None
    ) -> FakeHolder:
        if scenario_id != VIEW["drill"]["scenario"]:
            raise Refused(f"no scenario {scenario_id!r}", "see the list on the first screen", status=404)
        holder = FakeHolder(f"drill{len(self.seats) + 1}", seat, "p1", f"token-{len(self.seats) + 1}")
        self.seats[holder.token] = holder
        return holder

    def holder(self, token: str, drill_id: str) -> FakeHolder | None:
        found = self.seats.get(token)
        return found if found is not None and found.drill_id == drill_id else None

    def submit(
        self, drill_id: str, seat: str, person: str, command_id: str, command: str, data: Mapping[str, Any]
    ) -> FakeReceipt:
        if command == "close_ticket":
            raise Refused("close INC-1 refused: only the service desk may close", "ask the desk", status=403)
        with self._lock:
            self.deeds.append((drill_id, seat, command, dict(data)))
            self._rev += 1
            return FakeReceipt(len(self.deeds), VIEW["clock"]["t_ms"], command)

    def view(self, drill_id: str, seat: str) -> dict[str, Any]:
        self.built += 1
        clock = {**VIEW["clock"], "t_ms": VIEW["clock"]["t_ms"] + 1000 * self._rev}
        return {**VIEW, "rev": self._rev, "clock": clock, "drill": {**VIEW["drill"], "id": drill_id}}

    def rev(self, drill_id: str) -> int:
        return self._rev

    def logs(self, drill_id: str, seat: str, **asked: Any) -> list[dict[str, Any]]:
        return [
            {
                "t_ms": 0,
                "story": "Wed 03:00",
                "level": "warn",
                "source": "web",
                "site": "dc1",
                "text": str(asked),
                "count": 1,
            }
        ]

    def preview(self, drill_id: str, seat: str, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "what": operation,
            "expected": "",
            "price": "",
            "needs": [[True, "ok"]],
            "way_back": "",
            "minutes": 6,
            "refusal": None,
        }

    def drills(self) -> list[dict[str, Any]]:
        return [
            {
                "id": h.drill_id,
                "title": VIEW["drill"]["title"],
                "scenario": VIEW["drill"]["scenario"],
                "state": self.state,
                "started": "2026-11-23T22:40:00Z",
                "ended": "",
                "seats": [h.seat],
                "story": "Wed 03:26",
            }
            for h in self.seats.values()
        ]

    def tick(self) -> float:
        if self.runs:
            with self._lock:
                self._rev += 1
        return 0.2

    def close(self) -> None:
        """Nothing to let go of."""
