"""POST /api/drills/{id}/writing: somebody has opened a form, still has it open, or has closed it."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.house import current
from app.routes.asking import answered, body_of, check_own_page, limit_rate, seat_of
from drills.errors import Refused


@answered
async def writing(request: Request) -> Response:
    """Take `{open}`, true or false; the clock slows while it is true, and the page repeats it."""
    check_own_page(request)
    holder = seat_of(request)
    limit_rate("question", f"{holder.drill_id}/{holder.person}")
    is_open = (await body_of(request)).get("open")
    if not isinstance(is_open, bool):
        raise Refused("open must be true or false", "send {open: true} while a form is open", status=400)
    await asyncio.to_thread(_note, holder.drill_id, holder.seat, is_open=is_open)
    return JSONResponse({"open": is_open})


def _note(drill_id: str, seat: str, *, is_open: bool) -> None:
    """Wait for the drill's lock, away from the loop that serves everybody."""
    current().hall.drill(drill_id).note_form(seat, is_open=is_open)
