"""A live drill in the hands of a test: a wall clock moved by hand, and a scenario in which nothing fails."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drills import Hall, Holder
from drills.engine import Engine
from drills.live import LiveDrill
from drills.record import Item
from scenarios import Library
from tests.handclock import HandClock

MINUTE_MS = 60_000
STARTER = Path(__file__).resolve().parents[2] / "scenarios" / "library" / "starter.yaml"
QUIET = "quiet-morning"
CARD = {"watches": "tech_lead", "next_update_min": 5, "stop_if": "West answers late"}
ACTS = """acts:
  - id: A1
    title: Morning
    from: "09:00"
    to: "09:20"
    speeds: [{until: "09:20", speed: 20}]
    skips: [{from: "09:10", to: "09:15"}]
  - id: A2
    title: Noon
    from: "09:20"
    to: "10:00"
    speeds: [{until: "10:00", speed: 60}]
    skips: [{from: "09:25", to: "09:50"}]
slow_down: {page: 2, alert: 3, call: 5, form: 8, form_acts: [A1], quiet_s: 20}
"""


def quiet_library(folder: Path) -> Library:
    """Give a library with the starter in which nothing fails and nobody grows impatient, with quiet times."""
    text = STARTER.read_text(encoding="utf-8").replace("id: my-first-drill", f"id: {QUIET}")
    text = re.sub(r"  faults:\n(?:    .*\n)+", "", text)
    text = re.sub(r"    timer_min: 15\n    ladder: .*\n", "", text)
    text = re.sub(r"injects:\n(?:  .*\n)+", "", text)
    text = re.sub(r"acts:\n(?:  .*\n)+slow_down: .*\n", ACTS, text)
    folder.mkdir(exist_ok=True)
    (folder / f"{QUIET}.yaml").write_text(text, encoding="utf-8")
    return Library([folder])


@dataclass
class Night:
    """A drill with one person in it, and the hall and clock it runs by."""

    hall: Hall
    wall: HandClock
    me: Holder
    count: int = 0

    @property
    def drill(self) -> LiveDrill:
        return self.hall.drill(self.me.drill_id)

    @property
    def engine(self) -> Engine:
        return self.drill.engine

    @property
    def clock(self) -> dict[str, Any]:
        """The clock as the person sees it."""
        clock: dict[str, Any] = self.hall.view(self.me.drill_id, self.me.seat)["clock"]
        return clock

    def do(self, command: str, **data: Any) -> None:
        """Give a command of the person."""
        self.count += 1
        self.hall.submit(self.me.drill_id, self.me.seat, self.me.person, f"c{self.count}", command, data)

    def wait(self, seconds: float) -> None:
        """Let wall time pass, a fifth of a second at a time."""
        for _ in range(round(seconds * 5)):
            self.wall.now_s += 0.2
            self.hall.tick()

    def skip(self, minutes: float, card: Mapping[str, Any] | None = None) -> None:
        """Skip to a moment of the story, and wait for the skip's end."""
        data = {"to_ms": int(minutes * MINUTE_MS)}
        self.do("skip", **data, **({"card": dict(card)} if card is not None else {}))
        while self.drill.state == "skipping":
            self.hall.tick()

    def told(self, kind: str) -> list[Item]:
        """Give the items of a kind so far."""
        return [item for item in self.engine.items if item.kind == kind]

    def script(self, minutes: float, kind: str, about: str, **data: Any) -> None:
        """Have the drill's script tell something at a moment."""
        self.engine.at(
            int(minutes * MINUTE_MS), lambda: self.engine.emit("director", kind, about, data, ("*",)) and None
        )

    def freeze_at(self, minutes: float, limit_s: int = 60) -> None:
        """Have the script ask something at a moment, for which both clocks stop."""
        self.script(
            minutes, "freeze.began", "go", freeze="go", question="Tested, or at once?", limit_s=limit_s
        )
