"""GET /api/drills/{id}/{file}: what a drill leaves, once it has ended: journal, record, scorecard, report."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Mapping
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response

from app import identity, verdict
from app.house import House, current
from app.routes.asking import address, answered, check_known, limit_rate, seat_of
from drills.errors import Refused


def _journal(house: House, drill_id: str) -> bytes:
    out = io.StringIO()
    house.hall.journal(drill_id).write(out)
    return out.getvalue().encode()


def _record(house: House, drill_id: str) -> bytes:
    return house.hall.record(drill_id).sealed()


def _scorecard(house: House, drill_id: str) -> bytes:
    return verdict.as_text(house.verdicts.of(drill_id)).encode()


def _report(house: House, drill_id: str) -> bytes:
    return verdict.report_html(house.verdicts.of(drill_id)).encode()


FILES: Mapping[str, tuple[str, Callable[[House, str], bytes]]] = MappingProxyType(
    {
        "journal.jsonl": ("application/x-ndjson", _journal),
        "record.json.gz": ("application/gzip", _record),
        "scorecard.json": ("application/json", _scorecard),
        "report.html": ("text/html; charset=utf-8", _report),
    }
)

LEADS_FILES = frozenset({"scorecard.json", "report.html"})
"""What a lead takes: how the team worked, not who said what."""


@answered
async def export(request: Request) -> Response:
    """Answer a file of an ended drill to who held a seat, or the facilitator; to a lead the scorecard."""
    drill_id, name = request.path_params["drill_id"], request.path_params["name"]
    if name not in FILES:
        raise Refused(f"a drill leaves no {name[:40]}", f"choose one of {', '.join(FILES)}", status=404)
    limit_rate("export", address(request))
    if not identity.is_facilitator(request.cookies) and not (
        name in LEADS_FILES and identity.is_lead(request.cookies)
    ):
        seat_of(request)
    check_known(drill_id)
    if not is_ended(drill_id):
        raise Refused("the drill still runs", "what it leaves is there when it has ended", status=409)
    media_type, make = FILES[name]
    body = await asyncio.to_thread(make, current(), drill_id)
    headers = {"content-disposition": f'attachment; filename="stormdrill-{drill_id}-{name}"'}
    return Response(body, media_type=media_type, headers=headers)


def is_ended(drill_id: str) -> bool:
    """Say whether a drill has ended; before that its journal would give the story away."""
    return current().hall.state(drill_id) == "ended"
