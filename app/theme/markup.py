"""Markup made of tags: every text is escaped on its way in, so no name or message can become a tag."""

from __future__ import annotations

from markupsafe import Markup, escape

__all__ = ["Markup", "Part", "join", "tag"]

Part = Markup | str | None
_VOID = frozenset({"br", "hr", "input", "path", "rect", "line", "circle"})


def tag(name: str, /, *parts: Part, **attributes: str | float | bool | None) -> Markup:
    """Give an element; `cls` is its class, `_` stands for `-`, None and False are left out."""
    written = join(*(_attribute(key, value) for key, value in attributes.items()))
    if name in _VOID:
        return Markup("<{}{}/>").format(name, written)
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, join(*parts))


def join(*parts: Part) -> Markup:
    """Give parts one after the other; texts are escaped."""
    return Markup("").join(escape(part) for part in parts if part is not None)


def _attribute(key: str, value: str | float | bool | None) -> Markup | None:
    if value is None or value is False:
        return None
    name = "class" if key == "cls" else key.rstrip("_").replace("_", "-")
    return Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, str(value))
