"""The team on the screen: people, incident, channel, document, updates, tasks, hypotheses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from drills.record import Item
from drills.views.words import initials

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

CHANNEL_LINES = 60
TAGS = {
    "decision.made": ["Decision"],
    "call.noted": ["Call note"],
    "proposal.made": ["Proposal"],
    "role.announced": ["Role"],
}


class TeamPart:
    """Builds the team's keys of a seat's view."""

    def __init__(self, view: SeatView) -> None:
        self._view = view

    def build(self) -> dict[str, Any]:
        return {
            "seats": self._seats(),
            "people": self._people(),
            "incident": self._incident(),
            "channel": self.lines(self._heard()),
            "document": self._document(),
            "updates": self._updates(),
            "tasks": self._tasks(),
            "hypotheses": self._hypotheses(),
        }

    def for_customers(self) -> dict[str, Any]:
        """Give whom somebody from outside knows of: the service desk."""
        desks = [seat for seat in self._seats() if seat["seat"] in self._view.scenario.desks]
        people = [each for each in self._people() if each["id"] in self._view.scenario.desks]
        return {"seats": desks, "people": people, "tasks": []}

    # --- people
    def _seats(self) -> list[dict[str, Any]]:
        roles = self._view.board.roles
        taken = dict(roles.values())
        return [
            {
                "seat": seat.seat,
                "title": self._view.title(seat.seat),
                "name": self._view.name(seat.seat),
                "initials": initials(self._view.name(seat.seat)),
                "bot": seat.bot,
                "here": seat.bot or self._view.drill.presence.of(seat.person).state != "away",
                "role_taken_ms": taken.get(seat.seat),
            }
            for seat in self._view.chairs
        ]

    def _people(self) -> list[dict[str, str]]:
        seats = [
            {
                "id": chair.seat,
                "name": self._view.name(chair.seat),
                "title": self._view.title(chair.seat),
                "kind": "seat",
            }
            for chair in self._view.chairs
            if chair.seat != self._view.seat
        ]
        personas = [
            {"id": each.id, "name": each.name, "title": each.role, "kind": "persona"}
            for each in self._view.scenario.personas
        ]
        rota = [
            {"id": each.id, "name": each.name, "title": f"rota, {each.town or 'elsewhere'}", "kind": "rota"}
            for each in self._view.scenario.people
            if not each.seat
        ]
        return [*seats, *personas, *rota]

    def _incident(self) -> dict[str, Any] | None:
        board = self._view.board
        ticket = self._view.main_ticket()
        if ticket is None and not board.severity and not board.commander():
            return None
        commander, since_ms = board.roles.get("commander", ("", None))
        return {
            "id": ticket.id if ticket else "no ticket yet",
            "priority": board.severity or (ticket.priority if ticket else ""),
            "opened_ms": ticket.item.t_ms if ticket else None,
            "state": ticket.state if ticket else "",
            "commander": self._view.name(commander) or None,
            "tech_lead": self._view.name("tech_lead") or None,
            "communications": self._view.name("communications") or None,
            "command_since_ms": since_ms,
            "next_update_ms": self._view.next_update_ms(),
        }

    # --- words
    def lines(self, items: Sequence[Item]) -> list[dict[str, Any]]:
        """Give the newest lines of the bridge."""
        return [self._message(item) for item in items[-CHANNEL_LINES:]]

    def _heard(self) -> list[Item]:
        view = self._view
        return [item for item in view.board.messages if view.eyes.saw(item)]

    def _message(self, item: Item) -> dict[str, Any]:
        view = self._view
        persona = item.origin != "journal"
        speaker = str(item.data.get("from", "")) if persona else item.seat
        name = view.name(speaker) if persona else view.by(item)
        tags = TAGS.get(item.kind, list(item.data.get("tags", ())))
        return {
            "n": item.n,
            "t_ms": item.t_ms,
            "story": view.hour(item.t_ms),
            "from": name,
            "seat": None if persona else speaker,
            "initials": initials(name),
            "bot": view.by_bot(item),
            "mine": speaker == view.seat,
            "persona": persona,
            "text": self._said(item),
            "tags": tags,
        }

    def _said(self, item: Item) -> str:
        """Give what an item says aloud, in words of its own where it carries none."""
        view, data = self._view, item.data
        text = view.text(item)
        if item.kind == "proposal.made":
            words = view.operation_words(str(data["operation"]), str(data.get("target") or ""))
            return f"{words}. {text}" if text else f"{words}."
        if item.kind == "role.announced":
            said = f"{view.name(str(data['holder']))} is {view.title(item.about).lower()} now."
            return f"{said} {text}" if text else said
        return text

    def _document(self) -> dict[str, Any] | None:
        view = self._view
        if not view.eyes.can_see("document"):
            return None
        spec = view.scenario.document
        choices = [[each.id, each.title, each.hint or ""] for each in spec.sections] if spec else []
        titles = {id_: title for id_, title, _ in choices}
        document = view.board.document
        return {
            "opened_ms": document.opened_ms,
            "linked": list(document.linked),
            "section_choices": choices,
            "sections": [
                {
                    "id": section,
                    "title": titles.get(section, section.replace("_", " ").capitalize()),
                    "text": view.text(item),
                    "by": view.by(item),
                    "t_ms": item.t_ms,
                    "claims": [dict(claim) for claim in item.data.get("claims", ())],
                }
                for section, item in document.sections.items()
            ],
        }

    def _updates(self) -> dict[str, Any] | None:
        view = self._view
        if not view.eyes.can_see("updates"):
            return None
        titles = {each.id: each.title for each in view.scenario.lists}
        started = view.board.sla.get("started")
        spec = view.scenario.updates
        return {
            "lists": [
                {"id": each.id, "title": each.title, "people": each.people} for each in view.scenario.lists
            ],
            "sent": [
                {
                    "n": item.n,
                    "t_ms": item.t_ms,
                    "story": view.hour(item.t_ms),
                    "list": titles.get(item.about, item.about),
                    "by": view.by(item),
                    "text": view.text(item),
                    "claims": [dict(claim) for claim in item.data.get("claims", ())],
                }
                for item in view.board.updates
            ],
            "next_due_ms": self._view.next_update_ms(),
            "template": {
                "state": "",
                "since": view.story(started.t_ms) if started else "",
                "lead": view.name(view.board.commander()),
                "next_update_min": spec.every_min if spec else 30,
            },
        }

    # --- lists
    def _tasks(self) -> list[dict[str, Any]]:
        return [
            {
                "task": task.id,
                "to": task.to,
                "to_name": self._view.name(task.to),
                "text": self._view.text(task.item),
                "state": task.state,
                "by": task.by,
                "asked_ms": task.asked_ms,
                "due_ms": task.due_ms,
                "reported_ms": task.reported_ms,
            }
            for task in list(self._view.board.tasks.values())[-12:]
        ]

    def _hypotheses(self) -> list[dict[str, Any]]:
        return [
            {
                "hypothesis": each.id,
                "text": self._view.text(each.item),
                "evidence": self._view.text(each.item, "evidence"),
                "state": each.state,
                "by": self._view.by(each.item),
                "t_ms": each.item.t_ms,
            }
            for each in self._view.board.hypotheses.values()
        ]
