"""Roles: the defaults, their permissions, and what a scenario may change."""

from __future__ import annotations

from drills.acts import ACTS
from scenarios.kinds import KINDS
from scenarios.library import starter_text
from scenarios.loader import load_text
from scenarios.roles import CLOCK_COMMANDS, COMMANDS, default_roles, role_book

ROLES = default_roles()


def test_ids() -> None:
    """The default roles are those of the contract."""
    assert list(ROLES) == [
        *("commander", "tech_lead", "communications", "desk_1", "desk_2", "specialist", "developer"),
        *("end_user", "observer", "facilitator", "lead"),
    ]


def test_commands_are_those_of_the_drill() -> None:
    """Every permission is a command that a drill knows, and every command of a seat stands in the list."""
    granted = {command for role in ROLES.values() for command in role.permissions} | set(role_book().alone)
    assert granted <= set(COMMANDS)
    assert set(COMMANDS) <= set(ACTS)


def test_the_commander_neither_operates_nor_closes() -> None:
    """The commander assigns, pages, tells and decides; operating and closing are others' work."""
    commander = ROLES["commander"]
    for command in ("assign_task", "page_someone", "send_update", "declare_severity", "record_decision"):
        assert commander.may(command)
    for command in ("start_operation", "cancel_operation", "close_ticket"):
        assert not commander.may(command)


def test_only_the_desk_closes() -> None:
    """Closing a ticket is the service desk's alone."""
    assert [role.id for role in ROLES.values() if role.may("close_ticket")] == ["desk_1", "desk_2"]


def test_every_responder_can_speak_look_and_answer_a_page() -> None:
    """Every responder speaks, acknowledges pages, looks, writes the document, and may take command."""
    for role in ROLES.values():
        if role.responder:
            needed = {
                "send_message",
                "acknowledge_page",
                "take_look",
                "assume_role",
                "open_document",
                "edit_document",
            }
            assert needed <= set(role.permissions), role.id


def test_the_clock() -> None:
    """Only the facilitator, and a lone player, run the clock."""
    assert [role.id for role in ROLES.values() if set(CLOCK_COMMANDS) & set(role.permissions)] == [
        "facilitator"
    ]
    assert set(role_book().alone) == set(CLOCK_COMMANDS)


def test_only_the_facilitator_sees_the_script() -> None:
    """The script is on no responder's screen."""
    assert [role.id for role in ROLES.values() if "script" in role.sees] == ["facilitator"]


def test_a_scenario_may_change_and_add_roles() -> None:
    """A scenario renames a role, and adds one that is whole."""
    extra = """roles:
  - {id: commander, title: Duty manager}
  - id: scribe
    title: Scribe
    permissions: [edit_document, view_document]
    sees: [document]
    duties: {own: The record., may: Write., may_not: Decide., asked: "What was that?", good: Nothing is lost.}
"""
    loaded = load_text(starter_text() + extra)
    assert loaded.problems == ()
    assert loaded.scenario is not None
    table = loaded.scenario.role_table
    assert table["commander"].title == "Duty manager"
    assert table["commander"].permissions == ROLES["commander"].permissions
    assert table["scribe"].may("edit_document")
    assert not table["scribe"].may("send_update")


def test_kinds_cover_the_journal() -> None:
    """A condition may wait for every kind that a drill writes down."""
    from drills.acts import KINDS as JOURNAL

    assert set(JOURNAL) <= set(KINDS)
