"""POST /api/drills/{id}/commands: one deed of a seat."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from app.house import current
from app.pump import Pump
from app.routes.asking import answered, body_of, check_own_page, limit_rate, seat_of, text_of
from drills.errors import Refused


class Commands:
    """Takes `{command_id, command, data}` and answers `{seq, t_ms}`; the same id twice is one deed."""

    def __init__(self, pump: Pump) -> None:
        self.pump = pump

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        answer = await answered(self.submit)(request)
        await answer(scope, receive, send)

    async def submit(self, request: Request) -> Response:
        """Hand a command to the hall and wake the streams."""
        check_own_page(request)
        holder = seat_of(request)
        limit_rate("command", f"{holder.drill_id}/{holder.person}")
        body = await body_of(request)
        data = body.get("data", {})
        if not isinstance(data, dict):
            raise Refused("data must be a JSON object", "send {} when the command needs none", status=400)
        receipt = await asyncio.to_thread(
            current().hall.submit,
            holder.drill_id,
            holder.seat,
            holder.person,
            text_of(body, "command_id", limit=80),
            text_of(body, "command", limit=80),
            data,
        )
        self.pump.wake()
        return JSONResponse({"seq": receipt.seq, "t_ms": receipt.t_ms})
