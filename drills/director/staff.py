"""The rota: who says yes, and who no, when the team looks for somebody to take over a role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drills.director.voice import Voice
from drills.record import Item

if TYPE_CHECKING:
    from scenarios.schema.response import Person, Relief

TAKEN, SILENT, GONE = "I am on already, sorry.", "Nobody answers.", "Too late for me today, sorry."
SILENT_MIN = 5


@dataclass
class Search:
    """A search for a role, with those of the rota who were not asked yet."""

    role: str
    seat: str
    left: list[Person]


class Staff:
    """Answers for the people on the rota.

    Attributes:
        accepted: role by person, of those who said yes.
    """

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._people = {person.id: person for person in voice.scenario.people}
        self.accepted: dict[str, str] = {}
        voice.hear("staff.sought", self._sought)

    def _sought(self, item: Item) -> None:
        wanted = self._people.get(str(item.data.get("person") or ""))
        if wanted is not None:
            self._next(Search(item.about, item.seat, [wanted]))
        else:
            self._next(Search(item.about, item.seat, self._fitting(item.about)))

    def _fitting(self, role: str) -> list[Person]:
        """Give those of the rota who could take a role, in its order, without those who have taken one."""
        return [
            person
            for person in self._voice.scenario.people
            if person.relief is not None
            and person.id not in self.accepted
            and (not person.relief.roles or role in person.relief.roles)
        ]

    def _next(self, search: Search) -> None:
        if not search.left:
            return
        person = search.left.pop(0)
        minutes = person.relief.minutes if person.relief is not None else SILENT_MIN
        self._voice.after(minutes, lambda: self._answer(search, person))

    def _answer(self, search: Search, person: Person) -> None:
        accepts, text = self._says(search.role, person)
        if accepts:
            self.accepted[person.id] = search.role
        data = {
            "person": person.id,
            "role": search.role,
            "accepts": accepts,
            "text": self._voice.filled(text),
        }
        sees = (search.seat, "commander", search.role)
        self._voice.persona("staff.answered", person.id, data, sees)
        if not accepts:
            self._next(search)

    def _says(self, role: str, person: Person) -> tuple[bool, str]:
        relief = person.relief
        if relief is None:
            return False, TAKEN if person.seat else SILENT
        if self.accepted.get(person.id, role) != role:
            return False, TAKEN
        fits = not relief.roles or role in relief.roles
        if self._late(relief) and person.id not in self.accepted:
            return relief.late_accepts and fits, relief.late or GONE
        return relief.accepts and fits, relief.text

    def _late(self, relief: Relief) -> bool:
        return relief.asked_by is not None and self._voice.now_ms > self._voice.scenario.at(relief.asked_by)

    def free_ms(self, person_id: str) -> int:
        """Give from when somebody who said yes can be in a call."""
        person = self._people[person_id]
        return self._voice.scenario.at(person.from_) if person.from_ else 0
