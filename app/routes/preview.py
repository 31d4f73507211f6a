"""POST /api/drills/{id}/preview and …/inject-preview: what would come of a deed, before it is done."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.house import current
from app.routes.asking import answered, body_of, check_own_page, limit_rate, seat_of, text_of
from drills.errors import Refused


@answered
async def preview(request: Request) -> Response:
    """Take `{operation, params}` and answer what it does, its price, its needs and the way back."""
    check_own_page(request)
    holder = seat_of(request)
    limit_rate("question", f"{holder.drill_id}/{holder.person}")
    body = await body_of(request)
    params = body.get("params", {})
    if not isinstance(params, dict):
        raise Refused("params must be a JSON object", "send {} when the operation needs none", status=400)
    operation = text_of(body, "operation", limit=80)
    shown = await asyncio.to_thread(current().hall.preview, holder.drill_id, holder.seat, operation, params)
    return JSONResponse(shown)


@answered
async def preview_inject(request: Request) -> Response:
    """Take the data of `add_inject` and answer whom it reaches, how and when; for the facilitator alone."""
    check_own_page(request)
    holder = seat_of(request)
    limit_rate("question", f"{holder.drill_id}/{holder.person}")
    shown = await asyncio.to_thread(current().hall.preview_inject, holder, await body_of(request))
    return JSONResponse(shown)
