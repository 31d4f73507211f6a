"""A stranger's path in a real browser: from the address to a live night, a page, and the proof."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.app.served import Served

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("STORMDRILL_PICTURES", "")
LIVE_MS = 30_000
SEED = 7
"""The night that is played: a failure can be played again."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("stranger") / "data")
    served.start()
    yield served
    served.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.route("**/api/play", _with_seed)
    yield context.new_page()
    context.close()


def _with_seed(route: Route) -> None:
    route.continue_(post_data=json.dumps({**route.request.post_data_json, "seed": SEED}))


def keep(page: Page, name: str) -> None:
    """Keep a picture of a step where a folder is named for them."""
    if PICTURES:
        page.wait_for_timeout(400)
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


def start_as(page: Page, url: str, seat: str) -> None:
    """From the address to the live screen: one click to choose a seat at most, one to start."""
    page.goto(url)
    start = page.get_by_role("button", name=re.compile("^Start as"))
    start.wait_for(timeout=LIVE_MS)
    if seat != "Tech lead":
        page.get_by_role("radio", name=re.compile(f"^{seat}")).check()
    keep(page, "01-home")
    page.get_by_role("button", name=f"Start as {seat.lower()}").click()
    page.get_by_text("EXERCISE").first.wait_for(timeout=LIVE_MS)
    page.get_by_text(re.compile(r"T\+00:0\d")).first.wait_for(timeout=LIVE_MS)


def skip_to_page(page: Page) -> None:
    """Skip on, act by act, until somebody calls."""
    for _ in range(12):
        skip_once(page)
        if page.get_by_text("Page for you", exact=True).count():
            return
    raise AssertionError("nobody called")


def see_to(page: Page) -> None:
    """Answer what the exercise asks, join who calls, and end the calls that run: each of them holds time."""
    with suppress(PlaywrightTimeout):
        if page.get_by_text("The exercise asks").count():
            page.get_by_label("Your answer").fill("What serves customers goes first.", timeout=3_000)
            page.get_by_role("button", name="Answer, and let the clock run").click(timeout=3_000)
        close = page.get_by_role("button", name="Close operations")
        if close.count():  # the operations lie over what waits
            close.first.click(timeout=3_000)
        phone = page.get_by_role("button", name="Answer", exact=True)
        if phone.count():
            phone.first.click(timeout=3_000)
            page.wait_for_timeout(500)
        join = page.get_by_role("button", name="Join", exact=True)
        if join.count():
            join.first.click(timeout=3_000)
            page.get_by_role("button", name="Hang up").wait_for(timeout=3_000)
        if page.get_by_role("button", name="Hang up").count():
            page.get_by_role("button", name="Hang up").first.click(timeout=3_000)
            page.wait_for_timeout(500)


def skip_once(page: Page) -> None:
    """Skip to the end of the act, or to the page that stops the skip."""
    see_to(page)
    called, before = page.get_by_text("Page for you", exact=True), _drill_ms(page)
    with suppress(PlaywrightTimeout):  # a page may ring before either click
        page.get_by_title(re.compile("^Skip to")).first.click(timeout=3_000)
        page.get_by_role("dialog").get_by_role("button", name=re.compile("^Skip to")).click(timeout=3_000)
    for _ in range(80):
        page.wait_for_timeout(250)
        if called.count():
            return
        if _drill_ms(page) > before and page.get_by_text(re.compile("^(Running|Slowed)")).count():
            return


def play_past(page: Page, minutes: int) -> None:
    """Skip on to a moment, acknowledging what rings on the way."""
    while _drill_ms(page) < minutes * 60_000:
        if page.get_by_text("Page for you", exact=True).count():
            page.keyboard.press("a")
            page.wait_for_timeout(500)
        else:
            skip_once(page)


def operate(page: Page, word: str, title: str) -> None:
    """Open the operations, find one, and start it as it stands."""
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.get_by_label("Search operations").fill(word)
    page.keyboard.press("Enter")
    page.get_by_text("Before you start").wait_for(timeout=10_000)
    keep(page, f"op-{word}")
    page.get_by_role("button", name=re.compile(f"^Start: {title}")).click()
    page.get_by_text("Running and done").wait_for()
    expect(page.get_by_text(re.compile(r"^(Running|Done|Failed)")).first).to_be_visible(timeout=10_000)


def test_a_stranger_plays_the_night(server: Served, page: Page) -> None:
    """Play alone, paged, acknowledge, logs, roll back, no help, shed, stop, scorecard, evidence."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    start_as(page, server.url, "Tech lead")
    keep(page, "02-live")
    skip_to_page(page)
    keep(page, "03-paged")
    assert page.title().startswith("(1) PAGE")
    page.keyboard.press("a")
    expect(page.get_by_text("Page for you", exact=True)).to_have_count(0, timeout=10_000)
    page.get_by_role("button", name="Logs and changes").click()
    expect(page.get_by_text(re.compile("BundleOfferCache")).first).to_be_visible(timeout=20_000)
    keep(page, "04-logs")
    page.get_by_role("button", name="Console", exact=True).click()
    operate(page, "roll", "Roll back")
    keep(page, "05-rolling-back")
    skip_to_page(page)
    page.keyboard.press("a")
    expect(page.get_by_text("Page for you", exact=True)).to_have_count(0, timeout=10_000)
    expect(
        page.get_by_text(re.compile("DC1 and DC2 take no traffic|DC1 takes no traffic")).first
    ).to_be_visible()
    keep(page, "06-no-help")
    operate(page, "shed", "Shed")
    keep(page, "07-shed")
    play_past(page, 76)
    keep(page, "07-quarter-past-four")
    page.get_by_role("button", name="Stop the drill").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Stop|End")).first.click()
    page.get_by_text("The drill has ended").wait_for(timeout=20_000)
    keep(page, "08-ended")
    page.get_by_role("link", name=re.compile("scorecard", re.IGNORECASE)).first.click()
    page.get_by_text("The story in one screen").wait_for(timeout=LIVE_MS)
    keep(page, "09-scorecard")
    page.get_by_text("Command and roles", exact=True).click()
    line = page.get_by_text(re.compile("Someone takes command")).first
    expect(line).to_be_visible(timeout=LIVE_MS)
    line.click()
    expect(page.get_by_text(re.compile("takes? command")).nth(1)).to_be_visible()
    keep(page, "10-evidence")
    assert errors == []


def test_a_killed_server_loses_nothing(page: Page, tmp_path: Path) -> None:
    """After SIGKILL in mid-drill the page comes back by itself, every act in place, no time passed."""
    served = Served(tmp_path / "data")
    served.start()
    try:
        start_as(page, served.url, "Tech lead")
        said = page.get_by_placeholder(re.compile("Message the bridge"))
        said.fill("Written before the cut.")
        said.press("Enter")
        expect(page.get_by_text("Written before the cut.")).to_be_visible(timeout=10_000)
        page.wait_for_timeout(2_500)
        before = _drill_ms(page)
        served.kill()
        page.wait_for_timeout(5_000)
        expect(page.get_by_text(re.compile("^Reconnecting"))).to_be_visible()
        said.fill("A draft that must stay")
        keep(page, "11-reconnecting")
        served.start()
        page.get_by_text("Live", exact=True).wait_for(timeout=30_000)
        expect(page.get_by_text("Written before the cut.")).to_be_visible()
        assert said.input_value() == "A draft that must stay"
        assert _drill_ms(page) - before < 60_000
        page.get_by_role("button", name="Stop the drill").click()
        page.get_by_role("dialog").get_by_role("button", name=re.compile("Stop|End")).first.click()
        page.get_by_text("The drill has ended").wait_for(timeout=20_000)
        page.get_by_role("link", name=re.compile("scorecard", re.IGNORECASE)).first.click()
        page.get_by_text("The story in one screen").wait_for(timeout=LIVE_MS)
    finally:
        served.stop()


def _drill_ms(page: Page) -> int:
    """Read the drill's own time from the screen, to the minute."""
    text = page.get_by_text(re.compile(r"^T\+\d\d:\d\d$")).first.inner_text()
    return (int(text[2:4]) * 60 + int(text[5:7])) * 60_000


def test_a_commander_gets_work_done(server: Served, page: Page) -> None:
    """Who commands alone takes the lead, asks for an operation by task, and the tech lead's bot does it."""
    start_as(page, server.url, "Commander")
    skip_to_page(page)
    keep(page, "20-commander-paged")
    page.keyboard.press("a")
    page.get_by_role("button", name="Take a role").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Take")).last.click()
    expect(page.get_by_text("Your command").first).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="Operations").first.click()
    page.get_by_label("Search operations").fill("shed")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("^Ask David: Shed")).click()
    keep(page, "21-commander-asked")
    page.get_by_role("button", name="Console", exact=True).click()
    skip_once(page)
    keep(page, "22-commander-later")
    expect(page.get_by_text(re.compile("of crawler is refused")).first).to_be_visible(timeout=20_000)


def test_a_desk_takes_the_first_call(server: Served, page: Page) -> None:
    """Whoever answers is on the call, logs a ticket with its four fields, hangs up, and ranks it."""
    start_as(page, server.url, "Service desk")
    expect(page.get_by_text("Phones ring, mail and alerts come in on the left.")).to_be_visible()
    page.get_by_role("button", name="Answer", exact=True).click(timeout=120_000)
    page.get_by_text("On a call with Gus Pereira").wait_for(timeout=10_000)
    page.get_by_role("button", name="Take number and time").click()
    page.get_by_label("In one line").fill("A new starter cannot log in")
    page.get_by_label("What is not working").fill("Her password has expired, she is on in ten minutes.")
    page.get_by_role("button", name="Service request").click()
    expect(page.get_by_text("All four fields are there.")).to_be_visible()
    keep(page, "30-desk-call")
    page.get_by_role("button", name="Log ticket").click()
    page.get_by_role("button", name="Hang up").click()
    page.get_by_label("Category", exact=True).select_option(label="Request")
    for name, answer in (("People affected", "Nobody stopped"), ("Money", "None"), ("Security", "No")):
        page.get_by_role("group", name=name).get_by_role("button", name=answer, exact=True).click()
    page.get_by_role("group", name="Priority").get_by_role("button", name="Low").click()
    page.get_by_role("button", name="Save ticket").click()
    expect(page.get_by_text("Saved as it stands.")).to_be_visible(timeout=10_000)
    keep(page, "31-desk-ticket")
