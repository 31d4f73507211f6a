"""What one seat can see: the only door through which bots and screens look at a drill.

An item comes through when the seat's role stands in its `sees`; instruments when the role's `sees` names
their group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drills.board import Call, Document, Handoff, Page, Phone, Question, Report, Retro, Task, Ticket
from drills.engine import Engine
from drills.record import Item
from scenarios import Scenario
from scenarios.schema.response import Trouble
from simulator import Job, Reading

OBSERVER = "observer"


def _team(scenario: Scenario) -> set[str]:
    return {role.id for role in scenario.role_table.values() if role.responder}


class Eyes:
    """A seat's view of a drill, kept up to date as items arrive.

    Args:
        seat: role id of the seat that looks.
    """

    def __init__(self, engine: Engine, seat: str) -> None:
        self._engine = engine
        self.seat = seat
        self._monitor_kinds = {monitor.id: monitor.kind for monitor in engine.scenario.world.monitors}
        troubles = engine.scenario.troubles
        self._troubles = {trouble.id: trouble for trouble in troubles}
        self._by_monitor = {
            monitor: trouble.id for trouble in reversed(troubles) for monitor in trouble.monitors
        }
        self.main_trouble = next((trouble.id for trouble in troubles if trouble.main), "")
        role = engine.scenario.role_table[seat]
        self._groups = frozenset(role.sees)
        self._seen_by = frozenset({seat} | (_team(engine.scenario) if role.id == OBSERVER else set()))
        self._kinds: dict[str, list[Item]] = {}
        self._delays: list[float] = []
        self._taken = 0
        self._site_alerts: dict[str, Item] = {}
        self._first_alerts: dict[str, Item] = {}

    @property
    def now_ms(self) -> int:
        return self._engine.now_ms

    @property
    def scenario(self) -> Scenario:
        """What everybody was given before the start."""
        return self._engine.scenario

    @property
    def seed(self) -> int:
        return self._engine.header.seed

    def can_see(self, group: str) -> bool:
        """Whether the role has an instrument: dashboards, logs, changes, operations, document, ..."""
        return group in self._groups

    # --- items
    def saw(self, item: Item) -> bool:
        """Whether an item came to this seat; to an observer comes what comes to anybody of the team."""
        return not self._seen_by.isdisjoint(item.sees)

    def all(self, kind: str) -> list[Item]:
        """Give the items of a kind that this seat has seen, in order."""
        self._take_in()
        return self._kinds.get(kind, [])

    def first(self, kind: str, about: str | None = None) -> Item | None:
        """Give the first item of a kind (about something), or None."""
        return next((item for item in self.all(kind) if about is None or item.about == about), None)

    def last(self, kind: str) -> Item | None:
        """Give the latest item of a kind, or None."""
        items = self.all(kind)
        return items[-1] if items else None

    def last_about(self, kind: str, about: str) -> Item | None:
        """Give the latest item of a kind about something, or None."""
        return next((item for item in reversed(self.all(kind)) if item.about == about), None)

    def said(self, item: Item) -> str:
        """Give the words of an item, also where a person wrote them; they stand beside the journal then."""
        text = item.data.get("text", "")
        return (
            str(self._engine.texts.get(str(text.get("text")), "")) if isinstance(text, Mapping) else str(text)
        )

    def site_alerts(self) -> list[Item]:
        """Give the first page about each site that went down, in the order they fell."""
        self._take_in()
        return list(self._site_alerts.values())

    def alert_of(self, kind: str) -> Item | None:
        """Give the first alert that a monitor of some kind fired."""
        self._take_in()
        return self._first_alerts.get(kind)

    def _take_alert(self, alert: Item) -> None:
        kind = self._monitor_kinds.get(str(alert.data.get("monitor")), "")
        self._first_alerts.setdefault(kind, alert)
        if kind == "site_down" and alert.data.get("site"):
            self._site_alerts.setdefault(str(alert.data["site"]), alert)

    def _take_in(self) -> None:
        items = self._engine.items
        if self._taken == len(items):
            return
        for item in items[self._taken :]:
            if item.kind == "consequence.came" and item.data.get("busy") == self.seat:
                self._delays.append(float(item.data.get("minutes", 0)))
            if self.saw(item):
                self._kinds.setdefault(item.kind, []).append(item)
                if item.kind == "alert.fired":
                    self._take_alert(item)
        self._taken = len(items)

    # --- what is asked of this seat
    def ringing(self) -> list[Page]:
        return self._engine.board.ringing(self.seat)

    def tasks(self) -> Iterator[Task]:
        """Give the tasks addressed to this seat."""
        return (task for task in self._engine.board.tasks.values() if task.to == self.seat)

    def questions(self) -> list[Question]:
        return self._engine.board.open_questions(self.seat)

    def questions_to(self, seats: Sequence[str]) -> list[Question]:
        """Give the open questions to some seats that this seat has heard of too."""
        open_ = {
            question.id: question for seat in seats for question in self._engine.board.open_questions(seat)
        }
        return [open_[item.about] for item in self.all("question.received") if item.about in open_]

    def delays(self) -> list[float]:
        """Give the minutes that this seat has lost over things ignored, one number a time."""
        self._take_in()
        return self._delays

    def phones(self) -> list[Phone]:
        return self._engine.board.phones_ringing(self.seat)

    def calls(self) -> list[Call]:
        """Give the calls that this seat is, or was, part of."""
        return [call for call in self._engine.board.calls.values() if self.seat in call.people]

    def reports(self) -> list[Report]:
        """Give the reports that wait for a ticket at this seat."""
        return self._engine.board.open_reports(self.seat)

    def all_reports(self) -> list[Report]:
        """Give all reports that came to this seat, with or without a ticket."""
        return [each for each in self._engine.board.reports.values() if each.to == self.seat]

    # --- tickets, for roles that see them
    def tickets(self) -> list[Ticket]:
        """Give all tickets, in the order they were logged."""
        return list(self._engine.board.tickets.values()) if self.can_see("tickets") else []

    def trouble_of_ticket(self, ticket: Ticket) -> str:
        """Give the trouble that a ticket is about, as whoever reads its words would understand it."""
        alert = self._engine.board.alerts.get(ticket.alert)
        if alert is not None:
            return self._by_monitor.get(str(alert.data.get("monitor")), "")
        reports = self._engine.board.reports
        return next((self.trouble_of_report(reports[r]) for r in ticket.reports if r in reports), "")

    def trouble_of_report(self, report: Report) -> str:
        """Give the trouble that a report tells of, as whoever reads its words would understand it."""
        told = self._engine.director.trouble_of(str(report.item.data.get("inject")))
        if told is not None:
            return told
        return self.main_trouble

    def trouble(self, id_: str) -> Trouble | None:
        """Give what somebody skilled knows of a trouble once they have understood it."""
        return self._troubles.get(id_)

    def article_for(self, ticket_id: str) -> str:
        """Give the article that helps with a ticket, or ""."""
        ticket = self._engine.board.tickets.get(ticket_id)
        trouble = self.trouble(self.trouble_of_ticket(ticket)) if ticket is not None else None
        return (trouble.article or "") if trouble is not None else ""

    def handoff(self, role: str) -> Handoff:
        """Give how far a role's handoff is."""
        return self._engine.board.handoff(role)

    def relieved(self, seat: str) -> bool:
        """Whether a relief has the seat now."""
        return seat in self._engine.board.holders

    # --- shared state of the response (on the channel and in the document, for everybody)
    def commander(self) -> str:
        return self._engine.board.commander()

    def document_open(self) -> bool:
        return self._engine.board.document.opened_ms is not None

    def document(self) -> Document:
        """Give the incident document."""
        return self._engine.board.document

    def document_truth(self) -> float:
        """Give the share of the states claimed in the document that are right now; 1 when it has none."""
        item = self._engine.board.document.sections.get("state")
        if item is None:
            return 0.0
        claims = [each for each in item.data.get("claims", ()) if each["property"] == "state"]
        level = self._engine.reading().level
        right = [each for each in claims if each["value"] == level]
        return len(right) / len(claims) if claims else 1.0

    def retro(self) -> Retro:
        """Give the retrospective so far."""
        return self._engine.board.retro

    def all_tasks(self) -> list[Task]:
        """Give everybody's tasks; they are given aloud."""
        return list(self._engine.board.tasks.values())

    def ticket(self) -> str:
        """Give the id of the first open incident, or ""."""
        return next(
            (t.id for t in self._engine.board.tickets.values() if t.item.data["ticket_kind"] == "incident"),
            "",
        )

    def ticket_state(self) -> str:
        ticket = self._engine.board.tickets.get(self.ticket())
        return ticket.state if ticket else ""

    # --- instruments
    def reading(self) -> Reading:
        """Give what the dashboards show now.

        Raises:
            PermissionError: the role has no dashboards.
        """
        if not self.can_see("dashboards"):
            raise PermissionError(f"{self.seat} has no dashboards")
        return self._engine.reading()

    def jobs(self) -> list[Job]:
        """Give the operations running and done, to roles that see them."""
        return list(self._engine.world.jobs) if self.can_see("operations") else []

    def job_done(self, operation: str, site: str = "") -> Item | None:
        """Give the latest finished operation of a kind (on a site), or None."""
        return next(
            (
                item
                for item in reversed(self.all("operation.finished"))
                if item.data.get("operation") == operation and (not site or item.data.get("target") == site)
            ),
            None,
        )
