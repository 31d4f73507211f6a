"""The live console's files: what is vendored is what was taken, and nothing draws data as markup."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.live import element

STATIC = element.STATIC_DIR
VENDOR = STATIC / "vendor"
TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})")


def sums() -> dict[str, str]:
    """The table of sums in the vendor folder's README, by file."""
    rows = re.findall(
        r"^([0-9a-f]{64})  (\S+)$", (VENDOR / "README.md").read_text("utf-8"), flags=re.MULTILINE
    )
    return {name: digest for digest, name in rows}


def own_modules() -> list[Path]:
    """Every module that is not vendored."""
    return sorted(path for path in STATIC.rglob("*.js") if VENDOR not in path.parents)


def test_vendored_files_are_those_of_the_table() -> None:
    """Each vendored file has the sum the README names, and none stands outside the table."""
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    assert found == sums()


def test_each_vendored_package_has_its_licence() -> None:
    """Every package of the table names a licence file that is there."""
    licences = set(re.findall(r"`((?:fonts/)?LICENSE\.[a-z-]+)`", (VENDOR / "README.md").read_text("utf-8")))
    assert licences
    assert all((VENDOR / name).is_file() for name in licences)


@pytest.mark.parametrize("module", own_modules(), ids=lambda path: str(path.relative_to(STATIC)))
def test_modules_never_turn_text_into_markup(module: Path) -> None:
    """No module writes markup from a string or runs one as code."""
    text = module.read_text("utf-8")
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "dangerouslySetInnerHTML",
        "document.write",
        "eval(",
    ):
        assert forbidden not in text, f"{module.name} uses {forbidden}: give the text to the template instead"


@pytest.mark.parametrize("module", own_modules(), ids=lambda path: str(path.relative_to(STATIC)))
def test_modules_import_only_files_that_are_there(module: Path) -> None:
    """Every import is relative and points at a file of the folder, so nothing is fetched from elsewhere."""
    for target in re.findall(
        r'^(?:import|export) .*?from "([^"]+)";', module.read_text("utf-8"), flags=re.MULTILINE
    ):
        assert target.startswith("."), f"{module.name} imports {target}"
        assert (module.parent / target).resolve().is_file(), (
            f"{module.name} imports {target}, which is not there"
        )


def test_styles_have_both_themes() -> None:
    """The dark theme gives a value of its own to every colour of the light one."""
    css = (STATIC / "live.css").read_text("utf-8")
    light, dark = css.split(".sd[data-theme=dark]", 1)
    light_tokens = dict(TOKEN.findall(light))
    dark_tokens = dict(TOKEN.findall(dark.split("}", 1)[0]))
    assert set(dark_tokens) == set(light_tokens)
    assert "prefers-reduced-motion" in css


def luminance(colour: str) -> float:
    """Relative luminance of sRGB, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("bg", "surface", "sunken")),
    *((f"{name}", f"{name}-soft") for name in ("ok", "deg", "down", "idle", "ex", "lvl")),
    *((name, "surface") for name in ("ok", "deg", "down", "idle", "ex", "act-ink")),
    ("act-ink", "act-soft"),
    ("on-act", "act"),
    ("on-ex", "ex-fill"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_its_ground(theme: str) -> None:
    """Every pair of text and ground has at least 4.5:1."""
    css = (STATIC / "live.css").read_text("utf-8")
    light, dark = css.split(".sd[data-theme=dark]", 1)
    tokens = dict(TOKEN.findall(light if theme == "light" else dark.split("}", 1)[0]))
    low = {
        pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2)
        for pair in PAIRS
        if contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5
    }
    assert low == {}


def page() -> None:
    """A page with the element alone, as Streamlit runs it."""
    from app.live import element

    element.fill_page()
    element.mount("console", "abcd2345", key="console", seat="tech_lead", home="/")


def test_element_mounts_in_a_page() -> None:
    """The element stands on a page and stays there when the page runs again."""
    shown = AppTest.from_function(page).run()
    assert not shown.exception
    again = shown.run()
    assert not again.exception


def test_element_refuses_a_view_it_does_not_know() -> None:
    """A wrong view is named together with those there are."""
    with pytest.raises(ValueError, match=r"unknown view 'desk'; choose one of console, commander, tech_lead"):
        element.mount("desk", "abcd2345", key="console")
