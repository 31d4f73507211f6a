"""The script: injects when their condition holds, again while nobody acts, and what comes of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from drills.conditions import MINUTE_MS, Sighting, Watch
from drills.director.phones import Phones, Ring
from drills.director.reports import Reports, Told
from drills.director.voice import Voice
from drills.record import Item

if TYPE_CHECKING:
    from scenarios.schema.script import Consequence, Inject

Words = str | Mapping[str, Any]
"""A text, or the digest of one that a person wrote and that stands beside the journal."""
LATE_MS = 5_000
"""A tick of the script: what comes within one is not late."""


class Planned:
    """An inject with what is known of it so far.

    Attributes:
        fired: how often it came.
        outcome: "" until it is `handled` or `ignored`.
        to: seats that got it last.
        held: a facilitator keeps it back; `due_ms` is then when its time came, if it did.
        withdrawn: a facilitator took it back.
        moved_ms: when it comes by hand; what it waited for counts no more.
        turn: how often it was moved.
        kept_away: an item that its `unless` names was there when its time came.
        late_ms: how long after its time it came, where that was more than a tick of the script.

    Args:
        words: what a person wrote, for an inject by hand.
    """

    def __init__(self, inject: Inject, words: Words | None = None) -> None:
        self.inject = inject
        self.words = words
        self.by_hand = words is not None
        self.watch: Watch | None = None
        self.unless: Sighting | None = None
        self.held = self.withdrawn = self.kept_away = False
        self.due_ms: int | None = None
        self.moved_ms: int | None = None
        self.turn = 0
        self.late_ms = 0
        self.cause: Item | None = None
        self.fired = 0
        self.fired_ms = 0
        self.outcome = ""
        self.to: tuple[str, ...] = inject.to

    @property
    def repeating(self) -> bool:
        """Whether it still comes again by itself."""
        repeat = self.inject.repeat
        return bool(repeat and self.fired and not self.outcome and self.fired <= repeat.times)


class Script:
    """Runs the injects of the scenario."""

    def __init__(self, voice: Voice, reports: Reports, phones: Phones) -> None:
        self._voice = voice
        self._phones = phones
        self._reports = reports
        self._by_report: dict[str, Planned] = {}
        self.planned = {inject.id: Planned(inject) for inject in voice.scenario.injects}
        self.on_fired: list[Callable[[Planned], None]] = []
        for planned in self.planned.values():
            self._plan(planned)
        for kind in ("ticket.logged", "ticket.linked"):
            voice.hear(kind, self._ticketed)

    def _plan(self, planned: Planned) -> None:
        inject, ears = planned.inject, self._voice.ears
        planned.unless = Sighting(inject.unless, ears)

        def came(cause: Item | None) -> None:
            if planned.moved_ms is None:
                self.come(planned, cause)

        planned.watch = Watch(inject.when, self._voice.engine, ears, came)
        Sighting(inject.clears, ears, lambda item: self._settle(planned, "handled"))
        Sighting(inject.spoils, ears, lambda item: self._settle(planned, "ignored"))

    # --- coming
    def come(self, planned: Planned, cause: Item | None = None, *, due_ms: int | None = None) -> None:
        """Let an inject come whose time is there, unless it is held, taken back or kept away.

        Args:
            due_ms: when its time was, where that was before now.
        """
        if planned.withdrawn or (planned.fired and not planned.repeating):
            return
        if planned.held:
            planned.due_ms = self._voice.now_ms if due_ms is None else due_ms
            planned.cause = cause
        elif planned.unless is not None and planned.unless.last is not None and not planned.fired:
            planned.kept_away = True
        else:
            self.fire(planned, cause, due_ms=due_ms)

    def fire(self, planned: Planned, cause: Item | None = None, *, due_ms: int | None = None) -> None:
        """Let an inject come now; one that is late is never dropped, and says how late it is."""
        late_ms = 0 if due_ms is None else self._voice.now_ms - due_ms
        planned.late_ms = late_ms if late_ms > LATE_MS else 0
        planned.due_ms = None
        inject = planned.inject
        if inject.to_actor and not planned.fired:
            actor = self._actor(cause)
            planned.to = (actor,) if actor else inject.to
        text = self._words(planned)
        planned.fired += 1
        planned.fired_ms = planned.fired_ms or self._voice.now_ms
        if inject.report is not None:
            self._report(planned, text)
        elif inject.channel == "phone":
            self._ring_up(planned, text)
        else:
            self._push(planned, text, **_lateness(planned))
        if planned.fired == 1:
            self._set_limit(planned)
        if planned.repeating and inject.repeat is not None:
            self._voice.after(inject.repeat.every_min, lambda: self._again(planned))
        for hearer in self.on_fired:
            hearer(planned)

    def _again(self, planned: Planned) -> None:
        if not planned.outcome:
            self.come(planned)

    def _ring_up(self, planned: Planned, text: Words) -> None:
        """Say it on the phone; who called the sender themselves has them on the line already."""
        inject, to = planned.inject, self._voice.seated(planned.to) or planned.to[0]
        calls, late = self._voice.engine.board.running_calls(to), _lateness(planned)
        if any(inject.from_ in call.to for call in calls):
            self._push(planned, text, **late)
            return
        ring = Ring(
            inject.from_,
            to,
            inject.id,
            spoken=lambda call: self._push(planned, text, call=call, **late),
            written=lambda: self._push(planned, text, channel="text", **late),
        )
        self._phones.ring(ring)

    def _push(self, planned: Planned, text: Words, *, channel: str = "", **more: Any) -> None:
        inject = planned.inject
        data = {
            **more,
            "inject": inject.id,
            "from": inject.from_,
            "to": list(planned.to),
            "channel": channel or inject.channel,
            "title": self._voice.filled(inject.title or ""),
            "text": text,
        }
        self._voice.direct("inject.fired", inject.id, data, planned.to)
        if inject.ask is not None and isinstance(text, str):
            to = self._voice.seated(planned.to)
            step = min(3, planned.fired - 1)
            self._voice.ask(inject.from_, to, text, inject=inject.id, step=step)

    def _report(self, planned: Planned, text: Words) -> None:
        inject, spec = planned.inject, planned.inject.report
        if spec is None:
            return
        persona = self._voice.engine.personas.get(inject.from_)
        contact = spec.contact or (persona.contact if persona is not None else None) or ""
        to = self._voice.seated(planned.to) or planned.to[0]
        title = self._voice.filled(inject.title or "")

        def arrived(report: str) -> None:
            self._by_report[report] = planned

        told = Told(
            inject.from_,
            to,
            inject.channel,
            title,
            text,
            inject.id,
            contact,
            spec.service or "",
            late_ms=planned.late_ms,
            then=arrived,
        )
        self._reports.bring(told)

    def _actor(self, cause: Item | None) -> str:
        """Give the seat whose act brought an inject on; of an operation that ended, who started it."""
        if cause is None:
            return ""
        job = self._voice.engine.board.jobs.get(str(cause.data.get("job_id") or ""))
        return cause.seat or (job.seat if job is not None else "")

    def _words(self, planned: Planned) -> Words:
        if planned.words is not None:
            return planned.words
        repeat = planned.inject.repeat
        if planned.fired and repeat is not None and repeat.texts:
            return self._voice.filled(repeat.texts[min(planned.fired, len(repeat.texts)) - 1])
        return self._voice.filled(planned.inject.text)

    # --- what comes of it
    def _set_limit(self, planned: Planned) -> None:
        inject = planned.inject
        if inject.within_min is not None:
            self._voice.after(inject.within_min, lambda: self._time_is_up(planned))
        if inject.ask is not None:
            writing_min = self._voice.writing_ms(self._voice.seated(planned.to)) / MINUTE_MS
            self._voice.after(max(inject.ask.limit_min, writing_min), lambda: self._unanswered(planned))

    def _time_is_up(self, planned: Planned) -> None:
        inject = planned.inject
        waits = inject.clears is not None or inject.ask is not None or inject.report is not None
        led_astray = inject.spoils is not None and inject.clears is None and inject.ask is None
        self._settle(planned, "handled" if led_astray or (inject.decoy and not waits) else "ignored")

    def _unanswered(self, planned: Planned) -> None:
        ask = planned.inject.ask
        if planned.outcome or ask is None:
            return
        if ask.ignored:
            self._voice.say(planned.inject.from_, ask.ignored, planned.to)
        if planned.inject.within_min is None and planned.inject.ignored is not None:
            self._settle(planned, "ignored")

    def answered_well(self, inject_id: str) -> None:
        """Take note that an inject's question was answered well."""
        planned = self.planned.get(inject_id)
        if planned is not None and not planned.outcome:
            ask = planned.inject.ask
            if ask is not None and ask.answered:
                self._voice.say(planned.inject.from_, ask.answered, planned.to)
            self._settle(planned, "handled")

    def _ticketed(self, item: Item) -> None:
        planned = self._by_report.get(str(item.data.get("report") or ""))
        if planned is not None and planned.inject.clears is None:
            self._settle(planned, "handled")

    def _settle(self, planned: Planned, outcome: str) -> None:
        """Decide once what became of an inject; a report that came late is still handled late."""
        if not planned.fired or planned.outcome:
            return
        planned.outcome = outcome
        inject = planned.inject
        follows = inject.handled if outcome == "handled" else inject.ignored
        data: dict[str, object] = {"inject": inject.id, "outcome": outcome}
        if follows is not None:
            if follows.busy is not None:
                data |= {"busy": follows.busy, "minutes": follows.minutes}
            if follows.operation is not None:
                data["operation"] = follows.operation
        self._voice.direct("consequence.came", inject.id, data)
        if follows is not None and follows.says is not None:
            self._say(planned, follows, follows.says)

    def _say(self, planned: Planned, follows: Consequence, says: str) -> None:
        self._voice.say(planned.inject.from_, says, follows.to or planned.to)


def _lateness(planned: Planned) -> dict[str, Any]:
    """Give what an item says of how late it came; nothing where it came in time."""
    return {"late_ms": planned.late_ms} if planned.late_ms else {}
