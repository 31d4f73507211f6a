"""Reports to the service desk: a phone that rings first, an email, a chat, a form; and what users file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from drills.conditions import MINUTE_MS
from drills.director.voice import Voice
from drills.record import Item

RING_MIN, AGAIN_MIN, RINGS = 3, 10, 3
TALK_MIN = 2
CHANNELS = ("phone", "email", "chat", "ticket", "text")


@dataclass(frozen=True)
class Told:
    """A trouble on its way to a desk; `then` is called with the report's id when it has arrived."""

    from_: str
    to: str
    channel: str
    title: str
    text: str
    inject: str
    contact: str
    service: str = ""
    name: str = ""
    then: Callable[[str], None] = lambda report: None


class Reports:
    """Brings reports to the desk by their channels."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._on_the_line: dict[str, tuple[Told, int]] = {}
        voice.hear("phone.answered", self._answered)
        voice.hear("report.filed", self._filed)

    def bring(self, told: Told) -> None:
        """Let a report come: it rings first when it comes by phone and somebody sits there."""
        if told.channel == "phone" and told.to in self._voice.engine.seats:
            self._ring(told, 1)
        elif told.channel in CHANNELS and told.channel != "phone":
            self._arrive(told, told.channel)
        else:
            self._arrive(told, "email")

    # --- by phone
    def _ring(self, told: Told, time: int) -> None:
        call = self._voice.next_id("phone")
        self._on_the_line[call] = (told, time)
        data = {
            "call": call,
            "from": told.from_,
            "to": told.to,
            "inject": told.inject,
            "limit_ms": RING_MIN * MINUTE_MS,
        }
        self._voice.direct("phone.rang", call, data, (told.to,))
        self._voice.after(RING_MIN, lambda: self._ring_out(call))

    def _answered(self, item: Item) -> None:
        told, _ = self._on_the_line.pop(item.about, (None, 0))
        if told is not None:
            self._arrive(told, "phone", call=item.about)
            self._voice.after(TALK_MIN, lambda: self._hang_up(item.about, told))

    def _hang_up(self, call: str, told: Told) -> None:
        self._voice.persona("call.ended", call, {"call": call, "from": told.from_}, (told.to,))

    def _ring_out(self, call: str) -> None:
        told, time = self._on_the_line.pop(call, (None, 0))
        if told is None:
            return
        data = {"call": call, "from": told.from_, "to": told.to, "inject": told.inject}
        self._voice.direct("phone.rang_out", call, data, (told.to,))
        if time < RINGS:
            self._voice.after(AGAIN_MIN, lambda: self._ring(told, time + 1))
        else:
            self._voice.after(AGAIN_MIN, lambda: self._arrive(told, "email"))

    # --- arriving
    def _arrive(self, told: Told, channel: str, **more: str) -> None:
        report = self._voice.next_id("report")
        data = {
            "report": report,
            "from": told.from_,
            "to": told.to,
            "channel": channel,
            "title": told.title,
            "text": told.text,
            "inject": told.inject,
            "contact": told.contact,
            **more,
        }
        if told.service:
            data["service"] = told.service
        if told.name:
            data["name"] = told.name
        self._voice.persona("report.received", report, data, (told.to,))
        told.then(report)

    def _filed(self, item: Item) -> None:
        """Pass on what a user filed, in the drill's own words where they stand beside the journal."""
        desks = [role.id for role in self._voice.scenario.role_table.values() if role.may("close_ticket")]
        to = self._voice.seated([each for each in desks if each != item.seat]) or next(iter(desks), "")
        data = {
            "report": self._voice.next_id("report"),
            "from": item.seat,
            "to": to,
            "channel": str(item.data.get("channel") or "ticket"),
            "title": "",
            "text": item.data.get("text", ""),
            "inject": "filed",
            "contact": item.seat,
            "service": str(item.data.get("service") or ""),
        }
        self._voice.persona("report.received", str(data["report"]), data, (to,))
