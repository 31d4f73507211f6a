"""The look of the pages that Streamlit draws: style sheet, icon, the strip that says EXERCISE."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import streamlit as st

from app.theme.markup import Markup, tag

HERE = Path(str(files("app.theme")))
FONTS = '@import url("/live/fonts.css");'
TELL_THEME = "export default (it) => { document.documentElement.dataset.theme = themeOf(it.parentElement); };"
SURFACES = {"light": ("#FFFFFF", "#DCE0E5"), "dark": ("#14181D", "#262D35")}


@cache
def tokens() -> str:
    """Give the colours and the shared parts, for pages and for elements alike."""
    return (HERE / "tokens.css").read_text("utf-8")


@cache
def style_sheet() -> str:
    """Give the colours and the rules of the pages."""
    return tokens() + (HERE / "pages.css").read_text("utf-8")


def script(own: str) -> str:
    """Give an element's own script, with `themeOf` before it."""
    return _theme_script() + own


@cache
def _theme_script() -> str:
    return (HERE / "theme.js").read_text("utf-8")


def icon() -> str:
    """Give the path of the page's icon."""
    return str(HERE / "icon.svg")


def put_on() -> None:
    """Add the style sheet and the logo to the running page."""
    st.html(f"<style>{FONTS}{style_sheet()}{surfaces()}</style>")
    st.logo(HERE / "logo.svg", size="medium", link=None)
    st.components.v2.component("stormdrill_theme", js=script(TELL_THEME))(key="theme", height="content")


def surfaces() -> str:
    """Give the rules that put the theme's surface under the header and under native cards."""
    surface, line = SURFACES[theme()]
    card = f"background:{surface};border:1px solid {line};border-radius:6px;overflow:clip"
    logo = ".stApp .stLogo{filter:invert(1) hue-rotate(180deg)}" if theme() == "dark" else ""
    return f".stApp header{{background:{surface}}}[class*='st-key-card-']{{{card}}}{logo}"


def theme() -> str:
    """Give `dark` or `light`, as the browser shows the page now."""
    return "dark" if st.context.theme.type == "dark" else "light"


def draw(*parts: Markup) -> None:
    """Put escaped markup on the page, in the colours of the theme."""
    st.html(str(tag("div", *parts, cls=f"sd sd-{theme()}")))


def way_home() -> Markup:
    """Give the link to the first page."""
    return tag("p", tag("a", "To the first page", cls="btn", href="/", target="_self"), cls="way")


def way_to(label: str, href: str) -> Markup:
    """Give a link to where it goes on."""
    return tag("p", tag("a", label, cls="btn p", href=href, target="_self"), cls="way")


def exercise(text: str) -> Markup:
    """Give the violet strip that stands above everything of a drill."""
    return tag("div", tag("b", "EXERCISE"), tag("span", text), cls="exb", role="note")
