"""One seat's view of a live drill: the dictionary that goes to its screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from drills import rights
from drills.board import Board
from drills.errors import Refused
from drills.eyes import Eyes
from drills.record import Item
from drills.store import SeatRow
from drills.views import words
from drills.views.clock_part import clock_part
from drills.views.team_part import TeamPart
from drills.views.world_part import WorldPart
from scenarios import Scenario

if TYPE_CHECKING:
    from drills.engine import Engine
    from drills.live import LiveDrill


class SeatView:
    """Builds the view of one seat. Nothing reaches it but what the seat's role may see."""

    def __init__(self, drill: LiveDrill, seat: str) -> None:
        self.drill = drill
        self.seat = seat
        self.eyes = Eyes(drill.play.engine, seat)
        self._names = {chair.seat: chair.name for chair in drill.seats}
        self._names |= {each.id: each.name for each in drill.play.engine.scenario.personas}
        self._bots = {chair.seat for chair in drill.seats if chair.bot}
        self._team = TeamPart(self)
        self._world = WorldPart(self)

    # --- shortcuts for the parts
    @property
    def engine(self) -> Engine:
        return self.drill.play.engine

    @property
    def scenario(self) -> Scenario:
        return self.engine.scenario

    @property
    def board(self) -> Board:
        return self.engine.board

    @property
    def items(self) -> list[Item]:
        return self.engine.items

    @property
    def now_ms(self) -> int:
        return self.drill.now_ms

    @property
    def chairs(self) -> tuple[SeatRow, ...]:
        return self.drill.seats

    def name(self, who: str) -> str:
        """Give the name of a seat's holder or a persona, or the id itself."""
        return self._names.get(who, who.replace("_", " "))

    def title(self, seat: str) -> str:
        role = self.scenario.role_table.get(seat)
        return role.title if role is not None else seat

    def is_bot(self, seat: str) -> bool:
        return seat in self._bots

    def site_title(self, site: str) -> str:
        return next((each.title for each in self.scenario.world.sites if each.id == site), site)

    def text(self, item: Item, key: str = "text") -> str:
        """Give the free text of an item, if it has any."""
        value = item.data.get(key)
        if isinstance(value, Mapping):
            return str(self.engine.texts.get(str(value.get("text", "")), "[removed]"))
        return str(value) if value else ""

    def story(self, t_ms: int) -> str:
        return self.scenario.story(t_ms)

    def hour(self, t_ms: int) -> str:
        """Give the story time without its day."""
        return self.scenario.story(t_ms).split(" ")[-1]

    def t_plus(self, t_ms: int) -> str:
        return words.t_plus(t_ms)

    # --- the view
    def build(self) -> dict[str, Any]:
        """Give all keys of the view."""
        return {
            "drill": self._drill(),
            "clock": clock_part(self),
            "me": self._me(),
            **self._team.build(),
            **self._world.build(),
        }

    def _drill(self) -> dict[str, Any]:
        row, ended = self.drill.row, self.engine.ended
        return {
            "id": row.id,
            "title": row.title,
            "scenario": row.scenario_id,
            "place": self.scenario.plot.place,
            "premise": self.scenario.plot.premise,
            "service": self.scenario.world.level.title,
            "marker": self.scenario.marker,
            "state": self.drill.state,
            "solo": self.drill.play.solo,
            "seed": row.header.seed,
            "scorecard_url": f"/scorecard?d={row.id}" if ended else None,
            "end_reason": ended or None,
        }

    def _me(self) -> dict[str, Any]:
        role = self.scenario.role_table[self.seat]
        name = self.name(self.seat)
        return {
            "seat": self.seat,
            "title": role.title,
            "name": name,
            "initials": words.initials(name),
            "may": list(rights.permissions(self.scenario, self.seat, solo=self.drill.play.solo)),
            "duty": role.duties.model_dump(),
        }

    # --- on request
    def logs(
        self, site: str | None, service: str | None, text: str | None, minutes: int, limit: int
    ) -> list[dict[str, Any]]:
        """Search the logs of the last minutes.

        Raises:
            Refused: the role has no logs.
        """
        if not self.eyes.can_see("logs"):
            raise Refused("logs refused: your role has none", "ask the tech lead to look", status=403)
        return self._world.logs(site, service, text, max(1, min(minutes, 720)), max(1, min(limit, 500)))

    def preview(self, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Say what an operation would do.

        Raises:
            Refused: the role has no operations, or they are not understood.
        """
        if not self.eyes.can_see("operations"):
            raise Refused("operations refused: your role has none", "ask the tech lead", status=403)
        return self._world.preview(operation, params)
