"""No seat's view carries what the scenario keeps hidden."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from scenarios import Scenario
from tests.drills.views.conftest import Sit

SEATS = ("commander", "tech_lead", "communications", "desk_1", "desk_2", "specialist", "developer")
SPOKEN = frozenset({"injects", "ladder", "approvals", "relief", "complaints", "nudges", "freezes"})
"""Hidden until somebody says it: words of the script that come to the screen when their time has come."""

OPEN = frozenset({"bundle-offers 4.12"})
"""A release's own name, which the change list shows to everybody."""

HIDDEN_KEYS = frozenset(
    {
        "trouble",
        "troubles",
        "stale",
        "hit_by",
        "home",
        "grants",
        "solver",
        "truth",
        "ranks",
        "temper",
        "knows",
    }
)


def hidden_texts(model: BaseModel, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Give every text of a scenario that is for the scorer or the facilitator alone."""
    for name, field in type(model).model_fields.items():
        extra = field.json_schema_extra
        who = extra.get("visibility") if isinstance(extra, dict) else None
        value = getattr(model, name)
        if name in SPOKEN:
            continue
        if who in ("hidden", "facilitator"):
            yield from texts_in(value)
        else:
            yield from nested(value, (*path, name))


def nested(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    """Look for hidden texts inside a value that is open itself."""
    if isinstance(value, BaseModel):
        yield from hidden_texts(value, path)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from nested(each, path)


def texts_in(value: Any) -> Iterator[str]:
    """Give every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts_in(each)


def keys_in(value: Any) -> Iterator[str]:
    """Give every key in a view."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from keys_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from keys_in(each)


def sentences(flagship: Scenario) -> list[str]:
    """Give the hidden texts that are long enough to be nobody else's words."""
    return sorted({text for text in hidden_texts(flagship) if len(text) >= 16 and " " in text} - OPEN)


@pytest.mark.parametrize("seat", SEATS)
def test_no_view_holds_hidden_words(sit: Sit, flagship: Scenario, seat: str) -> None:
    """Hours into the night no screen shows a word that the scenario keeps for itself."""
    seated = sit(seat, team="none")  # what bots say they have worked out for themselves
    seated.play_to(200)
    for book in flagship.runbooks:
        seated.do("open_runbook", page=book.id)
    view = {**seated.view(), "room": seated.room()}
    shown = json.dumps(view, ensure_ascii=False)
    kept = sentences(flagship)
    assert any("Sites now come back cold" in text for text in kept)
    assert [text for text in kept if text in shown] == []
    assert HIDDEN_KEYS.isdisjoint(keys_in(view))


@pytest.mark.parametrize("seat", ["end_user", "observer"])
def test_no_guests_view_holds_hidden_words(sit: Sit, flagship: Scenario, seat: str) -> None:
    """Nor do those beside the team, who use the service or watch, see such a word."""
    seated = sit("specialist", team="none")
    seated.play_to(200)
    view = seated.hall.drill(seated.me.drill_id).seat_view(seat).build()
    shown = json.dumps(view, ensure_ascii=False)
    assert [text for text in sentences(flagship) if text in shown] == []
    assert HIDDEN_KEYS.isdisjoint(keys_in(view))
