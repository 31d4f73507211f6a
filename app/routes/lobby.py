"""/lobby: who waits with whom; its form begins the drill, moves people and opens the door."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from app.house import current
from app.identity import holder
from app.papers.lobby import lobby_page, stranger_page
from app.routes.asking import limit_rate
from app.routes.forms import address_for_others, as_page, form_of, on_to
from app.theme import look
from drills.errors import Refused
from drills.hall import LOBBY
from drills.rights import HOST_SEAT

if TYPE_CHECKING:
    from drills import Hall, Holder


@as_page
async def lobby(request: Request) -> Response:
    """GET: the lobby as this browser's seat sees it; once the drill runs, the way to its console."""
    drill_id = request.query_params.get("d", "")
    found = holder(request.cookies, drill_id)
    if found is None:
        return stranger_page()
    return await _show(request, found)


async def _show(
    request: Request, seat: Holder, *, link: str = "", link_for: str = "", refused: Refused | None = None
) -> Response:
    current().hall.presence.look(seat.person)
    picture = await asyncio.to_thread(current().hall.lobby.picture, seat.drill_id)
    if picture["state"] == "ended":
        return on_to("/scorecard", d=seat.drill_id)
    if picture["state"] != LOBBY and seat.seat != HOST_SEAT:
        return on_to("/console", d=seat.drill_id, seat=seat.seat)
    join_url = f"{address_for_others(request)}/join/{picture['code']}" if seat.seat == HOST_SEAT else ""
    return lobby_page(
        picture, seat.seat, seat.person, join_url=join_url, link=link, link_for=link_for, refused=refused
    )


Deed = Callable[["Hall", "Holder", Mapping[str, str]], str]


def _begin(hall: Hall, me: Holder, _: Mapping[str, str]) -> str:
    hall.begin(me)
    return "/console"


def _set_door(is_open: bool) -> Deed:
    def deed(hall: Hall, me: Holder, _: Mapping[str, str]) -> str:
        hall.lobby.set_open(me, is_open)
        return "/lobby"

    return deed


def _move(hall: Hall, me: Holder, form: Mapping[str, str]) -> str:
    hall.lobby.move(me, form.get("person", ""), form.get("seat", ""))
    return "/lobby"


def _remove(hall: Hall, me: Holder, form: Mapping[str, str]) -> str:
    hall.lobby.remove(me, form.get("person", ""))
    return "/lobby"


def _leave(hall: Hall, me: Holder, _: Mapping[str, str]) -> str:
    hall.lobby.leave(me)
    return "/join"


DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        "begin": _begin,
        "close": _set_door(False),
        "open": _set_door(True),
        "move": _move,
        "remove": _remove,
        "leave": _leave,
    }
)


def _deed(form: Mapping[str, str]) -> Deed:
    deed = DEEDS.get(form.get("act", ""))
    if deed is None:
        raise Refused("the lobby knows no such deed", "use its buttons", status=404)
    return deed


@as_page
async def act(request: Request) -> Response:
    """POST: one deed, `{d, act, person?, seat?}`; who may not is told who can."""
    form = await form_of(request)
    found = holder(request.cookies, form.get("d", ""))
    if found is None:
        return stranger_page()
    limit_rate("command", f"{found.drill_id}/{found.person}")
    hall = current().hall
    hall.presence.act(found.person)
    try:
        if form.get("act") == "reissue":
            person = form.get("person", "")
            ticket = await asyncio.to_thread(hall.lobby.reissue, found, person)
            link = f"{address_for_others(request)}/place/{ticket}"
            return await _show(
                request, found, link=link, link_for=hall.lobby.names(found.drill_id).get(person, "")
            )
        path = await asyncio.to_thread(_deed(form), hall, found, form)
    except Refused as refused:
        return await _show(request, found, refused=refused)
    if path == "/console":
        return on_to(path, d=found.drill_id, seat=found.seat)
    return on_to(path) if path == "/join" else on_to(path, d=found.drill_id)


async def script(_: Request) -> Response:
    """GET /door.js: the script of plain pages."""
    text = (look.HERE / "door.js").read_text("utf-8")
    return Response(text, media_type="text/javascript", headers={"cache-control": "no-cache"})
