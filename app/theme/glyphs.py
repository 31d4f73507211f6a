"""Shapes of the four levels: never a colour alone, and never red or green."""

from __future__ import annotations

from app.theme.markup import Markup, tag


def level(name: str, said: str | None = None) -> Markup:
    """Give the shape of a level; `said` is read aloud where no word stands beside it."""
    if said is None:
        return tag("i", cls=f"g g-{name}", aria_hidden="true")
    return tag("i", cls=f"g g-{name}", role="img", aria_label=said)


def worded(name: str, word: str) -> Markup:
    """Give a level as shape and word."""
    return tag("span", level(name), word, cls="st c-lvl" if name != "not_tested" else "st q")
