"""A small drill played by hand: two sites, one loses power at 09:05, and nobody but the test acts.

The scenario is the commented starter with a part put in; everything else is the real thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drills import Journal
from drills.engine import Engine
from drills.play import Play
from drills.record import Item
from drills.replaying import begin, new_header
from scenarios import Scenario, load_text, starter_text

SEATS = ("commander", "communications", "desk_1", "desk_2", "tech_lead", "developer")


def scenario(**parts: str) -> Scenario:
    """Give the starter with other text for some of its parts, by the key at the start of a line."""
    lines: list[str] = []
    replaced = dict(parts)
    skipping = False
    for line in starter_text().splitlines():
        key = line.partition(":")[0]
        if line and not line[0].isspace() and not line.startswith("#"):
            skipping = key in parts
            if skipping:
                lines.append(f"{key}:\n{replaced.pop(key)}")
        if not skipping:
            lines.append(line)
    lines += [f"{key}:\n{text}" for key, text in replaced.items()]
    loaded = load_text("\n".join(lines) + "\n")
    assert loaded.scenario is not None, [str(problem) for problem in loaded.problems]
    return loaded.scenario


class Table:
    """A drill in which the test sits in every seat."""

    def __init__(self, plan: Scenario, *, seats: Mapping[str, str] | None = None, seed: int = 1) -> None:
        self.plan = plan
        journal = Journal(new_header(plan, seed, "table"))
        self.engine = Engine(plan, journal.header, grid_s=60, texts=journal.texts)
        self.seats = dict(seats) if seats is not None else dict.fromkeys(SEATS, "bot")
        people = {seat: seat for seat in self.seats}
        self.play = Play(
            self.engine, journal, bots=(), people=people, commit=lambda entries, texts: None, solo=False
        )
        begin(self.play, "none", self.seats, grid_s=60)
        self._acts = 0

    def until(self, story_time: str) -> None:
        """Let time pass up to a story time."""
        self.play.pass_time(self.plan.at(story_time))

    def act(self, seat: str, command: str, **data: Any) -> Item:
        """Have a seat do something now; give its item."""
        self._acts += 1
        at = len(self.engine.items)
        now_ms = self.engine.now_ms
        self.play.submit(seat, f"act-{self._acts}", command, data, t_ms=now_ms, salt=str(self._acts))
        return self.engine.items[at]

    def all(self, kind: str, **data: Any) -> list[Item]:
        """Give the items of a kind so far whose data hold some values."""
        return [
            item
            for item in self.engine.items
            if item.kind == kind and all(item.data.get(name) == value for name, value in data.items())
        ]

    def one(self, kind: str, **data: Any) -> Item:
        """Give the only such item."""
        found = self.all(kind, **data)
        assert len(found) == 1, [(self.plan.story(item.t_ms), dict(item.data)) for item in found]
        return found[0]

    def story(self, kind: str, **data: Any) -> list[str]:
        """Give the story times of such items, without the weekday."""
        return [self.plan.story(item.t_ms).partition(" ")[2] for item in self.all(kind, **data)]


def claim(subject: str, name: str, value: str, certainty: str = "known") -> dict[str, str]:
    """Give a claim."""
    return {"subject": subject, "property": name, "value": value, "certainty": certainty}
