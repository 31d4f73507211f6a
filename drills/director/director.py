"""The director: brings the parts of everything outside the seats together, and lets them hear the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from drills.conditions import Ears
from drills.director.approvals import Approvals
from drills.director.calls import Calls
from drills.director.closing import Closing
from drills.director.complaints import Complaining
from drills.director.control import Control
from drills.director.freezes import Freezes
from drills.director.handoff import Handoffs
from drills.director.nudges import Nudges
from drills.director.paging import Paging
from drills.director.personas import Patience
from drills.director.phones import Phones
from drills.director.reports import Reports
from drills.director.script import Planned, Script
from drills.director.staff import Staff
from drills.director.timers import Timers
from drills.director.voice import Voice
from drills.record import Item

if TYPE_CHECKING:
    from drills.engine import Engine


class Director:
    """Runs a scenario's script, and everybody who has no seat, over one drill."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ears = Ears()
        self._begun = False
        self._script: Script | None = None

    @property
    def planned(self) -> Mapping[str, Planned]:
        """Every inject by id, those by hand among them; none before the drill begins."""
        return self._script.planned if self._script is not None else {}

    def trouble_of(self, inject: str) -> str | None:
        """Give the trouble that an inject reports, or None."""
        planned = self.planned.get(inject)
        spec = planned.inject.report if planned is not None else None
        return spec.trouble if spec is not None else None

    def begin(self) -> None:
        """Put everybody in their places, at the first entry of the drill."""
        self._begun = True
        voice = Voice(self._engine, self._ears)
        paging = Paging(voice)
        phones = Phones(voice)
        reports = Reports(voice, phones)
        script = self._script = Script(voice, reports, phones)
        Control(voice, script)
        Calls(voice)
        Approvals(voice, paging)
        Patience(voice, script)
        Complaining(voice, reports)
        staff = Staff(voice)
        Handoffs(voice, staff)
        Closing(voice)
        Freezes(voice)
        Timers(voice)
        Nudges(voice)

    def heard(self, item: Item) -> None:
        """Let everybody who waits for it hear an item of the record."""
        if self._begun:
            self._ears.heard(item)
