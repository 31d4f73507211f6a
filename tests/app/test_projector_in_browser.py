"""The projector in a real browser: on a wall and on a phone, for the facilitator and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.app.conftest import HEADER, copy_starter
from tests.app.hosting import facilitator_of, open_lobby
from tests.app.served import Served
from tests.app.test_pages_in_browser import PATIENT_MS, sideways_px, violations
from tests.conftest import OpenPage

pytestmark = pytest.mark.browser

WALLS = ((1280, 720), (1440, 900), (1920, 1080), (3840, 2160))
CUT_PX = """el => [el.scrollWidth - el.clientWidth,
  ...[el, ...el.querySelectorAll(".pcard, .pseats, .psay, .pfoot")]
  .map(each => each.scrollHeight - each.clientHeight)]"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console with the starter beside the library."""
    folder = tmp_path_factory.mktemp("projector")
    served = Served(folder / "data", "--scenarios", str(copy_starter(folder / "mine")))
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def host(server: Served) -> Iterator[httpx.Client]:
    """The facilitator's browser, without a window."""
    with facilitator_of(server) as client:
        yield client


@pytest.fixture(scope="module")
def drill(host: httpx.Client) -> tuple[str, str]:
    """A running drill that stands still, for a team; its id and code."""
    drill, code = open_lobby(host)
    assert host.post("/lobby", data={"d": drill, "act": "begin"}).status_code == 303
    assert command(host, drill, "pause").status_code == 200
    return drill, code


def command(host: httpx.Client, drill: str, name: str) -> httpx.Response:
    """Send a command of the clock as the facilitator."""
    body = {"command_id": f"test-{name}", "command": name, "data": {}}
    return host.post(f"/api/drills/{drill}/commands", json=body, headers=HEADER)


def open_as(page: Page, client: httpx.Client, url: str) -> None:
    """Open an address with somebody's cookies."""
    kept = [{"name": name, "value": value, "url": url} for name, value in client.cookies.items()]
    page.context.add_cookies(kept)  # type: ignore[arg-type]
    page.goto(url)
    page.get_by_text("EXERCISE").first.wait_for(timeout=PATIENT_MS)


@pytest.mark.parametrize("viewport", ["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_room_sees_the_clock_and_the_code(
    server: Served, host: httpx.Client, drill: tuple[str, str], open_page: OpenPage, viewport: str, theme: str
) -> None:
    """Clock, state, people and the way in, on any screen; nothing to press but one button; axe is content."""
    page = open_page(f"{server.url}/join", viewport=viewport, theme=theme)
    open_as(page, host, f"{server.url}/console?d={drill[0]}&watch=projector")
    wall = page.locator(".projector")
    expect(wall.get_by_role("timer")).to_have_text("09:00", timeout=PATIENT_MS)
    expect(wall.locator(".pfoot")).to_contain_text("Paused")
    expect(wall.locator(".pfoot")).to_contain_text(
        f"{server.url.removeprefix('http://')}/join, code {drill[1]}"
    )
    expect(wall.locator(".pseats")).to_contain_text("bot")
    assert wall.get_by_role("button").all_inner_texts() == ["Full screen"]
    assert wall.locator("a, input, select, textarea").count() == 0
    assert sideways_px(page) <= 0
    assert violations(page) == []


def test_it_fills_every_wall(
    server: Served, host: httpx.Client, drill: tuple[str, str], open_page: OpenPage
) -> None:
    """From a small beamer to 4K it fills the window, nothing scrolls and nothing is cut."""
    page = open_page(f"{server.url}/join")
    open_as(page, host, f"{server.url}/console?d={drill[0]}&watch=projector")
    wall = page.locator(".projector")
    for width, height in WALLS:
        page.set_viewport_size({"width": width, "height": height})
        expect(wall).to_have_js_property("clientHeight", height)
        assert wall.evaluate("el => el.clientWidth") == width
        assert max(wall.evaluate(CUT_PX)) <= 0
        assert page.locator(".pck").evaluate("el => parseFloat(getComputedStyle(el).fontSize)") >= height / 10


def test_f_fills_the_screen(
    server: Served, host: httpx.Client, drill: tuple[str, str], open_page: OpenPage
) -> None:
    """The key and the button do the same; in full screen the button is gone."""
    page = open_page(f"{server.url}/join")
    open_as(page, host, f"{server.url}/console?d={drill[0]}&watch=projector")
    button = page.get_by_role("button", name="Full screen")
    button.wait_for()
    page.keyboard.press("f")
    expect(button).to_have_count(0)
    page.keyboard.press("f")
    button.click()
    expect(button).to_have_count(0)


def test_a_trainee_gets_their_own_console(
    server: Served, drill: tuple[str, str], open_page: OpenPage
) -> None:
    """The same address opens no projector for somebody who plays, and their stream refuses to watch."""
    page = open_page(f"{server.url}/join")
    with httpx.Client(base_url=server.url, timeout=30) as client:
        form = {"name": "Tariq", "seat": "tech_lead"}
        assert client.post(f"/join/{drill[1]}", data=form).status_code == 303
        open_as(page, client, f"{server.url}/console?d={drill[0]}&watch=projector")
    expect(page.locator(".bar .mebtn")).to_contain_text("Tariq", timeout=PATIENT_MS)
    assert page.locator(".projector").count() == 0
    url = f"{server.url.replace('http', 'ws', 1)}/api/drills/{drill[0]}/stream?watch=projector"
    closed = "url => new Promise(done => { new WebSocket(url).onclose = event => done(event.code); })"
    assert page.evaluate(closed, url) == 4403


def test_the_end_takes_the_code_away(server: Served, host: httpx.Client, open_page: OpenPage) -> None:
    """A drill that is stopped says so on the wall, and its code is gone."""
    drill, code = open_lobby(host)
    assert host.post("/lobby", data={"d": drill, "act": "begin"}).status_code == 303
    page = open_page(f"{server.url}/join")
    open_as(page, host, f"{server.url}/console?d={drill}&watch=projector")
    foot = page.locator(".projector .pfoot")
    expect(foot).to_contain_text(code, timeout=PATIENT_MS)
    assert command(host, drill, "stop").status_code == 200
    expect(foot).to_contain_text("Ended", timeout=PATIENT_MS)
    expect(foot).not_to_contain_text(code)
