"""Checks of updates, answers, proposals and calls."""

from __future__ import annotations

from typing import Any

from drills import acts
from drills.board import Call
from drills.engine import Engine
from drills.errors import Refused
from drills.prepare.checks import check, known, reachable
from simulator import OPERATIONS


@check(acts.SendUpdate)
def _update(engine: Engine, seat: str, act: acts.SendUpdate) -> dict[str, Any]:
    known("distribution list", act.list, [each.id for each in engine.scenario.lists])
    if not act.text and not act.claims:
        raise Refused("the update says nothing", "write a sentence or fill a field", status=400)
    return {}


@check(acts.AnswerQuestion)
def _question(engine: Engine, seat: str, act: acts.AnswerQuestion) -> dict[str, Any]:
    question = engine.board.questions.get(act.question)
    if question is None:
        raise Refused(f"no question {act.question!r}", "see what is asked of you", status=404)
    return {"to": question.from_}


@check(acts.ProposeChange)
def _proposal(engine: Engine, seat: str, act: acts.ProposeChange) -> dict[str, Any]:
    known("operation", act.operation, OPERATIONS)
    return {}


@check(acts.RecordDecision)
def _decision(engine: Engine, seat: str, act: acts.RecordDecision) -> dict[str, Any]:
    if act.operation is not None:
        known("operation", act.operation, OPERATIONS)
    if act.to is not None:
        known("seat", act.to, engine.seats)
    return {}


@check(acts.StartCall)
def _call(engine: Engine, seat: str, act: acts.StartCall) -> dict[str, Any]:
    for each in act.to:
        known("person to ring", each, reachable(engine))
    if seat in act.to:
        raise Refused("you cannot ring yourself", "choose somebody else", status=400)
    return {"call": engine.board.next_id("call")}


@check(acts.JoinCall, acts.EndCall)
def _running(engine: Engine, seat: str, act: acts.JoinCall | acts.EndCall) -> dict[str, Any]:
    call = _mine(engine, seat, act.call)
    if call.ended_ms is not None:
        raise Refused("this call is over", "start a new one", status=409)
    return {}


@check(acts.NoteCall)
def _note(engine: Engine, seat: str, act: acts.NoteCall) -> dict[str, Any]:
    _mine(engine, seat, act.call)
    if not act.text and not act.claims:
        raise Refused("the note says nothing", "write what was decided or learned", status=400)
    return {}


def _mine(engine: Engine, seat: str, call_id: str) -> Call:
    call = engine.board.calls.get(call_id)
    if call is None or seat not in call.people:
        raise Refused(f"no call {call_id!r} of yours", "see your calls", status=404)
    return call
