"""Checks of operations."""

from __future__ import annotations

from typing import Any

from drills import acts
from drills.engine import Engine
from drills.errors import Refused
from drills.prepare.checks import check, known
from simulator import BadParameters
from simulator.operations import parse as parse_operation


@check(acts.StartOperation)
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
    if act.under is not None:
        known("task", act.under, engine.board.tasks)
    return {"job_id": engine.board.next_id("op"), "target": operation.target or ""}


@check(acts.CancelOperation)
def _job(engine: Engine, seat: str, act: acts.CancelOperation) -> dict[str, Any]:
    job = next((job for job in engine.world.jobs if job.job_id == act.job_id), None)
    if job is None or job.state != "running":
        raise Refused(f"no operation {act.job_id!r} is running", "see what is running", status=404)
    return {}
