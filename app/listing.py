"""Words of a drill in a list: its state, when it started, who sits there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drills.hall import LOBBY
from scenarios import default_roles

STATE_WORDS = {LOBBY: "In its lobby", "skipping": "Running"}


def state_words(state: str) -> str:
    """Give a state as people read it."""
    return STATE_WORDS.get(state, state.capitalize())


def started_words(drill: Mapping[str, Any]) -> str:
    """Give when a drill started, to the minute."""
    return str(drill["started"])[:16].replace("T", " ")


def seat_words(drill: Mapping[str, Any]) -> str:
    """Give the seats that people have, by role; "" for none."""
    roles = default_roles()
    return ", ".join(
        roles[each].title if each in roles else str(each).replace("_", " ") for each in drill["seats"]
    )
