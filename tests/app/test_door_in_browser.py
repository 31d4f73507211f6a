"""The way in, in a real browser: on a phone and on a desk, light and dark, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.app.conftest import copy_starter
from tests.app.hosting import facilitator_of, open_lobby
from tests.app.served import Served
from tests.app.test_pages_in_browser import PATIENT_MS, sideways_px, violations
from tests.conftest import OpenPage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console with the starter beside the library."""
    folder = tmp_path_factory.mktemp("door")
    served = Served(folder / "data", "--scenarios", str(copy_starter(folder / "mine")))
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def host(server: Served) -> Iterator[httpx.Client]:
    """The facilitator's browser, without a window."""
    with facilitator_of(server) as client:
        yield client


def is_fine(page: Page) -> None:
    """Nothing reaches sideways, axe finds nothing."""
    assert sideways_px(page) <= 0
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_from_the_code_to_the_console_on_a_phone(
    server: Served, host: httpx.Client, open_page: OpenPage, theme: str
) -> None:
    """Code, name, seat, lobby: each page fits a phone; when the drill begins the page goes on by itself."""
    drill, code = open_lobby(host)
    page = open_page(f"{server.url}/join", viewport="phone", theme=theme)
    is_fine(page)
    page.get_by_label("Code of the drill").fill(code.lower())
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Your name").fill("عبد الله")
    page.get_by_role("radio", name=re.compile("^Tech lead")).check()
    is_fine(page)
    page.get_by_role("button", name="Take the seat").click()
    expect(page.get_by_role("heading", name="Your seat: tech lead")).to_be_visible()
    expect(page.locator("#here")).to_contain_text("عبد الله")
    page.get_by_role("button", name="Ring once").click()
    expect(page.locator("#ring-said")).not_to_be_empty()
    is_fine(page)
    assert host.post("/lobby", data={"d": drill, "act": "begin"}).status_code == 303
    page.wait_for_url("**/console?*seat=tech_lead", timeout=PATIENT_MS)


def test_the_lobby_shows_who_comes(server: Served, host: httpx.Client, open_page: OpenPage) -> None:
    """Somebody who joins stands in the others' lists within seconds, without a reload."""
    drill, code = open_lobby(host)
    page = open_page(f"{server.url}/join/{code}", viewport="phone")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("radio", name=re.compile("^Observer")).check()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("0 of")
    form = {"name": "Ben", "seat": "commander"}
    assert httpx.post(f"{server.url}/join/{code}", data=form).status_code == 303
    expect(page.locator("#here")).to_contain_text("Ben", timeout=PATIENT_MS)
    assert host.post("/lobby", data={"d": drill, "act": "begin"}).status_code == 303


@pytest.mark.parametrize("viewport", ["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_facilitators_pages(
    server: Served, host: httpx.Client, open_page: OpenPage, viewport: str, theme: str
) -> None:
    """Opening, inviting, moving and the list fit the screen, and axe finds nothing."""
    drill, code = open_lobby(host)
    httpx.post(f"{server.url}/join/{code}", data={"name": "Ada", "seat": "tech_lead"})
    page = open_page(f"{server.url}/join", viewport=viewport, theme=theme)
    kept = [{"name": name, "value": value, "url": server.url} for name, value in host.cookies.items()]
    page.context.add_cookies(kept)  # type: ignore[arg-type]
    for path in ("/open", f"/lobby?d={drill}", "/drills"):
        page.goto(f"{server.url}{path}")
        is_fine(page)
    page.goto(f"{server.url}/lobby?d={drill}")
    expect(page.get_by_role("img", name=re.compile("^QR code of http"))).to_be_visible()
    page.get_by_label("New seat for Ada").select_option("commander")
    page.get_by_role("button", name="Move Ada", exact=True).click()
    expect(page.locator("#here li").filter(has_text="Commander")).to_contain_text("Ada")
    page.get_by_role("button", name="New link for Ada").click()
    expect(page.get_by_text("The new link for Ada, shown once")).to_be_visible()
    link = page.locator(".fresh .address").inner_text()
    is_fine(page)
    httpx.post(f"{server.url}/join/{code}", data={"name": "Ben", "seat": "communications"})
    expect(page.locator("#here")).to_contain_text("Ben", timeout=PATIENT_MS)
    expect(page.locator(".fresh .address")).to_have_text(link)


def test_a_late_joiners_briefing(server: Served, host: httpx.Client, open_page: OpenPage) -> None:
    """Who comes late reads how it stands, on a phone, and goes on to the console."""
    drill, code = open_lobby(host)
    host.post("/lobby", data={"d": drill, "act": "begin"})
    page = open_page(f"{server.url}/join/{code}", viewport="phone")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("radio", name=re.compile("^Commander")).check()
    page.get_by_role("button", name="Take the seat").click()
    expect(page.get_by_role("heading", name="You take over: commander")).to_be_visible()
    is_fine(page)
    page.get_by_role("link", name="To the console").click()
    page.wait_for_url("**/console?*seat=commander", timeout=PATIENT_MS)
    page.get_by_text("EXERCISE").first.wait_for(timeout=PATIENT_MS)


def test_a_customer_comes_late_on_a_phone(server: Served, host: httpx.Client, open_page: OpenPage) -> None:
    """Who joins as the reporter reads whether it works, opens the shop, tries it and reports."""
    drill, code = open_lobby(host)
    host.post("/lobby", data={"d": drill, "act": "begin"})
    page = open_page(f"{server.url}/join/{code}", viewport="phone")
    page.get_by_label("Your name").fill("Ines")
    page.get_by_role("radio", name=re.compile("^Reporter")).check()
    page.get_by_role("button", name="Take the seat").click()
    expect(page.get_by_role("heading", name="You come in: reporter")).to_be_visible()
    is_fine(page)
    page.get_by_role("link", name="To the shop").click()
    expect(page.get_by_role("heading", name=re.compile("^You are a customer of"))).to_be_visible(
        timeout=PATIENT_MS
    )
    page.get_by_role("button", name="Try it now").click()
    expect(page.locator(".said")).to_contain_text("The page came in")
    page.get_by_role("button", name="Reports").click()
    page.get_by_label("What do you see?").fill("The page spins.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("[data-part=my-tickets]")).to_contain_text("The page spins.", timeout=PATIENT_MS)
    assert sideways_px(page) <= 0
