"""POST /api/play: start a drill for one person, who gets the seat's cookie and the address of the console."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.house import current
from app.identity import COOKIE_MAX_AGE_S, SEAT_COOKIE, with_token
from app.routes.asking import address, answered, body_of, check_own_page, limit_rate, text_of
from drills.errors import Refused
from scenarios.library import BrokenScenario, UnknownScenario

if TYPE_CHECKING:
    from drills import Holder

NAME_LIMIT = 60
SEED_LIMIT = 2**31


@answered
async def play(request: Request) -> Response:
    """Start a drill from `{scenario, seat, name?, team?, seed?}` and answer `{url, drill}`."""
    check_own_page(request)
    limit_rate("play", address(request))
    body = await body_of(request)
    seed = body.get("seed")
    if seed is not None and (
        isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < SEED_LIMIT
    ):
        raise Refused("seed must be a whole number from 0 on", "leave it out for a new night", status=400)
    holder = await asyncio.to_thread(
        _start,
        text_of(body, "scenario"),
        text_of(body, "seat"),
        name=text_of(body, "name", limit=NAME_LIMIT, default="").strip(),
        team=text_of(body, "team", default="managed"),
        seed=seed,
    )
    query = urlencode({"d": holder.drill_id, "seat": holder.seat})
    answer = JSONResponse({"url": f"/console?{query}", "drill": holder.drill_id})
    give_cookie(request, answer, SEAT_COOKIE, with_token(request.cookies, holder.token))
    return answer


def _start(scenario: str, seat: str, *, name: str, team: str, seed: int | None) -> Holder:
    try:
        return current().hall.play_alone(scenario, seat, name=name, team=team, seed=seed)
    except UnknownScenario as unknown:
        raise Refused(str(unknown), "choose one on the first page", status=404) from None
    except BrokenScenario as broken:
        raise Refused("this scenario has problems", str(broken.problems[0]), status=409) from None


def give_cookie(request: Request, answer: Response, name: str, value: str) -> None:
    """Set a cookie that scripts cannot read and other sites cannot send with a deed."""
    answer.set_cookie(
        name,
        value,
        max_age=COOKIE_MAX_AGE_S,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
