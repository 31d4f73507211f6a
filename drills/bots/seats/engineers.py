"""Specialist and developer: read first, then do what tasks and tickets ask, and tell what they know."""

from __future__ import annotations

from drills.bots.bot import Rule
from drills.bots.commands import claim, look, say, service
from drills.bots.finding import after, mine, question
from drills.bots.policy import Policy
from drills.bots.seats.common import reached, tasks, tickets
from drills.bots.seats.desk import answer
from drills.eyes import Eyes
from drills.record import Item

READ_MIN = 6.0
"""Reading a true document (drill book, section 6); twice that when half of it is wrong."""
BLIND_MIN = 20.0
"""Finding out by asking around, when there is nothing to read."""


def specialist(policy: Policy) -> list[Rule]:
    """Give the specialist's rules: index, caches, traffic, access logs."""
    return [
        *reached(policy),
        Rule("read", _reading, after(mine("page.acknowledged"), 0), _read),
        Rule("access-logs", 10, after(_security_asks, 0), lambda eyes, _: look("edge", "access_logs")),
        Rule(
            "no-attack",
            1,
            after(_looked_for_attack, 0),
            lambda eyes, _: say(NO_ATTACK, [claim("edge", "cause", "memory_leak")]),
        ),
        *tickets({"old_prices": "rebuild_shard", "larder": "rebuild_shard"}),
        *tasks(),
        Rule("answer", 2, question, answer, interrupts=True),
    ]


def developer(policy: Policy) -> list[Rule]:
    """Give the developer's rules: asleep until paged; reads, orders the tasks, then starts."""
    return [
        *reached(policy),
        Rule("read", _reading, after(mine("page.acknowledged"), 0), _read),
        Rule("here", 1, after(_has_read, 0), lambda eyes, _: say(ORDER, _knowledge(eyes))),
        *tasks(),
        Rule("answer", 2, question, answer, interrupts=True),
    ]


def _reading(eyes: Eyes, _: str) -> float:
    """Minutes a joiner needs to understand: by how much of what they read is true."""
    if not eyes.document_open():
        return BLIND_MIN
    return READ_MIN * (2.0 - eyes.document_truth())


def _read(eyes: Eyes, _: str) -> tuple[str, dict[str, object]] | None:
    return ("view_document", {}) if eyes.document_open() else None


def _has_read(eyes: Eyes) -> Item | None:
    return mine("doc.viewed")(eyes)


def _knowledge(eyes: Eyes) -> list[dict[str, str]]:
    return [
        claim(service(eyes), "tried", "readmit: a cold site falls again"),
        claim(service(eyes), "cause", "memory_leak"),
        claim("response", "next_step", "index, warm, staged return, tech_lead"),
    ]


def _security_asks(eyes: Eyes) -> Item | None:
    return next((item for item in eyes.all("inject.fired") if item.data.get("from") == "sec"), None)


def _looked_for_attack(eyes: Eyes) -> Item | None:
    looks = eyes.all("look.taken")
    return next((i for i in looks if i.seat == eyes.seat and i.data.get("signal") == "access_logs"), None)


NO_ATTACK = "Access logs read: our own clients, nobody else. Not an attack."
ORDER = "I have read it all. Order: hold what stands, index first, then warm, then return by stages."
