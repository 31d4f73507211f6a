"""The story's lanes as a picture on the page: drawn by scoring, coloured by the page's theme."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import streamlit as st

from app.theme import look
from scoring.report.lanes import lanes_svg
from scoring.story import Story

# Every text in the picture is escaped where it is drawn. An element, since `st.html` lets no SVG in.
SCRIPT = """
export default ({ parentElement, data }) => {
  const root = parentElement.querySelector("#lanes");
  root.className = `sd sd-${themeOf(parentElement)}`;
  root.firstElementChild.innerHTML = data.svg;
};
"""
FRAME = '<div id="lanes"><div class="lanes" tabindex="0" role="group" aria-label="Lanes"></div></div>'


def mount(story: Story) -> None:
    """Put the lanes of a story on the running page."""
    element = st.components.v2.component("stormdrill_lanes", html=FRAME, css=_css(), js=look.script(SCRIPT))
    element(key="lanes", data={"svg": str(lanes_svg(story))}, height="content")


@cache
def _css() -> str:
    return look.tokens() + (files("app.screens.lanes") / "lanes.css").read_text("utf-8")
