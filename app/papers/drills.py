"""The list of drills for who leads them, and the form that opens one for a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from starlette.responses import HTMLResponse

from app.listing import seat_words, started_words, state_words
from app.papers.shell import card, paper, wrong
from app.theme.markup import Markup, tag
from drills.errors import Refused

TEAM_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "none": "none: nobody does anything",
        "unmanaged": "unmanaged: skilled, without a commander or a record",
        "clumsy": "clumsy: follows a process badly",
        "half_managed": "half managed: some practices, late",
        "managed": "managed: a team that works by the practices",
        "strong": "strong: the same, faster and ahead",
    }
)


def drills_page(drills: Sequence[Mapping[str, Any]], *, may_run: bool) -> HTMLResponse:
    """Give the drills, open ones first, each with its seats by role and without a name.

    Args:
        may_run: whether who looks may open and facilitate drills, as a lead may not.
    """
    now = [each for each in drills if each["state"] != "ended"]
    past = [each for each in drills if each["state"] == "ended"]
    return paper(
        "Drills",
        tag("p", tag("a", "Open a drill for a team", href="/open", cls="btn p")) if may_run else None,
        _table("Open", now, may_run=may_run),
        _table("Past", past, may_run=may_run),
    )


def _table(title: str, drills: Sequence[Mapping[str, Any]], *, may_run: bool) -> Markup:
    if not drills:
        return card(title, tag("p", "None.", cls="s"))
    heads = ("Title", "Scenario", "State", "Started (UTC)", "People in the seats", "Bots", "")
    rows = [_row(each, may_run=may_run) for each in drills]
    table = tag(
        "table",
        tag("thead", tag("tr", *(tag("th", each, scope="col") for each in heads))),
        tag("tbody", *rows),
    )
    return card(
        title, tag("div", table, cls="wide", tabindex="0", role="region", aria_label=f"{title} drills")
    )


def _row(drill: Mapping[str, Any], *, may_run: bool) -> Markup:
    return tag(
        "tr",
        tag("th", drill["title"], scope="row"),
        tag("td", drill["scenario"]),
        tag("td", state_words(str(drill["state"]))),
        tag("td", started_words(drill)),
        tag("td", seat_words(drill) or "none"),
        tag("td", str(len(drill["bots"]))),
        tag("td", _deed(drill, may_run=may_run)),
    )


def _deed(drill: Mapping[str, Any], *, may_run: bool) -> Markup | None:
    said = f"{drill['title']}, {str(drill['started'])[:16]}"
    if drill["scorecard_url"]:
        return tag("a", "Scorecard", href=drill["scorecard_url"], aria_label=f"Scorecard: {said}")
    if not may_run or not drill["for_team"]:
        return None
    return tag(
        "form",
        tag("input", type="hidden", name="d", value=drill["id"]),
        tag(
            "input",
            name="name",
            maxlength="40",
            placeholder="Your name",
            autocomplete="name",
            aria_label=f"Your name, to facilitate {said}",
        ),
        tag("button", "Facilitate", cls="btn sm", type="submit", aria_label=f"Facilitate: {said}"),
        method="post",
        action="/drills",
        cls="one",
    )


def open_page(
    scenarios: Sequence[tuple[str, str]],
    teams: Sequence[str],
    typed: Mapping[str, str] | None = None,
    refused: Refused | None = None,
) -> HTMLResponse:
    """Give the form that opens a drill for a team."""
    typed = typed or {}
    form = tag(
        "form",
        tag("label", "Scenario", for_="scenario"),
        _select("scenario", scenarios, typed.get("scenario", "")),
        tag("label", "Bots in the seats that nobody takes", for_="team"),
        _select("team", [(each, TEAM_WORDS.get(each, each)) for each in teams], typed.get("team", "managed")),
        tag("label", "Your name, as the others shall see it", for_="name"),
        tag(
            "input",
            id="name",
            name="name",
            value=typed.get("name", ""),
            required=True,
            maxlength="80",
            autocomplete="name",
        ),
        tag("button", "Open the lobby", cls="btn p lg", type="submit"),
        method="post",
        action="/open",
    )
    status = refused.status if refused is not None else 200
    return paper("Open a drill for a team", wrong(refused), card("The drill", form), status=status)


def _select(name: str, choices: Sequence[tuple[str, str]], chosen: str) -> Markup:
    options = [tag("option", title, value=value, selected=value == chosen) for value, title in choices]
    return tag("select", *options, id=name, name=name)


def closed_page(refused: Refused) -> HTMLResponse:
    """Give the page for who may not see the list."""
    return paper("Drills", wrong(refused), status=refused.status)
