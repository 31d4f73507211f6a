"""A game day in eight browsers: a facilitator and seven trainees, from the link to the scorecard.

The screens are looked at as well: nothing reaches sideways, axe finds nothing, the focus is seen and kept, no
key is lost, and no page complains. With STORMDRILL_PICTURES set, a picture of each screen is kept there.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from app.keys import LinkKeys
from tests.app.served import Served
from tests.app.test_pages_in_browser import PATIENT_MS, sideways_px, violations

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("STORMDRILL_PICTURES", "")
FLAGSHIP = "three-datacenter-outage"
PEOPLE: Mapping[str, str] = {
    "commander": "Ana Cole",
    "tech_lead": "Tariq Moreno",
    "communications": "Jo Weber",
    "desk_1": "Mina Park",
    "desk_2": "Tom Berg",
    "specialist": "Priya Nair",
    "developer": "Marie Roux",
}
BASE_PATH_GUESS = re.compile(r"/(console|scorecard)/_stcore/(health|host-config)$")
"""Streamlit asks below the page's own path first, to find out where it is served; 404 is the answer."""
VISIBLE_S = 1.0
KEY_MS = 66  # fifteen keys a second
PHONE = {"width": 390, "height": 844}


@dataclass
class Room:
    """Everybody's browser, each in a context of its own.

    Attributes:
        complaints: errors that any page threw or logged.
    """

    server: Served
    browser: Browser
    pages: dict[str, Page] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def enter(self, who: str, path: str) -> Page:
        """Open a browser for somebody."""
        context = self.browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        page = self.pages[who] = context.new_page()
        self._listen(who, page)
        page.goto(f"{self.server.url}{path}")
        return page

    def also(self, who: str, **shape: object) -> Page:
        """Open somebody's console once more, in another size or theme."""
        state = self.pages[who].context.storage_state()
        context: BrowserContext = self.browser.new_context(
            storage_state=state, reduced_motion="reduce", **shape
        )  # type: ignore[arg-type]
        page = context.new_page()
        self._listen(who, page)
        page.goto(self.pages[who].url)
        page.locator(".bar").first.wait_for(timeout=PATIENT_MS)
        return page

    def _listen(self, who: str, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"{who}: {error}"))
        page.on("console", lambda message: self._heard(who, message))

    def _heard(self, who: str, message: ConsoleMessage) -> None:
        if message.type == "error" and not BASE_PATH_GUESS.search(message.location.get("url", "")):
            self.complaints.append(f"{who}: {message.text} {message.location}")

    def leave(self) -> None:
        for page in self.pages.values():
            page.context.close()


def keep(page: Page, name: str) -> None:
    """Keep a picture where a folder is named for them."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Room]:
    """Everybody in their seats: the facilitator by the link, the team by the code."""
    server = Served(tmp_path_factory.mktemp("game") / "data")
    server.start()
    room = Room(server, browser)
    try:
        code = _open(room)
        for seat in PEOPLE:
            _join(room, seat, code)
        _begin(room)
        yield room
    finally:
        room.leave()
        server.stop()


def _open(room: Room) -> str:
    """Open a drill by the facilitator's link; give its code."""
    claim = LinkKeys(room.server.data / "facilitator.json").open_claim()
    host = room.enter("facilitator", f"/#claim={claim}")
    host.get_by_role("link", name=re.compile("Open a drill for a team")).click(timeout=PATIENT_MS)
    host.get_by_label("Scenario").select_option(FLAGSHIP)
    host.get_by_label(re.compile("Your name")).fill("Ruth")
    keep(host, "01-open")
    host.get_by_role("button", name=re.compile("Open")).click()
    return host.locator(".bigcode").inner_text(timeout=PATIENT_MS)


def _join(room: Room, seat: str, code: str) -> None:
    page = room.enter(seat, f"/join/{code}")
    page.get_by_label("Your name").fill(PEOPLE[seat])
    page.locator(f"input[name=seat][value={seat}]").check()
    page.get_by_role("button", name="Take the seat").click()
    expect(page.get_by_role("heading", name=re.compile("^Your seat"))).to_be_visible()


def _begin(room: Room) -> None:
    """Begin from the lobby; every waiting page goes on to its console by itself."""
    host = room.pages["facilitator"]
    expect(host.get_by_role("status").first).to_contain_text("7 of 7", timeout=PATIENT_MS)
    keep(host, "02-lobby")
    keep(room.pages["commander"], "02-lobby-commander")
    host.on("dialog", lambda dialog: dialog.accept())
    host.get_by_role("button", name="Begin the drill").click()
    for page in room.pages.values():
        page.wait_for_url("**/console?*", timeout=PATIENT_MS)
        page.locator(".bar").first.wait_for(timeout=PATIENT_MS)


def test_everybody_is_here(room: Room) -> None:
    """The roster of the control room shows seven people, each in their console."""
    roster = room.pages["facilitator"].locator("[data-part=roster]")
    expect(roster.get_by_text("7 people, 0 bots")).to_be_visible(timeout=PATIENT_MS)
    expect(roster.locator("tr").filter(has_text=re.compile("Here|Writes"))).to_have_count(
        8, timeout=PATIENT_MS
    )


def test_an_act_is_visible_in_another_seat_within_a_second(room: Room) -> None:
    """What the commander says stands on the screen of each of the others, both render loops included."""
    said = room.pages["commander"].get_by_placeholder(re.compile("Message the bridge"))
    for number, seat in enumerate(seat for seat in PEOPLE if seat != "commander"):
        text = f"Roll call {number}, {seat}"
        room.pages[seat].get_by_role("button", name=re.compile("^Console")).click()
        said.fill(text)
        began_s = time.monotonic()
        said.press("Enter")
        expect(room.pages[seat].get_by_text(text).first).to_be_visible(timeout=5_000)
        assert time.monotonic() - began_s <= VISIBLE_S


def test_an_inject_by_hand_arrives_and_can_be_undone(room: Room) -> None:
    """What the facilitator sends reaches the seat after ten seconds; what was undone never does."""
    host = room.pages["facilitator"]
    host.get_by_label("Speed of the clock").select_option("1")
    words = host.get_by_label("Words", exact=True)
    for text, undone in (("Is the depot open?", True), ("Who drives truck nine?", False)):
        words.fill(text)
        expect(host.get_by_text("Reaches")).to_be_visible(timeout=10_000)
        host.get_by_role("button", name="Send now").click()
        undo = host.get_by_role("button", name=re.compile("^Undo"))
        expect(undo).to_be_visible(timeout=10_000)
        if undone:
            undo.click()
            expect(undo).to_have_count(0, timeout=10_000)
    commander = room.pages["commander"]
    expect(commander.get_by_text("Who drives truck nine?").first).to_be_visible(timeout=40_000)
    expect(commander.get_by_text("Is the depot open?")).to_have_count(0)


def test_the_clock_is_the_facilitators(room: Room) -> None:
    """No trainee has a control of the clock; the facilitator's speed reaches every bar."""
    for seat in PEOPLE:
        expect(room.pages[seat].locator(".clockctl")).to_have_count(0)
    host = room.pages["facilitator"]
    host.get_by_label("Speed of the clock").select_option("60")
    expect(host.get_by_text(re.compile("^(Running|Slowed)"))).to_be_visible(timeout=10_000)


def test_no_key_is_lost_and_the_focus_stays(room: Room) -> None:
    """Fifteen keys a second into the message of a drill at full speed: each arrives, the focus stays."""
    page = room.pages["developer"]
    text = "The collector runs without a pause, and the heap grows by a percent a minute."
    box = page.get_by_placeholder(re.compile("Message the bridge"))
    box.click()
    page.keyboard.type(text, delay=KEY_MS)
    assert box.input_value() == text
    assert box.evaluate("el => el.getRootNode().activeElement === el")
    box.fill("")


def test_the_focus_is_seen(room: Room) -> None:
    """Whatever Tab reaches in a console shows that it has the focus."""
    page = room.pages["communications"]
    page.locator(".logo").first.focus()
    for _ in range(14):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => { let el = document.activeElement;
            while (el.shadowRoot && el.shadowRoot.activeElement) el = el.shadowRoot.activeElement;
            const seen = (node) => { const s = getComputedStyle(node);
              return s.outlineStyle !== "none" || s.boxShadow !== "none"; };
            return [el.outerHTML.slice(0, 120), seen(el) || seen(el.parentElement)]; }"""
        )
        assert shown[1], shown[0]


@pytest.mark.parametrize("seat", [*PEOPLE, "facilitator"])
def test_every_screen_of_a_seat(room: Room, seat: str) -> None:
    """Each tab fits its window, and axe finds nothing in it; in light, in dark and on a phone."""
    page = room.pages[seat]
    for name, view in _tabs(page):
        assert sideways_px(page) <= 0, f"{seat} {view}"
        assert violations(page) == [], f"{seat} {view}"
        keep(page, f"{seat}-{name}-light")
    for look, shape in (
        ("dark", {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"}),
        ("phone", {"viewport": PHONE, "has_touch": True}),
    ):
        other = room.also(seat, **shape)
        other.wait_for_timeout(600)  # the charts are drawn
        assert sideways_px(other) <= 0, f"{seat} {look}"
        assert violations(other) == [], f"{seat} {look}"
        keep(other, f"{seat}-{look}")
        other.context.close()


def _tabs(page: Page) -> Iterator[tuple[str, str]]:
    """Go through the views of a console, those that open in it; give number and title of each."""
    tabs = page.get_by_role("navigation", name="Views").get_by_role("button")
    if not tabs.count():
        yield "1", "the only one"
        return
    for number in range(tabs.count()):
        tab = tabs.nth(number)
        tab.click()
        page.wait_for_timeout(300)
        yield str(number + 1), tab.inner_text()
    tabs.first.click()


def test_looking_over_a_shoulder_presses_nothing(room: Room) -> None:
    """The facilitator sees a seat's screen, with what waits there and without a button."""
    host = room.pages["facilitator"]
    with host.context.expect_page() as opened:
        host.get_by_role("link", name=re.compile("^See as commander")).click()
    over = opened.value
    expect(over.get_by_text(re.compile("You look over the shoulder of Ana Cole"))).to_be_visible(
        timeout=PATIENT_MS
    )
    expect(over.get_by_placeholder(re.compile("Message the bridge"))).to_have_count(0)
    keep(over, "facilitator-over-the-shoulder")
    over.close()


def test_the_end_leads_everybody_to_the_scorecard(room: Room) -> None:
    """The facilitator stops; every screen says so, and the proof can be opened."""
    host = room.pages["facilitator"]
    host.get_by_title("Stop the drill").click()
    host.get_by_role("dialog").get_by_role("button", name=re.compile("Stop and score")).click()
    for seat in PEOPLE:
        expect(room.pages[seat].get_by_text("The drill has ended")).to_be_visible(timeout=PATIENT_MS)
    page = room.pages["specialist"]
    page.get_by_role("link", name="Open the scorecard").click()
    page.get_by_text("The story in one screen").wait_for(timeout=PATIENT_MS)
    keep(page, "09-scorecard")
    assert room.complaints == []
