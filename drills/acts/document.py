"""Finding out and writing down: the incident document, looks, hypotheses, runbooks and articles."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from drills.acts.base import Act, Claim, Id, Text, act

StepNumber = Annotated[int, Field(ge=1, le=50)]

# --- the living record


@act
class OpenDocument(Act):
    """Open the incident document, linked from the ticket and the channel."""

    command, kind = "open_document", "doc.opened"
    linked: tuple[Literal["ticket", "channel"], ...] = ("ticket", "channel")
    sections: tuple[Id, ...] = ("state", "roles", "timeline")


@act
class LinkDocument(Act):
    """Link the document from one more place."""

    command, kind = "link_document", "doc.linked"
    to: Literal["ticket", "channel"]


@act
class EditDocument(Act):
    """Write a section of the incident document; `links` are ids of what it tells of (op-3, call-1)."""

    command, kind, about = "edit_document", "doc.edited", "section"
    section: Id
    text: Text = ""
    claims: tuple[Claim, ...] = ()
    links: Annotated[tuple[Id, ...], Field(max_length=20)] = ()


@act
class ViewDocument(Act):
    """Read the incident document."""

    command, kind = "view_document", "doc.viewed"


# --- finding out


@act
class TakeLook(Act):
    """Look at an instrument: logs, changes, a chart, a map cell, or what a customer sees (`user_side`)."""

    command, kind, about = "take_look", "look.taken", "target"
    target: Id
    signal: Id = "dashboard"


@act
class RecordHypothesis(Act):
    """Put a possible cause on the board."""

    command, kind, about = "record_hypothesis", "hypothesis.recorded", "hypothesis"
    hypothesis: Id = "hypothesis"
    text: Text
    evidence: Text = ""
    cause: Id | None = None


@act
class RuleOutHypothesis(Act):
    """Strike a hypothesis."""

    command, kind, about = "rule_out_hypothesis", "hypothesis.ruled_out", "hypothesis"
    hypothesis: Id
    text: Text = ""


@act
class ConfirmHypothesis(Act):
    """Say that a hypothesis holds."""

    command, kind, about = "confirm_hypothesis", "hypothesis.confirmed", "hypothesis"
    hypothesis: Id
    text: Text = ""


# --- runbooks and articles


@act
class OpenRunbook(Act):
    """Open a runbook."""

    command, kind, about = "open_runbook", "runbook.opened", "page"
    page: Id


@act
class TickStep(Act):
    """Tick a step of a runbook as done."""

    command, kind, about = "tick_step", "runbook.step_ticked", "page"
    page: Id
    step: StepNumber


@act
class NoteGap(Act):
    """Note what a runbook's step lacks or gets wrong."""

    command, kind, about = "note_gap", "runbook.gap_noted", "page"
    page: Id
    step: StepNumber
    text: Text = ""


@act
class ReviseRunbook(Act):
    """Write a runbook's step anew."""

    command, kind, about = "revise_runbook", "runbook.revised", "page"
    page: Id
    step: StepNumber
    text: Text


@act
class OpenArticle(Act):
    """Open an article of the knowledge base."""

    command, kind, about = "open_article", "article.opened", "article"
    article: Id
