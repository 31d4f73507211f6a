"""Managed or unmanaged? Four traits and four failings of the source story, each from its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from scoring.catalogue import lines
from scoring.levels import RANK, Judgement, Level

Trait = Literal["shown", "partly", "not_shown", "not_tested"]
Failing = Literal["seen", "partly", "not_seen", "not_tested"]

TRAITS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "chain_of_command": ("Clear chain of command, time to focus", ("CMD-1", "CMD-2", "ROL-2")),
    "separated_roles": ("Command, repair and communication apart", ("ROL-1", "CMD-3")),
    "live_document": ("A live document of the steps", ("DOC-1", "DOC-2", "DOC-4")),
    "clear_handoff": ("A clear, specific handoff", ("HND-2", "HND-3", "HND-4")),
}
FAILINGS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "technical_focus": ("Nothing but technical focus", ("CMD-3", "ROL-2", "ROL-1")),
    "poor_communication": ("Developers and others hardly talk", ("COM-7", "COM-5")),
    "untracked_collaboration": ("Calls and changes leave no trace", ("COM-6", "CMD-6", "DIA-5")),
    "no_command": ("Nobody in command", ("CMD-1", "CMD-2")),
}
_SHOWN: Mapping[Level, Trait] = {
    "met": "shown",
    "partly": "partly",
    "missed": "not_shown",
    "not_tested": "not_tested",
}
_SEEN: Mapping[Level, Failing] = {
    "met": "not_seen",
    "partly": "partly",
    "missed": "seen",
    "not_tested": "not_tested",
}


def traits(judged: Mapping[str, Judgement]) -> dict[str, Trait]:
    """Give the four traits: the second best of its lines decides, so that one line alone carries none."""
    return {
        name: _SHOWN[_second_best([judged[line].level for line in ids])] for name, (_, ids) in TRAITS.items()
    }


def failings(judged: Mapping[str, Judgement]) -> dict[str, Failing]:
    """Give the four failings: the worst of its tested core lines decides."""
    return {
        name: _SEEN[_worst([judged[line].level for line in ids if lines()[line].core])]
        for name, (_, ids) in FAILINGS.items()
    }


def _second_best(levels: Sequence[Level]) -> Level:
    return sorted(levels, key=lambda level: RANK[level], reverse=True)[1]


def _worst(levels: Sequence[Level]) -> Level:
    tested = [level for level in levels if level != "not_tested"]
    return min(tested, key=lambda level: RANK[level]) if tested else "not_tested"
