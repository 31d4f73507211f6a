"""/join, /join/{code}, /place/{ticket}: how somebody comes in; the token goes into a cookie alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from app.house import current
from app.identity import SEAT_COOKIE, holder, with_token
from app.papers.joining import briefing_page, code_page, place_page, seat_page
from app.routes.asking import address, limit_rate
from app.routes.forms import as_page, forgive, form_of, limit_guesses, on_to
from app.routes.play import give_cookie
from drills.codes import read_code, written_code
from drills.errors import Refused
from drills.hall import LOBBY
from drills.rights import HOST_SEAT

if TYPE_CHECKING:
    from drills import Holder


@as_page
async def join(request: Request) -> Response:
    """GET: ask for the code; with one, lead on to its page."""
    typed = request.query_params.get("code", "")
    if not typed:
        return code_page()
    code = read_code(typed)
    if not code:
        return code_page(typed, Refused("this is no code", "it has eight letters and digits", status=400))
    return on_to(f"/join/{written_code(code[:16])}")


@as_page
async def seat(request: Request) -> Response:
    """GET: ask for name and seat. POST: take the seat, give the cookie, lead on."""
    code, asker = request.path_params["code"], address(request)
    try:
        limit_guesses(asker)
        # not in a thread: others behind the same address must not find the bucket empty meanwhile
        drill_id = current().hall.lobby.through(code)
    except Refused as refused:
        return code_page(code, refused)
    forgive(asker)
    if holder(request.cookies, drill_id) is not None:
        return on_to("/lobby", d=drill_id)
    if request.method == "POST":
        return await _take(request, code, drill_id, await form_of(request))
    return seat_page(await asyncio.to_thread(current().hall.lobby.picture, drill_id))


async def _take(request: Request, code: str, drill_id: str, form: Mapping[str, str]) -> Response:
    limit_rate("enter", address(request))
    lobby = current().hall.lobby
    try:
        given = await asyncio.to_thread(lobby.join, code, form.get("name", ""), _seat_chosen(form))
    except Refused as refused:
        return seat_page(await asyncio.to_thread(lobby.picture, drill_id), form, refused)
    has_begun = await asyncio.to_thread(current().hall.state, drill_id) != LOBBY
    answer = on_to("/briefing" if has_begun else "/lobby", d=drill_id)
    give_seat(request, answer, given)
    return answer


def _seat_chosen(form: Mapping[str, str]) -> str:
    if not form.get("seat"):
        raise Refused("no seat was chosen", "choose one of those that are free", status=400)
    return form["seat"]


def give_seat(request: Request, answer: Response, given: Holder) -> None:
    """Put a seat's token into the browser's cookie."""
    give_cookie(request, answer, SEAT_COOKIE, with_token(request.cookies, given.token))


@as_page
async def place(request: Request) -> Response:
    """GET: ask whether to take up a place here. POST: exchange the ticket for a cookie, once."""
    ticket = request.path_params["ticket"]
    if request.method == "GET":
        return place_page(ticket)
    await form_of(request)
    limit_rate("claim", address(request))
    try:
        given = await asyncio.to_thread(current().hall.lobby.redeem, ticket)
    except Refused as refused:
        return place_page(ticket, refused)
    answer = on_to("/lobby", d=given.drill_id)
    give_seat(request, answer, given)
    return answer


@as_page
async def briefing(request: Request) -> Response:
    """GET /briefing?d=: what somebody needs who takes over a running seat."""
    drill_id = request.query_params.get("d", "")
    found = holder(request.cookies, drill_id)
    if found is None:
        raise Refused("this browser holds no seat in the drill", "join by the code", status=401)
    if found.seat == HOST_SEAT:
        return on_to("/lobby", d=drill_id)
    view = await asyncio.to_thread(current().hall.view, drill_id, found.seat)
    return briefing_page(drill_id, view)
