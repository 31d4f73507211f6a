"""Shapes of the four levels: never a colour alone, and never red or green."""

from __future__ import annotations

from app.theme.markup import Markup, tag

PATHS = {
    "met": "M3 3h18v18H3z",
    "partly": "M3 3h18v18H3zm9 2.5v13h6.5v-13z",
    "missed": "M3 3h18v18H3zm2.5 2.5v13h13v-13z",
    "not_tested": "M3 10.5h4.5v3H3zM9.7 10.5h4.6v3H9.7zM16.5 10.5H21v3h-4.5z",
}


def level(name: str, said: str | None = None) -> Markup:
    """Give the shape of a level; `said` is read aloud where no word stands beside it."""
    shape = tag("path", d=PATHS[name], fill_rule="evenodd")
    named = {"role": "img", "aria_label": said} if said else {"aria_hidden": "true"}
    return tag("svg", shape, cls="g", viewBox="0 0 24 24", **named)


def worded(name: str, word: str) -> Markup:
    """Give a level as shape and word."""
    return tag("span", level(name), word, cls="st c-lvl" if name != "not_tested" else "st q")
