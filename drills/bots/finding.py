"""Reasons to act, as small functions that a rule's `find` is put together from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drills.eyes import Eyes
from drills.record import Item

Found = str | Sequence[str]
Find = Callable[[Eyes], Found]
Mark = Callable[[Eyes], Item | None]
MINUTE_MS = 60_000


# --- times and their combinations


def after(mark: Mark, minutes: float) -> Find:
    """Find a reason so many minutes after an item that the seat has seen."""

    def find(eyes: Eyes) -> str:
        item = mark(eyes)
        return "once" if item is not None and eyes.now_ms >= item.t_ms + int(minutes * MINUTE_MS) else ""

    return find


def at(t_ms: int) -> Find:
    """Find a reason at a moment of the story."""
    return lambda eyes: "once" if eyes.now_ms >= t_ms else ""


def both(first: Find, second: Find) -> Find:
    """Find a reason when both do; the first's keys count."""
    return lambda eyes: first(eyes) if second(eyes) else ""


def unless(first: Find, not_: Find) -> Find:
    """Find a reason unless there is another."""
    return lambda eyes: "" if not_(eyes) else first(eyes)


def every(minutes: float, since: Find, until: Find) -> Find:
    """Find a new reason each so many minutes of the story, from one reason until another."""

    def find(eyes: Eyes) -> str:
        if not since(eyes) or until(eyes):
            return ""
        return f"t{eyes.now_ms // int(minutes * MINUTE_MS)}"

    return find


# --- marks


def first(kind: str, about: str | None = None) -> Mark:
    """Mark: the first item of a kind that the seat has seen."""
    return lambda eyes: eyes.first(kind, about)


def mine(kind: str) -> Mark:
    """Mark: the first item of a kind that this seat did itself."""
    return lambda eyes: next((item for item in eyes.all(kind) if item.seat == eyes.seat), None)


def nth_site(number: int) -> Mark:
    """Mark: the page about the first, second, ... site that went down."""

    def mark(eyes: Eyes) -> Item | None:
        alerts = eyes.site_alerts()
        return alerts[number - 1] if len(alerts) >= number else None

    return mark


def saturation(eyes: Eyes) -> Item | None:
    """Mark: the first alert that a site is nearly full, or that a third site is down."""
    found = eyes.alert_of("saturation")
    third = nth_site(3)(eyes)
    if found is None or (third is not None and third.t_ms < found.t_ms):
        return third
    return found


def done(operation: str, which: int) -> Mark:
    """Mark: an operation has finished well on the n-th site that fell (0: anywhere)."""

    def mark(eyes: Eyes) -> Item | None:
        site = fallen(eyes, which) if which else ""
        if which and not site:
            return None
        item = eyes.job_done(operation, site)
        return item if item is not None and item.data.get("result") == "done" else None

    return mark


def fallen(eyes: Eyes, which: int) -> str:
    """Give the id of the n-th site that fell, or ""."""
    item = nth_site(which)(eyes)
    return str(item.data["site"]) if item else ""


# --- what waits for a seat


def ringing(eyes: Eyes) -> str:
    """Find each page that rings here."""
    pages = eyes.ringing()
    return pages[0].id if pages else ""


def phone(eyes: Eyes) -> str:
    """Find each phone that rings here."""
    phones = eyes.phones()
    return phones[0].id if phones else ""


def question(eyes: Eyes) -> str:
    """Find each question that waits here."""
    return next((question.id for question in eyes.questions()), "")


def new_task(eyes: Eyes) -> str:
    """Find each task that waits for an answer."""
    return next((task.id for task in eyes.tasks() if task.state == "asked"), "")


def new_ticket(eyes: Eyes) -> str:
    """Find each ticket that was passed to this seat and not taken yet."""
    waiting = (t for t in eyes.tickets() if t.with_ == eyes.seat and not t.accepted)
    return next((f"{ticket.id}@{ticket.passed_ms}" for ticket in waiting), "")


def call_to_join(eyes: Eyes) -> str:
    """Find each call that this seat was asked into and has not joined."""
    calls = (c for c in eyes.calls() if c.ended_ms is None and c.medium != "phone" and eyes.seat in c.to)
    return next((call.id for call in calls if eyes.seat not in call.joined), "")


def led(eyes: Eyes) -> str:
    """Find that somebody is in command."""
    return "once" if eyes.commander() else ""


def unled(eyes: Eyes) -> str:
    """Find that nobody is in command."""
    return "" if eyes.commander() else "once"


def commanding(when: Find) -> Find:
    """Find a reason only while this seat holds command."""
    return both(when, lambda eyes: "once" if eyes.commander() == eyes.seat else "")


def written(when: Find) -> Find:
    """Find a reason only once there is a document."""
    return both(when, lambda eyes: "once" if eyes.document_open() else "")


def main_open(eyes: Eyes) -> str:
    """Find the main ticket while it is open."""
    return eyes.ticket() if eyes.ticket_state() == "open" else ""


def talked_out(minutes: float) -> Find:
    """Find a call of this seat's own that has lasted so many minutes."""

    def find(eyes: Eyes) -> str:
        calls = (call for call in eyes.calls() if call.by == eyes.seat and call.ended_ms is None)
        long_ms = int(minutes * MINUTE_MS)
        return next((call.id for call in calls if eyes.now_ms - call.started_ms >= long_ms), "")

    return find


def resolved(eyes: Eyes) -> str:
    """Find that the main ticket is resolved, or further."""
    return "once" if eyes.ticket_state() in ("resolved", "returned", "closed") else ""


def failed_tries(eyes: Eyes) -> list[Item]:
    """Give the operations that ended badly, as the team can see it."""
    return [item for item in eyes.all("operation.finished") if item.data.get("result") == "failed"]
