"""Checks of the document, hypotheses, runbooks and articles."""

from __future__ import annotations

from typing import Any

from drills import acts
from drills.engine import Engine
from drills.errors import Refused
from drills.prepare.checks import check, known


@check(acts.OpenDocument)
def _document(engine: Engine, seat: str, act: acts.OpenDocument) -> dict[str, Any]:
    if engine.board.document.opened_ms is not None:
        raise Refused("the incident document is open already", "write in it", status=409)
    return {}


@check(acts.EditDocument, acts.LinkDocument, acts.ViewDocument)
def _document_open(engine: Engine, seat: str, act: acts.Act) -> dict[str, Any]:
    if engine.board.document.opened_ms is None:
        raise Refused("there is no incident document yet", "open it first", status=409)
    return {}


@check(acts.RecordHypothesis)
def _hypothesis_new(engine: Engine, seat: str, act: acts.RecordHypothesis) -> dict[str, Any]:
    return {"hypothesis": engine.board.next_id("hypothesis")}


@check(acts.RuleOutHypothesis, acts.ConfirmHypothesis)
def _hypothesis(
    engine: Engine, seat: str, act: acts.RuleOutHypothesis | acts.ConfirmHypothesis
) -> dict[str, Any]:
    if act.hypothesis not in engine.board.hypotheses:
        raise Refused(f"no hypothesis {act.hypothesis!r}", "record it first", status=404)
    return {}


@check(acts.OpenRunbook, acts.TickStep, acts.NoteGap, acts.ReviseRunbook)
def _runbook(engine: Engine, seat: str, act: Any) -> dict[str, Any]:
    books = {book.id: book for book in engine.scenario.runbooks}
    known("runbook", act.page, books)
    step = getattr(act, "step", None)
    if step is not None and step > len(books[act.page].steps):
        count = len(books[act.page].steps)
        raise Refused(f"{books[act.page].title} has no step {step}", f"it has {count} steps", status=404)
    return {}


@check(acts.OpenArticle)
def _article(engine: Engine, seat: str, act: acts.OpenArticle) -> dict[str, Any]:
    known("article", act.article, [each.id for each in engine.scenario.articles])
    return {}
