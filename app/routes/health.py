"""GET /healthz: whether the drills advance."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.house import NoHouse, current


async def health(_: Request) -> Response:
    """Answer 200 with the number of drills, or 503 while the house is not open."""
    try:
        drills = current().hall.drills()
    except NoHouse:
        return JSONResponse({"status": "starting"}, status_code=503)
    running = sum(drill["state"] == "running" for drill in drills)
    return JSONResponse({"status": "ok", "drills": len(drills), "running": running})
