"""Rows that several parts of the store share: seats, members, doors."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class SeatRow:
    """Who sits where."""

    drill_id: str
    seat: str
    person: str
    name: str
    bot: bool
    token_sha256: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody who came in by the door: a holder of a seat, or a guest beside the cast.

    Args:
        seat: a seat of the cast, `observer` or `facilitator`.
        ticket_sha256: digest of a link with which the place can be taken up in another browser, or "".
        has_left: the place is no longer theirs; the row stays, because their name stands beside the journal.
    """

    drill_id: str
    person: str
    seat: str
    name: str
    token_sha256: str
    ticket_sha256: str = ""
    has_left: bool = False


@dataclass(frozen=True)
class DoorRow:
    """The way into a drill: its invitation code, and whether it still lets people in."""

    drill_id: str
    code: str
    is_open: bool


def digest_token(token: str) -> str:
    """Give the form in which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
