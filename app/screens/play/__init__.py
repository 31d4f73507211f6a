"""The element that starts a drill. It posts from the browser, so that the seat's cookie lands there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

from app.theme import look


@cache
def _asset(name: str) -> str:
    return (files("app.screens.play") / name).read_text("utf-8")


def mount(data: Mapping[str, Any]) -> None:
    """Put the element on the running page.

    Args:
        data: `{cards: [{id, title, premise, minutes, level, seats: [...]}]}`.
    """
    element = st.components.v2.component(
        "stormdrill_play", html='<div id="play"></div>', css=_css(), js=look.script(_asset("play.js"))
    )
    element(key="play", data=dict(data), height="content")


@cache
def _css() -> str:
    return look.tokens() + _asset("play.css")
