"""Complaints: customers whose requests really failed write to the desk, one for so many lost requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drills.director.reports import Reports, Told
from drills.director.voice import Voice

if TYPE_CHECKING:
    from faker import Faker

    from scenarios.schema.script import Complaints

INJECT = "complaint"
HOUR_MS = 3_600_000


class Complaining:
    """Adds up what the world's customers lost, and lets some of them complain."""

    def __init__(self, voice: Voice, reports: Reports) -> None:
        self._voice = voice
        self._reports = reports
        self._row = 0
        self._lost = 0.0
        self._told_ms: list[int] = []
        self._names: Faker | None = None
        spec = voice.scenario.complaints
        if spec is not None:
            self._texts = voice.order(INJECT, spec.texts)
            self._row = len(voice.engine.world.metrics)
            voice.after(1, lambda: self._look(spec))

    def _look(self, spec: Complaints) -> None:
        metrics = self._voice.engine.world.metrics
        for row in range(self._row, len(metrics)):
            self._lost += metrics.value(row, "lost")
        self._row = len(metrics)
        if self._lost >= spec.per_failed_requests and len(self._told_ms) < spec.max_total:
            if self._this_hour() < spec.max_per_hour:
                self._lost -= spec.per_failed_requests
                self._complain(spec)
            # Who finds the desk busy gives up: an hour's worth never piles up.
            self._lost = min(self._lost, spec.per_failed_requests)
        self._voice.after(1, lambda: self._look(spec))

    def _this_hour(self) -> int:
        return sum(1 for t_ms in self._told_ms if t_ms > self._voice.now_ms - HOUR_MS)

    def _complain(self, spec: Complaints) -> None:
        number = len(self._told_ms)
        self._told_ms.append(self._voice.now_ms)
        name = self._name()
        who = f"customer-{number + 1}"
        text = self._voice.filled(self._texts[number % len(self._texts)])
        channel = spec.channels[number % len(spec.channels)]
        address = f"{name.lower().replace(' ', '.')}@shop.example"
        contact = address if channel == "email" else f"555-{200 + number:04d}"
        title = "Cannot order" if channel == "email" else ""
        self._reports.bring(Told(who, spec.to, channel, title, text, INJECT, contact, name=name))

    def _name(self) -> str:
        if self._names is None:
            from faker import Faker  # slow to load, and most drills need no customer

            self._names = Faker("en_US")
            self._names.seed_instance(self._voice.engine.header.seed)
        return f"{self._names.first_name()} {self._names.last_name()}"
