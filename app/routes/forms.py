"""What the routes of plain pages share: forms without a script, refusals as pages, the way on."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.guard import is_same_origin
from app.house import current
from app.papers.shell import paper, wrong
from app.routes.asking import bytes_of, telling
from drills.errors import Refused

FIELDS_MOST = 20


def refusal_page(refused: Refused) -> Response:
    """Give the page that tells a refusal."""
    return paper("That did not work", wrong(refused), status=refused.status)


as_page = telling(refusal_page)
"""Let a handler raise `Refused`; the answer is then a page that says what, why and what to do."""


async def form_of(request: Request) -> dict[str, str]:
    """Give the fields that a form of this server posted.

    Raises:
        Refused: 403 when another site posted it, 413 when it is too large, 400 when it is no form.
    """
    if not is_same_origin(request.headers.get("origin"), request.headers.get("host", "")):
        raise Refused("the form comes from another site", "open the page itself", status=403)
    try:
        return dict(parse_qsl((await bytes_of(request, "form")).decode("utf-8"), max_num_fields=FIELDS_MOST))
    except ValueError:
        raise Refused("the form cannot be read", "open the page again", status=400) from None


def on_to(path: str, **query: str) -> RedirectResponse:
    """Give the answer that leads on, so that a reload posts nothing again."""
    return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, status_code=303)


def limit_guesses(asker: str) -> None:
    """Refuse with 429 where too many wrong codes were tried, from one address or by all.

    Takes from both buckets, and from that of all only what the one address may still try, so that one machine
    cannot use it up; `forgive` gives back what a right code took.
    """
    limits = current().limits
    wait_s = limits.wait_s("join", asker) or limits.wait_s("join_all", "server")
    if wait_s:
        raise Refused("too many codes were tried", f"wait {wait_s:.0f} s, then try again", status=429)


def forgive(asker: str) -> None:
    """Give back what a right code took: only wrong ones count."""
    current().limits.give_back("join", asker)
    current().limits.give_back("join_all", "server")


def address_for_others(request: Request) -> str:
    """Give the server's address as others reach it, whatever this browser asked for."""
    return current().settings.url_for_others(str(request.url))
