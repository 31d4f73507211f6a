"""What all parts of the director share: the engine, their ears, and the ways to say and ask something."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from drills.conditions import MINUTE_MS, Ears
from drills.director.words import filled
from drills.record import Item

if TYPE_CHECKING:
    from drills.engine import Engine
    from scenarios import Scenario

LEADS = ("commander", "communications")
WRITING_S = 150.0
"""Wall time a person needs for a composed act; the scorer allows as much."""


class Voice:
    """Speaks for those outside the seats.

    Attributes:
        hear: have a function called with every item of a kind.
    """

    def __init__(self, engine: Engine, ears: Ears) -> None:
        self.engine = engine
        self.ears = ears
        self.hear = ears.hear
        self._counts: dict[str, int] = {}

    @property
    def scenario(self) -> Scenario:
        return self.engine.scenario

    @property
    def now_ms(self) -> int:
        return self.engine.now_ms

    def after(self, minutes: float, action: Callable[[], None]) -> None:
        """Do something so many minutes from now."""
        self.engine.at(self.now_ms + round(minutes * MINUTE_MS), action)

    def next_id(self, what: str) -> str:
        """Give the next id of a kind that only the director gives: `report-3`."""
        self._counts[what] = self._counts.get(what, 0) + 1
        return f"{what}-{self._counts[what]}"

    # --- saying
    def say(self, who: str, text: str, sees: Iterable[str], **data: Any) -> None:
        """Say something as a persona or a person of the story."""
        said = {"from": who, "text": self.filled(text), **data}
        self.engine.emit("persona", "persona.said", who, said, tuple(sees))

    def ask(
        self, who: str, to: str, text: str, *, inject: str = "", step: int = 0, instead_of: str = ""
    ) -> str:
        """Ask a seat something as a persona; give the question's id, or "" when nobody sits there.

        Args:
            instead_of: id of the open question that this one asks anew; it waits for no answer any more.
        """
        if to not in self.engine.seats:
            return ""
        question = self.next_id("question")
        data: dict[str, Any] = {
            "question": question,
            "from": who,
            "to": to,
            "text": self.filled(text),
            "inject": inject,
            "step": step,
        }
        if instead_of:
            data["instead_of"] = instead_of
        self.engine.emit("persona", "question.received", question, data, (to, *LEADS))
        return question

    def direct(self, kind: str, about: str, data: Mapping[str, Any], sees: Iterable[str] = ()) -> Item:
        """Add an item of the director's own."""
        return self.engine.emit("director", kind, about, data, tuple(sees))

    def persona(self, kind: str, about: str, data: Mapping[str, Any], sees: Iterable[str] = ()) -> Item:
        """Add an item of somebody outside the seats."""
        return self.engine.emit("persona", kind, about, data, tuple(sees))

    # --- words and chance
    def filled(self, text: str) -> str:
        """Put names and the world's values into a text's braces."""
        return filled(self.engine, text)

    def order(self, name: str, words: Sequence[str]) -> list[str]:
        """Give words in an order that depends on the seed and a name alone."""
        return sorted(words, key=lambda word: _digest(f"{self.engine.header.seed}:{name}:{word}"))

    # --- who is where
    def seated(self, wanted: Iterable[str]) -> str:
        """Give the first of some roles whose seat is in this drill, or ""."""
        return next((role for role in wanted if role in self.engine.seats), "")

    def human(self, seat: str) -> bool:
        """Whether a person, not a bot, sits in a seat."""
        return self.engine.seats.get(seat) is False

    def writing_ms(self, seat: str) -> int:
        """Give the simulated time that somebody in a seat needs to write an answer at the speed played."""
        return round(WRITING_S * 1000 * self.engine.speed) if self.human(seat) else 0


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
