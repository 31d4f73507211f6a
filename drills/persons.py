"""People behind the seats: their ids in the journal, and their names beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from drills.journal import Journal
from drills.rights import CLOCK_SEAT
from scenarios import Scenario


def person_id(seed: int, who: str) -> str:
    """Give the id of a bot in a seat, or of a person of the story: from the seed, so that two runs agree."""
    return hashlib.sha256(f"{seed}:{who}".encode()).hexdigest()[:12]


def names_of(scenario: Scenario, journal: Journal, given: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Give (person, name) a seat; names that people gave themselves win over the story's."""
    persons = dict(journal.entries[0].data.get("persons", {})) if journal.entries else {}
    for entry in journal.entries[1:]:
        if entry.kind == "person.joined" and entry.person != CLOCK_SEAT:
            persons[str(entry.data["role"])] = entry.person
        elif entry.kind == "person.left":
            seat = str(entry.data["role"])
            persons[seat] = person_id(journal.header.seed, seat)
    story = {person.seat: person.name for person in scenario.people if person.seat}
    return {seat: (person, given.get(seat) or story.get(seat, "")) for seat, person in persons.items()}


def story_names(scenario: Scenario, seed: int) -> dict[str, str]:
    """Give name by person id of everybody who may take over a seat during the story."""
    return {person_id(seed, person.id): person.name for person in scenario.people if not person.seat}


def cast_names(scenario: Scenario, seed: int) -> dict[str, str]:
    """Give name by person id of the bots: each plays a person of the story."""
    return {person_id(seed, person.seat): person.name for person in scenario.people if person.seat}
