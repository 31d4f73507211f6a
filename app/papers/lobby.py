"""The lobby: who is here, the own duty card, the pager's test; for the facilitator the door as well."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from starlette.responses import HTMLResponse

from app.papers.joining import duty_card, leaving
from app.papers.shell import button, card, deed_form, name, paper, wrong
from app.theme.markup import Markup, tag
from drills.errors import Refused
from drills.hall import LOBBY
from drills.presence import Here
from drills.rights import HOST_SEAT

AGREED = (
    "What is said stays with this team. Reports speak of the team, not of people.",
    "Anyone may stop the clock for something real: “Stop, real”, in the help of every console.",
    "Ask for a hint at any time, in the same place. It is written down and costs nothing.",
)


def lobby_page(
    picture: Mapping[str, Any],
    seat: str,
    person: str,
    *,
    join_url: str = "",
    link: str = "",
    link_for: str = "",
    refused: Refused | None = None,
) -> HTMLResponse:
    """Give the lobby as somebody sees it.

    Args:
        join_url: address with the code; given for the facilitator, who may also move people.
        link: a place's link that was just made, shown once, and whose place it is.
    """
    is_host = seat == HOST_SEAT
    taken = sum(not each["free"] for each in picture["seats"])
    waiting = picture["state"] == LOBBY
    strip = f"{picture['title']} · {'starts when the facilitator says so' if waiting else picture['state']}"
    own = next((each for each in picture["seats"] if each["seat"] == seat), None)
    return paper(
        picture["title"],
        tag("p", picture["premise"], cls="s lead"),
        wrong(refused),
        _fresh_link(link, link_for) if link else None,
        duty_card(own["title"], own["duty"]) if own is not None else None,
        _here(picture, person, taken, is_host=is_host),
        None if is_host else leaving(str(picture["id"])),
        side=(
            _door(picture, join_url) if is_host else None,
            _pager(),
            card("Agreed before we start", tag("ul", *(tag("li", each) for each in AGREED), cls="agreed")),
        ),
        strip=strip,
        is_live=True,
        is_shown_once=bool(link) or refused is not None,
        status=refused.status if refused is not None else 200,
    )


def _here(picture: Mapping[str, Any], person: str, taken: int, *, is_host: bool) -> Markup:
    """Give who is here. The line with the count is read aloud when it changes."""
    rows = [_seat(picture, each, person, is_host=is_host) for each in picture["seats"]]
    rows += [_guest(picture["id"], each, person, is_host=is_host) for each in picture["guests"]]
    count = f"{taken} of {len(picture['seats'])} seats taken"
    return tag(
        "section",
        tag("div", tag("h2", "Here now"), tag("span", count, cls="q", role="status"), cls="hd"),
        tag("ul", *rows, cls="here"),
        cls="card",
        id="here",
        data_live=True,
    )


def _seat(picture: Mapping[str, Any], line: Mapping[str, Any], person: str, *, is_host: bool) -> Markup:
    who: Markup | str = "free, a bot plays it" if line["free"] else name(line["name"])
    mine = not line["free"] and line["person"] == person
    like = line.get("looks_like")
    return tag(
        "li",
        tag("b", line["title"]),
        tag("span", who, cls="q" if line["free"] else ""),
        tag("span", "you", cls="chip act") if mine else _presence(line["here"]),
        tag("span", "looks like another name: ", name(like), cls="chip degraded") if like else None,
        None if line["free"] or not is_host else _controls(picture, line),
    )


def _presence(here: Here | None) -> Markup | None:
    """Give whether somebody is there now, by shape and word; in steps, so that the list stands still."""
    if here is None:
        return None
    if here.state in ("here", "idle"):
        shape, word, kind = "●", "here", "up"
    elif here.state == "never":
        shape, word, kind = "○", "not seen yet", "idle"
    else:
        ago = f"{here.for_s // 60} min" if here.for_s >= 60 else f"{here.for_s // 10 * 10} s"
        shape, word, kind = "▲", f"away {ago}", "degraded"
    return tag("span", tag("i", shape, aria_hidden="true"), word, cls=f"chip {kind}")


def _remove(drill_id: str, line: Mapping[str, Any]) -> Markup:
    sure = f"Remove {line['name']}? Their browser loses the seat; they can join again by the code."
    said, person = f"Remove {line['name']}", str(line["person"])
    return button("Remove", drill_id, "remove", said=said, sure=sure, person=person)


def _guest(drill_id: str, line: Mapping[str, Any], person: str, *, is_host: bool) -> Markup:
    may_remove = is_host and line["person"] != person
    return tag(
        "li",
        tag("b", str(line["title"])),
        tag("span", name(line["name"])),
        tag("span", "you", cls="chip act") if line["person"] == person else _presence(line["here"]),
        tag("span", _remove(drill_id, line), cls="controls") if may_remove else None,
    )


def _controls(picture: Mapping[str, Any], line: Mapping[str, Any]) -> Markup:
    """Give what the facilitator can do with somebody's place."""
    drill_id, person = str(picture["id"]), str(line["person"])
    free = [each for each in picture["seats"] if each["free"]]
    move = deed_form(
        drill_id,
        "move",
        tag(
            "select",
            *(tag("option", each["title"], value=each["seat"]) for each in free),
            name="seat",
            aria_label=f"New seat for {line['name']}",
        ),
        tag("button", "Move", cls="btn sm", type="submit", aria_label=f"Move {line['name']}"),
        person=person,
    )
    return tag(
        "span",
        move if free else None,
        button("New link", drill_id, "reissue", said=f"New link for {line['name']}", person=person),
        _remove(drill_id, line),
        cls="controls",
    )


def _door(picture: Mapping[str, Any], join_url: str) -> Markup:
    """Give the facilitator's card: code, address, picture of it, and the button that begins."""
    drill_id = str(picture["id"])
    is_open, waiting = bool(picture["open"]), picture["state"] == LOBBY
    begin = deed_form(
        drill_id,
        "begin",
        tag("button", "Begin the drill", cls="btn p lg", type="submit"),
        tag("p", f"Bots of the team “{picture['team']}” play the seats that nobody took.", cls="q"),
        cls=None,
        sure="Begin now? The clock starts for everybody, and bots take the free seats.",
    )
    console = tag("a", "To the control room", href=f"/console?d={drill_id}&seat=facilitator", cls="btn p lg")
    invite = tag(
        "div",
        tag("p", "Code", cls="q"),
        tag("p", picture["code"], cls="bigcode"),
        tag("p", tag("a", join_url, href=join_url), cls="address"),
        tag("p", "The door is open." if is_open else "The door is closed.", cls="s"),
        button("Close the door", drill_id, "close") if is_open else button("Open the door", drill_id, "open"),
    )
    return card("Invite", tag("div", _qr(join_url), invite, cls="invite"), begin if waiting else console)


@lru_cache(maxsize=64)
def _qr(url: str) -> Markup:
    import segno

    drawn = segno.make_qr(url).svg_inline(scale=4, border=3, dark="#000", light="#fff")
    return tag("div", Markup(drawn), cls="qr", role="img", aria_label=f"QR code of {url}")


def _fresh_link(link: str, person: str) -> Markup:
    return tag(
        "div",
        tag("div", tag("b", "The new link for ", name(person), ", shown once: ")),
        tag("p", tag("span", link, cls="m address")),
        tag("p", "Give it to them alone. It works once; the browser they had holds nothing then."),
        _qr(link),
        cls="fresh",
        role="status",
    )


def _pager() -> Markup:
    """Give the test of the pager; its button works where scripts do, and says what the browser lacks."""
    return card(
        "Test your pager",
        tag(
            "p",
            "A page rings in the console’s tab, writes itself into the tab’s title and stays until you "
            "acknowledge it. Turn the sound on, leave the tab open, and press the button.",
            cls="s",
        ),
        tag("p", tag("button", "Ring once", cls="btn", type="button", id="ring", hidden=True)),
        tag("p", "", id="ring-said", role="status", cls="s"),
    )


def stranger_page() -> HTMLResponse:
    """Give the page for a browser that holds nothing in the drill."""
    refused = Refused("this browser holds no seat in the drill", "join by the code", status=401)
    way = tag("p", tag("a", "Join with a code", href="/join", cls="btn p lg"))
    return paper("Lobby", wrong(refused), way, status=401)
