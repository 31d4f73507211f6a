"""How fast a drill runs: the book's speed for each stretch of the story, and slowing down by itself.

The speed drops while somebody is asked for something that cannot wait, and comes back after a quiet while.
Each reason has the speed that the scenario gives it; of several the lowest wins. What it asks for is
journaled like any other change of the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drills.engine import Engine
from drills.record import Item

FORM_FORGOTTEN_S = 60.0
WORDS = {
    "page": "a page is waiting",
    "phone": "a phone is ringing",
    "alert": "a new alert",
    "call": "a call is running",
    "form": "somebody is writing",
}
"""Reasons to slow down, the most urgent first, as people read them."""


@dataclass(frozen=True)
class Wanted:
    """A speed and the reason for it: `act`, `slowdown`, `quiet` or `person`; `because` is for people."""

    speed: float
    why: str
    because: str = ""


@dataclass(frozen=True)
class Slow:
    """A reason to slow down: its speed, and the wall second until which it holds."""

    speed: float
    until_s: float


class Pace:
    """Decides the speed of one drill with people in it.

    Args:
        humans: seats in which people sit.
    """

    def __init__(self, engine: Engine, humans: tuple[str, ...]) -> None:
        self._engine = engine
        self._humans = humans
        self._alerts_seen = len(self._grave_alerts())
        self._slow: dict[str, Slow] = {}
        self._forms: dict[str, float] = {}
        self._chosen: float | None = None
        self._chosen_act = ""
        self.because = ""

    def sit(self, humans: tuple[str, ...]) -> None:
        """Take note of the seats in which people sit from now on."""
        self._humans = humans

    def choose(self, speed: float) -> None:
        """Take a person's choice, which holds until the next act of the story."""
        self._chosen = speed
        self._chosen_act = self.act_id()

    def act_id(self) -> str:
        return self._engine.scenario.act_at(self._engine.now_ms).id

    def book_speed(self) -> float:
        """Give the speed the scenario wants at this moment of the story."""
        return self._engine.scenario.speed_at(self._engine.now_ms)

    def note_form(self, seat: str, wall_s: float, *, is_open: bool) -> None:
        """Note that somebody has a form open; it is forgotten a minute after it was last noted."""
        if is_open:
            self._forms[seat] = wall_s + FORM_FORGOTTEN_S
        else:
            self._forms.pop(seat, None)

    def wanted(self, wall_s: float) -> Wanted:
        """Give the speed for now; `wall_s` is monotonic wall time."""
        chosen = self._chosen if self._chosen_act == self.act_id() else None
        usual = Wanted(chosen, "person") if chosen is not None else Wanted(self.book_speed(), "act")
        quiet_s = self._engine.scenario.slow_down.quiet_s
        for reason, speed in self._reasons(wall_s):
            self._slow[reason] = Slow(speed, wall_s + quiet_s)
        self._slow = {reason: slow for reason, slow in self._slow.items() if wall_s <= slow.until_s}
        slowest = min((slow.speed for slow in self._slow.values()), default=usual.speed)
        self.because = ""
        if slowest >= usual.speed:
            return usual
        self.because = next(WORDS[name] for name in WORDS if self._speed_of(name) == slowest)
        return Wanted(slowest, "slowdown", self.because)

    def _speed_of(self, reason: str) -> float | None:
        slow = self._slow.get(reason)
        return slow.speed if slow is not None else None

    def _reasons(self, wall_s: float) -> Iterator[tuple[str, float]]:
        """Give the reasons that hold now, with the speeds of the scenario; one without a speed is none."""
        slow_down = self._engine.scenario.slow_down
        speeds = {
            "page": slow_down.page,
            "phone": slow_down.page,
            "alert": slow_down.alert,
            "call": slow_down.call,
            "form": slow_down.form,
        }
        for reason in self._calling(wall_s):
            speed = speeds[reason]
            if speed is not None:
                yield reason, speed

    def _calling(self, wall_s: float) -> Iterator[str]:
        board = self._engine.board
        if any(board.ringing(seat) for seat in self._humans):
            yield "page"
        if any(board.phones_ringing(seat) for seat in self._humans):
            yield "phone"
        alerts = len(self._grave_alerts())
        if alerts > self._alerts_seen:
            self._alerts_seen = alerts
            yield "alert"
        if any(board.running_calls(seat) for seat in self._humans):
            yield "call"
        if self.is_writing(wall_s) and self.act_id() in self._engine.scenario.slow_down.form_acts:
            yield "form"

    def is_writing(self, wall_s: float) -> bool:
        """Whether a person has a form open; `wall_s` is monotonic wall time."""
        return any(self.writes(seat, wall_s) for seat in self._humans)

    def writes(self, seat: str, wall_s: float) -> bool:
        """Whether a seat has a form open."""
        return self._forms.get(seat, wall_s) > wall_s

    def _grave_alerts(self) -> list[Item]:
        """Alerts about a site or its index: what nobody wants to run past."""
        return [item for item in self._engine.board.alert_items if item.data.get("site")]
