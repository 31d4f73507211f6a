"""GET /api/drills/{id}/logs: log lines of the world, as the seat may read them."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.house import current
from app.routes.asking import answered, limit_rate, seat_of
from drills.errors import Refused

MINUTES_LIMIT = 24 * 60
LINES_LIMIT = 500


@answered
async def logs(request: Request) -> Response:
    """Answer `{lines}` for the query `site, service, text, minutes, limit`, all optional."""
    holder = seat_of(request)
    limit_rate("question", f"{holder.drill_id}/{holder.person}")
    query = request.query_params
    lines = await asyncio.to_thread(
        current().hall.logs,
        holder.drill_id,
        holder.seat,
        site=query.get("site") or None,
        service=query.get("service") or None,
        text=(query.get("text") or "")[:200] or None,
        minutes=_number(query.get("minutes"), 10, MINUTES_LIMIT, "minutes"),
        limit=_number(query.get("limit"), 200, LINES_LIMIT, "limit"),
    )
    return JSONResponse({"lines": lines})


def _number(text: str | None, default: int, most: int, name: str) -> int:
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 6 or not 1 <= int(text) <= most:
        raise Refused(
            f"{name} must be a whole number from 1 to {most}", f"leave {name} out for {default}", status=400
        )
    return int(text)
