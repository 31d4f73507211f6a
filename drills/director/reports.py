"""Reports to the service desk: a phone that rings first, an email, a chat, a form; and what users file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from drills.director.phones import Phones, Ring
from drills.director.voice import Voice
from drills.record import Item

CHANNELS = ("phone", "email", "chat", "ticket", "text")


@dataclass(frozen=True)
class Told:
    """A trouble on its way to a desk.

    Args:
        text: as said, or the digest of what a person wrote.
        then: called with the report's id when it has arrived.
    """

    from_: str
    to: str
    channel: str
    title: str
    text: str | Mapping[str, Any]
    inject: str
    contact: str
    service: str = ""
    name: str = ""
    late_ms: int = 0
    then: Callable[[str], None] = lambda report: None


class Reports:
    """Brings reports to the desk by their channels."""

    def __init__(self, voice: Voice, phones: Phones) -> None:
        self._voice = voice
        self._phones = phones
        voice.hear("report.filed", self._filed)

    def bring(self, told: Told) -> None:
        """Let a report come: it rings first when it comes by phone."""
        if told.channel == "phone":
            self._phones.ring(
                Ring(
                    told.from_,
                    told.to,
                    told.inject,
                    spoken=lambda call: self._arrive(told, "phone", call=call),
                    written=lambda: self._arrive(told, "email"),
                )
            )
        else:
            self._arrive(told, told.channel if told.channel in CHANNELS else "email")

    # --- arriving
    def _arrive(self, told: Told, channel: str, **more: str) -> None:
        report = self._voice.next_id("report")
        data: dict[str, Any] = {
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
        if told.late_ms:
            data["late_ms"] = told.late_ms
        self._voice.persona("report.received", report, data, (told.to,))
        told.then(report)

    def _filed(self, item: Item) -> None:
        """Pass on what a user filed, in the drill's own words where they stand beside the journal."""
        desks = self._voice.scenario.desks
        to = self._voice.seated([each for each in desks if each != item.seat]) or next(iter(desks), "")
        service = str(item.data.get("service") or "")
        told = Told(item.seat, to, "", "", item.data.get("text", ""), "filed", item.seat, service)
        self._arrive(told, str(item.data.get("channel") or "ticket"))
