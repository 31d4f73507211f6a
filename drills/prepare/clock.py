"""Checks of the clock: skips, and answers to what a freeze asks."""

from __future__ import annotations

from typing import Any

from drills import acts, skip
from drills.engine import Engine
from drills.errors import Refused
from drills.prepare.checks import check, known


@check(acts.Skip)
def _skip(engine: Engine, seat: str, act: acts.Skip) -> dict[str, Any]:
    hindrance = skip.hindrance(engine)
    if hindrance is not None:
        raise Refused(f"skip refused: {hindrance[0]}", hindrance[1], status=409)
    _terms(engine, act)
    if act.card is not None:
        known("seat or person to watch", act.card.watches, skip.watchers(engine))
    return {}


def _terms(engine: Engine, act: acts.Skip) -> None:
    """A quiet time takes a card, and no skip goes beyond the next one."""
    quiet, story = skip.quiet_time(engine, engine.now_ms), engine.scenario.story
    if quiet is None:
        return
    if act.to_ms > quiet.to_ms:
        raise Refused(
            f"skip refused: nobody would look between {story(quiet.to_ms)} and {story(act.to_ms)}",
            f"skip to {story(quiet.to_ms)} at most, then look",
        )
    if act.to_ms > quiet.from_ms and act.card is None:
        raise Refused(
            f"skip refused: the quiet time from {story(quiet.from_ms)} takes a skip card",
            "say on it who watches, when the next update is due, and what stops the skip",
        )


@check(acts.AnswerFreeze)
def _answer(engine: Engine, seat: str, act: acts.AnswerFreeze) -> dict[str, Any]:
    asked = engine.board.freeze
    if asked is None or asked.about != act.freeze:
        raise Refused(
            f"the drill does not ask {act.freeze!r} now", "it was answered, or the time was over", status=409
        )
    return {}
