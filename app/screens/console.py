"""The console of a seat: the live element over the whole page, for who holds the seat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from app import identity
from app.house import House, current
from app.live import element
from app.screens.home import empty
from app.theme import look
from app.theme.markup import Markup, join
from drills.hall import LOBBY
from drills.rights import HOST_SEAT

if TYPE_CHECKING:
    from drills import Holder


@dataclass(frozen=True)
class Model:
    """Whose console it is; without a holder, why there is none.

    Args:
        is_waiting: the drill has not begun, so there is a lobby to wait in.
        options: what the live element is told beyond whose console it is.
    """

    drill_id: str
    holder: Holder | None
    sentence: str = ""
    deed: str = ""
    is_waiting: bool = False
    options: Mapping[str, str] = field(default_factory=dict)


def build(house: House, drill_id: str, cookies: Mapping[str, str], watch: str = "", asked: str = "") -> Model:
    """Find the seat that these cookies open in a drill, and for a facilitator what they look at.

    Args:
        watch: the seat, or the screen, that a facilitator wants to look at only; "" for their own.
        asked: address that the browser opened.
    """
    found = identity.holder(cookies, drill_id) if drill_id else None
    if found is not None and house.hall.state(drill_id) == LOBBY:
        return Model(
            drill_id, None, "This drill has not begun.", "Wait for it in its lobby.", is_waiting=True
        )
    if found is not None:
        is_host = found.seat == HOST_SEAT
        return Model(drill_id, found, options=_host_options(house, found, watch, asked) if is_host else {})
    if house.hall.state(drill_id) is not None:
        return Model(
            drill_id,
            None,
            "This seat is not yours.",
            "Open it in the browser that holds the seat, or join by the code.",
        )
    return Model(drill_id, None, "There is no such drill.", "Start one on the first page.")


def _host_options(house: House, host: Holder, watch: str, asked: str) -> dict[str, str]:
    """Give a facilitator's name, since several share the place; what they look at; where others come in."""
    options = {"name": house.hall.lobby.names(host.drill_id).get(host.person, "")}
    if watch:
        options |= {"watch": watch, "join_url": f"{house.settings.url_for_others(asked)}/join"}
    return options


def _way_on(model: Model) -> Markup:
    """Give where to go who has no console here: the lobby, the code, the first page."""
    if model.is_waiting:
        return look.way_to("To the lobby", f"/lobby?d={model.drill_id}")
    return join(look.way_to("Join by the code", "/join"), look.way_home())


def show(model: Model) -> None:
    """Show the live element, or a sentence and the next act."""
    if model.holder is None:
        look.draw(empty(model.sentence, model.deed), _way_on(model))
        return
    element.fill_page()
    element.mount(
        "console",
        model.drill_id,
        key=f"console-{model.drill_id}",
        seat=model.holder.seat,
        home="/",
        **model.options,
    )


def page() -> None:
    """Run the console."""
    query = st.query_params
    asked = st.context.url or ""
    show(build(current(), query.get("d", ""), identity.page_cookies(), query.get("watch", ""), asked))
