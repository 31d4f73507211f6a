"""From an act to the data of its entry: what it refers to must exist, and it must be possible now."""

from __future__ import annotations

import hashlib
from typing import Any

from drills import acts
from drills.acts import TEXT_FIELDS, Act
from drills.engine import Engine
from drills.errors import Refused
from simulator import BadParameters
from simulator.operations import parse as parse_operation


def prepare(engine: Engine, seat: str, act: Act) -> dict[str, Any]:
    """Give the data an act will have in the journal, free text still in it.

    Raises:
        Refused: the act refers to nothing that exists, or is not possible now.
    """
    check = _CHECKS.get(type(act))
    data = act.model_dump(mode="json")
    if check is not None:
        data |= check(engine, seat, act)
    return data


def put_texts_aside(data: dict[str, Any], salt: str) -> tuple[dict[str, Any], dict[str, tuple[str, str]]]:
    """Replace free text by salted digests; give the data and {digest: (salt, body)}."""
    kept, bodies = dict(data), {}
    for name in TEXT_FIELDS:
        body = kept.get(name)
        if not isinstance(body, str):
            continue
        digest = hashlib.sha256(f"{salt}\0{name}\0{body}".encode()).hexdigest()
        bodies[digest] = (salt, body)
        kept[name] = {"text": digest}
    return kept, bodies


def _page(engine: Engine, seat: str, act: acts.AcknowledgePage) -> dict[str, Any]:
    page = engine.board.pages.get(act.page)
    if page is None or page.to != seat:
        raise Refused(f"no page {act.page!r} waits for you", "see the pages on your screen", status=404)
    if page.state == "acknowledged":
        raise Refused("this page is acknowledged already", "nothing to do", status=409)
    return {}


def _page_someone(engine: Engine, seat: str, act: acts.PageSomeone) -> dict[str, Any]:
    if act.to not in engine.seats and act.to not in engine.personas:
        raise Refused(f"nobody called {act.to!r} can be paged", "choose from the list of people", status=404)
    if act.to == seat:
        raise Refused("you cannot page yourself", "choose somebody else", status=400)
    return {}


def _seat_exists(engine: Engine, seat: str, act: Any) -> dict[str, Any]:
    if act.to not in engine.seats:
        raise Refused(
            f"no seat {act.to!r} in this drill", f"choose one of {', '.join(engine.seats)}", status=404
        )
    return {}


def _assign(engine: Engine, seat: str, act: acts.AssignTask) -> dict[str, Any]:
    _seat_exists(engine, seat, act)
    return {"task": engine.board.next_id("task")}


def _task(engine: Engine, seat: str, act: acts.AcknowledgeTask | acts.ReportTask) -> dict[str, Any]:
    task = engine.board.tasks.get(act.task)
    if task is None:
        raise Refused(f"no task {act.task!r}", "see the tasks on your screen", status=404)
    if task.to != seat:
        raise Refused(f"task {act.task} is not yours", "ask who has it on the channel", status=403)
    return {}


def _role(engine: Engine, seat: str, act: acts.AssumeRole) -> dict[str, Any]:
    if act.role not in engine.scenario.role_table:
        raise Refused(
            f"no role {act.role!r}", f"choose one of {', '.join(engine.scenario.role_table)}", status=404
        )
    return {}


def _update(engine: Engine, seat: str, act: acts.SendUpdate) -> dict[str, Any]:
    known = [each.id for each in engine.scenario.lists]
    if act.list not in known:
        raise Refused(f"no distribution list {act.list!r}", f"choose one of {', '.join(known)}", status=404)
    if not act.text and not act.claims:
        raise Refused("the update says nothing", "write a sentence or fill a field", status=400)
    return {}


def _question(engine: Engine, seat: str, act: acts.AnswerQuestion) -> dict[str, Any]:
    question = engine.board.questions.get(act.question)
    if question is None:
        raise Refused(f"no question {act.question!r}", "see what is asked of you", status=404)
    return {"to": question.from_}


def _persona(engine: Engine, seat: str, act: acts.PhoneSomeone | acts.NoteCall) -> dict[str, Any]:
    if act.to not in engine.seats and act.to not in engine.personas:
        raise Refused(f"nobody called {act.to!r} to ring", "choose from the list of people", status=404)
    return {}


def _document(engine: Engine, seat: str, act: acts.OpenDocument) -> dict[str, Any]:
    if engine.board.document.opened_ms is not None:
        raise Refused("the incident document is open already", "write in it", status=409)
    return {}


def _document_open(engine: Engine, seat: str, act: Act) -> dict[str, Any]:
    if engine.board.document.opened_ms is None:
        raise Refused("there is no incident document yet", "open it first", status=409)
    return {}


def _hypothesis_new(engine: Engine, seat: str, act: acts.RecordHypothesis) -> dict[str, Any]:
    return {"hypothesis": engine.board.next_id("hypothesis")}


def _hypothesis(
    engine: Engine, seat: str, act: acts.RuleOutHypothesis | acts.ConfirmHypothesis
) -> dict[str, Any]:
    if act.hypothesis not in engine.board.hypotheses:
        raise Refused(f"no hypothesis {act.hypothesis!r}", "record it first", status=404)
    return {}


def _ticket_new(engine: Engine, seat: str, act: acts.LogTicket) -> dict[str, Any]:
    return {"ticket": engine.board.next_id("ticket")}


def _ticket(engine: Engine, seat: str, act: Any) -> dict[str, Any]:
    ticket = engine.board.tickets.get(act.ticket)
    if ticket is None:
        raise Refused(f"no ticket {act.ticket!r}", "log it first", status=404)
    if ticket.state == "closed":
        raise Refused(
            f"ticket {act.ticket} is closed",
            "a closed ticket takes no more changes; log a new one",
            status=409,
        )
    return {}


def _operation(engine: Engine, seat: str, act: acts.StartOperation) -> dict[str, Any]:
    try:
        operation = parse_operation(act.operation, dict(act.params))
    except BadParameters as error:
        raise Refused(
            f"{act.operation} is not understood: {error}", "choose from the form", status=400
        ) from None
    why_not = engine.world.refusal(operation)
    if why_not:
        raise Refused(f"{operation.title} refused: {why_not}", "see what it needs in the preview", status=409)
    return {"job_id": engine.board.next_id("op"), "target": operation.target or ""}


def _job(engine: Engine, seat: str, act: acts.CancelOperation) -> dict[str, Any]:
    job = next((job for job in engine.world.jobs if job.job_id == act.job_id), None)
    if job is None or job.state != "running":
        raise Refused(f"no operation {act.job_id!r} is running", "see what is running", status=404)
    return {}


_CHECKS: dict[type[Act], Any] = {
    acts.AcknowledgePage: _page,
    acts.PageSomeone: _page_someone,
    acts.AssignTask: _assign,
    acts.AcknowledgeTask: _task,
    acts.ReportTask: _task,
    acts.AssumeRole: _role,
    acts.SendUpdate: _update,
    acts.AnswerQuestion: _question,
    acts.PhoneSomeone: _persona,
    acts.NoteCall: _persona,
    acts.OpenDocument: _document,
    acts.EditDocument: _document_open,
    acts.LinkDocument: _document_open,
    acts.ViewDocument: _document_open,
    acts.RecordHypothesis: _hypothesis_new,
    acts.RuleOutHypothesis: _hypothesis,
    acts.ConfirmHypothesis: _hypothesis,
    acts.LogTicket: _ticket_new,
    acts.PrioritiseTicket: _ticket,
    acts.ResolveTicket: _ticket,
    acts.ReturnTicket: _ticket,
    acts.AskReporter: _ticket,
    acts.CloseTicket: _ticket,
    acts.StartOperation: _operation,
    acts.CancelOperation: _job,
}
