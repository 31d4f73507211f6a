"""The update timer: it reminds of the next word, so many minutes after the last one."""

from __future__ import annotations

from drills.director.voice import LEADS, Voice
from drills.record import Item


class Timers:
    """Fires each timer that was set, until it is stopped or the incident is over and told to be."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._turns: dict[str, int] = {}
        self._recovered = False
        voice.hear("timer.set", self._set)
        voice.hear("update.sent", self._update)
        voice.hear("recovered.reached", self._over)

    def _set(self, item: Item) -> None:
        self._wind(item.about)

    def _update(self, item: Item) -> None:
        """Begin anew after each update; the one after full recovery is the last that was owed."""
        if self._recovered:
            self._turns = {what: turn + 1 for what, turn in self._turns.items()}
            return
        for what in list(self._turns):
            self._wind(what)

    def _over(self, item: Item) -> None:
        self._recovered = True

    def _wind(self, what: str) -> None:
        turn = self._turns[what] = self._turns.get(what, 0) + 1
        timer = self._voice.engine.board.timers.get(what)
        if timer is not None:
            self._voice.after(timer.every_min, lambda: self._ring(what, turn))

    def _ring(self, what: str, turn: int) -> None:
        timer = self._voice.engine.board.timers.get(what)
        if timer is None or self._turns.get(what) != turn:
            return
        self._voice.direct("timer.fired", what, {"what": what, "minutes": timer.every_min}, LEADS)
        self._voice.after(timer.every_min, lambda: self._ring(what, turn))
