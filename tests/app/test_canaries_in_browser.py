"""What a real browser shows of a scenario full of canaries: page text, source, and the server's own log."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.app.conftest import HEADER
from tests.app.hosting import facilitator_of
from tests.app.served import Served
from tests.app.test_pages_in_browser import PATIENT_MS
from tests.conftest import OpenPage
from tests.drills.canaries import CANARY
from tests.drills.hundred import write_all

pytestmark = pytest.mark.browser

FROM_STARTER, FROM_FLAGSHIP = 7, 94
SEATS = ("commander", "end_user", "observer")
SKIP_TO_MS = 15 * 60_000
WELL_ON = re.compile(r"T\+00:(0[1-9]|1\d)")
TEXT_AND_SOURCE = """() => {
  const told = [];
  const walk = (root) => {
    for (const el of root.querySelectorAll("*")) if (el.shadowRoot) {
      told.push(el.shadowRoot.innerHTML);
      for (const each of el.shadowRoot.children) told.push(each.innerText || "");
      walk(el.shadowRoot);
    }
  };
  walk(document);
  told.push(document.body.innerText, document.documentElement.outerHTML, document.title);
  for (const store of [localStorage, sessionStorage]) told.push(JSON.stringify({ ...store }));
  return told.join("\\n");
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console with two scenarios of the hundred."""
    folder = tmp_path_factory.mktemp("canaries")
    (folder / "mine").mkdir()
    write_all(folder / "mine", (FROM_STARTER, FROM_FLAGSHIP), everybody=True)
    served = Served(folder / "data", "--scenarios", str(folder / "mine"))
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def host(server: Served) -> Iterator[httpx.Client]:
    """The facilitator's browser, without a window."""
    with facilitator_of(server) as client:
        yield client


def kept(page: Page) -> set[str]:
    """Give the canaries of a page that no trainee is ever told; what somebody said may be there."""
    return {word for word in CANARY.findall(page.evaluate(TEXT_AND_SOURCE)) if word.endswith("k")}


def command(host: httpx.Client, drill: str, name: str, **data: object) -> None:
    body = {"command_id": name, "command": name, "data": data}
    answer = host.post(f"/api/drills/{drill}/commands", json=body, headers=HEADER)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("number", [FROM_STARTER, FROM_FLAGSHIP])
def test_no_canary_is_on_a_trainees_page(
    server: Served, host: httpx.Client, open_page: OpenPage, number: int
) -> None:
    """First page, joining, lobby and console, before and after a skip, for three seats; none in the log."""
    form = {"scenario": f"canary-{number}", "team": "managed", "name": "Ruth"}
    drill = host.post("/open", data=form).headers["location"].split("d=")[1]
    code = re.search(r'bigcode">([\w-]+)<', host.get(f"/lobby?d={drill}").text)
    assert code
    pages = {seat: open_page(server.url) for seat in SEATS}
    for seat, page in pages.items():
        page.get_by_role("button", name=re.compile("^Start as")).wait_for(timeout=PATIENT_MS)
        assert CANARY.findall(page.evaluate(TEXT_AND_SOURCE)) == []
        page.goto(f"{server.url}/join/{code[1]}")
        page.get_by_label("Your name").fill(f"Person {seat}")
        page.locator(f"input[value={seat}]").check()
        assert CANARY.findall(page.evaluate(TEXT_AND_SOURCE)) == []
        page.get_by_role("button", name="Take the seat").click()
        page.wait_for_url("**/lobby?*", timeout=PATIENT_MS)
        assert CANARY.findall(page.evaluate(TEXT_AND_SOURCE)) == []
    assert host.post("/lobby", data={"d": drill, "act": "begin"}).status_code == 303
    for page in pages.values():
        page.wait_for_url("**/console?*", timeout=PATIENT_MS)
        page.get_by_text("EXERCISE").first.wait_for(timeout=PATIENT_MS)
        assert kept(page) == set()
    command(host, drill, "skip", to_ms=SKIP_TO_MS)
    command(host, drill, "set_speed", speed=60)
    for seat, page in pages.items():
        expect(page.get_by_text(WELL_ON).first).to_be_visible(timeout=PATIENT_MS)
        assert kept(page) == set(), seat
        assert "EXERCISE" in page.evaluate(TEXT_AND_SOURCE)
    log = (server.data.parent / "serve.log").read_text("utf-8")
    assert CANARY.findall(log) == []
