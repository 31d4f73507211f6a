"""Mounts the live console in a Streamlit page and says where its files are served from.

The element's modules, styles and fonts are plain files under ``STATIC_DIR``; the server mounts
them at ``STATIC_URL`` (``app/routes/static.py``). Streamlit only carries a few lines of JavaScript
that import the entry module: they run from a blob address, so the import needs a whole URL.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

STATIC_DIR = Path(__file__).parent / "static"
STATIC_URL = "/live"
VIEWS = ("console", "commander", "tech_lead")

LOADER_JS = """
export default async (component) => {
  const base = (component.data && component.data.base) || "";
  const entry = new URL(base + "/live/live.js", window.location.origin);
  const live = await import(entry.href);
  return live.default(component);
};
"""

PAGE_CSS = """
<style>
header[data-testid="stHeader"], div[data-testid="stDecoration"] { display: none; }
section[data-testid="stMain"] { overflow: auto; scrollbar-gutter: auto; }
div[data-testid="stMainBlockContainer"] { padding: 0; max-width: none; }
div[data-testid="stMainBlockContainer"] > div[data-testid="stVerticalBlock"] { gap: 0; }
div[data-testid="stMainBlockContainer"] div:has(> .stHtml) { position: absolute; }
div[data-testid="stBottom"] { display: none; }
</style>
"""


def mount(view: str, drill_id: str, key: str, **options: Any) -> None:
    """Draw the live console of a drill and keep it drawn over reruns.

    Args:
        view: ``console`` (the seat decides), ``commander`` or ``tech_lead``.
        drill_id: The drill whose stream it follows; the seat comes from the browser's cookie.
        key: The identity of the element; keep it the same over reruns.
        options: ``seat`` (keeps drafts of several seats apart), ``home`` (address of the logo,
            ``False`` for no logo), ``base`` (path the server is mounted under).
    """
    if view not in VIEWS:
        raise ValueError(f"unknown view {view!r}; choose one of {', '.join(VIEWS)}")
    _console(key=key, data={"view": view, "drill_id": drill_id, **options}, width="stretch")


def fill_page() -> None:
    """Let the element fill the page: no header, no padding. Call once on the page that mounts it."""
    st.html(PAGE_CSS)


def _console(**arguments: Any) -> None:
    """Mount through the component registered under the element's one name."""
    component = st.components.v2.component("stormdrill_live", js=LOADER_JS)
    component(**arguments)
