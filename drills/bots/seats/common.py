"""Rules that several seats share: pages, phones, calls, tasks, tickets passed on."""

from __future__ import annotations

from typing import Any

from drills.board import Task
from drills.bots.bot import Command, Rule
from drills.bots.commands import chance, claim, look, say, service
from drills.bots.finding import call_to_join, new_task, new_ticket, phone, ringing
from drills.bots.policy import Policy
from drills.eyes import Eyes
from drills.record import Item

MEETING_MIN = 6.0
"""Minutes of a call (drill book, section 6)."""


def reached(policy: Policy, *, phones_are_work: bool = False) -> list[Rule]:
    """Answer what rings, join calls, note them.

    Args:
        phones_are_work: a phone tears this seat out of nothing.
    """
    return [
        Rule("ack", 1, ringing, lambda eyes, page: ("acknowledge_page", {"page": page})),
        Rule("phone", 1, phone, _pick_up, interrupts=not phones_are_work),
        Rule("join", 0.5, call_to_join, lambda eyes, call: ("join_call", {"call": call})),
        Rule("in-call", _call_minutes, _joined, lambda eyes, call: None),
        Rule("note-call", 2, _to_note(policy), _note),
    ]


def _pick_up(eyes: Eyes, call: str) -> Command:
    return ("answer_phone", {"call": call})


def _call_minutes(eyes: Eyes, call: str) -> float:
    """A meeting takes its time; who rings up says what they want and hangs up."""
    return MEETING_MIN if not call.startswith("phone") else 3.0


def _joined(eyes: Eyes) -> str:
    calls = (c for c in eyes.calls() if eyes.seat in c.joined and c.medium != "video")
    return next((call.id for call in reversed(list(calls))), "")


def _to_note(policy: Policy) -> Any:
    """Find the calls of this seat with people outside that nobody has noted."""

    def find(eyes: Eyes) -> list[str]:
        desk_calls = {str(item.data.get("call") or "") for item in eyes.all("report.received")}
        return [
            call.id
            for call in eyes.calls()
            if not call.noted
            and call.id not in desk_calls
            and (call.ended_ms is not None or call.id.startswith("phone"))
            and (call.by == eyes.seat or call.id.startswith("phone"))
            and chance(eyes, f"note:{call.id}") < policy.note_share
        ]

    return find


def _note(eyes: Eyes, call_id: str) -> Command | None:
    call = next((each for each in eyes.calls() if each.id == call_id), None)
    if call is None:
        return None
    with_author = bool({"author"} & {call.by, *call.to})
    claims = (
        [claim(service(eyes), "cause", "memory_leak"), claim(service(eyes), "mitigation", "fixed_slots")]
        if with_author
        else [claim("response", "next_step", "as agreed in the call, tech_lead")]
    )
    return ("note_call", {"call": call_id, "text": CALL_NOTE, "claims": claims})


CALL_NOTE = "Said in the call, so that everybody has it."

# --- tasks


def tasks() -> list[Rule]:
    """Take a task, do the operation it names, look, say what came of it."""
    return [
        Rule("take-task", 0.5, new_task, lambda eyes, task: ("acknowledge_task", {"task": task})),
        Rule("operate", 1, _to_start, _start, if_refused=_report_failed),
        Rule("look-after", 2, last_ended, _look_after),
        Rule("report", 0.5, _finished, _report),
        Rule("unclear", 1, _without_operation, lambda eyes, _: say(UNCLEAR)),
    ]


UNCLEAR = "I have the task. For a change, name the operation, under Operations, so that I do just that."


def _to_start(eyes: Eyes) -> list[str]:
    return [
        task.id
        for task in eyes.tasks()
        if task.state == "acknowledged" and task.item.data.get("operation") and job_of(eyes, task) is None
    ]


def job_of(eyes: Eyes, task: Task) -> Item | None:
    """Give the start of the operation that a task asked for, or None."""
    wanted = task.item
    return next(
        (
            item
            for item in eyes.all("operation.started")
            if item.t_ms >= wanted.t_ms
            and item.data["operation"] == wanted.data["operation"]
            and _same(item.data["params"], wanted.data["params"])
        ),
        None,
    )


def _same(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(found.get(name) == value for name, value in wanted.items())


def _start(eyes: Eyes, task: str) -> Command | None:
    wanted = next((each for each in eyes.tasks() if each.id == task), None)
    if wanted is None:
        return None
    data = wanted.item.data
    return (
        "start_operation",
        {"operation": data["operation"], "params": dict(data["params"]), "under": task},
    )


def _without_operation(eyes: Eyes) -> list[str]:
    return [t.id for t in eyes.tasks() if t.state == "acknowledged" and not t.item.data.get("operation")]


def _ended(eyes: Eyes) -> list[Item]:
    """Operations of this seat that have ended."""
    own = {str(item.data["job_id"]) for item in eyes.all("operation.started") if item.seat == eyes.seat}
    return [item for item in eyes.all("operation.finished") if str(item.data.get("job_id")) in own]


def last_ended(eyes: Eyes) -> str:
    """Find the operation of this seat that ended last."""
    ended = _ended(eyes)
    return str(ended[-1].n) if ended else ""


def _look_after(eyes: Eyes, n: str) -> Command | None:
    item = next((item for item in _ended(eyes) if str(item.n) == n), None)
    return look(str(item.data.get("target") or "sites"), "dashboard") if item is not None else None


def _finished(eyes: Eyes) -> list[str]:
    finished = {str(item.data.get("job_id")) for item in _ended(eyes)}
    found = []
    for task in eyes.tasks():
        if task.state != "acknowledged" or not task.item.data.get("operation"):
            continue
        job = job_of(eyes, task)
        if job is not None and str(job.data["job_id"]) in finished:
            found.append(task.id)
    return found


def _report(eyes: Eyes, task: str) -> Command:
    wanted = next(each for each in eyes.tasks() if each.id == task)
    started = job_of(eyes, wanted)
    ended = {str(item.data["job_id"]): item for item in _ended(eyes)}
    job = ended.get(str(started.data["job_id"])) if started is not None else None
    result = "done" if job is not None and job.data.get("result") == "done" else "failed"
    note = str(job.data.get("note") or "") if job is not None else ""
    return ("report_task", {"task": task, "result": result, "text": note[:1].upper() + note[1:]})


def _report_failed(eyes: Eyes, task: str) -> Command:
    return ("report_task", {"task": task, "result": "failed"})


# --- tickets passed on


def tickets(solve: dict[str, str]) -> list[Rule]:
    """Take a ticket that was passed here, do what solves it, give it back to the desk.

    Args:
        solve: operation by id of the trouble it ends.
    """
    return [
        Rule(
            "take-ticket", 1, new_ticket, lambda eyes, key: ("accept_ticket", {"ticket": key.split("@")[0]})
        ),
        Rule("article", 1, _mine_with(solve), _read_article),
        Rule("solve", 2, _mine_with(solve), lambda eyes, ticket: _solve(eyes, ticket, solve)),
        Rule("solved", 3, _solved(solve), _resolve),
        Rule(
            "give-back", 1, _to_give_back(solve), lambda eyes, ticket: ("return_ticket", {"ticket": ticket})
        ),
    ]


def _mine_with(solve: dict[str, str]) -> Any:
    def find(eyes: Eyes) -> list[str]:
        return [
            ticket.id
            for ticket in eyes.tickets()
            if ticket.with_ == eyes.seat
            and ticket.accepted
            and ticket.state == "open"
            and eyes.trouble_of_ticket(ticket) in solve
        ]

    return find


def _read_article(eyes: Eyes, ticket_id: str) -> Command | None:
    article = eyes.article_for(ticket_id)
    return ("open_article", {"article": article}) if article else None


def _solve(eyes: Eyes, ticket_id: str, solve: dict[str, str]) -> Command | None:
    ticket = next(t for t in eyes.tickets() if t.id == ticket_id)
    operation = solve[eyes.trouble_of_ticket(ticket)]
    params = {"from_site": _standing(eyes)} if operation == "reprint" else {}
    return ("start_operation", {"operation": operation, "params": params})


def _standing(eyes: Eyes) -> str:
    """Give a primary site that serves."""
    sites = [site.id for site in eyes.reading().sites if site.in_rotation and not site.standby]
    return sites[-1] if sites else ""


def _solved(solve: dict[str, str]) -> Any:
    def find(eyes: Eyes) -> list[str]:
        return [
            ticket.id
            for ticket in eyes.tickets()
            if ticket.with_ == eyes.seat
            and ticket.state == "open"
            and ticket.accepted
            and (operation := solve.get(eyes.trouble_of_ticket(ticket)))
            and (job := eyes.job_done(operation)) is not None
            and job.data.get("result") == "done"
        ]

    return find


def _resolve(eyes: Eyes, ticket: str) -> Command:
    return ("resolve_ticket", {"ticket": ticket, "code": "solved", "text": "Done, with the article."})


def _to_give_back(solve: dict[str, str]) -> Any:
    def find(eyes: Eyes) -> list[str]:
        return [
            t.id
            for t in eyes.tickets()
            if t.with_ == eyes.seat and t.state == "resolved" and eyes.trouble_of_ticket(t) in solve
        ]

    return find
