"""Injects by hand: what the facilitator triggers, holds, moves, adds and takes back.

All due times are drill time, so a pause moves none; an inject whose time passed while it was held comes when
it is let go and says how late it is. What a facilitator did is heard from the journal, so a replay does it
too.
"""

from __future__ import annotations

from drills.director.script import Planned, Script
from drills.director.voice import Voice
from drills.record import Item
from scenarios.schema.script import Inject


class Control:
    """Carries out what stands in the journal about injects and hints."""

    def __init__(self, voice: Voice, script: Script) -> None:
        self._voice = voice
        self._script = script
        voice.hear("inject.triggered", self._triggered)
        voice.hear("inject.held", self._held)
        voice.hear("inject.released", self._released)
        voice.hear("inject.moved", self._moved)
        voice.hear("inject.added", self._added)
        voice.hear("inject.withdrawn", self._withdrawn)
        voice.hear("seat.nudged", self._nudged)

    def _planned(self, item: Item) -> Planned:
        return self._script.planned[item.about]

    def _triggered(self, item: Item) -> None:
        """Let it come at this very moment, also while the clock stands."""
        planned = self._planned(item)
        planned.held = planned.withdrawn = False
        self._script.fire(planned, due_ms=planned.due_ms)

    def _held(self, item: Item) -> None:
        self._planned(item).held = True

    def _released(self, item: Item) -> None:
        planned = self._planned(item)
        planned.held, due_ms = False, planned.due_ms
        if due_ms is not None:
            planned.due_ms = None
            self._script.come(planned, planned.cause, due_ms=due_ms)

    def _moved(self, item: Item) -> None:
        planned, to_ms = self._planned(item), int(item.data["to_ms"])
        planned.due_ms, planned.moved_ms, planned.kept_away = None, to_ms, False
        planned.turn += 1
        self._wait(planned)

    def _wait(self, planned: Planned) -> None:
        """Let an inject come at the moment it was moved to; at once where that has passed."""
        turn, due_ms = planned.turn, planned.moved_ms or 0

        def due() -> None:
            if planned.turn == turn:
                self._script.come(planned, due_ms=due_ms)

        if due_ms <= self._voice.now_ms:
            due()
        else:
            self._voice.engine.at(due_ms, due)

    def _added(self, item: Item) -> None:
        data, due_ms = item.data, int(item.data["due_ms"])
        inject = {
            "id": item.about,
            "when": {"at": self._voice.scenario.story(due_ms)},
            "to": tuple(data["to"]),
            "from": data["sender"],
            "channel": data["channel"],
            "text": "Written by hand.",
        }
        if data.get("trouble"):
            inject["report"] = {"trouble": data["trouble"], "service": self._service(str(data["trouble"]))}
        planned = Planned(Inject.model_validate(inject), words=data["text"])
        planned.moved_ms = due_ms
        self._script.planned[item.about] = planned
        self._wait(planned)

    def _service(self, trouble: str) -> str | None:
        """Give the service that a report of a trouble names: the one by which the trouble is known."""
        spec = next((each for each in self._voice.scenario.troubles if each.id == trouble), None)
        return spec.services[0] if spec is not None and spec.services else None

    def _withdrawn(self, item: Item) -> None:
        self._planned(item).withdrawn = True

    def _nudged(self, item: Item) -> None:
        to = str(item.data["to"])
        data = {"from": item.seat, "to": to, "text": item.data["text"]}
        self._voice.direct("nudge.sent", to, data, (to,))
