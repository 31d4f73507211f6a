"""The same console's data as a plain Streamlit page, drawn anew each second for each viewer.

The hall is in this process, as it is for the console; the page asks it for the seat's view. Started by
`tests.bench.plain_side` with Streamlit's own defaults.
"""

from __future__ import annotations

import json
import os
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from drills import Hall, Holder
from scenarios import Library
from tests.bench.plan import ACTOR, DATA_VARIABLE, PLAN_VARIABLE, SEATS, Plan

TICK_S = 0.2


@st.cache_resource
def opened() -> tuple[Hall, dict[str, Holder]]:
    """Open the drill, bring it to its moment, seat people, and keep it going in a thread."""
    plan = Plan(**json.loads(os.environ[PLAN_VARIABLE]))
    hall = Hall(Path(os.environ[DATA_VARIABLE]), Library([]))
    host = hall.open_for_team(plan.scenario, "Ruth", plan.team)
    hall.begin(host)
    drill = hall.drill(host.drill_id)
    while drill.now_ms < plan.from_ms:
        if drill.state == "running":
            hall.submit(
                host.drill_id, host.seat, host.person, str(uuid.uuid4()), "skip", {"to_ms": plan.from_ms}
            )
        hall.tick()
    code = hall.lobby.picture(host.drill_id)["code"]
    seats = {
        seat: hall.lobby.join(code, f"Player {number}", seat)
        for number, seat in enumerate((*SEATS, "observer"))
    }
    threading.Thread(target=_keep_going, args=(hall,), daemon=True).start()
    return hall, seats


def _keep_going(hall: Hall) -> None:
    while True:
        time.sleep(min(TICK_S, hall.tick()))


def view_of(seat: str) -> dict[str, Any]:
    """Give what a seat sees now."""
    hall, seats = opened()
    return hall.view(seats[ACTOR].drill_id, seat)


@st.fragment(run_every=1)
def console(seat: str) -> None:
    """Draw clock, numbers, sites, alerts, a chart and the channel."""
    view = view_of(seat)
    clock = view["clock"]
    st.caption(f"{clock['story']} · {clock['t_plus']} · {clock['state']} · clock {clock['t_ms']}")
    st.markdown(f"**{view['situation']['text']}**")
    for column, number in zip(st.columns(len(view["numbers"])), view["numbers"], strict=True):
        column.metric(number["label"], number["value"], number["note"], delta_color="off")
    for column, site in zip(st.columns(len(view["sites"])), view["sites"], strict=True):
        with column.container(border=True):
            st.markdown(f"**{site['title']}** {site['word']}")
            st.caption(site["load_text"])
            st.dataframe(pd.DataFrame(site["cells"])[["service", "state", "value"]], hide_index=True)
    if view["alerts"]:
        st.dataframe(pd.DataFrame(view["alerts"])[["story", "severity", "title"]], hide_index=True)
    loads = [each for each in view["charts"]["series"] if each["id"].endswith(".load")]
    st.line_chart(pd.DataFrame({each["title"]: each["values"] for each in loads}))
    for line in view["channel"][-20:]:
        with st.chat_message("user" if line["mine"] else "assistant"):
            st.markdown(f"**{line['from']}** {line['story']}  \n{line['text']}")


def page() -> None:
    """Draw the page of the seat in the address; what is said goes to the hall."""
    seat = st.query_params.get("seat", "observer")
    console(seat)
    said = st.chat_input("Say something")
    if said:
        hall, seats = opened()
        me = seats[seat]
        hall.submit(me.drill_id, me.seat, me.person, str(uuid.uuid4()), "send_message", {"text": said})


page()
