"""The live console in a real browser: stream, clock, commands, drafts, the page to me, keys, no barriers."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tests.app.live.conftest import VIEW, Console, OpenConsole, view

pytestmark = pytest.mark.browser

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = (390, 844)
DESK = (1440, 900)


def ringing() -> dict[str, Any]:
    """A view with one page that rings."""
    return view(pages=deepcopy(VIEW["pages"]))


def ended() -> dict[str, Any]:
    """A view of a drill that is over."""
    return view(drill={**VIEW["drill"], "state": "ended", "scorecard_url": "/scorecard?drill=k3f9q2ab"})


def paused() -> dict[str, Any]:
    """A view whose clock stands, so that times on the screen stand too."""
    return view(clock={**VIEW["clock"], "state": "paused"})


# --- the stream


def test_delta_replaces_the_keys_it_names(open_console: OpenConsole) -> None:
    """A delta on the picture shown changes its keys and leaves the others."""
    console = open_console()
    said = {"text": "DC3 is full.", "by": "Ariana Cole", "t_ms": 1_500_000, "source": "document"}
    console.send({"type": "delta", "base": 41, "rev": 42, "set": {"situation": said}})
    expect(console.page.locator(".situation")).to_contain_text("DC3 is full.")
    expect(console.page.locator(".situation")).to_contain_text("97 %")


def test_gap_asks_for_the_whole_picture_once(open_console: OpenConsole) -> None:
    """Deltas whose base was missed change nothing and ask for a full, one time."""
    console = open_console()
    said = {"text": "Lost.", "by": "x", "t_ms": 0, "source": "document"}
    console.send({"type": "delta", "base": 43, "rev": 44, "set": {"situation": said}})
    console.send({"type": "delta", "base": 44, "rev": 45, "set": {"situation": said}})
    mended = view(rev=45, situation={**said, "text": "Found."})
    console.send({"type": "full", "rev": 45, "state": mended})
    expect(console.page.locator(".situation")).to_contain_text("Found.")
    assert [message for message in console.heard if message["type"] == "resync"] == [{"type": "resync"}]


def test_lost_stream_keeps_the_picture_and_comes_back(open_console: OpenConsole) -> None:
    """When the stream is cut the last picture stays with its age in words, then the stream opens again."""
    console = open_console()
    console.page.evaluate(
        "() => { window.links = []; const s = window.element.store;"
        " s.subscribe(() => window.links.push(s.link.state)); }"
    )
    console.cut()
    expect(console.page.locator(".asof")).to_contain_text("As of Wed 03:26")
    expect(console.page.locator(".linkstate")).to_have_text("Live")
    expect(console.page.locator(".asof")).to_have_count(0)
    assert {"reconnecting", "live"} <= set(console.page.evaluate("() => window.links"))


# --- the clock


def test_clock_runs_at_its_speed_between_messages(open_console: OpenConsole) -> None:
    """Between messages the clock goes on at the speed it was told, and stands when the stream is away."""
    console = open_console()
    times = console.page.evaluate("""async () => {
      const { Clock } = await import("/live/clock.js");
      let wall_ms = 1000;
      const clock = new Clock(() => wall_ms);
      const told = [];
      clock.set({ t_ms: 60000, speed: 20 }, true);
      wall_ms += 3000; told.push(clock.now());
      clock.freeze();
      wall_ms += 9000; told.push(clock.now());
      clock.set({ t_ms: 200000, speed: 20 }, false);
      wall_ms += 9000; told.push(clock.now());
      return told;
    }""")
    assert times == [120_000, 120_000, 200_000]


def test_story_time_rolls_over_the_day(open_console: OpenConsole) -> None:
    """The story's day and minute follow from one pair of story and simulated time."""
    console = open_console()
    told = console.page.evaluate("""async () => {
      const { storyAt, storyStart } = await import("/live/clock.js");
      const start = storyStart("Wed 03:26", 26 * 60000);
      const told = [0, 26 * 60000 + 59999, 21 * 3600000, -30 * 60000].map((t) => storyAt(start, t));
      return told.map((at) => `${at.day} ${at.time}`);
    }""")
    assert told == ["Wed 03:00", "Wed 03:26", "Thu 00:00", "Wed 02:30"]


def test_a_question_about_a_skip_does_not_come_back_by_itself(open_console: OpenConsole) -> None:
    """What hinders a skip takes the question away; when it is over, the question stays away."""
    console = open_console()
    clock, question = console.state["clock"], console.page.get_by_role("dialog")
    console.page.get_by_title("Skip to Wed 04:15").click()
    expect(question).to_be_visible()
    hindered = {**clock, "skip": None, "skip_hindered": "a phone rings, answer it first"}
    console.send({"type": "delta", "base": 41, "rev": 42, "set": {"clock": hindered}})
    expect(console.page.get_by_role("button", name="No skip now: a phone rings")).to_be_disabled()
    expect(question).to_have_count(0)
    console.send({"type": "delta", "base": 42, "rev": 43, "set": {"clock": clock}})
    expect(console.page.get_by_title("Skip to Wed 04:15")).to_be_enabled()
    expect(question).to_have_count(0)


def test_anybody_stops_for_something_real(open_console: OpenConsole) -> None:
    """In the help, after one question; every screen then says who asked, until the clock runs again."""
    state = view()
    state["me"]["may"] = [*state["me"]["may"], "call_halt", "ask_hint"]
    state["drill"]["solo"] = False
    console = open_console(state)
    console.page.get_by_role("button", name="Help, keys and pager").click()
    console.page.get_by_role("button", name="Stop, real").click()
    with console.page.expect_request("**/commands"):
        console.page.get_by_role("button", name="Stop the clock now").click()
    assert console.commands()[-1]["command"] == "call_halt"
    halted = {**console.state["clock"], "state": "paused", "halted_by": "Mina Park"}
    console.send({"type": "delta", "base": 41, "rev": 42, "set": {"clock": halted}})
    expect(console.page.get_by_role("alert")).to_contain_text("Mina Park needs everybody to stop")


def test_a_hint_is_asked_for(open_console: OpenConsole) -> None:
    """One press in the help; the help closes."""
    state = view()
    state["me"]["may"] = [*state["me"]["may"], "call_halt", "ask_hint"]
    console = open_console(state)
    console.page.get_by_role("button", name="Help, keys and pager").click()
    with console.page.expect_request("**/commands"):
        console.page.get_by_role("button", name="Ask for a hint").click()
    assert console.commands()[-1]["command"] == "ask_hint"
    expect(console.page.get_by_role("dialog")).to_have_count(0)


# --- commands


def test_network_failure_is_tried_again_with_the_same_id(open_console: OpenConsole) -> None:
    """A command that found no network is sent again under its first id, so it counts once."""
    console = open_console()
    console.answers = [None, (200, {})]
    message = console.page.locator("[data-key=message]")
    message.fill("DC2 is down.")
    message.press("Enter")
    expect(message).to_have_value("")
    first, second = console.commands()
    assert first == second
    assert first["data"] == {"text": "DC2 is down."}


def test_the_focus_stays_where_one_works(open_console: OpenConsole) -> None:
    """A button that is gone after its deed hands the focus on to its card; no key press is lost."""
    asked = {
        "id": "q1",
        "kind": "task",
        "from": "Ana Cole",
        "seat": "commander",
        "title": "Ana asks",
        "text": "Shed the crawlers.",
        "since_ms": 1_500_000,
        "due_ms": None,
        "actions": [
            {"label": "Take it", "command": "acknowledge_task", "data": {"task": "t1"}, "primary": True}
        ],
    }
    other = {**asked, "id": "q2", "title": "Ana asks again"}
    console = open_console(view(asked=[asked, other]))
    first = console.page.get_by_role("button", name="Take it").first
    first.focus()
    with console.page.expect_request("**/commands"):
        console.page.keyboard.press("Enter")
    console.send({"type": "delta", "base": 41, "rev": 42, "set": {"asked": [other]}})
    expect(console.page.get_by_role("button", name="Take it")).to_have_count(1)
    console.page.wait_for_function(
        """() => { const root = document.getElementById("here").shadowRoot;
        return root.activeElement && root.activeElement.closest("[data-part=waiting]"); }"""
    )


def test_an_answer_is_typed_at_once(open_console: OpenConsole) -> None:
    """Opening the field puts the focus into it: its first letters are no keys of the console."""
    asked = {
        **dict.fromkeys(("due_ms", "seat")),
        "id": "n1",
        "kind": "nudge",
        "from": "A hint",
        "title": "What else fits?",
        "text": "",
        "since_ms": 1_500_000,
        "soft": True,
        "actions": [
            {"label": "Answer on the bridge", "command": "send_message", "data": {}, "needs_text": True}
        ],
    }
    console = open_console(view(asked=[asked]))
    console.page.get_by_role("button", name="Answer on the bridge").click()
    console.page.keyboard.type("only the old release")
    expect(console.page.get_by_label("Your words")).to_have_value("only the old release")


def test_the_server_hears_that_somebody_writes(open_console: OpenConsole) -> None:
    """A text with the focus is told once, and again that it is left; a button is no writing."""
    console = open_console()
    with console.page.expect_response("**/writing"):
        console.page.locator("[data-key=message]").focus()
    with console.page.expect_response("**/writing"):
        console.page.get_by_role("button", name="Help, keys and pager").focus()
    assert [body for what, body in console.posted if what == "writing"] == [{"open": True}, {"open": False}]


def test_refusal_stands_beside_its_control_and_the_text_stays(open_console: OpenConsole) -> None:
    """A refused command says why and who can, beside the control; the words are not lost."""
    console = open_console()
    console.answers = [
        (403, {"error": "The channel is closed.", "cure": "Only the facilitator can open it."})
    ]
    message = console.page.locator("[data-key=message]")
    message.fill("Anyone?")
    message.press("Enter")
    expect(console.page.locator(".compose .refusal")).to_contain_text("The channel is closed.")
    expect(console.page.locator(".compose .refusal")).to_contain_text("Only the facilitator can open it.")
    expect(message).to_have_value("Anyone?")


def test_operation_shows_its_preview_before_it_starts(open_console: OpenConsole) -> None:
    """Choosing an operation shows what it would do; starting sends it with its parameters."""
    console = open_console()
    shown = {
        "what": "Puts 4.11 back.",
        "expected": "No more leak.",
        "price": "A cold start.",
        "needs": [[True, "DC1 is held"]],
        "way_back": "none",
        "minutes": 6,
        "refusal": None,
    }
    console.answers = [(200, shown)]
    console.page.keyboard.press("o")
    console.page.locator(".oppanel .op").first.click()
    expect(console.page.locator(".oppanel .pv")).to_contain_text("Puts 4.11 back.")
    console.page.get_by_role("button", name="Start: Roll back on DC1").click()
    expect(console.page.locator(".oppanel .opform")).to_have_count(0)
    assert console.commands()[-1]["data"] == {
        "operation": "roll_back",
        "params": {"site": "dc1", "held": True},
    }


# --- drafts


def test_draft_outlives_a_reload(open_console: OpenConsole) -> None:
    """Words that were not sent are still there when the page is loaded again."""
    console = open_console()
    console.page.locator("[data-key=message]").fill("half a sent")
    console.page.reload()
    expect(console.page.locator("[data-key=message]")).to_have_value("half a sent")


# --- a page to me


def test_page_takes_the_focus_keeps_it_and_gives_it_back(open_console: OpenConsole) -> None:
    """A ringing page takes the focus, Tab stays inside, and after the acknowledgement the focus returns."""
    console = open_console()
    message = console.page.locator("[data-key=message]")
    message.focus()
    console.send({"type": "delta", "base": 41, "rev": 42, "set": {"pages": VIEW["pages"]}})
    acknowledge = console.page.get_by_role("button", name="Acknowledge")
    expect(acknowledge).to_be_focused()
    console.page.keyboard.press("Tab")
    expect(acknowledge).to_be_focused()
    expect(console.page).to_have_title("(1) PAGE " + VIEW["pages"][0]["title"][:40])
    console.page.keyboard.press("a")
    console.send({"type": "delta", "base": 42, "rev": 43, "set": {"pages": []}})
    expect(message).to_be_focused()
    expect(console.page).to_have_title("Console")
    assert [(sent["command"], sent["data"]) for sent in console.commands()] == [
        ("acknowledge_page", {"page": "p2"})
    ]


# --- keys


def test_keys_rest_while_a_person_types(open_console: OpenConsole) -> None:
    """Single keys act on the page but are letters in a field; Escape closes."""
    console = open_console()
    console.page.keyboard.press("/")
    message = console.page.locator("[data-key=message]")
    expect(message).to_be_focused()
    console.page.keyboard.type("o a ? /")
    expect(message).to_have_value("o a ? /")
    expect(console.page.locator(".oppanel")).to_have_count(0)
    console.page.keyboard.press("Escape")
    console.page.keyboard.press("o")
    expect(console.page.locator(".oppanel [data-key=operations]")).to_be_focused()
    console.page.keyboard.press("Escape")
    expect(console.page.locator(".oppanel")).to_have_count(0)


# --- the end


def test_end_leads_to_the_scorecard_and_offers_no_act(open_console: OpenConsole) -> None:
    """After the end the scorecard is one press away and nothing can be sent."""
    console = open_console(ended())
    link = console.page.get_by_role("link", name="Open the scorecard")
    expect(link).to_have_attribute("href", "/scorecard?drill=k3f9q2ab")
    expect(console.page.locator(".do, .clockctl, [data-part=waiting]")).to_have_count(0)


def test_what_a_view_lacks_is_not_drawn(open_console: OpenConsole) -> None:
    """A role without operations, changes, updates or charts gets a console without them."""
    lacking = dict.fromkeys(("operations", "running", "changes", "updates", "charts", "hypotheses", "sites"))
    console = open_console(view(**lacking))
    expect(console.page.locator(".tabs .tab")).to_have_text(["Console", "Document", "Tickets1"])


# --- for everyone


STATES = {"running": view, "ringing": ringing, "ended": ended, "paused": paused}


SIGHTS = [
    *(
        (theme, size, state)
        for theme in ("light", "dark")
        for size in (DESK, PHONE)
        for state in ("running", "ringing")
    ),
    ("light", PHONE, "ended"),
    ("dark", DESK, "ended"),
    ("light", DESK, "paused"),
]


@pytest.mark.parametrize(("theme", "size", "state"), SIGHTS)
def test_no_barrier_and_no_overflow(
    open_console: OpenConsole, theme: str, size: tuple[int, int], state: str
) -> None:
    """No WCAG A or AA violation, nothing to scroll sideways, and at a desk nothing to scroll at all."""
    console = open_console(STATES[state](), size=size, theme=theme)
    expect(console.page.locator(f".sd[data-theme={theme}]")).to_be_visible()
    assert violations(console) == []
    assert console.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    if size == DESK:
        assert console.page.evaluate("() => document.documentElement.scrollHeight - innerHeight") <= 0


def violations(console: Console) -> list[str]:
    """What axe finds, rule and first element."""
    console.page.evaluate(AXE.read_text("utf-8"))
    found = console.page.evaluate(
        """async (only) => {
          const { violations } = await axe.run(document, { runOnly: only });
          return violations.map((v) => `${v.id}: ${v.nodes[0].html}`);
        }""",
        WCAG,
    )
    return [str(line) for line in found]
