"""Markup made of tags: every text is escaped on its way in, so no name or message can become a tag."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

__all__ = ["Markup", "Part", "join", "tag"]

Part = Markup | str | None
_VOID = frozenset({"br", "hr", "input", "path", "rect", "line", "circle"})


def tag(name: str, /, *parts: Part, **attributes: str | float | bool | None) -> Markup:
    """Give an element; `cls` is its class, `_` stands for `-`, None and False are left out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return _made(f"<{name}{written}/>")
    return _made(f"<{name}{written}>{_escaped(parts)}</{name}>")


def join(*parts: Part) -> Markup:
    """Give parts one after the other; texts are escaped."""
    return _made(_escaped(parts))


def _made(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - every part of it was escaped above, on its way in


def _escaped(parts: Iterable[Part]) -> str:
    return "".join(str(escape(part)) for part in parts if part is not None)


def _attribute(key: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = escape("class" if key == "cls" else key.rstrip("_").replace("_", "-"))
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
