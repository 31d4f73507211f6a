"""Placeholders of spoken texts: names of people, and what the world says at the moment."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from drills.conditions import MINUTE_MS
from simulator import SiteReading

if TYPE_CHECKING:
    from drills.engine import Engine

_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]{0,30})\}")


def filled(engine: Engine, text: str) -> str:
    """Put names and the world's values into a text's braces; unknown ones stay as they are."""
    if "{" not in text:
        return text
    return _PLACEHOLDER.sub(lambda found: _value(engine, found.group(1)) or found.group(0), text)


def _value(engine: Engine, name: str) -> str:
    known = engine.scenario.names().get(name)
    if known is not None:
        return known
    made = _FILLED.get(name)
    return made(engine) if made is not None else ""


def _ticket(engine: Engine) -> str:
    return next(iter(engine.board.tickets), engine.scenario.world.level.title)


def _due_ms(engine: Engine) -> int:
    started = engine.board.sla.get("started")
    return int(started.data["due_ms"]) if started is not None else engine.now_ms


def _fullest(engine: Engine) -> SiteReading:
    return max(engine.reading().sites, key=lambda site: site.load_frac)


def _load_before(engine: Engine) -> str:
    return _percent(engine.world.metrics.last(f"{_fullest(engine).id}.load", back=15))


def _percent(frac: float) -> str:
    return str(round(100.0 * frac))


def _last_site(engine: Engine) -> str:
    """Title of the site that the latest alert was about."""
    told = [str(item.data["site"]) for item in engine.board.alert_items if item.data.get("site")]
    titles = {site.id: site.title for site in engine.scenario.world.sites}
    return titles.get(told[-1], told[-1]) if told else "the site"


_FILLED: dict[str, Callable[[Engine], str]] = {
    "t": lambda engine: engine.scenario.story(engine.now_ms),
    "ticket": _ticket,
    "due": lambda engine: engine.scenario.story(_due_ms(engine)),
    "left": lambda engine: str(max(0, _due_ms(engine) - engine.now_ms) // MINUTE_MS),
    "load": lambda engine: _percent(_fullest(engine).load_frac),
    "load15": _load_before,
    "carrier": lambda engine: _fullest(engine).title,
    "site": _last_site,
    "state": lambda engine: engine.reading().level,
}
