"""What waits for a seat: pages, phones, calls, questions, tickets, tasks, duties that nobody asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from drills.board import Call, Page, Question, Task, Ticket
from drills.record import Item
from drills.reporters import reporter_of
from drills.views import words
from simulator import OPERATIONS

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

PERSON_LIMIT_MS = 5 * words.MINUTE_MS
UNCONFIRMED_MS = 5 * words.MINUTE_MS
UPDATE_AHEAD_MS = 10 * words.MINUTE_MS
PROPOSAL_MS = 60 * words.MINUTE_MS
NUDGE_MS = 20 * words.MINUTE_MS
NO_DEED = frozenset(
    {
        *("look.taken", "doc.viewed", "hint.asked"),
        *("page.acknowledged", "phone.answered", "call.joined", "call.ended"),
    }
)
"""Entries that the console makes by itself, or that answer something else: they answer no nudge."""

Asked = dict[str, Any]


class AskedPart:
    """Builds `pages` and `asked` of a seat's view."""

    def __init__(self, view: SeatView) -> None:
        self._view = view

    def build(self) -> dict[str, Any]:
        view = self._view
        return {
            "pages": [self._page(page) for page in view.board.ringing(view.seat)],
            "asked": self._asked(),
        }

    def _asked(self) -> list[Asked]:
        """All that waits, oldest first."""
        board, seat = self._view.board, self._view.seat
        waiting = [self._phone(phone.id, phone.from_, phone.since_ms) for phone in board.phones_ringing(seat)]
        waiting.extend(self._calls())
        waiting.extend(self._question(question) for question in board.open_questions(seat))
        waiting.extend(self._works())
        waiting.extend(self._tickets())
        mine = [t for t in board.tasks.values() if t.to == seat and t.state in ("asked", "acknowledged")]
        waiting.extend(self._task(task) for task in mine)
        waiting.extend(self._unconfirmed())
        waiting.extend(self._proposals())
        waiting.extend(self._command())
        waiting.extend(self._update_due())
        waiting.extend(self._nudges())
        return sorted(waiting, key=lambda each: (each["kind"] != "phone", int(each["since_ms"])))

    # --- pages
    def _page(self, page: Page) -> dict[str, Any]:
        view = self._view
        item = view.items[page.item]
        alert = view.board.alerts.get(page.alert)
        by = (
            page.from_
            if page.from_ == "monitor"
            else f"{view.name(page.from_)}, {view.title(page.from_).lower()}"
        )
        return {
            "id": page.id,
            "alert": page.alert or None,
            "title": page.title,
            "from": by,
            "why": view.text(item) or "You are on call.",
            "since_ms": page.since_ms,
            "waiting_ms": max(0, view.now_ms - page.since_ms),
            "limit_ms": int(item.data.get("limit_ms", PERSON_LIMIT_MS)),
            "state": page.state,
            "facts": self._page_facts(alert, page),
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

    # --- phones, calls, questions
    def _phone(self, call: str, from_: str, since_ms: int) -> Asked:
        name = self._view.name(from_)
        answer = _act("Answer", "answer_phone", {"call": call}, primary=True)
        return _asked(call, "phone", name, f"{name} rings you", "", since_ms, [answer])

    def _calls(self) -> Iterator[Asked]:
        """Calls that this seat was called into, and its own that are over and stand nowhere."""
        view = self._view
        for call in view.board.running_calls(view.seat):
            if call.id in view.board.phones:  # whoever answers a phone is on the call
                continue
            if call.by != view.seat and view.seat not in call.joined:
                join = _act("Join", "join_call", {"call": call.id}, primary=True)
                title = f"{view.name(call.by)} calls you"
                text = view.text(call.item) or f"By {call.medium}."
                yield _asked(call.id, "call", view.name(call.by), title, text, call.started_ms, [join])
        for call in view.board.calls.values() if view.may("note_call") else ():
            if call.by == view.seat and call.ended_ms is not None and not call.noted:
                yield self._unnoted(call, call.ended_ms)

    def _unnoted(self, call: Call, ended_ms: int) -> Asked:
        names = ", ".join(self._view.name(who) for who in call.to)
        note = {"label": "Note it", "open": "note_call", "data": {"call": call.id}, "primary": True}
        text = "What was decided or learned? Others were not on it."
        return _asked(
            f"note-{call.id}", "note", "", f"The call with {names} is not noted yet", text, ended_ms, [note]
        )

    def _question(self, question: Question) -> Asked:
        name = self._view.name(question.from_)
        answer = _act("Answer", "answer_question", {"question": question.id}, primary=True)
        text = self._view.text(question.item)
        actions = [{**answer, "needs_text": True}]
        return _asked(question.id, "question", name, f"{name} asks", text, question.asked_ms, actions)

    def _works(self) -> Iterator[Asked]:
        """Tickets whose reporter is asked whether it works, to this seat if it is the one."""
        view = self._view
        if not view.may("confirm_restored"):
            return
        for ticket in view.board.tickets.values():
            open_ = ticket.state != "closed" and ticket.satisfied is None
            if open_ and ticket.asked_ms is not None and reporter_of(view.engine, ticket) == view.seat:
                yield self._works_for_you(ticket, ticket.asked_ms)

    def _works_for_you(self, ticket: Ticket, asked_ms: int) -> Asked:
        data = {"ticket": ticket.id}
        yes = _act("Yes, it works", "confirm_restored", {**data, "satisfied": True}, primary=True)
        no = _act("No", "confirm_restored", {**data, "satisfied": False})
        text = f"About your report, {ticket.id}. Try it first; with a no, say what you see."
        actions = [yes, {**no, "needs_text": True}]
        id_, title = f"works-{ticket.id}-{asked_ms}", "Does it work for you?"
        asked = _asked(id_, "works", "Service desk", title, text, asked_ms, actions)
        return {**asked, "seat": next(iter(self._view.scenario.desks), None)}

    # --- tickets
    def _tickets(self) -> Iterator[Asked]:
        view = self._view
        for ticket in view.board.tickets.values():
            if ticket.with_ != view.seat or ticket.state == "closed":
                continue
            if not ticket.accepted and ticket.passed_ms is not None:
                yield self._ticket(ticket, "waits for you", ticket.passed_ms, accept=True)
            elif ticket.state == "returned":
                back = view.eyes.last_about("ticket.returned", ticket.id)
                yield self._ticket(ticket, "came back to you", back.t_ms if back else ticket.item.t_ms)

    def _ticket(self, ticket: Ticket, what: str, since_ms: int, *, accept: bool = False) -> Asked:
        look = {"label": "Open", "open": "tickets", "data": {"ticket": ticket.id}, "primary": not accept}
        take = _act("Accept", "accept_ticket", {"ticket": ticket.id}, primary=True)
        title = self._view.text(ticket.item, "title")
        actions = [take, look] if accept else [look]
        return _asked(f"ticket-{ticket.id}", "ticket", "", f"{ticket.id} {what}", title, since_ms, actions)

    # --- tasks and proposals
    def _task(self, task: Task) -> Asked:
        view = self._view
        operation = task.item.data.get("operation")
        on_it = _act("On it", "acknowledge_task", {"task": task.id}, primary=True)
        done = _act("Done", "report_task", {"task": task.id, "result": "done"}, primary=not operation)
        failed = _act("Did not work", "report_task", {"task": task.id, "result": "failed"})
        actions = [on_it] if task.state == "asked" else [done, failed]
        if operation and task.state == "acknowledged":
            data = {
                "operation": operation,
                "params": dict(task.item.data.get("params", {})),
                "under": task.id,
            }
            actions.insert(0, {"label": "Open operation", "open": "operation", "data": data, "primary": True})
        from_ = f"{view.name(task.by)}, {view.title(task.by).lower()}"
        asked = _asked(task.id, "task", from_, view.text(task.item), "", task.asked_ms, actions)
        return {**asked, "seat": task.by, "due_ms": task.due_ms}

    def _unconfirmed(self) -> Iterator[Asked]:
        """Tasks of this seat that nobody has confirmed."""
        view = self._view
        for task in view.board.tasks.values():
            late_ms = task.asked_ms + UNCONFIRMED_MS
            if task.by != view.seat or task.state != "asked" or view.now_ms < late_ms:
                continue
            name, text = view.name(task.to), view.text(task.item)
            words = f"{name}, do you have it? {text}"
            again = _act("Ask again", "send_message", {"text": words[:4000]}, primary=True)
            page = _act("Page", "page_someone", {"to": task.to, "text": text[:4000]})
            title = f"{name} has not confirmed a task"
            yield _asked(f"loop-{task.id}", "loop", name, title, text, late_ms, [again, page])

    def _proposals(self) -> Iterator[Asked]:
        """Changes that somebody wants a go for, to those who can decide."""
        view = self._view
        if not view.may("record_decision"):
            return
        for item in view.eyes.all("proposal.made"):
            if view.now_ms - item.t_ms <= PROPOSAL_MS and item.seat != view.seat and not self._decided(item):
                yield self._proposal(item)

    def _decided(self, proposal: Item) -> bool:
        later = (*self._view.eyes.all("decision.made"), *self._view.eyes.all("operation.started"))
        return any(
            item.n > proposal.n and item.data.get("operation") == proposal.data["operation"] for item in later
        )

    def _proposal(self, item: Item) -> Asked:
        view = self._view
        operation, target = str(item.data["operation"]), str(item.data.get("target") or "")
        words = view.operation_words(operation, target)
        name = view.by(item)
        go_data = {"text": f"Go for {words}, {name}.", "operation": operation, "to": item.seat}
        if target:
            go_data["target"] = target
        go = _act("Go", "record_decision", go_data, primary=True)
        hold = {"label": "Hold", "command": "send_message", "data": {}, "needs_text": True, "dismiss": True}
        text = view.text(item) or words
        asked = _asked(
            f"proposal-{item.n}", "proposal", name, f"{name} asks for a go", text, item.t_ms, [go, hold]
        )
        return {**asked, "seat": item.seat}

    # --- duties and nudges
    def _command(self) -> list[Asked]:
        """To the commander's seat, once an incident is open: that nobody has said who commands."""
        view = self._view
        opened = view.eyes.first("incident.opened")
        if view.seat != "commander" or opened is None or view.board.commander():
            return []
        take = _act("Take command", "assume_role", {"role": "commander"}, primary=True)
        text = "The incident is open, and the others do not know who decides."
        return [_asked("command", "command", "", "Nobody commands yet", text, opened.t_ms, [take])]

    def _update_due(self) -> list[Asked]:
        """The next update, to whoever writes it."""
        view = self._view
        due_ms = view.next_update_ms()
        writes = "communications" if "communications" in view.seats_taken() else "commander"
        if view.seat != writes or due_ms is None or view.now_ms < due_ms - UPDATE_AHEAD_MS:
            return []
        write = {"label": "Write it", "open": "updates", "primary": True}
        text = f"Due at {view.story(due_ms)}."
        since_ms = due_ms - UPDATE_AHEAD_MS
        asked = _asked(
            f"update-{due_ms}", "update_due", "", "The next update is due", text, since_ms, [write]
        )
        return [{**asked, "due_ms": due_ms}]

    def _nudges(self) -> Iterator[Asked]:
        """Soft hints to this seat, until it does something or a while has passed."""
        view = self._view
        for item in view.eyes.all("nudge.sent")[-3:]:
            if item.data.get("to") != view.seat or view.now_ms - item.t_ms > NUDGE_MS:
                continue
            if not view.acted_since(item.n, NO_DEED):
                from_ = str(item.data.get("from", ""))
                name = view.name(from_) if from_ else "A hint"
                say = {
                    **_act("Answer" if view.is_customer else "Answer on the bridge", "send_message", {}),
                    "needs_text": True,
                    "dismiss": True,
                }
                actions = [say] if from_ and view.may("send_message") else []
                asked = _asked(f"nudge-{item.n}", "nudge", name, view.text(item), "", item.t_ms, actions)
                yield {**asked, "soft": True}


def _act(label: str, command: str, data: Mapping[str, Any], *, primary: bool = False) -> dict[str, Any]:
    return {"label": label, "command": command, "data": dict(data), "primary": primary}


def _asked(
    id_: str, kind: str, from_: str, title: str, text: str, since_ms: int, actions: list[dict[str, Any]]
) -> Asked:
    return {
        "id": id_,
        "kind": kind,
        "from": from_,
        "seat": None,
        "title": title,
        "text": text,
        "since_ms": since_ms,
        "due_ms": None,
        "actions": actions,
    }


def operation_title(operation: str) -> str:
    """Give the words for an operation, or its id where there is none."""
    known = OPERATIONS.get(operation)
    return known.title if known is not None else operation.replace("_", " ")
