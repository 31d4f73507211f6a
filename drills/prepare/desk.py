"""Checks of reports, tickets and problem records."""

from __future__ import annotations

from typing import Any

from drills import acts
from drills.board import Ticket
from drills.engine import Engine
from drills.errors import Refused
from drills.prepare.checks import check, known, reachable

MONITOR = "monitor"


@check(acts.AnswerPhone)
def _phone(engine: Engine, seat: str, act: acts.AnswerPhone) -> dict[str, Any]:
    phone = engine.board.phones.get(act.call)
    if phone is None or phone.to != seat:
        raise Refused(f"no phone {act.call!r} rings at your seat", "see what waits for you", status=404)
    if phone.state != "ringing":
        raise Refused("it has stopped ringing", "they will try again, or ring them back", status=409)
    return {}


@check(acts.FileReport)
def _report(engine: Engine, seat: str, act: acts.FileReport) -> dict[str, Any]:
    known("service or site", act.service, services(engine))
    return {}


def services(engine: Engine) -> list[str]:
    """Give what a ticket may name as affected: the promised service, services, sites."""
    world = engine.scenario.world
    return [world.level.id, *(each.id for each in world.services), *(each.id for each in world.sites)]


@check(acts.LogTicket)
def _ticket_new(engine: Engine, seat: str, act: acts.LogTicket) -> dict[str, Any]:
    _reporter(engine, act.reporter)
    if act.service is not None:
        known("service or site", act.service, services(engine))
    if act.report is not None:
        known("report", act.report, engine.board.reports)
    if act.alert is not None:
        known("alert", act.alert, engine.board.alerts)
    told = engine.board.reports.get(act.report or "")
    alert = engine.board.alerts.get(act.alert or "")
    told_ms = told.told_ms if told is not None else alert.t_ms if alert is not None else engine.now_ms
    return {
        "ticket": engine.board.next_id("ticket"),
        "reported_ms": told_ms if act.reported_ms is None else act.reported_ms,
        "described": bool(act.description or act.title),
    }


def _reporter(engine: Engine, reporter: str) -> None:
    senders = dict.fromkeys(report.from_ for report in engine.board.reports.values())
    known("person", reporter, [MONITOR, *reachable(engine), *senders])


@check(acts.CorrectTicket)
def _correct(engine: Engine, seat: str, act: acts.CorrectTicket) -> dict[str, Any]:
    _open(engine, act.ticket)
    if act.reporter is not None:
        _reporter(engine, act.reporter)
    if act.service is not None:
        known("service or site", act.service, services(engine))
    return {} if act.description is None else {"described": bool(act.description)}


@check(acts.CategoriseTicket)
def _categorise(engine: Engine, seat: str, act: acts.CategoriseTicket) -> dict[str, Any]:
    _open(engine, act.ticket)
    categories = {each.id: {sub.id: sub for sub in each.subs} for each in engine.scenario.categories}
    known("category", act.category, categories)
    known("sub-category", act.sub, categories[act.category])
    return {"suggests": categories[act.category][act.sub].priority}


@check(acts.LinkTicket)
def _link(engine: Engine, seat: str, act: acts.LinkTicket) -> dict[str, Any]:
    _open(engine, act.ticket)
    if (act.report is None) == (act.duplicate is None):
        raise Refused("a link joins one report or one ticket", "name one of the two", status=400)
    if act.report is not None:
        known("report", act.report, engine.board.reports)
    if act.duplicate is not None:
        known("ticket", act.duplicate, engine.board.tickets)
        if act.duplicate == act.ticket:
            raise Refused("a ticket is no duplicate of itself", "name the other one", status=400)
    return {}


@check(acts.EscalateTicket)
def _escalate(engine: Engine, seat: str, act: acts.EscalateTicket) -> dict[str, Any]:
    _open(engine, act.ticket)
    known("person", act.to, reachable(engine))
    if act.to == seat:
        raise Refused("it is with you already", "name the next tier, or somebody with authority", status=400)
    return {}


@check(acts.AcceptTicket)
def _accept(engine: Engine, seat: str, act: acts.AcceptTicket) -> dict[str, Any]:
    ticket = _open(engine, act.ticket)
    if ticket.with_ != seat or ticket.accepted:
        raise Refused(f"ticket {act.ticket} does not wait for you", "see the tickets", status=409)
    return {}


@check(acts.ReturnTicket)
def _return(engine: Engine, seat: str, act: acts.ReturnTicket) -> dict[str, Any]:
    _open(engine, act.ticket)
    return {"to": next((desk for desk in engine.scenario.desks if desk in engine.seats), seat)}


@check(
    acts.PrioritiseTicket,
    acts.ResolveTicket,
    acts.AskReporter,
    acts.ConfirmService,
    acts.ConfirmRestored,
    acts.CloseTicket,
)
def _ticket(engine: Engine, seat: str, act: Any) -> dict[str, Any]:
    _open(engine, act.ticket)
    return {}


def _open(engine: Engine, ticket_id: str) -> Ticket:
    ticket = engine.board.tickets.get(ticket_id)
    if ticket is None:
        raise Refused(f"no ticket {ticket_id!r}", "log it first", status=404)
    if ticket.state == "closed":
        raise Refused(
            f"ticket {ticket_id} is closed",
            "a closed ticket takes no more changes; log a new one",
            status=409,
        )
    return ticket


@check(acts.RaiseProblem)
def _problem(engine: Engine, seat: str, act: acts.RaiseProblem) -> dict[str, Any]:
    known("ticket", act.ticket, engine.board.tickets)
    if act.category is not None:
        known("category", act.category, [each.id for each in engine.scenario.categories])
    return {"problem": engine.board.next_id("problem")}
