"""Kinds of record items that a script may wait for, and which ids each is about."""

from __future__ import annotations

from simulator.happenings import KINDS as WORLD_KINDS

JOURNAL_KINDS = (
    "call.noted",
    "call.started",
    "clock.paused",
    "clock.resumed",
    "clock.skipped",
    "clock.speed_set",
    "decision.made",
    "doc.edited",
    "doc.linked",
    "doc.opened",
    "doc.viewed",
    "drill.ended",
    "drill.started",
    "end_user.asked",
    "hypothesis.confirmed",
    "hypothesis.recorded",
    "hypothesis.ruled_out",
    "look.taken",
    "message.sent",
    "operation.cancelled",
    "operation.started",
    "page.acknowledged",
    "page.sent",
    "person.joined",
    "question.answered",
    "role.assumed",
    "role.handed_off",
    "severity.declared",
    "task.acknowledged",
    "task.assigned",
    "task.reported",
    "ticket.closed",
    "ticket.logged",
    "ticket.prioritised",
    "ticket.resolved",
    "ticket.returned",
    "update.sent",
)
DIRECTOR_KINDS = (
    "inject.fired",
    "page.passed_on",
    "page.rang",
    "persona.said",
    "question.received",
    "user.answered",
    "user.asked",
)
KINDS: tuple[str, ...] = tuple(sorted({*WORLD_KINDS, *JOURNAL_KINDS, *DIRECTOR_KINDS}))

# What an item of a kind is about: names of the collections that its id stands in.
ABOUT: dict[str, tuple[str, ...]] = {
    "call.noted": ("people", "personas", "roles"),
    "call.started": ("people", "personas", "roles"),
    "doc.edited": ("sections",),
    "index.caught_up": ("sites",),
    "index.lost": ("sites",),
    "index.rebuilt": ("sites",),
    "inject.fired": ("injects",),
    "page.sent": ("people", "personas", "roles"),
    "persona.said": ("personas",),
    "role.assumed": ("roles",),
    "role.handed_off": ("roles",),
    "site.admitted": ("sites",),
    "site.down": ("sites",),
    "site.drained": ("sites",),
    "site.ejected": ("sites",),
    "site.held": ("sites",),
    "site.powered": ("sites",),
    "site.restarted": ("sites",),
    "site.warmed": ("sites",),
    "update.sent": ("lists",),
}
DATA: dict[str, tuple[str, ...]] = {
    "list": ("lists",),
    "monitor": ("monitors",),
    "operation": ("operations",),
    "role": ("roles",),
    "service": ("services",),
    "site": ("sites",),
}
