"""Checks of the facilitator's acts: an inject must be there, and nobody has done the same already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drills import acts
from drills.engine import Engine
from drills.errors import Refused
from drills.prepare.checks import check, known

if TYPE_CHECKING:
    from drills.director.script import Planned

UNDO_S = 10.0
"""Wall seconds in which an inject by hand can be taken back, at the speed at which it was sent."""


def _planned(engine: Engine, inject: str) -> Planned:
    known("inject", inject, engine.director.planned)
    return engine.director.planned[inject]


def _demand_not_come(engine: Engine, planned: Planned, what: str) -> None:
    """Demand that an inject has not come yet; of two facilitators the second learns when it did."""
    if planned.fired:
        at = engine.scenario.story(planned.fired_ms)
        raise Refused(f"{what} refused: already done, {planned.inject.id} came at {at}", "see the timeline")


def _demand_there(planned: Planned, what: str) -> None:
    if planned.withdrawn:
        raise Refused(
            f"{what} refused: {planned.inject.id} was taken back", "trigger it, if it shall come after all"
        )


@check(acts.TriggerInject)
def _trigger(engine: Engine, seat: str, act: acts.TriggerInject) -> dict[str, Any]:
    _demand_not_come(engine, _planned(engine, act.inject), "trigger")
    return {}


@check(acts.HoldInject)
def _hold(engine: Engine, seat: str, act: acts.HoldInject) -> dict[str, Any]:
    planned = _planned(engine, act.inject)
    _demand_there(planned, "hold")
    if not planned.repeating:
        _demand_not_come(engine, planned, "hold")
    if planned.held:
        raise Refused(f"hold refused: already done, {act.inject} is held", "release it, or leave it held")
    return {}


@check(acts.ReleaseInject)
def _release(engine: Engine, seat: str, act: acts.ReleaseInject) -> dict[str, Any]:
    planned = _planned(engine, act.inject)
    _demand_there(planned, "release")
    if not planned.held:
        raise Refused(f"release refused: already done, {act.inject} is not held", "see the timeline")
    return {}


@check(acts.MoveInject)
def _move(engine: Engine, seat: str, act: acts.MoveInject) -> dict[str, Any]:
    planned, scenario = _planned(engine, act.inject), engine.scenario
    _demand_there(planned, "move")
    _demand_not_come(engine, planned, "move")
    if act.to_ms > scenario.end_ms:
        raise Refused(
            f"move refused: {scenario.story(act.to_ms)} is after the end of the drill",
            f"choose a time until {scenario.story(scenario.end_ms)}",
            status=400,
        )
    if planned.moved_ms == act.to_ms:
        raise Refused(
            f"move refused: already done, {act.inject} comes at {scenario.story(act.to_ms)}",
            "see the timeline",
        )
    return {}


@check(acts.WithdrawInject)
def _withdraw(engine: Engine, seat: str, act: acts.WithdrawInject) -> dict[str, Any]:
    planned = _planned(engine, act.inject)
    if planned.withdrawn:
        raise Refused(f"withdraw refused: already done, {act.inject} was taken back", "see the timeline")
    if planned.fired:
        at = engine.scenario.story(planned.fired_ms)
        raise Refused(
            f"withdraw refused: too late, {act.inject} came at {at}", "tell the seat that it does not count"
        )
    return {}


@check(acts.AddInject)
def _add(engine: Engine, seat: str, act: acts.AddInject) -> dict[str, Any]:
    """Give the inject its name, and the drill time at which it comes."""
    speakers = [*engine.personas, *(person.id for person in engine.scenario.people)]
    known("persona or person to send from", act.sender, speakers)
    for to in act.to:
        known("seat in this drill", to, engine.seats)
    if act.trouble is not None:
        known("trouble", act.trouble, [trouble.id for trouble in engine.scenario.troubles])
    undo_ms = engine.now_ms + round(UNDO_S * 1000.0 * engine.speed)
    number = 1 + sum(1 for each in engine.director.planned.values() if each.by_hand)
    while f"hand-{number}" in engine.director.planned:
        number += 1
    return {"inject": f"hand-{number}", "due_ms": max(undo_ms, act.at_ms or 0)}


@check(acts.NudgeSeat)
def _nudge(engine: Engine, seat: str, act: acts.NudgeSeat) -> dict[str, Any]:
    known("seat in this drill", act.to, engine.seats)
    return {}
