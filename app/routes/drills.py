"""/drills and /open: the list of drills and a new one for a team, for who has the facilitator's link."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from app import identity
from app.house import current
from app.papers.drills import closed_page, drills_page, open_page
from app.routes.asking import address, limit_rate
from app.routes.forms import as_page, form_of, on_to
from app.routes.join import give_seat
from drills.bots import TEAMS
from drills.errors import Refused
from drills.rights import HOST_SEAT
from scenarios.library import BrokenScenario, UnknownScenario

CLOSED = Refused(
    "this page is for facilitators and leads",
    "open the facilitator's link in this browser, or a lead's; `stormdrill link` prints them",
    status=401,
)


@as_page
async def drills(request: Request) -> Response:
    """GET: the list. POST `{d}`: come into a drill as one more facilitator; a lead only reads."""
    may_run = identity.is_facilitator(request.cookies)
    if not may_run and not (request.method == "GET" and identity.is_lead(request.cookies)):
        return closed_page(CLOSED)
    hall = current().hall
    if request.method == "GET":
        return drills_page(await asyncio.to_thread(hall.drills), may_run=may_run)
    form = await form_of(request)
    drill_id = form.get("d", "")
    if (own := identity.holder(request.cookies, drill_id)) is not None and own.seat == HOST_SEAT:
        return on_to("/lobby", d=drill_id)
    given = await asyncio.to_thread(hall.lobby.host, drill_id, form.get("name") or "Facilitator")
    answer = on_to("/lobby", d=drill_id)
    give_seat(request, answer, given)
    return answer


@as_page
async def opening(request: Request) -> Response:
    """GET: the form. POST `{scenario, team, name}`: open a lobby and lead its facilitator there."""
    if not identity.is_facilitator(request.cookies):
        return closed_page(CLOSED)
    if request.method == "GET":
        return open_page(_scenarios(), tuple(TEAMS))
    form = await form_of(request)
    limit_rate("play", address(request))
    try:
        return await _open(request, form)
    except Refused as refused:
        return open_page(_scenarios(), tuple(TEAMS), form, refused)


async def _open(request: Request, form: Mapping[str, str]) -> Response:
    try:
        given = await asyncio.to_thread(
            current().hall.open_for_team,
            form.get("scenario", ""),
            form.get("name", ""),
            form.get("team", "managed"),
        )
    except UnknownScenario as unknown:
        raise Refused(str(unknown), "choose one of the list", status=404) from None
    except BrokenScenario as broken:
        raise Refused("this scenario has problems", str(broken.problems[0]), status=409) from None
    answer = on_to("/lobby", d=given.drill_id)
    give_seat(request, answer, given)
    return answer


def _scenarios() -> list[tuple[str, str]]:
    return [(row.id, row.title) for row in current().library.catalogue()]
