"""Checks of pages, roles, tasks, relief and handoff."""

from __future__ import annotations

from typing import Any

from drills import acts
from drills.engine import Engine
from drills.errors import Refused
from drills.prepare.checks import check, known, reachable


@check(acts.AcknowledgePage)
def _page(engine: Engine, seat: str, act: acts.AcknowledgePage) -> dict[str, Any]:
    page = engine.board.pages.get(act.page)
    if page is None or page.to != seat:
        raise Refused(f"no page {act.page!r} waits for you", "see the pages on your screen", status=404)
    if page.state == "acknowledged":
        raise Refused("this page is acknowledged already", "nothing to do", status=409)
    return {}


@check(acts.PageSomeone)
def _page_someone(engine: Engine, seat: str, act: acts.PageSomeone) -> dict[str, Any]:
    known("person", act.to, reachable(engine))
    if act.to == seat:
        raise Refused("you cannot page yourself", "choose somebody else", status=400)
    return {}


@check(acts.OpenIncident)
def _open_incident(engine: Engine, seat: str, act: acts.OpenIncident) -> dict[str, Any]:
    if act.ticket is not None:
        known("ticket", act.ticket, engine.board.tickets)
    for each in act.page:
        known("seat", each, engine.seats)
    if act.list is not None:
        known("distribution list", act.list, [each.id for each in engine.scenario.lists])
    if act.runbook is not None:
        known("runbook", act.runbook, [book.id for book in engine.scenario.runbooks])
    return {}


def opens(engine: Engine, seat: str, act: acts.Act) -> list[acts.Act]:
    """Give the acts that one act brings along: what opening an incident opens."""
    if not isinstance(act, acts.OpenIncident):
        return []
    found: list[acts.Act] = [acts.DeclareSeverity(level=act.severity)]
    if engine.board.document.opened_ms is None:
        found.append(acts.OpenDocument())
    found.append(acts.SetTimer(minutes=act.every_min))
    found.extend(acts.PageSomeone(to=each) for each in act.page if each != seat)
    if act.runbook is not None:
        found.append(acts.OpenRunbook(page=act.runbook))
    return found


@check(acts.AssumeRole, acts.AnnounceRole, acts.ConfirmRole, acts.SeekStaff, acts.WriteHandoff)
def _role(engine: Engine, seat: str, act: Any) -> dict[str, Any]:
    known("role", act.role, engine.scenario.role_table)
    if isinstance(act, acts.AnnounceRole):
        known("person", act.holder, reachable(engine))
    if isinstance(act, acts.SeekStaff) and act.person is not None:
        known("person on the rota", act.person, [person.id for person in engine.scenario.people])
    if isinstance(act, acts.WriteHandoff) and engine.scenario.handoff is not None:
        known("section of the handoff", act.section, [s.id for s in engine.scenario.handoff.sections])
    return {}


@check(acts.ReadBack)
def _read_back(engine: Engine, seat: str, act: acts.ReadBack) -> dict[str, Any]:
    known("role", act.role, engine.scenario.role_table)
    asked = [each.id for each in engine.scenario.handoff.read_back] if engine.scenario.handoff else []
    for question in act.answers:
        known("question of the read-back", question, asked)
    return {}


@check(acts.HandOffRole)
def _hand_off(engine: Engine, seat: str, act: acts.HandOffRole) -> dict[str, Any]:
    known("role", act.role, engine.scenario.role_table)
    holder = engine.board.roles.get(act.role, (act.role, 0))[0]
    if seat not in (holder, act.role):
        raise Refused(f"the {act.role} role is not yours to hand over", "ask who holds it", status=403)
    known("person on the rota", act.to, [person.id for person in engine.scenario.people])
    answer = engine.board.handoff(act.role).answers.get(act.to)
    if answer is None or not answer.data["accepts"]:
        raise Refused(
            f"{engine.scenario.names()[act.to]} has not agreed to take over",
            "ask them first: look for staff, and wait for a yes",
            status=409,
        )
    return {}


@check(acts.AssignTask)
def _assign(engine: Engine, seat: str, act: acts.AssignTask) -> dict[str, Any]:
    known("seat", act.to, engine.seats)
    return {"task": engine.board.next_id("task")}


@check(acts.AcknowledgeTask, acts.ReportTask)
def _task(engine: Engine, seat: str, act: acts.AcknowledgeTask | acts.ReportTask) -> dict[str, Any]:
    task = engine.board.tasks.get(act.task)
    if task is None:
        raise Refused(f"no task {act.task!r}", "see the tasks on your screen", status=404)
    if task.to != seat:
        raise Refused(f"task {act.task} is not yours", "ask who has it on the channel", status=403)
    return {}
