"""A flagship drill with one person in it, whose bots play and whose clock is moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from drills import Hall, Holder
from drills.views.projector_part import ProjectorView
from scenarios import Library
from tests.handclock import HandClock

FLAGSHIP = "three-datacenter-outage"
MINUTE_MS = 60_000


@dataclass
class Seated:
    """A person in a seat of a drill that moves only when told."""

    hall: Hall
    me: Holder
    sent: list[str] = field(default_factory=list)

    @property
    def engine(self) -> Any:
        return self.hall.drill(self.me.drill_id).engine

    def play_to(self, minute: int) -> None:
        """Let the bots play on to a minute of the story."""
        self.hall.drill(self.me.drill_id).play.pass_time(minute * MINUTE_MS)

    def do(self, command: str, **data: Any) -> None:
        """Send a command as this person."""
        self.sent.append(command)
        id_ = f"c{len(self.sent)}"
        self.hall.submit(self.me.drill_id, self.me.seat, self.me.person, id_, command, data)

    def say(self, kind: str, about: str, data: dict[str, Any], *sees: str) -> None:
        """Put an item of the director or of a persona into the record."""
        self.engine.emit("persona", kind, about, data, sees or (self.me.seat,))

    def report(self, number: int, from_: str, channel: str, text: str, **more: Any) -> None:
        """Have a report come to this seat."""
        id_ = f"told-{number}"
        told = {
            "report": id_,
            "from": from_,
            "to": self.me.seat,
            "channel": channel,
            "title": "",
            "text": text,
        }
        self.say("report.received", id_, {**told, "inject": "any", "contact": "555-0160", **more})

    def incident(self) -> str:
        """Have the desk log the incident; give its ticket."""
        told = {
            "ticket_kind": "incident",
            "title": "Larder is down",
            "reporter": "monitor",
            "priority": "high",
        }
        self.say("ticket.logged", "INC-90", {"ticket": "INC-90", **told})
        return "INC-90"

    def view(self) -> dict[str, Any]:
        """Give what the seat sees now, built anew."""
        return self.hall.drill(self.me.drill_id).seat_view(self.me.seat).build()

    def room(self) -> dict[str, Any]:
        """Give what the projector shows to everybody, built anew."""
        return ProjectorView(self.hall.drill(self.me.drill_id)).build()

    def asked(self, kind: str) -> list[dict[str, Any]]:
        """Give what waits for the seat, of one kind."""
        return [each for each in self.view()["asked"] if each["kind"] == kind]


Sit = Callable[..., Seated]


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    """Sits down in a seat of the flagship, bots of a team in the others: `sit("desk_1")`."""
    hall = Hall(tmp_path, Library([]), HandClock())
    yield lambda seat, team="managed": Seated(
        hall, hall.play_alone(FLAGSHIP, seat, name="Ada Berg", team=team, seed=7)
    )
    hall.close()
