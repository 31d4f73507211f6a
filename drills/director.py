"""The director: rings pages, fires injects, speaks for personas, and gives the yes that some operations need.

It hears every item of the record and looks around at each tick of the script. Everything it does follows from
the scenario and the record, so that a replay brings the same words at the same time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from drills.conditions import MINUTE_MS, Watch, present
from drills.record import Item
from simulator import SiteReading

if TYPE_CHECKING:
    from drills.engine import Engine
    from scenarios.schema.script import Approval, Inject

PAGE_LIMIT_MS = 5 * MINUTE_MS
REPORTER_ANSWERS_MS = 3 * MINUTE_MS
WATCH_EVERY_MS = 15_000
BACKUP = {"tech_lead": "commander", "developer": "specialist", "commander": "tech_lead"}
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]{0,30})\}")


class _Planned:
    """An inject with what is watched for it."""

    def __init__(self, inject: Inject, engine: Engine) -> None:
        self.inject = inject
        self.watch = Watch(inject.when, engine)
        self.fired = 0
        self.over = False
        self.next_ms: int | None = None


class Director:
    """Runs a scenario's script over one drill."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._planned = [_Planned(inject, engine) for inject in engine.scenario.injects]
        self._pages = 0
        self._questions = 0
        self._begun = False

    # --- hearing
    def begin(self) -> None:
        """Start watching the script, at the first entry of the drill."""
        self._begun = True
        self._engine.at(0, self._look_around)

    def heard(self, item: Item) -> None:
        """React to an item of the record."""
        if not self._begun:
            return
        for planned in self._planned:
            planned.watch.heard(item)
        reaction = _REACTIONS.get(item.kind)
        if reaction is not None:
            reaction(self, item)

    # --- pages
    def _alert(self, item: Item) -> None:
        if item.data.get("severity") != "page":
            return
        title = f"EXERCISE {item.data['title']}"
        self.ring(self._on_call(item), title, alert=item.about)

    def _on_call(self, item: Item) -> str:
        monitor = next(
            (m for m in self._engine.scenario.world.monitors if m.id == item.data.get("monitor")), None
        )
        wanted = (monitor.pages if monitor is not None else None) or "tech_lead"
        return wanted if wanted in self._engine.seats else next(iter(self._engine.seats), wanted)

    def ring(self, to: str, title: str, *, alert: str = "", by: str = "monitor", text: object = None) -> None:
        """Ring a seat; unanswered after five minutes it is passed on to the seat's backup."""
        if to not in self._engine.seats:
            return
        self._pages += 1
        page = f"page-{self._pages}"
        data: dict[str, object] = {
            "to": to,
            "title": title,
            "from": by,
            "alert": alert,
            "limit_ms": PAGE_LIMIT_MS,
        }
        if text is not None:
            data["text"] = text
        self._engine.emit("director", "page.rang", page, data, (to,))
        self._engine.at(self._engine.now_ms + PAGE_LIMIT_MS, lambda: self._pass_on(page))

    def _pass_on(self, page_id: str) -> None:
        page = self._engine.board.pages[page_id]
        backup = BACKUP.get(page.to, "")
        if page.state != "ringing" or backup not in self._engine.seats or not page.alert:
            return
        self._engine.emit("director", "page.passed_on", page_id, {"to": backup}, (page.to, backup))
        self.ring(backup, page.title, alert=page.alert, by=page.from_)

    def _page_sent(self, item: Item) -> None:
        to = item.about
        if to in self._engine.seats:
            title = f"EXERCISE {self._engine.scenario.role_table[item.seat].title} calls you"
            self.ring(to, title, by=item.seat, text=item.data.get("text"))
        self._ask_approval(item)

    # --- approvals
    def _ask_approval(self, item: Item) -> None:
        called = item.data["to"] if item.kind == "call.started" else (item.about,)
        for approval in self._engine.scenario.approvals:
            if approval.persona in called:
                if approval.asks:
                    self._say(approval.persona, approval.asks, (item.seat,))
                due_ms = item.t_ms + approval.minutes * MINUTE_MS
                self._engine.at(due_ms, lambda given=approval: self._approve(given))  # type: ignore[misc]

    def _approve(self, approval: Approval) -> None:
        self._engine.world.approve(approval.operation, self._engine.now_ms)
        self._engine.emit(
            "persona",
            "approval.given",
            approval.operation,
            {"from": approval.persona, "operation": approval.operation},
            ("*",),
        )
        self._say(approval.persona, approval.text, ("*",))

    def _say(self, persona: str, text: str, sees: tuple[str, ...]) -> None:
        self._engine.emit(
            "persona", "persona.said", persona, {"from": persona, "text": self.filled(text)}, sees
        )

    # --- the reporter at the end
    def _asked_reporter(self, item: Item) -> None:
        self._engine.at(item.t_ms + REPORTER_ANSWERS_MS, lambda: self._reporter(item.about))

    def _reporter(self, ticket: str) -> None:
        satisfied = self._engine.world.reading().level == "up"
        text = "Yes, it works for me now. Thank you." if satisfied else "No. It still does not work here."
        self._engine.emit(
            "persona",
            "user.answered",
            ticket,
            {"ticket": ticket, "satisfied": satisfied, "text": text},
            ("desk_1", "desk_2"),
        )

    # --- injects
    def _look_around(self) -> None:
        for planned in self._planned:
            if not planned.over:
                self._consider(planned)
        self._engine.at(self._engine.now_ms + WATCH_EVERY_MS, self._look_around)

    def _consider(self, planned: _Planned) -> None:
        inject, now_ms = planned.inject, self._engine.now_ms
        if planned.fired and present(inject.clears, self._engine.items):
            planned.over = True
        elif planned.fired:
            if planned.next_ms is not None and now_ms >= planned.next_ms:
                self._fire(planned)
        elif planned.watch.holds(now_ms):
            if present(inject.unless, self._engine.items):
                planned.over = True
            else:
                self._fire(planned)

    def _fire(self, planned: _Planned) -> None:
        inject = planned.inject
        text = self._words(planned)
        planned.fired += 1
        again = inject.repeat is not None and planned.fired <= inject.repeat.times
        planned.next_ms = (
            self._engine.now_ms + inject.repeat.every_min * MINUTE_MS if inject.repeat and again else None
        )
        planned.over = planned.next_ms is None
        data = {
            "inject": inject.id,
            "from": inject.from_,
            "to": list(inject.to),
            "channel": inject.channel,
            "title": self.filled(inject.title or ""),
            "text": text,
        }
        self._engine.emit("director", "inject.fired", inject.id, data, inject.to)
        if inject.ask is not None:
            self._question(inject, text)

    def _words(self, planned: _Planned) -> str:
        repeat = planned.inject.repeat
        if planned.fired and repeat is not None and repeat.texts:
            return self.filled(repeat.texts[min(planned.fired, len(repeat.texts)) - 1])
        return self.filled(planned.inject.text)

    def _question(self, inject: Inject, text: str) -> None:
        to = next((seat for seat in inject.to if seat in self._engine.seats), "")
        if not to:
            return
        self._questions += 1
        question = f"question-{self._questions}"
        data = {"question": question, "from": inject.from_, "to": to, "text": text, "inject": inject.id}
        self._engine.emit("persona", "question.received", question, data, (to, "commander", "communications"))

    # --- words
    def filled(self, text: str) -> str:
        """Put names and the world's values into a text's braces; unknown ones stay as they are."""
        return _PLACEHOLDER.sub(lambda found: self._value(found.group(1)) or found.group(0), text)

    def _value(self, name: str) -> str:
        known = self._engine.scenario.names().get(name)
        if known is not None:
            return known
        made = _FILLED.get(name)
        return made(self._engine) if made is not None else ""


def _ticket(engine: Engine) -> str:
    return next(iter(engine.board.tickets), "Larder")


def _due_ms(engine: Engine) -> int:
    started = engine.board.sla.get("started")
    return int(started.data["due_ms"]) if started is not None else engine.now_ms


def _fullest(engine: Engine) -> SiteReading:
    return max(engine.world.reading().sites, key=lambda site: site.load_frac)


def _load_before(engine: Engine) -> str:
    return _percent(engine.world.metrics.last(f"{_fullest(engine).id}.load", back=15))


def _percent(frac: float) -> str:
    return str(round(100.0 * frac))


def _last_site(engine: Engine) -> str:
    """Title of the site that the latest alert was about."""
    told = [str(item.data["site"]) for item in engine.board.alert_items if item.data.get("site")]
    titles = {site.id: site.title for site in engine.scenario.world.sites}
    return titles.get(told[-1], told[-1]) if told else "the site"


_FILLED: dict[str, Callable[[Engine], str]] = {
    "t": lambda engine: engine.scenario.story(engine.now_ms),
    "ticket": _ticket,
    "due": lambda engine: engine.scenario.story(_due_ms(engine)),
    "left": lambda engine: str(max(0, _due_ms(engine) - engine.now_ms) // MINUTE_MS),
    "load": lambda engine: _percent(_fullest(engine).load_frac),
    "load15": _load_before,
    "carrier": lambda engine: _fullest(engine).title,
    "site": _last_site,
    "state": lambda engine: engine.world.reading().level,
}

_REACTIONS = {
    "alert.fired": Director._alert,
    "page.sent": Director._page_sent,
    "call.started": Director._ask_approval,
    "end_user.asked": Director._asked_reporter,
}
