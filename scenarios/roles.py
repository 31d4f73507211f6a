"""Roles are data: title, duties, permissions, what they see. The defaults stand in `roles.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from scenarios.problems import report
from scenarios.schema.base import TRAINEE, Id, Line, Model, told
from scenarios.validation import validate
from scenarios.yaml_nodes import read

Instrument = Literal[
    "dashboards",
    "logs",
    "changes",
    "operations",
    "document",
    "channel",
    "tickets",
    "updates",
    "pages",
    "script",
]
CLOCK_COMMANDS = ("pause", "resume", "set_speed", "skip", "stop")
COMMANDS = (
    "accept_ticket",
    "acknowledge_page",
    "acknowledge_task",
    "add_context",
    "add_factor",
    "add_inject",
    "announce_role",
    "answer_freeze",
    "answer_phone",
    "answer_question",
    "ask_reporter",
    "assign_task",
    "assume_role",
    "cancel_operation",
    "categorise_ticket",
    "close_ticket",
    "confirm_hypothesis",
    "confirm_restored",
    "confirm_role",
    "confirm_service",
    "correct_ticket",
    "create_follow_up",
    "declare_severity",
    "edit_document",
    "end_call",
    "escalate_ticket",
    "file_report",
    "flag_blame",
    "hand_off_role",
    "hold_inject",
    "hold_retro",
    "join_call",
    "link_document",
    "link_step",
    "link_ticket",
    "log_ticket",
    "move_inject",
    "note_call",
    "note_gap",
    "note_observation",
    "nudge_seat",
    "open_article",
    "open_document",
    "open_incident",
    "open_runbook",
    "page_someone",
    "prioritise_ticket",
    "propose_change",
    "raise_problem",
    "read_back",
    "record_decision",
    "record_hypothesis",
    "release_inject",
    "report_task",
    "resolve_ticket",
    "return_ticket",
    "revise_runbook",
    "rewrite_factor",
    "rule_out_hypothesis",
    "seek_staff",
    "send_message",
    "send_update",
    "set_timer",
    "start_call",
    "start_operation",
    "take_look",
    "tick_step",
    "trigger_inject",
    "view_document",
    "withdraw_inject",
    "write_handoff",
    *CLOCK_COMMANDS,
)
Command = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,40}$")]


class Duties(Model):
    """The card that somebody in the seat reads first."""

    own: Line = told(TRAINEE, "What the role is there for.")
    may: Line = told(TRAINEE, "What it may do.")
    may_not: Line = told(TRAINEE, "What it may not do.")
    asked: Line = told(TRAINEE, "What it will be asked.")
    good: Line = told(TRAINEE, "What good looks like.")


class Role(Model):
    """A role: a seat of the drill, or a place beside it."""

    id: Id = told(TRAINEE, "Name used everywhere.")
    title: Line = told(TRAINEE, "Name people read.")
    seat: bool = told(TRAINEE, "Whether somebody can sit in it during a drill.", True)
    responder: bool = told(TRAINEE, "Whether it takes part in the response.", True)
    duties: Duties = told(TRAINEE, "Its duty card.")
    permissions: tuple[Command, ...] = told(TRAINEE, "Commands it may give.")
    sees: tuple[Instrument, ...] = told(TRAINEE, "Groups of instruments it sees.")

    def may(self, command: str) -> bool:
        """Tell whether the role may give a command."""
        return command in self.permissions


class RoleChange(Model):
    """A role that a scenario adds, or what it changes of a default one."""

    id: Id = told(TRAINEE, "Id of a default role, or of a new one.")
    title: Line | None = told(TRAINEE, "Name people read.", None)
    seat: bool | None = told(TRAINEE, "Whether somebody can sit in it.", None)
    responder: bool | None = told(TRAINEE, "Whether it takes part in the response.", None)
    duties: Duties | None = told(TRAINEE, "Its duty card.", None)
    permissions: tuple[Command, ...] | None = told(TRAINEE, "Commands it may give.", None)
    sees: tuple[Instrument, ...] | None = told(TRAINEE, "Groups of instruments it sees.", None)

    def over(self, base: Role | None) -> Role:
        """Give the role that this makes of a default one, or of nothing."""
        mine = {
            name: getattr(self, name) for name in type(self).model_fields if getattr(self, name) is not None
        }
        return Role.model_validate({**(base.model_dump() if base else {}), **mine})


class RoleBook(Model):
    """All default roles, and what a lone player may do on top of the own role."""

    format: Literal["stormdrill-roles/1"] = told(TRAINEE, "Form of the file.")
    alone: tuple[Command, ...] = told(TRAINEE, "Commands a lone player has besides those of the seat.")
    roles: tuple[Role, ...] = told(TRAINEE, "The roles.")


@cache
def role_book() -> RoleBook:
    """Give the default roles as they stand in `roles.yaml`.

    Raises:
        ValueError: the file that came with the program is broken.
    """
    data = files("scenarios").joinpath("roles.yaml").read_bytes()
    root, problems = read(data, "roles.yaml")
    book: RoleBook | None = None
    if root is not None and not problems:
        book, problems = validate(RoleBook, root, "roles.yaml")
    if book is None:
        raise ValueError("\n".join(report(problems)))
    return book


def default_roles() -> dict[str, Role]:
    """Give the default roles by id, in the order of the book."""
    return {role.id: role for role in role_book().roles}


def merged(changes: tuple[RoleChange, ...]) -> dict[str, Role]:
    """Give the roles of a scenario: the defaults with its changes."""
    roles = default_roles()
    for change in changes:
        roles[change.id] = change.over(roles.get(change.id))
    return roles


def lacking(change: RoleChange) -> str | None:
    """Say why a change makes no whole role, or None."""
    try:
        change.over(default_roles().get(change.id))
    except ValidationError as error:
        return ", ".join(sorted({str(part["loc"][0]) for part in error.errors()}))
    return None
