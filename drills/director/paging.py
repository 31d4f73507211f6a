"""Pages: an alert or a colleague rings a seat; what nobody takes goes to the seat's backup."""

from __future__ import annotations

from drills.conditions import MINUTE_MS
from drills.director.voice import Voice
from drills.record import Item

PAGE_LIMIT_MS = 5 * MINUTE_MS
BACKUP = {"tech_lead": "commander", "developer": "specialist", "commander": "tech_lead"}


class Paging:
    """Rings seats, for monitors and for whoever pages somebody."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._monitors = {monitor.id: monitor for monitor in voice.scenario.world.monitors}
        voice.hear("alert.fired", self._alert)
        voice.hear("page.sent", self._page_sent)

    def _alert(self, item: Item) -> None:
        if item.data.get("severity") != "page":
            return
        title = f"{self._voice.scenario.marker} {item.data['title']}"
        self.ring(self._on_call(item), title, alert=item.about)

    def _on_call(self, item: Item) -> str:
        monitor = self._monitors.get(str(item.data.get("monitor")))
        wanted = (monitor.pages if monitor is not None else None) or "tech_lead"
        seats = self._voice.engine.seats
        return wanted if wanted in seats else next(iter(seats), wanted)

    def ring(self, to: str, title: str, *, alert: str = "", by: str = "monitor", text: object = None) -> None:
        """Ring a seat; an alert unanswered after five minutes is passed on, to each seat once."""
        self._ring(to, title, alert=alert, by=by, text=text, tried=())

    def _ring(
        self, to: str, title: str, *, alert: str, by: str, text: object, tried: tuple[str, ...]
    ) -> None:
        if to not in self._voice.engine.seats:
            return
        page = self._voice.next_id("page")
        data: dict[str, object] = {
            "to": to,
            "title": title,
            "from": by,
            "alert": alert,
            "limit_ms": PAGE_LIMIT_MS,
        }
        if text is not None:
            data["text"] = text
        rang = self._voice.direct("page.rang", page, data, (to,))
        self._voice.engine.at(rang.t_ms + PAGE_LIMIT_MS, lambda: self._pass_on(page, (*tried, to)))

    def _pass_on(self, page_id: str, tried: tuple[str, ...]) -> None:
        page = self._voice.engine.board.pages[page_id]
        backup = BACKUP.get(page.to, "")
        if page.state != "ringing" or backup not in self._voice.engine.seats or not page.alert:
            return
        if backup in tried:
            return  # both were rung: it goes on ringing here
        self._voice.direct("page.passed_on", page_id, {"to": backup}, (page.to, backup))
        self._ring(backup, page.title, alert=page.alert, by=page.from_, text=None, tried=tried)

    def _page_sent(self, item: Item) -> None:
        if item.about in self._voice.engine.seats:
            caller = self._voice.scenario.role_table[item.seat].title
            title = f"{self._voice.scenario.marker} {caller} calls you"
            self.ring(item.about, title, by=item.seat, text=item.data.get("text"))
