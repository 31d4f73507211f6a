"""The response on the screen: calls, runbooks, what is not on the record yet, a role's handoff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drills.board import Call, Handoff
from drills.record import Item
from drills.views import words
from scenarios.schema.response import HandoffSpec, Person, Runbook

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

TO_NOTE_MS = 30 * words.MINUTE_MS
TO_NOTE = 12
CALLS = 6
SIGNIFICANT = ("operation.started", "call.started", "task.assigned", "decision.made")


class ResponsePart:
    """Builds the response's keys of a seat's view."""

    def __init__(self, view: SeatView) -> None:
        self._view = view

    def build(self) -> dict[str, Any]:
        view = self._view
        return {
            "calls": self.calls(),
            "timer": self._timer(),
            "runbooks": [self._runbook(book) for book in view.scenario.runbooks],
            "to_note": self._to_note() if view.eyes.can_see("document") else [],
            "handoff": self._handoff() if view.may("write_handoff") else None,
        }

    # --- calls and timer
    def calls(self) -> list[dict[str, Any]]:
        """Give this seat's calls: those that run, and the latest that are over."""
        view, seat = self._view, self._view.seat
        mine = [
            call
            for call in view.board.calls.values()
            if seat in self._present(call) or (seat in call.to and call.ended_ms is None)
        ]
        return [self._call(call) for call in mine[-CALLS:]]

    def _present(self, call: Call) -> list[str]:
        """Give who is on a call: whoever started and joined it, and on a phone whoever answered."""
        answered = call.to if call.id in self._view.board.phones else ()
        return list(dict.fromkeys((call.by, *answered, *call.joined)))

    def _call(self, call: Call) -> dict[str, Any]:
        view = self._view
        present = self._present(call)
        return {
            "call": call.id,
            "medium": call.medium,
            "with": [view.name(who) for who in dict.fromkeys((call.by, *call.to)) if who != view.seat],
            "present": list(dict.fromkeys(view.name(who) for who in present)),
            "in_it": view.seat in present,
            "started_ms": call.started_ms,
            "ended_ms": call.ended_ms,
            "noted": call.noted,
        }

    def _timer(self) -> dict[str, Any] | None:
        timer = self._view.board.timers.get("update")
        return {"every_min": timer.every_min, "since_ms": timer.since_ms} if timer is not None else None

    # --- runbooks
    def _runbook(self, book: Runbook) -> dict[str, Any]:
        opened = self._view.board.runbooks.get(book.id)
        steps = []
        for number, step in enumerate(book.steps, 1):
            line: dict[str, Any] = {"n": number, "text": step.text}
            if step.operation:
                line["operation"] = step.operation
            if opened is not None:
                line |= self._marks(opened.ticked.get(number), "ticked")
                line |= self._marks(opened.gaps.get(number), "gap")
                line |= self._marks(opened.revised.get(number), "revised")
            steps.append(line)
        return {
            "id": book.id,
            "title": book.title,
            "opened_ms": opened.opened_ms if opened is not None else None,
            "steps": steps,
        }

    def _marks(self, item: Item | None, name: str) -> dict[str, Any]:
        if item is None:
            return {}
        mark = {"by": self._view.by(item), "t_ms": item.t_ms}
        return {name: {**mark, "text": self._view.text(item)} if name != "ticked" else mark}

    # --- what is not on the record yet
    def _to_note(self) -> list[dict[str, Any]]:
        """Give the significant acts of the last half hour that no note of the document links."""
        view = self._view
        linked = {link for note in view.board.document.notes for link in note.data.get("links", ())}
        items = [item for kind in SIGNIFICANT for item in view.eyes.all(kind)]
        fresh = sorted((item for item in items if view.now_ms - item.t_ms <= TO_NOTE_MS), key=lambda i: i.n)
        steps = [self._step(item) for item in fresh]
        return [step for step in steps if step["id"] not in linked][-TO_NOTE:]

    def _step(self, item: Item) -> dict[str, Any]:
        view = self._view
        made = {
            "operation.started": self._operation_step,
            "call.started": self._call_step,
            "task.assigned": self._task_step,
        }.get(item.kind)
        step = made(item) if made is not None else {"id": f"entry-{item.seq}", "text": view.text(item)}
        return {"t_ms": item.t_ms, "kind": item.kind.split(".")[0], "by": view.by(item), **step}

    def _operation_step(self, item: Item) -> dict[str, Any]:
        view, job = self._view, str(item.data["job_id"])
        operation, target = str(item.data["operation"]), str(item.data.get("target") or "")
        words = view.operation_words(operation, target)
        step: dict[str, Any] = {"id": job, "text": f"{words}: {view.result_words(job)}"}
        finished = view.board.finished.get(job)
        if finished is not None and finished.data.get("result") != "done":
            step["tried"] = f"{operation} {target}".strip()
        elif finished is not None:
            step["done"] = f"{operation} {target}".strip()
        return step

    def _call_step(self, item: Item) -> dict[str, Any]:
        names = ", ".join(self._view.name(str(who)) for who in item.data["to"])
        return {"id": item.about, "text": f"{str(item.data['medium']).capitalize()} call with {names}"}

    def _task_step(self, item: Item) -> dict[str, Any]:
        to = self._view.name(str(item.data["to"]))
        return {"id": item.about, "text": f"Task for {to}: {self._view.text(item)}"}

    # --- relief and handoff
    def _handoff(self) -> dict[str, Any] | None:
        view = self._view
        spec = view.scenario.handoff
        if spec is None:
            return None
        role = view.seat
        handoff = view.board.handoff(role)
        return {
            "role": role,
            "role_title": view.title(role),
            "holder": view.name(role),
            "before": view.chair_name(role),
            "handed": role in view.board.holders,
            "until": view.scenario.duty.soft,
            "sections": [self._section(each.id, each.title, each.hint, handoff) for each in spec.sections],
            "questions": self._questions(spec, handoff),
            "rota": [self._rota(person, handoff) for person in view.scenario.people if not person.seat],
            "read_back": self._read_back(handoff),
            "accepted": self._accepted(handoff),
            "told": any(
                item.about == role and item.n > self._handed_n(role)
                for item in view.eyes.all("role.announced")
            ),
        }

    def _questions(self, spec: HandoffSpec, handoff: Handoff) -> list[list[str]]:
        """Give what the relief asks, once it is being asked; whoever writes knows it no earlier."""
        agreed = {person for person, answer in handoff.answers.items() if answer.data["accepts"]}
        met = any(agreed & {*call.to, *call.joined} for call in self._view.board.calls.values())
        if not (met or handoff.read_back is not None or handoff.role in self._view.board.holders):
            return []
        return [[each.id, each.question] for each in spec.read_back]

    def _handed_n(self, role: str) -> int:
        handed = self._view.eyes.last_about("role.handed_off", role)
        return handed.n if handed is not None else len(self._view.items)

    def _section(self, id_: str, title: str, hint: str | None, handoff: Handoff) -> dict[str, Any]:
        view, item = self._view, handoff.sections.get(id_)
        section: dict[str, Any] = {"id": id_, "title": title, "hint": hint or "", "text": "", "claims": []}
        if item is not None:
            section |= {"text": view.text(item), "by": view.by(item), "t_ms": item.t_ms}
            section["claims"] = [dict(claim) for claim in item.data.get("claims", ())]
        return section

    def _rota(self, person: Person, handoff: Handoff) -> dict[str, Any]:
        """Somebody who might take over: what the rota says of them, and what they answered."""
        sought = [item for item in handoff.sought if item.data.get("person") == person.id]
        answer = handoff.answers.get(person.id)
        return {
            "id": person.id,
            "name": person.name,
            "town": person.town or "",
            "skills": [skill.replace("_", " ") for skill in person.skills],
            "from": person.from_,
            "until": person.until,
            "asked_ms": sought[-1].t_ms if sought else None,
            "accepts": bool(answer.data["accepts"]) if answer is not None else None,
            "said": self._view.text(answer) if answer is not None else "",
        }

    def _read_back(self, handoff: Handoff) -> dict[str, Any] | None:
        """Give what the relief said back; right and wrong where it was judged at once."""
        item = handoff.read_back
        if item is None:
            return None
        data = item.data
        judged = "wrong" in data
        wrong = set(data.get("wrong", ()))
        return {
            "who": self._view.name(str(data.get("who") or "")) if data.get("who") else self._view.by(item),
            "t_ms": item.t_ms,
            "right": data.get("right"),
            "of": data.get("of"),
            "rows": [
                {"id": id_, "answer": str(answer), "right": id_ not in wrong if judged else None}
                for id_, answer in dict(data.get("answers", {})).items()
            ],
        }

    def _accepted(self, handoff: Handoff) -> dict[str, Any] | None:
        item = handoff.accepted
        if item is None:
            return None
        who = self._view.name(str(item.data.get("who", "")))
        return {"who": who, "t_ms": item.t_ms, "gaps": [str(gap) for gap in item.data.get("gaps", ())]}
