"""Markup made of tags: every text is escaped on its way in, so no name or message can become a tag."""

from __future__ import annotations

from html import escape


class Markup:
    """A piece of finished markup. Only `tag` and `join` make it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text


Part = Markup | str | None

_VOID = frozenset({"br", "hr", "path", "rect", "line", "circle"})


def tag(name: str, *parts: Part, **attributes: str | float | bool | None) -> Markup:
    """Give an element; `cls` is its class, `_` stands for `-`, None and False are left out."""
    written = "".join(
        f" {'class' if key == 'cls' else key.rstrip('_').replace('_', '-')}"
        + ("" if value is True else f'="{escape(_number(value), quote=True)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Markup(f"<{name}{written}/>")
    return Markup(f"<{name}{written}>{join(*parts)}</{name}>")


def join(*parts: Part) -> Markup:
    """Give parts one after the other; texts are escaped."""
    return Markup("".join(str(part) if isinstance(part, Markup) else escape(part or "") for part in parts))


def _number(value: str | float | bool) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
