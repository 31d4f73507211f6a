"""From an act to the data of its entry: what it refers to must exist, and it must be possible now."""

from __future__ import annotations

import hashlib
from typing import Any

from drills.acts import TEXT_FIELDS, Act
from drills.engine import Engine
from drills.prepare import clock, control, desk, document, people, review, words, world
from drills.prepare.checks import CHECKS
from drills.prepare.people import opens

__all__ = [
    "clock",
    "control",
    "desk",
    "document",
    "opens",
    "people",
    "prepare",
    "put_texts_aside",
    "review",
    "words",
    "world",
]


def prepare(engine: Engine, seat: str, act: Act) -> dict[str, Any]:
    """Give the data an act will have in the journal, free text still in it; fields left out are not there.

    Raises:
        Refused: the act refers to nothing that exists, or is not possible now.
    """
    data = act.model_dump(mode="json", exclude_none=True)
    check = CHECKS.get(type(act))
    if check is not None:
        data |= check(engine, seat, act)
    return data


def put_texts_aside(data: dict[str, Any], salt: str) -> tuple[dict[str, Any], dict[str, tuple[str, str]]]:
    """Replace free text by salted digests; give the data and {digest: (salt, body)}."""
    kept, bodies = dict(data), {}
    for name in TEXT_FIELDS:
        body = kept.get(name)
        if not isinstance(body, str):
            continue
        digest = hashlib.sha256(f"{salt}\0{name}\0{body}".encode()).hexdigest()
        bodies[digest] = (salt, body)
        kept[name] = {"text": digest}
    return kept, bodies
