"""Pages, roles, tasks, relief and handoff: who is in the response and what they hold."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from drills.acts.base import Act, Claim, Id, Severity, Short, Text, act

# --- pages


@act
class AcknowledgePage(Act):
    """Say that a page has reached you."""

    command, kind, about = "acknowledge_page", "page.acknowledged", "page"
    page: Id


@act
class PageSomeone(Act):
    """Call a person to the response: a seat, or somebody outside (a persona, a person on the rota)."""

    command, kind, about = "page_someone", "page.sent", "to"
    to: Id
    text: Text = ""


# --- the incident and its roles


@act
class OpenIncident(Act):
    """Open an incident in one act: severity, document, update timer, checklist, a page to each role.

    What it opens stands in the journal as entries of their own, right behind this one.
    """

    command, kind, about = "open_incident", "incident.opened", "ticket"
    ticket: Id | None = None
    severity: Severity = "high"
    page: Annotated[tuple[Id, ...], Field(max_length=12)] = ()
    list: Id | None = None
    every_min: Annotated[int, Field(ge=5, le=720)] = 30
    runbook: Id | None = None


@act
class DeclareSeverity(Act):
    """Declare how bad it is."""

    command, kind, about = "declare_severity", "severity.declared", "level"
    level: Severity


@act
class AssumeRole(Act):
    """Take a role, aloud on the channel unless said otherwise."""

    command, kind, about = "assume_role", "role.assumed", "role"
    role: Id
    announced: bool = True


@act
class AnnounceRole(Act):
    """Say aloud on the channel who holds a role now."""

    command, kind, about = "announce_role", "role.announced", "role"
    role: Id
    holder: Id
    text: Text = ""


@act
class ConfirmRole(Act):
    """Say that a role is yours now."""

    command, kind, about = "confirm_role", "role.confirmed", "role"
    role: Id


# --- tasks


@act
class AssignTask(Act):
    """Give a task to one name, with a time; `operation` names what it asks for when it asks for one."""

    command, kind, about = "assign_task", "task.assigned", "task"
    task: Id = "task"
    to: Id
    text: Text
    minutes: Annotated[int, Field(ge=1, le=720)] = 15
    operation: Id | None = None
    params: dict[str, Any] = Field(default_factory=dict)


@act
class AcknowledgeTask(Act):
    """Say that a task is yours now."""

    command, kind, about = "acknowledge_task", "task.acknowledged", "task"
    task: Id


@act
class ReportTask(Act):
    """Say what came of a task."""

    command, kind, about = "report_task", "task.reported", "task"
    task: Id
    result: Literal["done", "failed", "more_time"] = "done"
    text: Text = ""


# --- relief and handoff


@act
class SeekStaff(Act):
    """Look for somebody to take over a role: one name of the rota at a time, or anybody."""

    command, kind, about = "seek_staff", "staff.sought", "role"
    role: Id
    person: Id | None = None
    text: Text = ""


@act
class WriteHandoff(Act):
    """Write a part of what is handed over: state, story, tasks, plan, do-not-touch, promises, people."""

    command, kind, about = "write_handoff", "handoff.written", "role"
    role: Id
    section: Id
    text: Text = ""
    claims: tuple[Claim, ...] = ()


@act
class ReadBack(Act):
    """Say back, as the one who takes over, what was handed over: an answer to each question."""

    command, kind, about = "read_back", "handoff.read_back", "role"
    role: Id
    answers: dict[Id, Short] = Field(default_factory=dict)


@act
class HandOffRole(Act):
    """Hand a role to a person of the rota; from here on its seat is theirs."""

    command, kind, about = "hand_off_role", "role.handed_off", "role"
    role: Id
    to: Id
    announced: bool = True
