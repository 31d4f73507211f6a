"""POST /api/claim: exchange a facilitator's or a lead's link, whose claim is the fragment, for a cookie."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.house import current
from app.identity import FACILITATOR_COOKIE, LEAD_COOKIE
from app.routes.asking import address, answered, body_of, check_own_page, limit_rate, text_of
from app.routes.play import give_cookie
from drills.errors import Refused


@answered
async def claim(request: Request) -> Response:
    """Take `{claim}` and answer `{url}` with the cookie of its office; a claim works once."""
    check_own_page(request)
    limit_rate("claim", address(request))
    offered = text_of(await body_of(request), "claim")
    for keys, cookie, url in (
        (current().keys, FACILITATOR_COOKIE, "/drills"),
        (current().leads, LEAD_COOKIE, "/drills"),
    ):
        token = await asyncio.to_thread(keys.exchange, offered)
        if token is not None:
            answer = JSONResponse({"url": url})
            give_cookie(request, answer, cookie, token)
            return answer
    raise Refused("this link was used or is not of this server", "run `stormdrill link`", status=403)
