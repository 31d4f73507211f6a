"""POST /api/claim: exchange the facilitator's link, whose claim stands in the fragment, for a cookie."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.house import current
from app.identity import FACILITATOR_COOKIE
from app.routes.asking import address, answered, body_of, check_own_page, limit_rate, text_of
from app.routes.play import give_cookie
from drills.errors import Refused


@answered
async def claim(request: Request) -> Response:
    """Take `{claim}` and answer `{url}` with the facilitator's cookie; a claim works once."""
    check_own_page(request)
    limit_rate("claim", address(request))
    offered = text_of(await body_of(request), "claim")
    token = await asyncio.to_thread(current().keys.exchange, offered)
    if token is None:
        raise Refused(
            "this facilitator link was used or is not of this server", "run `stormdrill link`", status=403
        )
    answer = JSONResponse({"url": "/"})
    give_cookie(request, answer, FACILITATOR_COOKIE, token)
    return answer
