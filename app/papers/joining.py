"""The pages with which somebody comes in: the code, the seat, a place taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import HTMLResponse

from app.papers.shell import button, card, name, paper, wrong
from app.theme.markup import Markup, tag
from drills.errors import Refused
from drills.hall import LOBBY

OBSERVER_CARD = "Watches beside the team, sees what it sees, and speaks to nobody."
CUSTOMER_CARD = "Uses the service from outside, on a phone: tries it, reports what fails, says when it works."


def code_page(typed: str = "", refused: Refused | None = None) -> HTMLResponse:
    """Give the page that asks for the code."""
    form = tag(
        "form",
        tag("label", "Code of the drill", for_="code"),
        tag(
            "input",
            id="code",
            name="code",
            value=typed[:20],
            required=True,
            maxlength="20",
            autocomplete="off",
            autocapitalize="characters",
            spellcheck="false",
            placeholder="XXXX-XXXX",
            cls="code",
            aria_describedby="wrong" if refused else "code-note",
            aria_invalid="true" if refused else None,
        ),
        tag("p", "Eight letters and digits. The facilitator has it.", cls="q", id="code-note"),
        tag("button", "Next", cls="btn p lg", type="submit"),
        method="get",
        action="/join",
    )
    status = refused.status if refused is not None else 200
    return paper("Join a drill", wrong(refused), card("Where to", form), status=status)


def seat_page(
    picture: Mapping[str, Any], typed: Mapping[str, str] | None = None, refused: Refused | None = None
) -> HTMLResponse:
    """Give the page that asks for name and seat."""
    typed = typed or {}
    wanted = typed.get("seat", "")
    seats = [
        _choice(each["seat"], each["title"], each["duty"]["own"], each, wanted) for each in picture["seats"]
    ]
    guest = {"free": True, "guest": True}
    if all(each["seat"] != "end_user" for each in picture["seats"]):
        seats.append(_choice("end_user", "Reporter", CUSTOMER_CARD, guest, wanted))
    seats.append(_choice("observer", "Observer", OBSERVER_CARD, guest, wanted))
    form = tag(
        "form",
        card(
            "You",
            tag("label", "Your name, as the others shall see it", for_="name"),
            tag(
                "input",
                id="name",
                name="name",
                value=typed.get("name", ""),
                required=True,
                maxlength="80",
                autocomplete="name",
                aria_describedby="name-note" + (" wrong" if refused else ""),
            ),
            tag(
                "p",
                "No account. A name is kept apart from the record and can be erased.",
                cls="q",
                id="name-note",
            ),
        ),
        tag("fieldset", tag("legend", "Choose a seat"), *seats, cls="seats"),
        tag("button", "Take the seat", cls="btn p lg", type="submit"),
        method="post",
        action=f"/join/{picture['code']}",
    )
    waiting = picture["state"] == LOBBY
    strip = f"{picture['title']} · {'starts when the facilitator says so' if waiting else 'has begun'}"
    status = refused.status if refused is not None else 200
    premise = tag("p", picture["premise"], cls="s lead")
    return paper(picture["title"], premise, wrong(refused), form, strip=strip, status=status)


def _choice(seat: str, title: str, own: str, line: Mapping[str, Any], wanted: str) -> Markup:
    free = bool(line["free"])
    holder = (
        "any number"
        if line.get("guest")
        else "free, else a bot"
        if free
        else tag("span", "taken by ", name(str(line["name"])))
    )
    return tag(
        "label",
        tag(
            "input",
            type="radio",
            name="seat",
            value=seat,
            required=True,
            checked=free and seat == wanted,
            disabled=not free,
        ),
        tag("span", tag("b", title), tag("span", own, cls="s"), tag("span", holder, cls="q xs"), cls="what"),
        cls="seat" if free else "seat taken",
    )


def place_page(ticket: str, refused: Refused | None = None) -> HTMLResponse:
    """Give the page that takes up a place in this browser, once."""
    form = tag(
        "form",
        tag("p", "The browser that had your place before loses it.", cls="s"),
        tag("button", "Take up my place", cls="btn p lg", type="submit"),
        method="post",
        action=f"/place/{ticket}",
    )
    if refused is not None:
        return paper("Your place", wrong(refused), status=refused.status)
    return paper("Your place", card("In this browser from now on", form))


def briefing_page(drill_id: str, view: Mapping[str, Any]) -> HTMLResponse:
    """Give what somebody needs who takes over a running seat: only what that seat's screen shows too."""
    me, incident = view["me"], view.get("incident") or {}
    if "shop" in view:
        return _customers_briefing(drill_id, view)
    updates = (view.get("updates") or {}).get("sent") or []
    tasks = [each for each in view["tasks"] if each["to"] == me["seat"] and each["state"] != "done"]
    tickets = [each for each in view.get("tickets") or [] if each.get("state") not in {"closed", "resolved"}]
    facts = [
        ("Leads", incident.get("commander") or "nobody has said so"),
        ("Tech lead", incident.get("tech_lead") or "nobody"),
        ("Incident", _incident_words(incident)),
        ("Last update", updates[-1]["text"] if updates else "none sent yet"),
        ("Open tickets", str(len(tickets))),
    ]
    rows = [
        each for fact, value in facts for each in (tag("dt", fact), tag("dd", tag("bdi", str(value)[:400])))
    ]
    asked = [tag("li", tag("bdi", str(each["text"])[:200])) for each in tasks]
    asked += [tag("li", tag("bdi", _waits(each))) for each in view.get("asked") or [] if not each.get("soft")]
    return paper(
        f"You take over: {me['title'].lower()}",
        card(
            "How it stands",
            tag("p", tag("b", _situation(view))) if _situation(view) else None,
            tag("dl", *rows, cls="facts"),
            note=str(view["clock"]["story"]),
        ),
        duty_card(me["title"], me["duty"]),
        card("Asked of your seat", tag("ul", *asked) if asked else tag("p", "No open task.", cls="s")),
        tag("p", tag("a", "To the console", href=f"/console?d={drill_id}&seat={me['seat']}", cls="btn p lg")),
        leaving(drill_id),
        strip=str(view["drill"]["title"]),
    )


def _customers_briefing(drill_id: str, view: Mapping[str, Any]) -> HTMLResponse:
    """Give what somebody needs who comes late as a customer: does it work, what were they told."""
    me, shop = view["me"], view["shop"]
    told = shop["words"][-1]["text"] if shop["words"] else "nothing yet"
    facts = [
        (str(shop["service"]), f"{shop['now']['word']}. {shop['now']['text']}"),
        ("Told to customers", told),
    ]
    rows = [
        each for fact, value in facts for each in (tag("dt", fact), tag("dd", tag("bdi", str(value)[:400])))
    ]
    return paper(
        f"You come in: {me['title'].lower()}",
        duty_card(me["title"], me["duty"]),
        card("How it stands", tag("dl", *rows, cls="facts"), note=str(view["clock"]["story"])),
        tag("p", tag("a", "To the shop", href=f"/console?d={drill_id}&seat={me['seat']}", cls="btn p lg")),
        leaving(drill_id),
        strip=str(view["drill"]["title"]),
    )


def _situation(view: Mapping[str, Any]) -> str:
    """Give in one line what works: the sentence of the screens, and the share of users served."""
    said = str((view.get("situation") or {}).get("text") or "")
    served = next((each["value"] for each in view.get("numbers") or [] if each["id"] == "served"), "")
    return f"{said} {served} of users are served." if said and served else said


def _waits(asked: Mapping[str, Any]) -> str:
    """Give something that waits for the seat in one line."""
    return ": ".join(filter(None, (str(asked["title"]), str(asked.get("text") or ""))))[:200]


def leaving(drill_id: str) -> Markup:
    """Give the button with which somebody gives the seat back; a bot plays it on."""
    return tag("div", button("Give my seat back", drill_id, "leave"))


def _incident_words(incident: Mapping[str, Any]) -> str:
    if not incident:
        return "none opened yet"
    words = [incident.get("id"), incident.get("priority"), incident.get("state")]
    return ", ".join(str(each).replace("_", " ") for each in words if each)


def duty_card(title: str, duty: Mapping[str, str]) -> Markup:
    """Give a seat's duty card."""
    columns = (
        ("You answer for", duty["own"]),
        ("You can", duty["may"]),
        ("You leave to others", duty["may_not"]),
        ("You will be asked", duty["asked"]),
        ("Good looks like", duty["good"]),
    )
    cells = [tag("div", tag("h3", head), tag("p", text, cls="s")) for head, text in columns]
    return card(f"Your seat: {title.lower()}", tag("div", *cells, cls="duty"))
