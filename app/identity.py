"""Who is asking: the cookies of a request or of a page, and the seats they open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.house import current

if TYPE_CHECKING:
    from drills import Holder

SEAT_COOKIE = "stormdrill_seat"
FACILITATOR_COOKIE = "stormdrill_facilitator"
LEAD_COOKIE = "stormdrill_lead"
SEATS_KEPT = 12
COOKIE_MAX_AGE_S = 30 * 24 * 3600


def page_cookies() -> Mapping[str, str]:
    """Give the cookies of the browser that shows the running page. Tests replace this one function."""
    import streamlit

    return streamlit.context.cookies.to_dict()


def tokens(cookies: Mapping[str, str]) -> list[str]:
    """Give the tokens of the seats that a browser holds, the newest first."""
    return [token for token in cookies.get(SEAT_COOKIE, "").split(".") if token][:SEATS_KEPT]


def with_token(cookies: Mapping[str, str], token: str) -> str:
    """Give the cookie's value with a new seat in front; the oldest seats fall off."""
    return ".".join([token, *(kept for kept in tokens(cookies) if kept != token)][:SEATS_KEPT])


def holder(cookies: Mapping[str, str], drill_id: str) -> Holder | None:
    """Give the seat that these cookies open in a drill, or None."""
    hall = current().hall
    return next((found for token in tokens(cookies) if (found := hall.holder(token, drill_id))), None)


def is_facilitator(cookies: Mapping[str, str]) -> bool:
    """Say whether these cookies were given for the facilitator's link."""
    return current().keys.knows(cookies.get(FACILITATOR_COOKIE, ""))


def is_lead(cookies: Mapping[str, str]) -> bool:
    """Say whether these cookies were given for a lead's link."""
    return current().leads.knows(cookies.get(LEAD_COOKIE, ""))


def may_review(cookies: Mapping[str, str]) -> bool:
    """Say whether these cookies open the list of drills and every scorecard."""
    return is_facilitator(cookies) or is_lead(cookies)
