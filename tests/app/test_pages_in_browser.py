"""The pages in a real browser: first page, claim, scorecard; light, dark and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.keys import LinkKeys
from tests.app.conftest import SCENARIO, copy_starter
from tests.app.served import Served
from tests.conftest import OpenPage

pytestmark = pytest.mark.browser
PATIENT_MS = 30_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console with the starter beside the library."""
    folder = tmp_path_factory.mktemp("pages")
    served = Served(folder / "data", "--scenarios", str(copy_starter(folder / "mine")))
    served.start()
    yield served
    served.stop()


def violations(page: Page) -> list[str]:
    """What axe finds on a page."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def sideways_px(page: Page) -> int:
    """How far a page reaches beyond its width."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def begin(page: Page) -> None:
    """Start the small scenario from the first page."""
    page.get_by_label("Scenario").select_option(SCENARIO)
    page.get_by_role("button", name="Start as tech lead").click()
    page.wait_for_url("**/console?*", timeout=PATIENT_MS)
    page.get_by_text("EXERCISE").first.wait_for(timeout=PATIENT_MS)


def stop(page: Page) -> str:
    """End the drill that a page shows, as its person; give the drill's id."""
    drill = re.search(r"[?&]d=(\w+)", page.url)
    assert drill
    answer = page.request.post(
        f"/api/drills/{drill[1]}/commands".join([page.url.split("/console")[0], ""]),
        headers={"X-Stormdrill": "1"},
        data={"command_id": "stop", "command": "stop", "data": {}},
    )
    assert answer.ok, answer.text()
    return drill[1]


@pytest.mark.parametrize("viewport", ["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_first_page(server: Served, open_page: OpenPage, viewport: str, theme: str) -> None:
    """Seats can be read and chosen, the button says the act, nothing reaches sideways, axe finds nothing."""
    page = open_page(server.url, viewport=viewport, theme=theme)
    page.get_by_role("button", name="Start as tech lead").wait_for(timeout=PATIENT_MS)
    page.get_by_role("radio", name="Commander").check(force=True)
    expect(page.get_by_role("button", name="Start as commander")).to_be_in_viewport()
    expect(page.get_by_text("Your seat: commander")).to_be_visible()
    assert sideways_px(page) <= 0
    assert violations(page) == []


def test_the_keyboard_is_enough(server: Served, open_page: OpenPage) -> None:
    """Tab reaches the seats, an arrow chooses the next, Enter starts."""
    page = open_page(server.url)
    page.get_by_role("radio", name="Tech lead").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="Start as commander")).to_be_visible()
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console?*seat=commander", timeout=PATIENT_MS)


def test_a_start_that_fails_says_so(server: Served, open_page: OpenPage) -> None:
    """The reason and the cure stand beside the button, which can be pressed again."""
    page = open_page(server.url)
    refusal = '{"error": "the disk is full", "cure": "make room, then start again"}'
    page.route("**/api/play", lambda route: route.fulfill(status=503, body=refusal))
    page.get_by_role("button", name="Start as tech lead").click(timeout=PATIENT_MS)
    expect(page.get_by_role("alert").filter(has_text="the disk is full")).to_contain_text("make room")
    expect(page.get_by_role("button", name="Start as tech lead")).to_be_enabled()


def test_a_drill_is_found_again_and_judged(server: Served, open_page: OpenPage) -> None:
    """An open drill stands on the first page; an ended one leads from there to its scorecard and evidence."""
    page = open_page(server.url)
    begin(page)
    console = page.url
    page.goto(server.url)
    expect(page.get_by_role("link", name=re.compile("^Return"))).to_be_visible(timeout=PATIENT_MS)
    page.goto(console)
    stop(page)
    page.goto(server.url)
    page.get_by_role("link", name=re.compile("^Scorecard")).first.click(timeout=PATIENT_MS)
    expect(page.get_by_role("heading", name="What happened that night")).to_be_visible(timeout=PATIENT_MS)
    page.get_by_role("img", name=re.compile("^Lanes over story time")).wait_for(timeout=PATIENT_MS)
    page.locator("details.dim > summary").nth(1).click()
    expect(page.locator("#CMD-1")).to_be_visible()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Report").click()
    assert Path(kept.value.path()).read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")


@pytest.mark.parametrize("viewport", ["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_scorecard(server: Served, open_page: OpenPage, viewport: str, theme: str) -> None:
    """Nothing reaches sideways, axe finds nothing, a line named in the panel opens where it stands."""
    page = open_page(server.url, viewport=viewport, theme=theme)
    begin(page)
    drill = stop(page)
    page.goto(f"{server.url}/scorecard?d={drill}")
    page.get_by_role("img", name=re.compile("^Lanes over story time")).wait_for(timeout=PATIENT_MS)
    assert sideways_px(page) <= 0
    assert violations(page) == []
    page.get_by_role("link", name="CMD-1").first.click()
    expect(page.locator("#CMD-1")).to_be_visible()


def test_the_facilitators_link(server: Served, open_page: OpenPage) -> None:
    """The claim is exchanged once and is gone from the address; another browser is refused."""
    link = f"{server.url}/#claim={LinkKeys(server.data / 'facilitator.json').open_claim()}"
    page = open_page(link)
    with page.expect_response("**/api/claim", timeout=PATIENT_MS) as answer:
        expect(page).not_to_have_url(re.compile("claim"), timeout=PATIENT_MS)
    assert answer.value.ok
    assert "stormdrill_facilitator" in {each["name"] for each in page.context.cookies()}
    other = open_page(link)
    expect(other.get_by_role("alert").filter(has_text="was used")).to_be_visible(timeout=PATIENT_MS)


def test_the_theme_follows_the_system(server: Served, open_page: OpenPage) -> None:
    """When the system turns dark the page and its elements do too, without a reload."""
    page = open_page(server.url)
    page.get_by_role("button", name="Start as tech lead").wait_for(timeout=PATIENT_MS)
    expect(page.locator("#play")).to_have_class(re.compile("sd-light"))
    page.emulate_media(color_scheme="dark")
    expect(page.locator("#play")).to_have_class(re.compile("sd-dark"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
