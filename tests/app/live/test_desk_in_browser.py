"""The service desk in a real browser, on pictures that stand: closing, giving back, linking, keys, focus."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.app.live.conftest import VIEW, Console, OpenConsole, view
from tests.app.live.test_console_in_browser import DESK, PHONE, violations

pytestmark = pytest.mark.browser

LOW = (1366, 768)
MAY = [
    *("answer_phone", "start_call", "send_message", "take_look", "log_ticket", "correct_ticket"),
    *("categorise_ticket", "prioritise_ticket", "link_ticket", "escalate_ticket", "resolve_ticket"),
    *("return_ticket", "ask_reporter", "confirm_service", "close_ticket", "open_article", "raise_problem"),
]
PEOPLE = [
    {"id": "odile", "name": "Odile Mercier", "title": "Kitchen manager", "kind": "persona"},
    {"id": "desk_2", "name": "Ben Ito", "title": "Tier 2", "kind": "seat"},
    {"id": "tech_lead", "name": "David Moreno", "title": "Tech lead", "kind": "seat"},
    {"id": "commander", "name": "Ariana Cole", "title": "Commander", "kind": "seat"},
]
BOOK = {
    "categories": [{"id": "site", "title": "Site", "subs": [["site_down", "down", "high"]]}],
    "affected": [["larder", "Larder"], ["login", "Login"], ["dc1", "DC1"]],
    "articles": [
        {"id": "kb-1", "title": "KB-1: a white page", "text": "Reload it."},
        {"id": "kb-2", "title": "KB-2: passwords", "text": "Send the link."},
    ],
}


def report(id_: str, channel: str, text: str, **more: Any) -> dict[str, Any]:
    """Give what somebody told the desk."""
    told = {"id": id_, "from": "odile", "name": "Odile Mercier", "channel": channel, "t_ms": 1_500_000}
    rest = {"title": "", "text": text, "service": "larder", "contact": "555-0160", "call": None}
    return {**told, **rest, "written": channel != "phone", **more}


def ticket(number: int, title: str, **more: Any) -> dict[str, Any]:
    """Give a ticket that is with this desk."""
    who = {"reporter": "odile", "reporter_name": "Odile Mercier", "contact": "555-0160"}
    where = {"with": "Ada Berg", "with_title": "Service desk", "with_seat": "desk_1", "mine": True}
    moments = {"opened_ms": 600_000 + number, "reported_ms": 540_000, "held_ms": 600_000, "due_ms": None}
    over = {"confirmed": "", "asked_ms": None, "satisfied": None, "resolved_by": None, "resolved_name": None}
    same = {"duplicate_of": "", "duplicates": [], "reports": 0, "told": [], "passed_to": None}
    sort = {"kind": "incident", "priority": "high", "category": "", "sub": "", "state": "open"}
    rest = {"description": "", "service": "larder", "accepted": True, "factors": {}, "history": []}
    return {
        "id": f"INC-{number}",
        "title": title,
        **sort,
        **who,
        **where,
        **moments,
        **over,
        **same,
        **rest,
        **more,
    }


def desk(tickets: list[dict[str, Any]], *, reports: Any = (), own: Any = (), **more: Any) -> dict[str, Any]:
    """Give the picture of a service desk whose clock stands."""
    me = {**VIEW["me"], "seat": "desk_1", "title": "Service desk", "name": "Ada Berg", "may": MAY}
    part = {"reports": list(reports), "own": list(own), "box_min": 15}
    drill = {**VIEW["drill"], "level": "larder", "service": "Larder"}
    clock = {**VIEW["clock"], "state": "paused"}
    rest = {"people": PEOPLE, "book": BOOK, "problems": [], "operations": None, "running": None, "asked": []}
    return view(
        me=me, drill=drill, clock=clock, desk=part, tickets=tickets, hypotheses=[], **{**rest, **more}
    )


def rings() -> dict[str, Any]:
    """Give a phone that rings."""
    answer = {"label": "Answer", "command": "answer_phone", "data": {"call": "phone-9"}, "primary": True}
    words = {
        "from": "Ines Duarte",
        "title": "Ines Duarte rings you",
        "text": "",
        "seat": None,
        "due_ms": None,
    }
    return {"id": "phone-9", "kind": "phone", "since_ms": 1_550_000, "actions": [answer], **words}


def part(console: Console, name: str) -> Locator:
    """Find a part of the screen."""
    return console.page.locator(f"[data-part={name}]")


def button(within: Locator, name: str) -> Locator:
    """Find a button by its name."""
    return within.get_by_role("button", name=name, exact=True)


def change(console: Console, **keys: Any) -> None:
    """Send changed keys of the picture."""
    rev = console.state["rev"]
    console.state = {**console.state, **keys, "rev": rev + 1}
    console.send({"type": "delta", "base": rev, "rev": rev + 1, "set": keys})


def went(console: Console) -> list[tuple[str, dict[str, Any]]]:
    """Give the commands that were sent, with their data."""
    return [(body["command"], body["data"]) for body in console.commands()]


def row(console: Console, id_: str) -> Locator:
    """Find a ticket or a report in the queue."""
    return console.page.locator(f"[data-key=q-{id_}]")


# --- to the end


def test_closing_says_what_is_missing_first(open_console: OpenConsole) -> None:
    """What the rule asks for is named before a ticket is closed; the desk may still do it."""
    console = open_console(desk([ticket(1, "No orders", state="resolved", confirmed="degraded")]))
    end, ask = part(console, "ending"), console.page.get_by_role("dialog")
    button(end, "Close ticket").click()
    expect(ask).to_contain_text("Not done yet: the service is degraded; the reporter was not asked.")
    expect(button(ask, "Keep it open")).to_be_focused()
    assert violations(console) == []
    console.page.keyboard.press("Escape")
    expect(ask).to_have_count(0)
    assert went(console) == []
    button(end, "Close ticket").click()
    button(ask, "Close all the same").click()
    expect(row(console, "INC-1")).to_be_focused()
    assert went(console) == [("close_ticket", {"ticket": "INC-1"})]


def test_closing_is_one_press_when_all_is_done(open_console: OpenConsole) -> None:
    """Resolved, confirmed and said to work: nothing is asked any more."""
    done = ticket(1, "No orders", state="resolved", confirmed="up", asked_ms=1_000_000, satisfied=True)
    console = open_console(desk([done]))
    expect(row(console, "INC-1")).to_contain_text("says it works: close it")
    button(part(console, "ending"), "Close ticket").click()
    expect(row(console, "INC-1")).to_be_focused()
    assert went(console) == [("close_ticket", {"ticket": "INC-1"})]


def test_what_is_not_back_goes_back_to_who_resolved_it(open_console: OpenConsole) -> None:
    """A confirmed "degraded" is no step done: the ticket returns to its resolver with what was seen."""
    wrong = {"state": "resolved", "resolved_by": "tech_lead", "resolved_name": "David Moreno"}
    console = open_console(desk([ticket(1, "No orders", confirmed="degraded", **wrong)]))
    step = part(console, "ending").locator(".stp").filter(has_text="Not back: return it")
    expect(step).to_have_class("stp bad now")
    expect(step.get_by_label("Return it to")).to_have_value("tech_lead")
    step.get_by_label("What you still see").fill("The basket hangs.")
    button(step, "Return it").click()
    expect(row(console, "INC-1")).to_be_focused()
    claim = {"subject": "larder", "property": "state", "value": "degraded", "certainty": "known"}
    data = {"ticket": "INC-1", "to": "tech_lead", "text": "The basket hangs.", "claims": [claim]}
    assert went(console) == [("escalate_ticket", data)]


def test_each_step_leads_the_focus_to_the_next(open_console: OpenConsole) -> None:
    """After the look comes Confirm's field, after that the question, after the answer the end."""
    console = open_console(desk([ticket(1, "No orders", state="resolved")]))
    end = part(console, "ending")
    button(end, "Look as a customer").press("Enter")
    expect(end.get_by_label("The service is")).to_be_focused()
    button(end, "Confirm").press("Enter")
    change(console, tickets=[ticket(1, "No orders", state="resolved", confirmed="up")])
    expect(button(end, "Ask the reporter")).to_be_focused()
    button(end, "Ask the reporter").press("Enter")
    heard = {"confirmed": "up", "asked_ms": 1_560_000, "satisfied": True}
    change(console, tickets=[ticket(1, "No orders", state="resolved", **heard)])
    expect(button(end, "Close ticket")).to_be_focused()


# --- one trouble, one ticket


def test_a_link_is_chosen_not_guessed(open_console: OpenConsole) -> None:
    """Without an incident of the same service nothing is preselected; with one it stands first."""
    passwords = ticket(1, "Password of a shop", service="login", priority="low")
    mail = report("told-1", "email", "We cannot order.")
    console = open_console(desk([passwords], reports=[mail]))
    row(console, "told-1").click()
    field = part(console, "logform").get_by_label("Or the same trouble as")
    expect(field).to_have_value("")
    expect(button(part(console, "logform"), "Link")).to_be_disabled()
    change(console, tickets=[passwords, ticket(2, "No orders", priority="low")])
    expect(field).to_have_value("INC-2")
    assert field.locator("option").all_inner_texts()[1].startswith("INC-2")
    row(console, "INC-1").click()
    expect(part(console, "related").get_by_label("The same trouble as")).to_have_value("")


def test_an_alert_can_be_the_same_trouble_too(open_console: OpenConsole) -> None:
    """An alert gets its ticket, and that ticket is linked to the one chosen."""
    alert = report("dc2_down", "alert", "", title="DC2 down", **{"from": "monitor", "name": "Monitoring"})
    main = ticket(1, "No orders")
    console = open_console(desk([main], reports=[alert]))
    row(console, "dc2_down").click()
    button(part(console, "logform"), "Log as the same as INC-1").click()
    twin = ticket(2, "DC2 down", reporter="monitor")
    change(console, tickets=[main, twin], desk={**console.state["desk"], "reports": []})
    expect(row(console, "INC-1")).to_be_focused()
    (logged, told), linked = went(console)
    assert (logged, told["alert"], told["title"]) == ("log_ticket", "dc2_down", "DC2 down")
    assert linked == ("link_ticket", {"ticket": "INC-1", "duplicate": "INC-2"})


def test_the_same_trouble_stands_below_its_ticket(open_console: OpenConsole) -> None:
    """A duplicate follows its ticket, indented, without a rank; an answer of the reporter is a tag."""
    same = ticket(3, "Nobody can order", duplicate_of="INC-2", reports=1)
    said_no = ticket(1, "Cold room", priority="medium", asked_ms=1, satisfied=False)
    console = open_console(desk([said_no, ticket(2, "No orders", duplicates=["INC-3"]), same]))
    order = console.page.locator(".queue .qi").evaluate_all("all => all.map((one) => one.dataset.key)")
    assert order == ["q-INC-2", "q-INC-3", "q-INC-1"]
    expect(row(console, "INC-3")).to_contain_text("same as INC-2")
    expect(row(console, "INC-3")).not_to_contain_text("High")
    expect(row(console, "INC-1")).to_contain_text("says no")


def test_reports_can_be_read_again(open_console: OpenConsole) -> None:
    """The reports of a ticket open: who, how to reach them, when, in which words, whether asked."""
    first = {
        **report("told-1", "email", "The basket hangs."),
        "ticket": "INC-1",
        "asked": True,
        "works": None,
    }
    more = {"ticket": "INC-1", "asked": False, "works": None, "name": "Mario Hernandez", "from": "c1"}
    told = [first, {**report("told-2", "phone", "White page."), **more}]
    console = open_console(desk([ticket(1, "No orders", reports=2, told=told)]))
    button(part(console, "ticket"), "2 reports").click()
    lines = console.page.get_by_label("Reports of INC-1").get_by_role("listitem")
    expect(lines.nth(0)).to_contain_text("asked, no answer yet")
    expect(lines.nth(1)).to_contain_text("White page.")
    expect(lines.nth(1)).to_contain_text("not asked")


# --- the phone, keys, focus


def test_an_answered_phone_opens_its_form_whatever_was_open(open_console: OpenConsole) -> None:
    """With a ticket open, R answers; the caller's words and the first field come by themselves."""
    open_ = [ticket(1, "No orders")]
    console = open_console(desk(open_, asked=[rings()]))
    expect(part(console, "ticket")).to_contain_text("INC-1")
    console.page.keyboard.press("r")
    call = report("told-9", "phone", "The page stays white.", call="phone-9", name="Ines Duarte")
    change(console, asked=[], desk={"reports": [call], "own": [], "box_min": 15})
    form = part(console, "logform")
    expect(form).to_contain_text("The page stays white.")
    expect(form.get_by_label("In one line")).to_be_focused()
    assert went(console) == [("answer_phone", {"call": "phone-9"})]


def test_keys_of_the_desk_rest_while_one_types(open_console: OpenConsole) -> None:
    """N begins a ticket, J and K walk the queue; letters typed stay letters, Ctrl+Enter logs."""
    console = open_console(desk([ticket(1, "No orders"), ticket(2, "Cold room", priority="low")]))
    keys = console.page.keyboard
    expect(part(console, "ticket")).to_contain_text("No orders")
    keys.press("j")
    expect(row(console, "INC-2")).to_be_focused()
    expect(part(console, "ticket")).to_contain_text("Cold room")
    keys.press("k")
    expect(row(console, "INC-1")).to_be_focused()
    keys.press("n")
    line = part(console, "logform").get_by_label("In one line")
    expect(line).to_be_focused()
    keys.type("jnkr")
    expect(line).to_have_value("jnkr")
    part(console, "logform").get_by_label("Reporter").select_option("odile")
    line.press("Control+Enter")
    expect(part(console, "logform")).to_have_count(0)
    made = ticket(3, "jnkr", priority="")
    change(console, tickets=[*console.state["tickets"], made])
    expect(part(console, "ticket").get_by_label("Category", exact=True)).to_be_focused()
    assert [command for command, _ in went(console)] == ["log_ticket"]


def test_save_keeps_the_focus(open_console: OpenConsole) -> None:
    """After a save the focus is on Save, which has nothing to do then."""
    console = open_console(desk([ticket(1, "No orders")]))
    shown = part(console, "ticket")
    shown.get_by_label("Contact").fill("555-0161")
    button(shown, "Save ticket").press("Enter")
    expect(button(shown, "Save ticket")).to_be_disabled()
    expect(button(shown, "Save ticket")).to_be_focused()
    shown.get_by_label("Contact").fill("555-0162")
    shown.get_by_label("Contact").press("Control+Enter")
    expect(shown).to_contain_text("Saved as it stands.")
    assert [data["contact"] for _, data in went(console)] == ["555-0161", "555-0162"]


# --- passing on


def test_an_escalation_offers_what_was_done_about_the_ticket(open_console: OpenConsole) -> None:
    """Deeds before the report, about other services, and articles read for others stay away."""
    own = [
        {"id": "kb-2", "as": "tried", "kind": "article", "target": "", "t_ms": 900_000, "text": "read KB-2"},
        {
            "id": "e1",
            "as": "found",
            "kind": "look",
            "target": "dc1/web",
            "t_ms": 900_000,
            "text": "look at DC1",
        },
        {"id": "e2", "as": "found", "kind": "look", "target": "dc1", "t_ms": 1, "text": "look before"},
        {
            "id": "e3",
            "as": "found",
            "kind": "look",
            "target": "login",
            "t_ms": 900_000,
            "text": "look at login",
        },
        {"id": "kb-1", "as": "tried", "kind": "article", "target": "", "t_ms": 900_000, "text": "read KB-1"},
    ]
    unranked = ticket(1, "DC1 is down", service="dc1", priority="")
    console = open_console(desk([unranked], own=own))
    up = part(console, "escalate")
    expect(up).to_contain_text("look at DC1")
    for words in ("read KB-1", "read KB-2", "look before", "look at login"):
        expect(up).not_to_contain_text(words)
    part(console, "articles").get_by_role("button", name="KB-1").click()
    change(console, tickets=[{**unranked, "priority": "high"}])
    expect(up).to_contain_text("Tried: read KB-1")
    expect(up.get_by_label("Priority, high")).to_be_checked()


def test_what_waits_shows_its_first_item_whole(open_console: OpenConsole) -> None:
    """On a low screen the first thing asked is seen with its field and buttons."""
    item = {
        **VIEW["asked"][0],
        "kind": "question",
        "actions": [{"label": "Answer", "command": "answer_question"}],
    }
    items = [
        {**item, "id": f"q-{n}", "title": "How many shops cannot order, and since when?"} for n in range(5)
    ]
    console = open_console(desk([ticket(1, "No orders")], asked=items), size=LOW)
    first = part(console, "waiting").locator(".need > li").first
    button(first, "Answer").click()
    expect(button(first, "Send")).to_be_in_viewport(ratio=1)
    box, side = part(console, "waiting").bounding_box(), console.page.locator(".side").bounding_box()
    assert box is not None
    assert side is not None
    assert box["height"] <= max(side["height"] / 2, 220) + 1


@pytest.mark.parametrize("size", [DESK, LOW, PHONE])
def test_no_barrier_at_a_busy_desk(open_console: OpenConsole, size: tuple[int, int]) -> None:
    """No WCAG A or AA violation and nothing to scroll sideways, with all marks of the desk shown."""
    console = open_console(busy(), size=size)
    if size == PHONE:
        console.page.locator(".tabs4").get_by_role("button", name="Tickets").click()
    button(part(console, "ticket"), "2 reports").click()
    assert violations(console) == []
    assert console.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def busy() -> dict[str, Any]:
    """Give a desk with a ticket that is not back, its duplicate, and more."""
    told = [
        {**report("told-1", "email", "The basket hangs."), "ticket": "INC-1", "asked": True, "works": False},
        {**report("told-2", "phone", "White page."), "ticket": "INC-2", "asked": False, "works": None},
    ]
    wrong = {"state": "resolved", "resolved_by": "tech_lead", "resolved_name": "David Moreno"}
    said = {"confirmed": "degraded", "asked_ms": 1_400_000, "satisfied": False}
    main = ticket(1, "Kitchens cannot order", told=told, reports=1, duplicates=["INC-2"], **wrong, **said)
    same = ticket(2, "Shop page stays white", duplicate_of="INC-1", reports=1)
    return desk([main, same, ticket(3, "Password of a shop", service="login", priority="low")])
