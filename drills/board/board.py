"""The board: a fold over a drill's items. It decides nothing and knows no wall time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from drills.board.cards import (
    Call,
    Document,
    Factor,
    FollowUp,
    Handoff,
    Hypothesis,
    OpenBook,
    Page,
    Phone,
    Problem,
    Question,
    Report,
    Retro,
    Task,
    Ticket,
    Timer,
)
from drills.record import Item

PREFIX = {"hypothesis": "hyp", "ticket": "INC", "problem": "PRB", "follow_up": "fu"}
"""First part of an id that the board gives, where it is not the thing's own name."""


class Board:
    """All of the team's state, by id, in order of arrival."""

    def __init__(self) -> None:
        self.roles: dict[str, tuple[str, int]] = {}
        self.holders: dict[str, str] = {}
        self.pages: dict[str, Page] = {}
        self.tasks: dict[str, Task] = {}
        self.questions: dict[str, Question] = {}
        self.phones: dict[str, Phone] = {}
        self.calls: dict[str, Call] = {}
        self.reports: dict[str, Report] = {}
        self.tickets: dict[str, Ticket] = {}
        self.problems: dict[str, Problem] = {}
        self.hypotheses: dict[str, Hypothesis] = {}
        self.document = Document()
        self.runbooks: dict[str, OpenBook] = {}
        self.articles: dict[str, Item] = {}
        self.timers: dict[str, Timer] = {}
        self.handoffs: dict[str, Handoff] = {}
        self.retro = Retro()
        self.messages: list[Item] = []
        self.updates: list[Item] = []
        self.alerts: dict[str, Item] = {}
        self.alert_items: list[Item] = []
        self.jobs: dict[str, Item] = {}
        self.finished: dict[str, Item] = {}
        self.severity: str = ""
        self.sla: dict[str, Item] = {}
        self.freeze: Item | None = None
        self._counts: dict[str, int] = {}

    def next_id(self, what: str) -> str:
        """Give the id that the next task, hypothesis, ticket, call or operation will bear."""
        return f"{PREFIX.get(what, what)}-{self._counts.get(what, 0) + 1}"

    def fold(self, item: Item) -> None:
        """Take one item in."""
        method = getattr(self, "_" + item.kind.replace(".", "_"), None)
        if method is not None:
            method(item)

    def _count(self, what: str) -> None:
        self._counts[what] = self._counts.get(what, 0) + 1

    # --- roles, pages, tasks
    def _role_assumed(self, item: Item) -> None:
        self.roles[item.about] = (item.seat, item.t_ms)

    def _role_handed_off(self, item: Item) -> None:
        self.roles[item.about] = (item.seat, item.t_ms)
        self.holders[item.seat] = str(item.data["to"])

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
        self._change_task(item, state="acknowledged")

    def _task_reported(self, item: Item) -> None:
        self._change_task(item, state=str(item.data["result"]), reported_ms=item.t_ms)

    def _change_task(self, item: Item, **changes: Any) -> None:
        if item.about in self.tasks:
            self.tasks[item.about] = replace(self.tasks[item.about], **changes)

    # --- words
    def _message_sent(self, item: Item) -> None:
        self.messages.append(item)

    _persona_said = _decision_made = _proposal_made = _role_announced = _message_sent

    def _update_sent(self, item: Item) -> None:
        self.updates.append(item)

    def _timer_set(self, item: Item) -> None:
        minutes = int(item.data["minutes"])
        if minutes:
            self.timers[item.about] = Timer(item.about, minutes, item.t_ms)
        else:
            self.timers.pop(item.about, None)

    def _question_received(self, item: Item) -> None:
        self._close_question(str(item.data.get("instead_of") or ""), item.t_ms)
        self.questions[item.about] = Question(item.about, item.data["from"], item.data["to"], item, item.t_ms)

    def _question_answered(self, item: Item) -> None:
        self._close_question(item.about, item.t_ms)

    def _close_question(self, question: str, t_ms: int) -> None:
        if question in self.questions:
            self.questions[question] = replace(self.questions[question], answered_ms=t_ms)

    # --- phones and calls
    def _phone_rang(self, item: Item) -> None:
        self.phones[item.about] = Phone(item.about, item.data["from"], item.data["to"], item, item.t_ms)

    def _phone_answered(self, item: Item) -> None:
        """An answered phone is a call like any other: it can be noted, and somebody hangs up."""
        self._phone_state(item.about, "answered")
        phone = self.phones.get(item.about)
        if phone is not None:
            self.calls[phone.id] = Call(phone.id, phone.from_, (phone.to,), "phone", phone.item, item.t_ms)

    def _phone_rang_out(self, item: Item) -> None:
        self._phone_state(item.about, "rang_out")

    def _phone_state(self, phone: str, state: str) -> None:
        if phone in self.phones:
            self.phones[phone] = replace(self.phones[phone], state=state)

    def _call_started(self, item: Item) -> None:
        self._count("call")
        to = tuple(item.data["to"])
        self.calls[item.about] = Call(item.about, item.seat, to, item.data["medium"], item, item.t_ms)

    def _call_joined(self, item: Item) -> None:
        call = self.calls.get(item.about)
        who = item.seat or str(item.data.get("who", ""))
        if call is not None and who not in call.joined:
            self.calls[item.about] = replace(call, joined=(*call.joined, who))

    def _call_ended(self, item: Item) -> None:
        call = self.calls.get(item.about)
        if call is not None and call.ended_ms is None:
            self.calls[item.about] = replace(call, ended_ms=item.t_ms)

    def _call_noted(self, item: Item) -> None:
        self.messages.append(item)
        if item.about in self.calls:
            self.calls[item.about] = replace(self.calls[item.about], noted=True)

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
        self.document.notes.append(item)

    # --- hypotheses, runbooks, articles
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

    def _runbook_opened(self, item: Item) -> None:
        self.runbooks.setdefault(item.about, OpenBook(item.t_ms))

    def _runbook_step_ticked(self, item: Item) -> None:
        self._book(item).ticked[int(item.data["step"])] = item

    def _runbook_gap_noted(self, item: Item) -> None:
        self._book(item).gaps[int(item.data["step"])] = item

    def _runbook_revised(self, item: Item) -> None:
        self._book(item).revised[int(item.data["step"])] = item

    def _book(self, item: Item) -> OpenBook:
        return self.runbooks.setdefault(item.about, OpenBook(item.t_ms))

    def _article_opened(self, item: Item) -> None:
        self.articles.setdefault(item.about, item)

    # --- reports and tickets
    def _report_received(self, item: Item) -> None:
        data = item.data
        self.reports[item.about] = Report(
            item.about, data["from"], data["to"], data["channel"], item, item.t_ms
        )

    def _ticket_logged(self, item: Item) -> None:
        self._count("ticket")
        data = item.data
        report = str(data.get("report") or "")
        self.tickets[item.about] = Ticket(
            item.about,
            item,
            str(data.get("priority") or ""),
            kind=str(data["ticket_kind"]),
            alert=str(data.get("alert") or ""),
            service=str(data.get("service") or ""),
            reporter=str(data["reporter"]),
            with_=item.seat,
            reports=(report,) if report else (),
        )
        self._answer_report(report, item.about)

    def _answer_report(self, report: str, ticket: str) -> None:
        if report in self.reports:
            self.reports[report] = replace(self.reports[report], ticket=ticket)

    def _ticket_corrected(self, item: Item) -> None:
        data = item.data
        changed = {
            field: data[name]
            for name, field in (("ticket_kind", "kind"), ("reporter", "reporter"), ("service", "service"))
            if data.get(name) is not None
        }
        self._change_ticket(item, **changed)

    def _ticket_categorised(self, item: Item) -> None:
        known = self.tickets.get(item.about)
        suggested = str(item.data.get("suggests") or "")
        priority = known.priority or suggested if known is not None else suggested
        self._change_ticket(
            item, category=str(item.data["category"]), sub=str(item.data["sub"]), priority=priority
        )

    def _ticket_prioritised(self, item: Item) -> None:
        self._change_ticket(item, priority=str(item.data["priority"]))

    def _ticket_linked(self, item: Item) -> None:
        ticket = self.tickets.get(item.about)
        report, duplicate = str(item.data.get("report") or ""), str(item.data.get("duplicate") or "")
        if ticket is not None and report:
            self._answer_report(report, item.about)
            self._change_ticket(item, reports=tuple(dict.fromkeys((*ticket.reports, report))))
        if duplicate in self.tickets:
            self.tickets[duplicate] = replace(self.tickets[duplicate], duplicate_of=item.about)

    def _ticket_escalated(self, item: Item) -> None:
        """A ticket passed on is work again, also when it was thought to be over."""
        self._change_ticket(
            item, with_=str(item.data["to"]), passed_ms=item.t_ms, accepted=False, state="open"
        )

    def _ticket_accepted(self, item: Item) -> None:
        self._change_ticket(item, accepted=True, with_=item.seat)

    def _ticket_resolved(self, item: Item) -> None:
        self._change_ticket(item, state="resolved")

    def _ticket_returned(self, item: Item) -> None:
        self._change_ticket(item, state="returned", with_=str(item.data.get("to") or item.seat))

    def _service_confirmed(self, item: Item) -> None:
        self._change_ticket(item, confirmed=str(item.data["state"]))

    def _end_user_asked(self, item: Item) -> None:
        self._change_ticket(item, asked_ms=item.t_ms, satisfied=None)

    def _user_answered(self, item: Item) -> None:
        self._change_ticket(item, satisfied=bool(item.data["satisfied"]))

    _end_user_confirmed = _user_answered

    def _ticket_closed(self, item: Item) -> None:
        self._change_ticket(item, state="closed")

    def _ticket_reopened(self, item: Item) -> None:
        self._change_ticket(item, state="open", satisfied=None, asked_ms=None)

    def _change_ticket(self, item: Item, **changes: Any) -> None:
        if item.about in self.tickets:
            self.tickets[item.about] = replace(self.tickets[item.about], **changes)

    def _problem_raised(self, item: Item) -> None:
        self._count("problem")
        self.problems[item.about] = Problem(item.about, str(item.data["ticket"]), item)

    def _severity_declared(self, item: Item) -> None:
        self.severity = str(item.data["level"])

    # --- relief and handoff
    def _staff_sought(self, item: Item) -> None:
        self._handoff(item.about).sought.append(item)

    def _staff_answered(self, item: Item) -> None:
        self._handoff(str(item.data["role"])).answers[item.about] = item

    def _handoff_written(self, item: Item) -> None:
        self._handoff(item.about).sections[str(item.data["section"])] = item

    def _handoff_read_back(self, item: Item) -> None:
        self._handoff(item.about).read_back = item

    def _handoff_accepted(self, item: Item) -> None:
        self._handoff(item.about).accepted = item

    def _handoff(self, role: str) -> Handoff:
        """Give a role's handoff, begun with the first word of it."""
        return self.handoffs.setdefault(role, Handoff(role))

    def handoff(self, role: str) -> Handoff:
        """Give how far a role's handoff is; an empty one where nobody has begun."""
        return self.handoffs.get(role) or Handoff(role)

    # --- retrospective
    def _retro_held(self, item: Item) -> None:
        self.retro.held = self.retro.held or item

    def _factor_added(self, item: Item) -> None:
        self._count("factor")
        self.retro.factors[item.about] = Factor(item.about, item)

    def _factor_rewritten(self, item: Item) -> None:
        known = self.retro.factors.get(item.about)
        if known is not None:
            self.retro.factors[item.about] = replace(known, item=item, rewritten=True)

    def _blame_flagged(self, item: Item) -> None:
        known = self.retro.factors.get(item.about)
        if known is not None:
            self.retro.factors[item.about] = replace(known, flagged=True)

    def _step_linked(self, item: Item) -> None:
        self.retro.steps.append(item)

    def _context_added(self, item: Item) -> None:
        self.retro.context.append(item)

    def _follow_up_created(self, item: Item) -> None:
        self._count("follow_up")
        self.retro.follow_ups[item.about] = FollowUp(item.about, item)

    # --- what the world and the director told the team
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

    def _freeze_began(self, item: Item) -> None:
        self.freeze = item

    def _freeze_answered(self, item: Item) -> None:
        self.freeze = None

    _freeze_ended = _freeze_answered

    # --- what waits for a seat
    def open_questions(self, seat: str) -> list[Question]:
        """Give what personas still wait for from a seat."""
        return [q for q in self.questions.values() if q.to == seat and q.answered_ms is None]

    def ringing(self, seat: str) -> list[Page]:
        """Give the pages that ring at a seat."""
        return [page for page in self.pages.values() if page.to == seat and page.state == "ringing"]

    def phones_ringing(self, seat: str) -> list[Phone]:
        """Give the phones that ring at a seat."""
        return [phone for phone in self.phones.values() if phone.to == seat and phone.state == "ringing"]

    def open_reports(self, seat: str) -> list[Report]:
        """Give the reports that came to a seat and are in no ticket yet."""
        return [report for report in self.reports.values() if report.to == seat and not report.ticket]

    def running_calls(self, seat: str) -> list[Call]:
        """Give the calls that a seat started or was called into and that are not over."""
        return [call for call in self.calls.values() if call.ended_ms is None and seat in call.people]

    def commander(self) -> str:
        """Give the seat that holds command, or ""."""
        return self.roles.get("commander", ("", 0))[0]
