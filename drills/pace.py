"""How fast a drill runs: the book's speed for each stretch of the story, and slowing down by itself.

The speed drops while somebody is asked for something that cannot wait, and comes back after a quiet while.
What it asks for is journaled like any other change of the clock.
"""

from __future__ import annotations

from dataclasses import dataclass

from drills.engine import Engine
from drills.record import Item


@dataclass(frozen=True)
class Wanted:
    """A speed and the reason for it: `act`, `slowdown`, `quiet` or `person`; `because` is for people."""

    speed: float
    why: str
    because: str = ""


class Pace:
    """Decides the speed of one drill with people in it.

    Args:
        humans: seats in which people sit.
    """

    def __init__(self, engine: Engine, humans: tuple[str, ...]) -> None:
        self._engine = engine
        self._humans = humans
        self._asked_until_s = 0.0
        self._alerts_seen = len(self._grave_alerts())
        self._chosen: float | None = None
        self._chosen_act = ""
        self.because = ""

    def choose(self, speed: float) -> None:
        """Take a person's choice, which holds until the next act of the story."""
        self._chosen = speed
        self._chosen_act = self.act_id()

    def act_id(self) -> str:
        return self._engine.scenario.act_at(self._engine.now_ms).id

    def book_speed(self) -> float:
        """Give the speed the scenario wants at this moment of the story."""
        return self._engine.scenario.speed_at(self._engine.now_ms)

    def wanted(self, wall_s: float) -> Wanted:
        """Give the speed for now; `wall_s` is monotonic wall time."""
        chosen = self._chosen if self._chosen_act == self.act_id() else None
        usual = Wanted(chosen, "person") if chosen is not None else Wanted(self.book_speed(), "act")
        reason = self._reason()
        if reason:
            self._asked_until_s = wall_s + self._engine.scenario.slow_down.quiet_s
            self.because = reason
        if wall_s < self._asked_until_s and self.because:
            slow = self._engine.scenario.slow_down.page or usual.speed
            if usual.speed > slow:
                return Wanted(slow, "slowdown", self.because)
            return usual
        self.because = ""
        return usual

    def _reason(self) -> str:
        board = self._engine.board
        for seat in self._humans:
            if board.ringing(seat):
                return "a page is waiting"
        alerts = self._grave_alerts()
        if len(alerts) > self._alerts_seen:
            self._alerts_seen = len(alerts)
            return "a new alert"
        return ""

    def _grave_alerts(self) -> list[Item]:
        """Alerts about a site or its index: what nobody wants to run past."""
        return [item for item in self._engine.board.alert_items if item.data.get("site")]

    def called(self) -> bool:
        """Whether something waits for a person that ends a skip."""
        board = self._engine.board
        return any(board.ringing(seat) or board.open_questions(seat) for seat in self._humans)
