"""The service desk on the screen: what was reported, tickets with their history, articles, problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drills.board import Report, Ticket
from drills.record import Item
from drills.reporters import reporter_of
from drills.views import words

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

TICKETS = 40
HISTORY = 10
REPORTS = 30
ALERT_MS = 30 * words.MINUTE_MS
WRITTEN = frozenset({"email", "ticket", "text", "chat"})
"""Channels whose message carries sender and time; on the phone one has to ask and type."""

SIGNALS = {"user_side": "as a customer"}
"""What a look was for, in words; the others are words already."""

HISTORY_KINDS = (
    "ticket.logged",
    "ticket.corrected",
    "ticket.categorised",
    "ticket.prioritised",
    "ticket.linked",
    "ticket.escalated",
    "ticket.accepted",
    "ticket.resolved",
    "ticket.returned",
    "ticket.reopened",
    "ticket.closed",
    "service.confirmed",
    "end_user.asked",
    "end_user.confirmed",
    "user.answered",
)


class DeskPart:
    """Builds the desk's keys of a seat's view."""

    def __init__(self, view: SeatView) -> None:
        self._view = view
        self._book: dict[str, Any] | None = None

    def build(self) -> dict[str, Any]:
        view = self._view
        sees = view.eyes.can_see("tickets")
        works = sees and view.may("log_ticket")
        return {
            "tickets": self._tickets() if sees else None,
            "desk": self._desk() if works else None,
            "book": self.book() if sees else None,
            "problems": self._problems() if sees else None,
            "inbox": self.inbox(),
        }

    # --- what came in
    def _desk(self) -> dict[str, Any]:
        view = self._view
        reports = [self._report(report) for report in view.board.open_reports(view.seat)[-REPORTS:]]
        sla = view.scenario.sla
        return {
            "reports": [*reports, *self._alerts()],
            "box_min": max(10, min(30, sla.restore_min // 4)),
            "own": self._own(),
        }

    def _report(self, report: Report) -> dict[str, Any]:
        view = self._view
        data = report.item.data
        return {
            "id": report.id,
            "from": report.from_,
            "name": self._sender(report.from_),
            "channel": report.channel,
            "t_ms": report.told_ms,
            "title": str(data.get("title") or ""),
            "text": view.text(report.item),
            "service": data.get("service"),
            "contact": str(data.get("contact") or ""),
            "written": report.channel in WRITTEN,
            "call": data.get("call"),
        }

    def _alerts(self) -> list[dict[str, Any]]:
        """Fresh alerts that no ticket names; one about a trouble that has its ticket needs none."""
        view = self._view
        named = {ticket.alert for ticket in view.board.tickets.values()}
        return [
            {
                "id": item.about,
                "from": "monitor",
                "name": "Monitoring",
                "channel": "alert",
                "t_ms": item.t_ms,
                "title": str(item.data["title"]),
                "text": "",
                "service": item.data.get("site"),
                "contact": "on call",
                "written": True,
            }
            for item in view.eyes.all("alert.fired")
            if item.data.get("severity") in ("page", "ticket")
            and item.about not in named
            and view.now_ms - item.t_ms <= ALERT_MS
        ]

    def _own(self) -> list[dict[str, Any]]:
        """What this seat itself found and tried, to pass on with a ticket."""
        view = self._view
        found: list[tuple[int, dict[str, Any]]] = []
        for kind in ("look.taken", "operation.started", "article.opened", "runbook.opened"):
            mine = [item for item in view.eyes.all(kind) if item.seat == view.seat][-8:]
            found.extend((item.n, self._own_words(item)) for item in mine)
        return [words for _, words in sorted(found, key=lambda each: each[0])][-14:]

    def _own_words(self, item: Item) -> dict[str, Any]:
        """Give a deed in words, with its target and moment, so that a ticket offers its own deeds only."""
        id_, kind, target, text = self._own_deed(item)
        as_ = "found" if kind == "look" else "tried"
        text = f"{self._view.hour(item.t_ms)} {text}"
        return {"id": id_, "as": as_, "kind": kind, "target": target, "t_ms": item.t_ms, "text": text}

    def _own_deed(self, item: Item) -> tuple[str, str, str, str]:
        view = self._view
        if item.kind == "look.taken":
            signal = str(item.data["signal"])
            how = SIGNALS.get(signal, signal.replace("_", " "))
            return f"entry-{item.seq}", "look", item.about, f"look at {view.part_title(item.about)}, {how}"
        if item.kind == "operation.started":
            target, job = str(item.data.get("target") or ""), str(item.data["job_id"])
            words = view.operation_words(str(item.data["operation"]), target)
            return job, "operation", target, f"{words}: {view.result_words(job)}"
        return item.about, item.kind.split(".")[0], "", f"read {view.paper_title(item.about)}"

    def inbox(self) -> list[dict[str, Any]]:
        """Give the messages from outside that came to this seat and are no reports."""
        return [
            {
                "n": item.n,
                "t_ms": item.t_ms,
                "story": self._view.hour(item.t_ms),
                "from": self._view.name(str(item.data["from"])),
                "channel": item.data["channel"],
                "title": item.data.get("title", ""),
                "text": self._view.text(item),
                "to": self._addressed(item),
            }
            for item in self._view.eyes.all("inject.fired")[-15:]
        ]

    def _addressed(self, item: Item) -> str:
        """Give whom a message came to, where it is not this seat; "" for this seat."""
        view = self._view
        return "" if view.seat in item.sees else ", ".join(view.title(seat) for seat in item.sees)

    # --- tickets
    def _tickets(self) -> list[dict[str, Any]]:
        history = self._histories()
        tickets = list(self._view.board.tickets.values())[-TICKETS:]
        return [self._ticket(ticket, history.get(ticket.id, [])) for ticket in tickets]

    def _ticket(self, ticket: Ticket, history: list[dict[str, Any]]) -> dict[str, Any]:
        view, board = self._view, self._view.board
        logged = ticket.item
        return {
            "id": ticket.id,
            "kind": ticket.kind,
            "title": view.text(logged, "title"),
            "priority": ticket.priority,
            "category": ticket.category,
            "sub": ticket.sub,
            "state": ticket.state,
            "opened_ms": logged.t_ms,
            "reported_ms": self._latest(ticket, "reported_ms", logged.t_ms),
            "reporter": ticket.reporter,
            "reporter_name": self._sender(ticket.reporter),
            "contact": self._latest(ticket, "contact", ""),
            "description": self._description(ticket),
            "service": ticket.service,
            "with": view.name(ticket.with_),
            "with_title": view.title(ticket.with_),
            "with_seat": ticket.with_,
            "mine": ticket.with_ == view.seat,
            "accepted": ticket.accepted,
            "held_ms": ticket.passed_ms if ticket.passed_ms is not None else logged.t_ms,
            "due_ms": self._due_ms(ticket),
            "duplicate_of": ticket.duplicate_of,
            "duplicates": [each.id for each in board.tickets.values() if each.duplicate_of == ticket.id],
            "reports": len(ticket.reports),
            "factors": self._factors(ticket),
            "told": self._told(ticket),
            **self._over(ticket),
            "asked_ms": ticket.asked_ms,
            "satisfied": ticket.satisfied,
            "history": history[-HISTORY:],
        }

    def _told(self, ticket: Ticket) -> list[dict[str, Any]]:
        """Give the reports of a ticket and of those it stands for, where they came to this seat."""
        board = self._view.board
        same = [ticket, *(each for each in board.tickets.values() if each.duplicate_of == ticket.id)]
        found = [(each, board.reports[id_]) for each in same for id_ in each.reports if id_ in board.reports]
        return [self._told_words(each, report) for each, report in found if self._view.eyes.saw(report.item)][
            :REPORTS
        ]

    def _told_words(self, ticket: Ticket, report: Report) -> dict[str, Any]:
        asked = ticket.asked_ms is not None and reporter_of(self._view.engine, ticket) == report.from_
        return {
            **self._report(report),
            "ticket": ticket.id,
            "asked": asked,
            "works": ticket.satisfied if asked else None,
        }

    def _over(self, ticket: Ticket) -> dict[str, Any]:
        """Give who said that it is over, and what the desk saw after the last work on it."""
        view, eyes = self._view, self._view.eyes
        resolved = eyes.last_about("ticket.resolved", ticket.id)
        passed = eyes.last_about("ticket.escalated", ticket.id)
        seen = eyes.last_about("service.confirmed", ticket.id)
        void = seen is not None and (
            _is_before(seen, passed) or (_is_before(seen, resolved) and ticket.confirmed != "up")
        )
        return {
            "confirmed": "" if void else ticket.confirmed,
            "resolved_by": resolved.seat if resolved is not None else None,
            "resolved_name": view.by(resolved) if resolved is not None else None,
            "passed_to": str(passed.data["to"]) if passed is not None else None,
        }

    def _sender(self, who: str) -> str:
        """Give the name of who reported: monitoring, a customer by the name they gave, or somebody known."""
        if who == "monitor":
            return "Monitoring"
        told = (report for report in self._view.board.reports.values() if report.from_ == who)
        given = next((str(report.item.data["name"]) for report in told if report.item.data.get("name")), "")
        return given or self._view.name(who)

    def _changes(self, ticket: Ticket, kind: str) -> list[Item]:
        return [item for item in self._view.eyes.all(kind) if item.about == ticket.id]

    def _latest(self, ticket: Ticket, name: str, default: Any) -> Any:
        """Give a field as it was last corrected, else as it was logged."""
        found = ticket.item.data.get(name, default)
        for item in self._changes(ticket, "ticket.corrected"):
            found = item.data.get(name, found)
        return found

    def _description(self, ticket: Ticket) -> str:
        items = [ticket.item, *self._changes(ticket, "ticket.corrected")]
        said = [self._view.text(item, "description") for item in items if "description" in item.data]
        return said[-1] if said else ""

    def _factors(self, ticket: Ticket) -> dict[str, str]:
        """Give the four factors as last answered."""
        found: dict[str, str] = {}
        for item in self._changes(ticket, "ticket.prioritised"):
            names = ("people", "money", "security", "sla")
            found |= {name: str(item.data[name]) for name in names if item.data.get(name)}
        return found

    def _due_ms(self, ticket: Ticket) -> int | None:
        """When the promise breaks: of grave incidents, while its clock runs."""
        started = self._view.board.sla.get("started")
        grave = (
            ticket.kind == "incident" and ticket.priority == "high" and ticket.state in ("open", "returned")
        )
        if not grave or started is None or "stopped" in self._view.board.sla:
            return None
        return int(started.data["due_ms"])

    # --- history
    def _histories(self) -> dict[str, list[dict[str, Any]]]:
        items = [item for kind in HISTORY_KINDS for item in self._view.eyes.all(kind)]
        found: dict[str, list[dict[str, Any]]] = {}
        for item in sorted(items, key=lambda each: each.n):
            line = {
                "n": item.n,
                "story": self._view.hour(item.t_ms),
                "by": self._view.by(item),
                "text": self._words(item),
            }
            found.setdefault(item.about, []).append(line)
        return found

    def _words(self, item: Item) -> str:
        made = _HISTORY_WORDS.get(item.kind)
        return made(self, item) if made is not None else item.kind.split(".")[1]

    def _said(self, head: str, item: Item) -> str:
        text = self._view.text(item)
        return f"{head}: {text}" if text else head

    def _category_words(self, item: Item) -> str:
        for category in self._view.scenario.categories:
            for sub in category.subs:
                if (category.id, sub.id) == (item.data["category"], item.data["sub"]):
                    return f"Category {category.title}, {sub.title}"
        return "Category set"

    def _link_words(self, item: Item) -> str:
        if item.data.get("duplicate"):
            return f"{item.data['duplicate']} linked as the same"
        report = self._view.board.reports.get(str(item.data.get("report")))
        return f"Report of {self._sender(report.from_)} linked" if report else "Report linked"

    def _answer_words(self, item: Item) -> str:
        return self._said("It works" if item.data.get("satisfied") else "It does not work", item)

    # --- what stands on the shelf
    def book(self) -> dict[str, Any]:
        """Give categories, what may be affected and articles: the same for the whole drill."""
        if self._book is None:
            self._book = self._new_book()
        return self._book

    def _new_book(self) -> dict[str, Any]:
        scenario = self._view.scenario
        world = scenario.world
        level = [[world.level.id, world.level.title]]
        sites = [[each.id, each.title] for each in world.sites]
        parts = [*sites, *([each.id, each.title] for each in world.services)]
        return {
            "categories": [
                {
                    "id": category.id,
                    "title": category.title,
                    "subs": [[sub.id, sub.title, sub.priority] for sub in category.subs],
                }
                for category in scenario.categories
            ],
            "affected": [*level, *(part for part in parts if part[0] != world.level.id)],
            "articles": [
                {"id": each.id, "title": each.title, "text": each.text} for each in scenario.articles
            ],
        }

    def _problems(self) -> list[dict[str, Any]]:
        return [
            {
                "id": problem.id,
                "ticket": problem.ticket,
                "text": self._view.text(problem.item),
                "by": self._view.by(problem.item),
                "story": self._view.hour(problem.item.t_ms),
            }
            for problem in self._view.board.problems.values()
        ]


def _is_before(item: Item, other: Item | None) -> bool:
    return other is not None and item.n < other.n


_HISTORY_WORDS = {
    "ticket.logged": lambda part, item: "Logged",
    "ticket.corrected": lambda part, item: "Fields corrected",
    "ticket.categorised": DeskPart._category_words,
    "ticket.prioritised": lambda part, item: part._said(f"Priority {item.data['priority']}", item),
    "ticket.linked": DeskPart._link_words,
    "ticket.escalated": lambda part, item: part._said(
        f"Passed to {part._view.name(str(item.data['to']))}", item
    ),
    "ticket.accepted": lambda part, item: "Accepted",
    "ticket.resolved": lambda part, item: part._said("Resolved", item),
    "ticket.returned": lambda part, item: part._said("Passed back", item),
    "ticket.reopened": lambda part, item: part._said("Opened again", item),
    "ticket.closed": lambda part, item: "Closed",
    "service.confirmed": lambda part, item: part._said(f"Service confirmed {item.data['state']}", item),
    "end_user.asked": lambda part, item: "Reporter asked",
    "end_user.confirmed": DeskPart._answer_words,
    "user.answered": DeskPart._answer_words,
}
