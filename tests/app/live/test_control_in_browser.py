"""The facilitator's control room in a real browser: axis, script, what is sent by hand, seats, notes."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.app.live.conftest import Console, OpenConsole
from tests.app.test_pages_in_browser import sideways_px, violations

pytestmark = pytest.mark.browser
ROOM: dict[str, Any] = json.loads((Path(__file__).parent / "control.json").read_text("utf-8"))
MINUTE_MS = 60_000


def room(**changes: Any) -> dict[str, Any]:
    """The control room's view at 03:52, the clock standing; `changes` replace whole keys."""
    return {**deepcopy(ROOM), **changes}


def sent(console: Console) -> tuple[str, dict[str, Any]]:
    """The one command that was posted, or is about to be."""
    while not console.commands():
        console.page.wait_for_timeout(20)
    (command,) = console.commands()
    return command["command"], command["data"]


def list_row(page: Page, words: str) -> Any:
    return page.locator("[data-part=injects] li").filter(has_text=words)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (390, 844)])
def test_it_fits_and_has_no_barriers(open_console: OpenConsole, size: tuple[int, int], theme: str) -> None:
    """Nothing reaches sideways, and axe finds nothing."""
    console = open_console(room(), size=size, theme=theme)
    assert sideways_px(console.page) <= 0
    assert violations(console.page) == []


def test_a_planned_inject_is_moved_by_dragging(open_console: OpenConsole) -> None:
    """Where the mark is let go is the time it is moved to, in whole minutes; one that came stays."""
    console = open_console(room())
    axis, mark = console.page.locator(".tltrack"), console.page.locator("button.mk", has_text="Robert Hale")
    width, box = axis.evaluate("el => el.clientWidth"), mark.bounding_box()
    assert box is not None
    console.page.mouse.move(box["x"] + 8, box["y"] + 8)
    console.page.mouse.down()
    console.page.mouse.move(box["x"] + 8 + width / 8, box["y"] + 8, steps=6)
    console.page.mouse.up()
    command, data = sent(console)
    was_ms = next(row["t_ms"] for row in ROOM["timeline"] if row["inject"] == "i09")
    assert (command, data["inject"]) == ("move_inject", "i09")
    assert data["to_ms"] % MINUTE_MS == 0
    assert abs(data["to_ms"] - was_ms - 15 * MINUTE_MS) <= MINUTE_MS
    expect(console.page.get_by_role("dialog")).to_have_count(0)


def test_a_press_opens_the_inject(open_console: OpenConsole) -> None:
    """What it says, what it waits for, what it calls for; and it can be moved without a mouse."""
    console = open_console(room())
    console.page.locator("button.mk", has_text="Robert Hale").focus()
    console.page.keyboard.press("Enter")
    dialog = console.page.get_by_role("dialog")
    expect(dialog).to_contain_text("What do I tell the board?")
    expect(dialog).to_contain_text("30 min after alert fired dc2_down")
    expect(dialog).to_contain_text("COM-1")
    dialog.get_by_label("Move to, story time").fill("04:10")
    dialog.get_by_role("button", name="Move to Wed 04:10").click()
    assert sent(console) == ("move_inject", {"inject": "i09", "to_ms": 70 * MINUTE_MS})
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize(
    ("words", "button", "command", "inject"),
    [
        ("Robert Hale", "Fire now", "trigger_inject", "i09"),
        ("Robert Hale", "Hold", "hold_inject", "i09"),
        ("Pick lists blank", "Release", "release_inject", "i10"),
    ],
)
def test_the_list_acts(open_console: OpenConsole, words: str, button: str, command: str, inject: str) -> None:
    """Fire, hold and release stand in the row."""
    console = open_console(room())
    row = list_row(console.page, words)
    row.get_by_role("button", name=button, exact=True).click()
    if command == "trigger_inject":
        assert console.commands() == []  # it cannot be taken back, and the list may move under the pointer
        row.get_by_role("button", name="Sure, fire").click()
    assert sent(console) == (command, {"inject": inject})


def test_what_is_refused_says_why_in_its_row(open_console: OpenConsole) -> None:
    """Of two facilitators the second reads that it was done."""
    console = open_console(room())
    console.answers = [(409, {"error": "trigger refused: already done", "cure": "see the timeline"})]
    row = list_row(console.page, "Robert Hale")
    row.get_by_role("button", name="Fire now").click()
    row.get_by_role("button", name="Sure, fire").click()
    expect(row.get_by_role("alert")).to_contain_text("already done")


def test_by_hand_is_looked_at_then_sent_then_undone(open_console: OpenConsole) -> None:
    """The preview says whom it reaches; the words go; what has not come can be taken back."""
    console = open_console(room())
    page = console.page
    looked = {
        "reaches": [{"seat": "commander", "title": "Commander", "name": "Ana Cole", "bot": False}],
        "not_reached": [],
        "how": "a message, by chat",
        "story": "Wed 03:52",
        "world": "unchanged",
    }
    console.answers = [(200, looked), (200, {})]
    expect(page.get_by_role("button", name="Send now")).to_be_disabled()
    page.get_by_label("Words", exact=True).fill("Is it only us?")
    expect(page.get_by_text("Ana Cole, commander")).to_be_visible()
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_label("Words", exact=True)).to_have_value("")
    command, data = sent(console)
    assert (command, data["text"], data["to"]) == ("add_inject", "Is it only us?", ["commander"])
    row = {**ROOM["timeline"][2], "inject": "hand-1", "by_hand": True, "undo_s": 7, "text": "Is it only us?"}
    timeline = [*ROOM["timeline"], {**row, "state": "planned", "to": ["Commander"], "title": ""}]
    console.send({"type": "delta", "base": console.state["rev"], "rev": 99, "set": {"timeline": timeline}})
    with page.expect_request("**/commands"):
        page.get_by_role("button", name="Undo, 7 s").click()
    assert console.commands()[-1]["command"] == "withdraw_inject"
    assert console.commands()[-1]["data"] == {"inject": "hand-1"}


def test_a_seat_that_may_be_stuck_is_asked(open_console: OpenConsole) -> None:
    """The hint is proposed, sent at a press, and put away after it."""
    console = open_console(room())
    console.page.get_by_role("button", name="Ask it now").click()
    assert sent(console) == ("nudge_seat", {"to": "tech_lead", "text": "What else fits?"})
    expect(console.page.get_by_text("may be stuck")).to_have_count(0)


def test_the_seats_say_who_is_gone(open_console: OpenConsole) -> None:
    """Away with its time, what waits for them; a bot stands in after a question, a seat is seen by a link."""
    console = open_console(room())
    mina = console.page.locator("[data-part=roster] tr").filter(has_text="Mina")
    expect(mina).to_contain_text("Away 40 s")
    expect(mina).to_contain_text("page 4 min")
    mina.get_by_role("button", name="Let a bot stand in").click()
    with console.page.expect_request("**/lobby") as asked:
        console.page.get_by_role("dialog").get_by_role("button", name="Let a bot stand in").click()
    assert "act=remove" in (asked.value.post_data or "")
    assert "person=p2" in (asked.value.post_data or "")
    eye = mina.get_by_role("link", name=re.compile("^See as service desk"))
    assert str(eye.get_attribute("href")).endswith("watch=desk_1")


def test_the_bridge_is_heard_beside_the_notes(open_console: OpenConsole) -> None:
    """What the team says is one press away."""
    console = open_console(room())
    console.page.get_by_role("button", name="Bridge", exact=True).click()
    expect(console.page.get_by_role("log", name="Bridge")).to_contain_text("First site is out.")


def test_a_note_has_a_tag(open_console: OpenConsole) -> None:
    """Notes stand newest first, with who wrote them."""
    console = open_console(room())
    notes = console.page.locator("[data-part=notes]")
    expect(notes).to_contain_text("She said who leads.")
    notes.get_by_role("button", name="Stuck").click()
    notes.get_by_role("textbox").fill("Three tries, one idea.")
    notes.get_by_role("textbox").press("Enter")
    assert sent(console) == ("note_observation", {"text": "Three tries, one idea.", "tag": "stuck"})


def test_something_real_ends_it_for_everybody(open_console: OpenConsole) -> None:
    """One question, then the drill is over, with the reason."""
    console = open_console(room())
    console.page.get_by_role("button", name="Stop, real").click()
    console.page.get_by_role("dialog").get_by_role("button", name="Stop for everybody").click()
    assert sent(console) == ("stop", {"reason": "real world"})
