"""The look of the pages that Streamlit draws: style sheet, icon, the strip that says EXERCISE."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import streamlit as st

from app.theme.markup import Markup, tag

HERE = Path(str(files("app.theme")))


def icon() -> str:
    """Give the path of the page's icon."""
    return str(HERE / "icon.svg")


def put_on() -> None:
    """Add the style sheet and the logo to the running page."""
    st.html(HERE / "pages.css")
    st.logo(HERE / f"logo-{theme()}.svg", size="medium", link=None)


def theme() -> str:
    """Give `dark` or `light`, as the browser shows the page now."""
    return "dark" if st.context.theme.type == "dark" else "light"


def draw(*parts: Markup) -> None:
    """Put escaped markup on the page, in the colours of the theme."""
    st.html(str(tag("div", *parts, cls=f"sd sd-{theme()}")))


def way_home() -> Markup:
    """Give the link to the first page."""
    return tag("p", tag("a", "To the first page", cls="btn", href="/", target="_self"), cls="way")


def exercise(text: str) -> Markup:
    """Give the violet strip that stands above everything of a drill."""
    return tag("div", tag("b", "EXERCISE"), tag("span", text), cls="exb", role="note")
