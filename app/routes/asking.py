"""What routes share: who asks, what the body says, how a refusal is answered."""

from __future__ import annotations

import functools
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.guard import is_same_origin
from app.house import current
from app.identity import holder
from drills.errors import Refused, StoreFault

if TYPE_CHECKING:
    from drills import Holder

BODY_LIMIT = 64 * 1024
Handler = Callable[[Request], Awaitable[Response]]


def telling(tell: Callable[[Refused], Response]) -> Callable[[Handler], Handler]:
    """Let a handler raise `Refused`, also for what could not be saved; `tell` makes the answer of it."""

    def wrap(handler: Handler) -> Handler:
        @functools.wraps(handler)
        async def handling(request: Request) -> Response:
            try:
                return await handler(request)
            except Refused as refused:
                return tell(refused)
            except StoreFault as fault:
                return tell(Refused(f"nothing was saved: {fault}", "try again; nothing was done", status=503))

        return handling

    return wrap


def refusal(refused: Refused) -> JSONResponse:
    """Give the answer that tells a refusal: what, why, and who can or what to do."""
    headers = {"retry-after": "1"} if refused.status == 429 else None
    return JSONResponse(
        {"error": refused.message, "cure": refused.cure}, status_code=refused.status, headers=headers
    )


answered = telling(refusal)
"""Let a handler raise `Refused`; the answer is then `{error, cure}` with its status."""


def check_own_page(request: Request) -> None:
    """Refuse what does not come from a page of this server.

    Raises:
        Refused: 403; another site cannot set the header without asking first, and is not let in when it asks.
    """
    if request.headers.get("x-stormdrill") != "1":
        raise Refused(
            "the header X-Stormdrill: 1 is missing", "send it with every request that acts", status=403
        )
    if not is_same_origin(request.headers.get("origin"), request.headers.get("host", "")):
        raise Refused("the request comes from another site", "open the console itself", status=403)


async def bytes_of(request: Request, what: str) -> bytes:
    """Give the bytes of a request's body; `what` it is called when it is too large.

    Raises:
        Refused: 413 over 64 KiB.
    """
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > BODY_LIMIT:
            raise Refused(f"the {what} is larger than 64 KiB", "shorten the text", status=413)
        chunks.append(chunk)
    return b"".join(chunks)


async def body_of(request: Request) -> dict[str, Any]:
    """Give the JSON object in a request's body.

    Raises:
        Refused: 413 over 64 KiB, 400 when it is no JSON object.
    """
    sent = await bytes_of(request, "body")
    try:
        body = json.loads(sent or b"{}")
        # half a character, NaN and infinity pass the reader, but nobody could keep or send them on
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise Refused("the body is not JSON", "send a JSON object", status=400) from None
    if not isinstance(body, dict):
        raise Refused("the body is not a JSON object", "send a JSON object", status=400)
    return body


def text_of(body: dict[str, Any], name: str, *, limit: int = 200, default: str | None = None) -> str:
    """Give a text field of a body; without a default it must be there and not empty."""
    value = body.get(name, default)
    if not isinstance(value, str) or (default is None and not value) or len(value) > limit:
        raise Refused(
            f"{name} must be a text of at most {limit} characters", f"send {name} as text", status=400
        )
    return value


def limit_rate(kind: str, asker: str) -> None:
    """Refuse with 429 who asks too often."""
    wait_s = current().limits.wait_s(kind, asker)
    if wait_s:
        raise Refused("too many requests", f"wait {wait_s:.0f} s, then try again", status=429)


def address(request: Request) -> str:
    """Give the address a request comes from."""
    return request.client.host if request.client else "unknown"


def seat_of(request: Request) -> Holder:
    """Give the seat that the asking browser holds in the drill of the path.

    Raises:
        Refused: 404 for a drill that is not there, 401 when the browser holds no seat of it.
    """
    drill_id = request.path_params["drill_id"]
    check_known(drill_id)
    found = holder(request.cookies, drill_id)
    if found is None:
        raise Refused(
            "this browser holds no seat in the drill",
            "open it in the browser that holds the seat, or join by the code",
            status=401,
        )
    return found


def check_known(drill_id: str) -> None:
    """Refuse with 404 a drill that this server does not keep."""
    if current().hall.state(drill_id) is None:
        raise Refused(f"there is no drill {drill_id[:40]}", "choose one on the first page", status=404)
