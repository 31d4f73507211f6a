"""One seat in two tabs of a real browser: what one does the other shows, and no draft is lost by it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.app.conftest import HEADER, SCENARIO, copy_starter
from tests.app.served import Served
from tests.app.test_pages_in_browser import PATIENT_MS
from tests.conftest import OpenPage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console with the starter beside the library."""
    folder = tmp_path_factory.mktemp("tabs")
    served = Served(folder / "data", "--scenarios", str(copy_starter(folder / "mine")))
    served.start()
    yield served
    served.stop()


def post(page: Page, url: str, body: dict[str, object]) -> dict[str, str]:
    answer = page.request.post(
        url, headers={**HEADER, "Content-Type": "application/json"}, data=json.dumps(body)
    )
    assert answer.ok, answer.text()
    return dict(answer.json())


def test_a_draft_in_one_tab_outlives_what_the_other_does(server: Served, open_page: OpenPage) -> None:
    """A text begun left stays, over a reload too, while the right tab writes and sends; both end."""
    left = open_page(f"{server.url}/join")
    body: dict[str, object] = {"scenario": SCENARIO, "seat": "tech_lead", "team": "none"}
    url = server.url + post(left, f"{server.url}/api/play", body)["url"]
    left.goto(url)
    right = open_page(url, context=left.context)
    texts = [page.locator("[data-key=message]") for page in (left, right)]
    for text in texts:
        text.wait_for(timeout=PATIENT_MS)
    texts[0].fill("Half a sentence of the left")
    texts[1].fill("Said on the right.")
    texts[1].press("Enter")
    expect(texts[1]).to_have_value("")
    expect(left.get_by_text("Said on the right.").first).to_be_visible(timeout=PATIENT_MS)
    expect(texts[0]).to_have_value("Half a sentence of the left")
    for page, kept in ((left, "Half a sentence of the left"), (right, "")):
        page.reload()
        expect(page.locator("[data-key=message]")).to_have_value(kept, timeout=PATIENT_MS)
    drill = url.split("d=")[1].split("&")[0]
    stop: dict[str, object] = {"command_id": "stop", "command": "stop", "data": {}}
    post(right, f"{server.url}/api/drills/{drill}/commands", stop)
    for page in (left, right):
        expect(page.get_by_role("link", name="scorecard").first).to_be_visible(timeout=PATIENT_MS)
