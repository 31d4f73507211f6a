"""Reasons to act, as small functions that a rule's `find` is put together from."""

from __future__ import annotations

from collections.abc import Callable

from drills.eyes import Eyes
from drills.record import Item

Find = Callable[[Eyes], str]
MINUTE_MS = 60_000


def after(mark: Callable[[Eyes], Item | None], minutes: float) -> Find:
    """Find a reason so many minutes after an item that the seat has seen."""

    def find(eyes: Eyes) -> str:
        item = mark(eyes)
        return "once" if item is not None and eyes.now_ms >= item.t_ms + int(minutes * MINUTE_MS) else ""

    return find


def at(t_ms: int) -> Find:
    """Find a reason at a moment of the story."""
    return lambda eyes: "once" if eyes.now_ms >= t_ms else ""


def both(first: Find, second: Find) -> Find:
    """Find a reason when both do."""
    return lambda eyes: first(eyes) if second(eyes) else ""


def nth_site(number: int) -> Callable[[Eyes], Item | None]:
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


def done(operation: str, which: int) -> Callable[[Eyes], Item | None]:
    """Mark: an operation has finished well on the n-th site that fell; 0 for one that works on no site."""

    def mark(eyes: Eyes) -> Item | None:
        site = fallen(eyes, which) if which else ""
        item = eyes.job_done(operation, site) if site or not which else None
        return item if item is not None and item.data.get("result") == "done" else None

    return mark


def fallen(eyes: Eyes, which: int) -> str:
    """Give the id of the n-th site that fell, or ""."""
    item = nth_site(which)(eyes)
    return str(item.data["site"]) if item else ""


def ringing(eyes: Eyes) -> str:
    """Find each page that rings here."""
    pages = eyes.ringing()
    return pages[0].id if pages else ""


def new_task(eyes: Eyes) -> str:
    """Find each task that waits for an answer."""
    return next((task.id for task in eyes.tasks() if task.state == "asked"), "")
