"""The team on the screen: pages, what is asked, channel, document, updates, tickets, tasks, hypotheses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from drills.board import Page, Question
from drills.record import Item
from drills.views.words import initials

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

MINUTE_MS = 60_000
CHANNEL_LINES = 60
PERSON_LIMIT_MS = 5 * MINUTE_MS


class TeamPart:
    """Builds the team's keys of a seat's view."""

    def __init__(self, view: SeatView) -> None:
        self._view = view

    def build(self) -> dict[str, Any]:
        return {
            "seats": self._seats(),
            "people": self._people(),
            "incident": self._incident(),
            "pages": [self._page(page) for page in self._view.board.ringing(self._view.seat)],
            "asked": self._asked(),
            "channel": self._channel(),
            "document": self._document(),
            "updates": self._updates(),
            "tickets": self._tickets(),
            "tasks": self._tasks(),
            "hypotheses": self._hypotheses(),
            "inbox": self._inbox(),
            "runbooks": self._runbooks(),
        }

    # --- people
    def _seats(self) -> list[dict[str, Any]]:
        roles = self._view.board.roles
        taken = dict(roles.values())
        return [
            {
                "seat": seat.seat,
                "title": self._view.title(seat.seat),
                "name": seat.name,
                "initials": initials(seat.name),
                "bot": seat.bot,
                "here": True,
                "role_taken_ms": taken.get(seat.seat),
            }
            for seat in self._view.chairs
        ]

    def _people(self) -> list[dict[str, str]]:
        seats = [
            {"id": chair.seat, "name": chair.name, "title": self._view.title(chair.seat), "kind": "seat"}
            for chair in self._view.chairs
            if chair.seat != self._view.seat
        ]
        personas = [
            {"id": each.id, "name": each.name, "title": each.role, "kind": "persona"}
            for each in self._view.scenario.personas
        ]
        return [*seats, *personas]

    def _incident(self) -> dict[str, Any] | None:
        board = self._view.board
        ticket = next((t for t in board.tickets.values() if t.item.data["ticket_kind"] == "incident"), None)
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
            "next_update_ms": self._next_update_ms(),
        }

    # --- what waits
    def _page(self, page: Page) -> dict[str, Any]:
        view = self._view
        item = view.items[page.item]
        alert = view.board.alerts.get(page.alert)
        by = (
            page.from_
            if page.from_ == "monitor"
            else f"{view.name(page.from_)}, {view.title(page.from_).lower()}"
        )
        facts = self._page_facts(alert, page)
        text = view.text(item)
        return {
            "id": page.id,
            "alert": page.alert or None,
            "title": page.title,
            "from": by,
            "why": text or "You are on call.",
            "since_ms": page.since_ms,
            "waiting_ms": max(0, view.now_ms - page.since_ms),
            "limit_ms": int(item.data.get("limit_ms", PERSON_LIMIT_MS)),
            "state": page.state,
            "facts": facts,
            "read_first": "Incident document" if view.board.document.opened_ms is not None else None,
        }

    def _page_facts(self, alert: Item | None, page: Page) -> list[list[str]]:
        view = self._view
        facts = [["Since", f"{view.story(page.since_ms)} · {view.t_plus(page.since_ms)}"]]
        if alert is None:
            return facts
        told: Mapping[str, Any] = alert.data.get("facts", {})
        if alert.data.get("site"):
            facts.insert(0, ["Site", view.site_title(str(alert.data["site"]))])
        out = [view.site_title(site) for site in told.get("sites_out", []) if site != alert.data.get("site")]
        if out:
            facts.append(["Also out", ", ".join(out)])
        if told.get("carrier"):
            facts.append(["Carries most", f"{told['carrier']}, load {told.get('carrier_load_pct', '?')} %"])
        if told.get("served_pct") is not None:
            facts.append(["Customers", f"{told['served_pct']} % of requests answered"])
        return facts

    def _asked(self) -> list[dict[str, Any]]:
        """What waits for this seat, oldest first: tasks, questions, and an update that is due."""
        board, seat = self._view.board, self._view.seat
        mine = [t for t in board.tasks.values() if t.to == seat and t.state in ("asked", "acknowledged")]
        waiting = [self._asked_task(task.id) for task in mine]
        waiting.extend(self._asked_question(question) for question in board.open_questions(seat))
        waiting.extend(self._asked_by_situation())
        return sorted(waiting, key=lambda each: int(each["since_ms"]))

    def _asked_question(self, question: Question) -> dict[str, Any]:
        name = self._view.name(question.from_)
        answer = {"command": "answer_question", "data": {"question": question.id}, "needs_text": True}
        return {
            "id": question.id,
            "kind": "question",
            "from": name,
            "seat": None,
            "title": f"{name} asks",
            "text": self._view.text(question.item),
            "since_ms": question.asked_ms,
            "due_ms": None,
            "actions": [{"label": "Answer", **answer, "primary": True}],
        }

    def _asked_task(self, task_id: str) -> dict[str, Any]:
        view = self._view
        task = view.board.tasks[task_id]
        operation = task.item.data.get("operation")
        asked = {"label": "On it", "command": "acknowledge_task", "data": {"task": task.id}, "primary": True}
        done = {"label": "Done", "command": "report_task", "data": {"task": task.id, "result": "done"}}
        failed = {
            "label": "Did not work",
            "command": "report_task",
            "data": {"task": task.id, "result": "failed"},
        }
        actions = [asked] if task.state == "asked" else [{**done, "primary": not operation}, failed]
        if operation and task.state == "acknowledged":
            data = {"operation": operation, "params": dict(task.item.data.get("params", {}))}
            actions.insert(0, {"label": "Open operation", "open": "operation", "data": data, "primary": True})
        return {
            "id": task.id,
            "kind": "task",
            "from": f"{view.name(task.by)}, {view.title(task.by).lower()}",
            "seat": task.by,
            "title": view.text(task.item),
            "text": "",
            "since_ms": task.asked_ms,
            "due_ms": task.due_ms,
            "actions": actions,
        }

    def _asked_by_situation(self) -> list[dict[str, Any]]:
        """The few duties that nobody needs to ask for: an update that is due."""
        view = self._view
        due_ms = self._next_update_ms()
        mine = view.seat == "communications" or (
            view.seat == "commander" and "communications" not in {chair.seat for chair in view.chairs}
        )
        if not mine or due_ms is None or view.now_ms < due_ms - 10 * MINUTE_MS:
            return []
        return [
            {
                "id": f"update-{due_ms}",
                "kind": "update_due",
                "from": "your own promise",
                "seat": None,
                "title": "The next update is due",
                "text": f"Promised for {view.story(due_ms)}.",
                "since_ms": due_ms - 10 * MINUTE_MS,
                "due_ms": due_ms,
                "actions": [{"label": "Write it", "open": "updates", "primary": True}],
            }
        ]

    def _inbox(self) -> list[dict[str, Any]]:
        """Messages from outside that came to this seat."""
        return [
            {
                "n": item.n,
                "t_ms": item.t_ms,
                "story": self._view.hour(item.t_ms),
                "from": self._view.name(str(item.data["from"])),
                "channel": item.data["channel"],
                "title": item.data.get("title", ""),
                "text": self._view.text(item),
            }
            for item in self._view.eyes.all("inject.fired")[-20:]
        ]

    # --- words
    def _channel(self) -> list[dict[str, Any]]:
        seen = [item for item in self._view.board.messages if self._view.seat in item.sees]
        return [self._message(item) for item in seen[-CHANNEL_LINES:]]

    def _message(self, item: Item) -> dict[str, Any]:
        view = self._view
        persona = item.origin != "journal"
        speaker = str(item.data.get("from", "")) if persona else item.seat
        name = view.name(speaker)
        tags = {"decision.made": ["Decision"], "call.noted": ["Call note"]}.get(
            item.kind, list(item.data.get("tags", ()))
        )
        return {
            "n": item.n,
            "t_ms": item.t_ms,
            "story": view.hour(item.t_ms),
            "from": name,
            "seat": None if persona else speaker,
            "initials": initials(name),
            "bot": view.is_bot(speaker),
            "mine": speaker == view.seat,
            "persona": persona,
            "text": view.text(item),
            "tags": tags,
        }

    def _document(self) -> dict[str, Any] | None:
        view = self._view
        if not view.eyes.can_see("document"):
            return None
        spec = view.scenario.document
        choices = [[section.id, section.title] for section in spec.sections] if spec else []
        titles = dict(choices)
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
                    "by": view.name(item.seat),
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
                    "by": view.name(item.seat),
                    "text": view.text(item),
                    "claims": [dict(claim) for claim in item.data.get("claims", ())],
                }
                for item in view.board.updates
            ],
            "next_due_ms": self._next_update_ms(),
            "template": {
                "state": "",
                "since": view.story(started.t_ms) if started else "",
                "lead": view.name(view.board.commander()),
                "next_update_min": spec.every_min if spec else 30,
            },
        }

    def _next_update_ms(self) -> int | None:
        promised = [item for item in self._view.board.updates if item.data.get("next_update_min")]
        if not promised:
            return None
        return promised[-1].t_ms + int(promised[-1].data["next_update_min"]) * MINUTE_MS

    # --- lists
    def _tickets(self) -> list[dict[str, Any]] | None:
        if not self._view.eyes.can_see("tickets"):
            return None
        return [
            {
                "id": ticket.id,
                "kind": ticket.item.data["ticket_kind"],
                "title": self._view.text(ticket.item, "title"),
                "priority": ticket.priority,
                "state": ticket.state,
                "opened_ms": ticket.item.t_ms,
                "with": self._view.title(ticket.item.seat),
            }
            for ticket in self._view.board.tickets.values()
        ]

    def _tasks(self) -> list[dict[str, Any]]:
        return [
            {
                "task": task.id,
                "to": task.to,
                "to_name": self._view.name(task.to),
                "text": self._view.text(task.item),
                "state": task.state,
                "asked_ms": task.asked_ms,
                "due_ms": task.due_ms,
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
                "by": self._view.name(each.item.seat),
                "t_ms": each.item.t_ms,
            }
            for each in self._view.board.hypotheses.values()
        ]

    def _runbooks(self) -> list[dict[str, Any]]:
        return [
            {"id": book.id, "title": book.title, "steps": [step.text for step in book.steps]}
            for book in self._view.scenario.runbooks
        ]
