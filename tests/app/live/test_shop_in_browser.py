"""The customer's screen and the observer's notes in a real browser: what they say first, what they send."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.app.live.conftest import VIEW, OpenConsole, view
from tests.app.live.test_console_in_browser import DESK, PHONE, violations

pytestmark = pytest.mark.browser

TEAM_ONLY = (
    *("incident", "situation", "numbers", "services", "traffic", "sites", "charts", "changes", "operations"),
    *("running", "channel", "document", "updates", "tickets", "hypotheses", "alerts"),
)
MAY = [
    *("acknowledge_page", "answer_freeze", "answer_phone", "answer_question", "confirm_restored", "end_call"),
    *("file_report", "join_call", "send_message", "start_call", "take_look"),
]
STATES = (
    "works",
    "works",
    "works",
    "works",
    "works",
    "works",
    "slow",
    "slow",
    "fails",
    "fails",
    "down",
    "down",
)
WORDS = {"works": "Works", "slow": "Slow", "fails": "Fails now and then", "down": "Down"}
TAGS = ["strength", "ask_later", "stuck", "safety", "other"]


def step(number: int, state: str) -> dict[str, Any]:
    """Give five minutes of the hour."""
    return {
        "t_ms": (number - 7) * 300_000,
        "story": f"0{2 + (25 + 5 * number) // 60}:{(25 + 5 * number) % 60:02d}",
        "state": state,
        "word": WORDS[state],
    }


def report(id_: str, state: str, word: str, ticket: str | None) -> dict[str, Any]:
    """Give a report of the customer's."""
    return {
        "id": id_,
        "ticket": ticket,
        "t_ms": 1_200_000,
        "story": "03:20",
        "text": "The slot page spins since five past. I pressed it eleven times.",
        "state": state,
        "word": word,
        "means": "The team is at it.",
    }


def shop(state: str = "works", fail_frac: float = 0.0, **changes: Any) -> dict[str, Any]:
    """Give a customer's view."""
    kept = {key: value for key, value in view().items() if key not in TEAM_ONLY}
    now = {
        "state": state,
        "word": WORDS[state],
        "text": "Hardly any try gets through." if state == "down" else "A page comes within a second.",
        "fail_frac": fail_frac,
        "wait_s": 0.4,
        "limited": False,
    }
    own = {
        "service": "Larder",
        "level": "larder",
        "now": now,
        "history": [step(number, each) for number, each in enumerate(STATES)],
        "words": [],
        "my_tickets": [],
        **changes,
    }
    me = {**VIEW["me"], "seat": "end_user", "title": "Reporter", "name": "Customer", "may": MAY}
    desk = {"seat": "desk_1", "title": "Service desk", "name": "Dana", "initials": "D", "bot": False}
    clock = {**VIEW["clock"], "may": []}
    return {**kept, "me": me, "clock": clock, "seats": [desk], "asked": [], "tasks": [], "shop": own}


def busy() -> dict[str, Any]:
    """Give a customer's view in the midst of it: down, asked, with reports and news."""
    asked = {
        **VIEW["asked"][0],
        "id": "works-INC-4-1",
        "kind": "works",
        "from": "Service desk",
        "seat": None,
        "title": "Does it work for you?",
        "text": "About your report, INC-4. Try it first; with a no, say what you see.",
        "actions": [
            {
                "label": "Yes, it works",
                "command": "confirm_restored",
                "data": {"ticket": "INC-4", "satisfied": True},
                "primary": True,
            },
            {
                "label": "No",
                "command": "confirm_restored",
                "data": {"ticket": "INC-4", "satisfied": False},
                "needs_text": True,
            },
        ],
    }
    told = {
        "n": 9,
        "t_ms": 1_300_000,
        "story": "Wed 03:21",
        "text": "Ordering is limited.",
        "next_ms": 3_100_000,
    }
    mine = [report("report-2", "asked", "Solved?", "INC-4"), report("report-1", "sent", "Sent", None)]
    return {**shop("down", 1.0, words=[told], my_tickets=mine), "asked": [asked]}


def observer(**changes: Any) -> dict[str, Any]:
    """Give an observer's view."""
    may = ["note_observation", "take_look", "view_document"]
    me = {**VIEW["me"], "seat": "observer", "title": "Observer", "name": "Guest", "may": may}
    note = {
        "n": 7,
        "t_ms": 1_300_000,
        "story": "03:21",
        "by": "Olu",
        "seat": "observer",
        "tag": "ask_later",
        "text": "Why twice?",
    }
    clock = {**VIEW["clock"], "may": []}
    return view(me=me, clock=clock, asked=[], desk=None, notes=[note], note_tags=TAGS, **changes)


# --- the customer


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_who_i_am_and_what_to_do(open_console: OpenConsole, size: tuple[int, int]) -> None:
    """The first words say who one is, the next what to do; the button to try is on the first screen."""
    page = open_console(shop(), size=size).page
    expect(page.get_by_role("heading", name="You are a customer of Larder.")).to_be_in_viewport()
    expect(page.locator(".nextstep")).to_contain_text("Try it now and then")
    expect(page.get_by_role("button", name="Try it now")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Operations")).to_have_count(0)
    expect(page.locator(".exb")).to_contain_text("EXERCISE")


def test_a_try_stays_in_the_browser(open_console: OpenConsole) -> None:
    """A try says what one page did, keeps it over a reload, and sends nothing."""
    console = open_console(shop())
    console.page.get_by_role("button", name="Try it now").click()
    expect(console.page.locator(".said")).to_contain_text("The page came in")
    console.page.reload()
    expect(console.page.get_by_role("list", name="Your latest tries").get_by_role("listitem")).to_have_count(
        1
    )
    assert [body for what, body in console.posted if what == "commands"] == []


def test_a_lost_try_becomes_a_report(open_console: OpenConsole) -> None:
    """Where no page came, one press puts it into the report; what is sent leaves the field."""
    console = open_console(shop("down", 1.0), size=PHONE)
    page = console.page
    page.get_by_role("button", name="Try it now").click()
    expect(page.locator(".said")).to_contain_text("No page came")
    page.get_by_role("button", name="Report it").click()
    field = page.get_by_label("What do you see?")
    expect(field).to_have_value("Wed 03:26: I opened Larder and no page came.")
    field.fill("No page since 03:05.")
    page.get_by_role("button", name="Email").click()
    page.get_by_role("button", name="Send the report").click()
    expect(field).to_have_value("")
    (sent,) = console.commands()
    assert (sent["command"], sent["data"]) == (
        "file_report",
        {"service": "larder", "channel": "email", "text": "No page since 03:05."},
    )


def test_a_refused_report_keeps_its_words(open_console: OpenConsole) -> None:
    """What was not taken stands in the field still, with the reason under it."""
    console = open_console(shop())
    console.answers = [(409, {"error": "the drill has ended", "cure": "open its scorecard"})]
    console.page.get_by_label("What do you see?").fill("It spins.")
    console.page.get_by_role("button", name="Send the report").click()
    expect(console.page.get_by_role("alert")).to_contain_text("the drill has ended")
    expect(console.page.get_by_label("What do you see?")).to_have_value("It spins.")


def test_yes_or_no_to_the_desk(open_console: OpenConsole) -> None:
    """The desk's question stands first; a no takes words along."""
    console = open_console(busy(), size=PHONE)
    page = console.page
    expect(page.locator(".nextstep")).to_contain_text("The service desk asks")
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label("Your words").fill("Second address shows old prices.")
    page.locator(".answer").get_by_role("button", name="Send").click()
    expect(page.locator(".answer")).to_have_count(0)
    (sent,) = console.commands()
    assert sent["command"] == "confirm_restored"
    assert sent["data"] == {
        "ticket": "INC-4",
        "satisfied": False,
        "text": "Second address shows old prices.",
    }


def test_a_phone_has_three_tabs(open_console: OpenConsole) -> None:
    """Shop, reports and news: each is one press away, and the question is counted on the first."""
    page = open_console(busy(), size=PHONE).page
    tabs = page.get_by_role("navigation", name="Main views").get_by_role("button")
    expect(tabs).to_have_text(["Shop1", "Reports", "News"])
    tabs.nth(1).click()
    expect(page.locator("[data-part=my-tickets]")).to_contain_text("INC-4")
    tabs.nth(2).click()
    expect(page.locator("[data-part=words]")).to_contain_text("Next word promised by Wed 03:51")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("made", [shop, busy, observer])
def test_no_barrier_and_no_overflow(open_console: OpenConsole, made: Any, size: Any, theme: str) -> None:
    """No WCAG A or AA violation and nothing to scroll sideways, on each of the tabs of a phone."""
    console = open_console(made(), size=size, theme=theme)
    expect(console.page.locator(f".sd[data-theme={theme}]")).to_be_visible()
    tabs = console.page.locator(".tabs4 button")
    for number in range(max(1, tabs.count())):
        if tabs.count():
            tabs.nth(number).click()
        assert violations(console) == []
        assert console.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


# --- the observer


def test_a_note_with_its_tag(open_console: OpenConsole) -> None:
    """A tag, words, Enter: sent, and the field is free for the next; the tag goes back to other."""
    console = open_console(observer())
    page = console.page
    expect(page.locator("[data-part=notes] .feed")).to_contain_text("Olu Why twice? Ask later")
    page.get_by_role("button", name="Stuck").click()
    field = page.get_by_label("Your note", exact=True)
    field.fill("Two people restart the same site.")
    field.press("Enter")
    expect(field).to_have_value("")
    expect(page.get_by_role("button", name="Other")).to_have_attribute("aria-pressed", "true")
    (sent,) = console.commands()
    assert sent["command"] == "note_observation"
    assert sent["data"] == {"text": "Two people restart the same site.", "tag": "stuck"}


def test_an_observer_notes_from_every_tab_and_acts_on_none(open_console: OpenConsole) -> None:
    """Nothing waits for them, nothing is theirs to press; what they write goes with them over the tabs."""
    page = open_console(observer()).page
    expect(page.locator("[data-part=waiting]")).to_have_count(0)
    expect(page.locator("footer.do")).to_have_count(0)
    page.get_by_label("Your note", exact=True).fill("They read the runbook")
    page.get_by_role("button", name="Document", exact=True).click()
    expect(page.locator("footer.do").get_by_label("Your note", exact=True)).to_have_value(
        "They read the runbook"
    )
    expect(page.locator("footer.do").get_by_role("button", name="Send update")).to_have_count(0)
    expect(page.get_by_label("Message the bridge")).to_have_count(0)


def test_an_observer_watches_operations_and_updates(open_console: OpenConsole) -> None:
    """Of operations they see those that run, of updates those sent: no form to start or write one."""
    page = open_console(observer()).page
    page.get_by_role("button", name="Operations", exact=True).click()
    expect(page.locator("[data-part=jobs]")).to_be_visible()
    expect(page.get_by_label("Search operations")).to_have_count(0)
    page.get_by_role("button", name="Updates", exact=True).click()
    expect(page.locator("[data-part=sent]")).to_be_visible()
    expect(page.locator("[data-part=compose]")).to_have_count(0)
