"""What all plain pages share: head, colours, strip, the card of an error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from starlette.responses import HTMLResponse

from app.theme import look
from app.theme.markup import Markup, Part, join, tag
from drills.errors import Refused

LIVE_EVERY_S = 5
TOO_MANY, RETRY_AFTER_S = 429, "10"


def paper(
    title: str,
    *parts: Part,
    side: Sequence[Part] = (),
    strip: str = "",
    is_live: bool = False,
    is_shown_once: bool = False,
    status: int = 200,
) -> HTMLResponse:
    """Give a whole page.

    Args:
        side: what stands in a second column on a wide screen, below the rest on a narrow one.
        strip: what stands in the violet strip beside EXERCISE; "" for pages outside of a drill.
        is_live: the parts marked with `data-live` are looked at again every five seconds.
        is_shown_once: it says what no second look would say; without a script it stays as it is.
    """
    head = join(
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", f"{title} · Stormdrill"),
        tag("style", Markup(style_sheet())),
        Markup('<script src="/door.js" defer></script>'),
        Markup(f'<noscript><meta http-equiv="refresh" content="{LIVE_EVERY_S}"></noscript>')
        if is_live and not is_shown_once
        else None,
    )
    bar = tag("header", tag("a", "Stormdrill", href="/", cls="brand"), cls="bar")
    columns = (tag("div", *parts, cls="col"), tag("div", *side, cls="col")) if side else parts
    body = tag(
        "body",
        bar,
        look.exercise(strip) if strip else None,
        tag("main", tag("h1", title), *columns, id="main", cls="two" if side else None),
        cls="sd sd-auto door",
        data_every=LIVE_EVERY_S if is_live else None,
    )
    html = Markup('<!doctype html><html lang="en">{}{}</html>').format(tag("head", head), body)
    headers = {"cache-control": "no-store"}
    if status == TOO_MANY:
        headers["retry-after"] = RETRY_AFTER_S
    return HTMLResponse(str(html), status_code=status, headers=headers)


@cache
def style_sheet() -> str:
    """Give the colours, following the browser's light or dark, and the rules of plain pages."""
    light, dark = _block("light"), _block("dark")
    auto = f".sd-auto{{{light}}}@media (prefers-color-scheme:dark){{.sd-auto{{{dark}}}}}"
    return look.FONTS + look.tokens() + auto + (look.HERE / "door.css").read_text("utf-8")


def _block(name: str) -> str:
    found = re.search(rf"\.sd-{name},[^{{]*{{(.*?)}}", look.tokens(), flags=re.DOTALL)
    if found is None:
        raise LookupError(f"tokens.css has no block for {name}")
    return found[1]


def card(title: str, *parts: Part, note: str = "", **attributes: str | bool | None) -> Markup:
    """Give a card with a heading."""
    head = tag("div", tag("h2", title), tag("span", note, cls="q") if note else None, cls="hd")
    return tag("section", head, tag("div", *parts, cls="bd"), cls="card", **attributes)


def wrong(refused: Refused | None) -> Markup | None:
    """Give what was refused, why, and what to do; read aloud at once."""
    if refused is None:
        return None
    message = f"{refused.message[:1].upper()}{refused.message[1:]}."
    return tag(
        "div",
        tag("b", message),
        " ",
        tag("span", f"{refused.cure[:1].upper()}{refused.cure[1:]}." if refused.cure else ""),
        cls="wrong",
        role="alert",
        id="wrong",
    )


def deed_form(
    drill_id: str, act: str, *parts: Part, cls: str | None = "one", sure: str = "", **fields: str
) -> Markup:
    """Give a form that posts one deed to a drill's lobby, at the address where the lobby is looked at.

    Args:
        sure: what is asked before it is posted, where scripts run; "" to ask nothing.
    """
    posted = {"d": drill_id, "act": act, **fields}
    kept = [tag("input", type="hidden", name=name, value=value) for name, value in posted.items()]
    where = f"/lobby?d={drill_id}"
    return tag("form", *kept, *parts, method="post", action=where, cls=cls, data_sure=sure or None)


def button(label: str, drill_id: str, act: str, *, said: str = "", sure: str = "", **fields: str) -> Markup:
    """Give a form of one button; `said` is its name where the label alone says too little."""
    pressed = tag("button", label, cls="btn sm", type="submit", aria_label=said or None)
    return deed_form(drill_id, act, pressed, sure=sure, **fields)


def name(text: str) -> Markup:
    """Give a person's name, kept apart from the direction in which the text around it is read."""
    return tag("bdi", text)
