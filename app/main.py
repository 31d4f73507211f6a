"""The page that Streamlit runs for each browser: who is asking decides which screens there are."""

from __future__ import annotations

import streamlit as st

from app.screens import console, home, scorecard
from app.theme import look

st.set_page_config(
    page_title="Stormdrill", page_icon=look.icon(), layout="wide", initial_sidebar_state="collapsed"
)
look.put_on()
st.navigation(
    [
        st.Page(home.page, title="Play", url_path="play", icon=":material/bolt:", default=True),
        st.Page(
            console.page,
            title="Console",
            url_path="console",
            icon=":material/monitoring:",
            visibility="hidden",
        ),
        st.Page(
            scorecard.page,
            title="Scorecard",
            url_path="scorecard",
            icon=":material/flag:",
            visibility="hidden",
        ),
    ],
    position="top",
).run()
