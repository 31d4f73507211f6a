"""What stands on the record: notes in the document or on a channel it is linked to, and what they tell of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.practices.effects import finish_of, site_of
from scoring.reading import Night

WRITERS = ("commander", "communications", "tech_lead")
"""Roles that write things down; a person in one of them gets the time to type."""


@dataclass(frozen=True)
class Deed:
    """A significant act, with what a note must name to tell of it.

    Args:
        ids: ids by which a note may link to it.
        operation, target: what a claim may name instead; "" where it is no operation.
        role: the role that changed hands, "" otherwise.
    """

    item: Item
    ids: frozenset[str]
    operation: str = ""
    target: str = ""
    role: str = ""


def notes(night: Night) -> tuple[Item, ...]:
    """Give lines of the open document, and messages with claims once it is linked to the channel."""
    opened = night.first("doc.opened")
    if opened is None:
        return ()
    linked = (
        opened
        if "channel" in opened.data.get("linked", ())
        else night.first("doc.linked", where=lambda item: item.data.get("to") == "channel")
    )
    return tuple(
        item
        for item in night.items("doc.edited", "message.sent")
        if item.n > opened.n
        and (
            item.kind == "doc.edited"
            or (linked is not None and item.n > linked.n and item.data.get("claims"))
        )
    )


def significant_acts(night: Night, from_n: int, to_ms: int) -> tuple[Deed, ...]:
    """Give the acts that belong on the record, after one item and up to a moment.

    Operations that were not refused, changes of role, escalations, pages, fixes declared failed, hypotheses
    ruled out. Looks and readings are none.
    """
    return tuple(
        _deed(night, item)
        for item in night.acts
        if item.n > from_n and item.t_ms <= to_ms and _is_significant(night, item)
    )


SIGNIFICANT = (
    "role.assumed",
    "role.handed_off",
    "ticket.escalated",
    "page.sent",
    "hypothesis.ruled_out",
)


def _is_significant(night: Night, item: Item) -> bool:
    if item.kind == "operation.started":
        finished = finish_of(night, item)
        return finished is None or finished.data.get("result") != "refused"
    if item.kind == "task.reported":
        return item.data.get("result") == "failed"
    return item.kind in SIGNIFICANT


def _deed(night: Night, item: Item) -> Deed:
    if item.kind == "operation.started":
        return operation_deed(item)
    if item.kind == "task.reported":
        return _task_deed(night, item)
    if item.kind == "page.sent":
        rang = night.first(
            "page.rang", where=lambda page: page.n > item.n and page.data.get("to") == item.about
        )
        return Deed(item, frozenset({item.about, *([rang.about] if rang else [])}))
    if item.kind == "ticket.escalated":
        return Deed(item, frozenset({item.about, str(item.data.get("to"))}))
    role = item.about if item.kind.startswith("role.") else ""
    return Deed(item, frozenset({item.about}), role=role)


def operation_deed(started: Item) -> Deed:
    """Give an operation as a deed that notes may tell of."""
    target = str(started.data.get("target") or site_of(started))
    return Deed(
        started, frozenset({str(started.data.get("job_id"))}), str(started.data.get("operation")), target
    )


def _task_deed(night: Night, reported: Item) -> Deed:
    """Give a task that failed: a note on the operation done under it tells of it too."""
    task = reported.about
    started = night.first("operation.started", where=lambda item: item.data.get("under") == task)
    if started is not None:
        done = operation_deed(started)
        return Deed(reported, done.ids | {task}, done.operation, done.target)
    given = night.first("task.assigned", where=lambda item: item.about == task)
    operation = str(given.data.get("operation") or "") if given else ""
    target = str((given.data.get("params") or {}).get("site") or "") if given else ""
    return Deed(reported, frozenset({task}), operation, target)


def tells_of(night: Night, note: Item, deed: Deed) -> bool:
    """Say whether a note links to an act, or claims something of its operation and target."""
    if deed.ids & set(note.data.get("links", ())):
        return True
    return any(_names(night, claim, deed) for claim in note.data.get("claims", ()))


def _names(night: Night, claim: Mapping[str, Any], deed: Deed) -> bool:
    if str(claim.get("subject")) in deed.ids:
        return True
    if deed.role:
        return claim.get("property") == "lead" and _has(_said(claim), deed.role)
    return bool(deed.operation) and names_operation(night, claim, deed)


def names_operation(night: Night, claim: Mapping[str, Any], deed: Deed) -> bool:
    """Say whether a claim names an operation and, where it has one, its target."""
    said = _said(claim)
    if not _has(said, deed.operation):
        return False
    target = deed.target
    return not target or _has(said, target) or _has(said, night.setting.site_title(target))


def _said(claim: Mapping[str, Any]) -> str:
    return _words(f"{claim.get('subject', '')} {claim.get('value', '')}")


def _has(said: str, name: str) -> bool:
    return _words(name) in said


def _words(text: str) -> str:
    """Give a text as small words between single blanks, so that names are found whole."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "
