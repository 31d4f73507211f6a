"""Checks of the retrospective."""

from __future__ import annotations

from typing import Any

from drills import acts
from drills.engine import Engine
from drills.errors import Refused
from drills.prepare.checks import check, known


@check(acts.HoldRetro)
def _retro(engine: Engine, seat: str, act: acts.HoldRetro) -> dict[str, Any]:
    for each in act.present:
        known("seat", each, engine.seats)
    return {"present": list(dict.fromkeys(act.present))}


@check(acts.AddFactor)
def _factor(engine: Engine, seat: str, act: acts.AddFactor) -> dict[str, Any]:
    _held(engine)
    return {"factor": engine.board.next_id("factor")}


@check(acts.RewriteFactor)
def _rewrite(engine: Engine, seat: str, act: acts.RewriteFactor) -> dict[str, Any]:
    known("factor", act.factor, engine.board.retro.factors)
    return {}


@check(acts.FlagBlame)
def _blame(engine: Engine, seat: str, act: acts.FlagBlame) -> dict[str, Any]:
    known("factor or follow-up", act.item, [*engine.board.retro.factors, *engine.board.retro.follow_ups])
    return {}


@check(acts.LinkStep, acts.AddContext)
def _part(engine: Engine, seat: str, act: acts.LinkStep | acts.AddContext) -> dict[str, Any]:
    _held(engine)
    return {}


@check(acts.CreateFollowUp)
def _follow_up(engine: Engine, seat: str, act: acts.CreateFollowUp) -> dict[str, Any]:
    _held(engine)
    if act.owner is not None:
        known("seat", act.owner, engine.seats)
    if act.factor is not None:
        known("factor", act.factor, engine.board.retro.factors)
    if act.runbook is not None:
        known("runbook", act.runbook, [book.id for book in engine.scenario.runbooks])
    return {"follow_up": engine.board.next_id("follow_up")}


def _held(engine: Engine) -> None:
    if engine.board.retro.held is None:
        raise Refused("the retrospective has not begun", "hold the meeting first", status=409)
