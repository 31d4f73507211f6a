"""The team's own state: what a drill's items add up to. A fold; it decides nothing and knows no wall time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from drills.record import Item

PREFIX = {"task": "task", "hypothesis": "hyp", "ticket": "INC", "op": "op"}


@dataclass(frozen=True)
class Page:
    """An alert or a call that reached a person; `state` is ringing, acknowledged or passed_on."""

    id: str
    to: str
    title: str
    from_: str
    alert: str
    since_ms: int
    state: str = "ringing"
    acknowledged_ms: int | None = None
    item: int = 0


@dataclass(frozen=True)
class Task:
    """Something asked of a name, with a time; `state` is asked, acknowledged, done, failed or more_time."""

    id: str
    by: str
    to: str
    item: Item
    asked_ms: int
    due_ms: int
    state: str = "asked"


@dataclass(frozen=True)
class Question:
    """Something a persona wants to know; open until answered."""

    id: str
    from_: str
    to: str
    item: Item
    asked_ms: int
    answered_ms: int | None = None


@dataclass(frozen=True)
class Ticket:
    """A ticket; `state` is open, resolved, returned or closed."""

    id: str
    item: Item
    priority: str
    state: str = "open"
    alert: str = ""


@dataclass(frozen=True)
class Hypothesis:
    """A possible cause; `state` is open, ruled_out or confirmed."""

    id: str
    item: Item
    state: str = "open"


@dataclass
class Document:
    """The incident document: its sections as last written."""

    opened_ms: int | None = None
    linked: list[str] = field(default_factory=list)
    sections: dict[str, Item] = field(default_factory=dict)


class Board:
    """All of the team's state, by id, in order of arrival."""

    def __init__(self) -> None:
        self.roles: dict[str, tuple[str, int]] = {}
        self.pages: dict[str, Page] = {}
        self.tasks: dict[str, Task] = {}
        self.questions: dict[str, Question] = {}
        self.tickets: dict[str, Ticket] = {}
        self.hypotheses: dict[str, Hypothesis] = {}
        self.document = Document()
        self.messages: list[Item] = []
        self.updates: list[Item] = []
        self.alerts: dict[str, Item] = {}
        self.alert_items: list[Item] = []
        self.jobs: dict[str, Item] = {}
        self.finished: dict[str, Item] = {}
        self.severity: str = ""
        self.sla: dict[str, Item] = {}
        self._counts: dict[str, int] = {}

    def next_id(self, what: str) -> str:
        """Give the id that the next task, hypothesis, ticket or operation will bear."""
        return f"{PREFIX.get(what, what)}-{self._counts.get(what, 0) + 1}"

    def fold(self, item: Item) -> None:
        """Take one item in."""
        method = getattr(self, "_" + item.kind.replace(".", "_"), None)
        if method is not None:
            method(item)

    # --- roles, pages, tasks
    def _role_assumed(self, item: Item) -> None:
        self.roles[item.about] = (item.seat, item.t_ms)

    def _page_rang(self, item: Item) -> None:
        data = item.data
        self.pages[item.about] = Page(
            item.about, data["to"], data["title"], data["from"], data.get("alert", ""), item.t_ms, item=item.n
        )

    def _page_passed_on(self, item: Item) -> None:
        self._page_state(item.about, "passed_on", item.t_ms)

    def _page_acknowledged(self, item: Item) -> None:
        self._page_state(item.about, "acknowledged", item.t_ms)

    def _page_state(self, page: str, state: str, t_ms: int) -> None:
        if page in self.pages:
            self.pages[page] = replace(self.pages[page], state=state, acknowledged_ms=t_ms)

    def _task_assigned(self, item: Item) -> None:
        self._count("task")
        due_ms = item.t_ms + int(item.data["minutes"]) * 60_000
        self.tasks[item.about] = Task(item.about, item.seat, item.data["to"], item, item.t_ms, due_ms)

    def _task_acknowledged(self, item: Item) -> None:
        self._task_state(item.about, "acknowledged")

    def _task_reported(self, item: Item) -> None:
        self._task_state(item.about, str(item.data["result"]))

    def _task_state(self, task: str, state: str) -> None:
        if task in self.tasks:
            self.tasks[task] = replace(self.tasks[task], state=state)

    # --- words
    def _message_sent(self, item: Item) -> None:
        self.messages.append(item)

    _persona_said = _decision_made = _call_noted = _message_sent

    def _update_sent(self, item: Item) -> None:
        self.updates.append(item)

    def _question_received(self, item: Item) -> None:
        self.questions[item.about] = Question(item.about, item.data["from"], item.data["to"], item, item.t_ms)

    def _question_answered(self, item: Item) -> None:
        if item.about in self.questions:
            self.questions[item.about] = replace(self.questions[item.about], answered_ms=item.t_ms)

    # --- document
    def _doc_opened(self, item: Item) -> None:
        if self.document.opened_ms is None:
            self.document.opened_ms = item.t_ms
            self.document.linked = list(item.data["linked"])

    def _doc_linked(self, item: Item) -> None:
        if item.data["to"] not in self.document.linked:
            self.document.linked.append(item.data["to"])

    def _doc_edited(self, item: Item) -> None:
        self.document.sections[item.about] = item

    # --- hypotheses, tickets
    def _hypothesis_recorded(self, item: Item) -> None:
        self._count("hypothesis")
        self.hypotheses[item.about] = Hypothesis(item.about, item)

    def _hypothesis_ruled_out(self, item: Item) -> None:
        self._hypothesis_state(item, "ruled_out")

    def _hypothesis_confirmed(self, item: Item) -> None:
        self._hypothesis_state(item, "confirmed")

    def _hypothesis_state(self, item: Item, state: str) -> None:
        if item.about in self.hypotheses:
            self.hypotheses[item.about] = replace(self.hypotheses[item.about], state=state)

    def _ticket_logged(self, item: Item) -> None:
        self._count("ticket")
        alert = str(item.data.get("alert") or "")
        self.tickets[item.about] = Ticket(item.about, item, str(item.data["priority"]), alert=alert)

    def _ticket_prioritised(self, item: Item) -> None:
        if item.about in self.tickets:
            self.tickets[item.about] = replace(self.tickets[item.about], priority=str(item.data["priority"]))

    def _ticket_resolved(self, item: Item) -> None:
        self._ticket_state(item, "resolved")

    def _ticket_returned(self, item: Item) -> None:
        self._ticket_state(item, "returned")

    def _ticket_closed(self, item: Item) -> None:
        self._ticket_state(item, "closed")

    def _ticket_state(self, item: Item, state: str) -> None:
        if item.about in self.tickets:
            self.tickets[item.about] = replace(self.tickets[item.about], state=state)

    def _severity_declared(self, item: Item) -> None:
        self.severity = str(item.data["level"])

    # --- what the world told the team
    def _alert_fired(self, item: Item) -> None:
        self.alerts[item.about] = item
        self.alert_items.append(item)

    def _operation_started(self, item: Item) -> None:
        self._count("op")
        self.jobs[str(item.data["job_id"])] = item

    def _operation_finished(self, item: Item) -> None:
        self.finished[str(item.data["job_id"])] = item

    def _sla_started(self, item: Item) -> None:
        self.sla["started"] = item

    def _sla_stopped(self, item: Item) -> None:
        self.sla["stopped"] = item

    def _sla_breached(self, item: Item) -> None:
        self.sla["breached"] = item

    def _count(self, what: str) -> None:
        self._counts[what] = self._counts.get(what, 0) + 1

    def open_questions(self, seat: str) -> list[Question]:
        """Give what personas still wait for from a seat."""
        return [q for q in self.questions.values() if q.to == seat and q.answered_ms is None]

    def ringing(self, seat: str) -> list[Page]:
        """Give the pages that ring at a seat."""
        return [page for page in self.pages.values() if page.to == seat and page.state == "ringing"]

    def commander(self) -> str:
        """Give the seat that holds command, or ""."""
        return self.roles.get("commander", ("", 0))[0]
