"""One seat's view of a live drill: the dictionary that goes to its screen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from drills import rights
from drills.board import Board, Ticket
from drills.errors import Refused
from drills.eyes import Eyes
from drills.persons import cast_names, story_names
from drills.record import Item
from drills.store import SeatRow
from drills.views import words
from drills.views.asked_part import AskedPart, operation_title
from drills.views.clock_part import clock_part
from drills.views.desk_part import DeskPart
from drills.views.notes_part import NotesPart
from drills.views.response_part import ResponsePart
from drills.views.review_part import ReviewPart
from drills.views.shop_part import ShopPart
from drills.views.team_part import TeamPart
from drills.views.world_part import WorldPart
from scenarios import Scenario
from simulator import OPERATIONS

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
        self._names |= drill.play.engine.scenario.names()
        scenario, seed = drill.play.engine.scenario, drill.play.engine.header.seed
        self._cast = cast_names(scenario, seed)
        self._persons = self._cast | story_names(scenario, seed) | drill.names_given
        self._bots = {chair.seat for chair in drill.seats if chair.bot}
        self._team = TeamPart(self)
        self._asked = AskedPart(self)
        self._desk = DeskPart(self)
        self._response = ResponsePart(self)
        self._review = ReviewPart(self)
        self._notes = NotesPart(self)
        self._shop = ShopPart(self)
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
        """Give the name of a seat's holder or a persona, the role of a guest, or the id itself."""
        relief = self.board.holders.get(who)
        role = self.scenario.role_table.get(who)
        return self._names.get(relief or who, role.title if role is not None else who.replace("_", " "))

    def chair_name(self, seat: str) -> str:
        """Give the name of who sat down in a seat, whoever bears its role now."""
        return self._names.get(seat, seat.replace("_", " "))

    def by(self, item: Item) -> str:
        """Give the name of who did or said something, at that time."""
        if item.origin != "journal":
            return self.name(str(item.data.get("from", "")))
        return self._persons.get(item.person) or self._names.get(item.seat, item.seat.replace("_", " "))

    def whole_channel(self) -> list[dict[str, Any]]:
        """Give what was said on the bridge, to whomever; for facilitators."""
        return self._team.lines(self.board.messages)

    def by_bot(self, item: Item) -> bool:
        """Whether a bot did or said something, whoever sits there by now."""
        is_known = item.person in self._cast or item.person in self.drill.names_given
        return item.person in self._cast if is_known else self.is_bot(item.seat)

    def may(self, command: str) -> bool:
        """Whether this seat may use a command."""
        return command in self.commands

    @cached_property
    def commands(self) -> tuple[str, ...]:
        """The commands this seat may use, sorted."""
        return rights.permissions(self.scenario, self.seat, solo=self.drill.play.solo)

    @cached_property
    def is_customer(self) -> bool:
        """Whether this seat uses the service instead of running it: it has no dashboards and reports."""
        return not self.eyes.can_see("dashboards") and self.may("file_report")

    def seats_taken(self) -> frozenset[str]:
        """Give the seats of this drill."""
        return frozenset(chair.seat for chair in self.chairs)

    def title(self, seat: str) -> str:
        role = self.scenario.role_table.get(seat)
        return role.title if role is not None else seat

    def is_bot(self, seat: str) -> bool:
        return seat in self._bots

    def site_title(self, site: str) -> str:
        return next((each.title for each in self.scenario.world.sites if each.id == site), site)

    def part_title(self, id_: str) -> str:
        """Give the words for parts of the world named by their ids: "dc1/search" is "DC1 search"."""
        return " ".join(self.world_titles.get(part, part) for part in id_.split("/"))

    @cached_property
    def world_titles(self) -> dict[str, str]:
        """The title of each part of the world by its id: the whole, sites, services."""
        world = self.scenario.world
        titles = {world.level.id: world.level.title}
        titles |= {site.id: site.title for site in world.sites}
        return titles | {service.id: service.title for service in world.services}

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

    # --- words and moments that several parts need
    def operation_words(self, operation: str, target: str) -> str:
        """Give an operation with its target: "Roll back DC1"."""
        place = f" {self.site_title(target)}" if target else ""
        return f"{operation_title(operation)}{place}"

    def result_words(self, job: str) -> str:
        """Give what came of an operation: "running", "done", "failed, ..."."""
        finished = self.board.finished.get(job)
        if finished is None:
            return "running"
        note = str(finished.data.get("note") or "")
        result = str(finished.data.get("result", "done")).replace("_", " ")
        return f"{result}, {note}" if note else result

    def paper_title(self, id_: str) -> str:
        """Give the title of an article or a runbook."""
        return self._papers.get(id_, id_)

    @cached_property
    def _papers(self) -> dict[str, str]:
        articles = {each.id: each.title for each in self.scenario.articles}
        return articles | {each.id: each.title for each in self.scenario.runbooks}

    def main_ticket(self) -> Ticket | None:
        """Give the ticket that the team calls the incident: the one it opened, else the gravest."""
        tickets = self.board.tickets
        opened = self.eyes.first("incident.opened")
        if opened is not None and opened.about in tickets:
            return tickets[opened.about]
        incidents = [each for each in tickets.values() if each.kind == "incident" and not each.duplicate_of]
        return next(
            (each for each in incidents if each.priority == "high"), incidents[0] if incidents else None
        )

    def next_update_ms(self) -> int | None:
        """Give when the next word to a list is due: as promised, else by the timer."""
        sent = self.board.updates[-1] if self.board.updates else None
        if sent is not None and sent.data.get("next_update_min"):
            return sent.t_ms + int(sent.data["next_update_min"]) * words.MINUTE_MS
        timer = self.board.timers.get("update")
        if timer is not None:
            since_ms = max(timer.since_ms, sent.t_ms if sent is not None else 0)
            return since_ms + timer.every_min * words.MINUTE_MS
        promised = [item for item in self.board.updates if item.data.get("next_update_min")]
        if not promised:
            return None
        return promised[-1].t_ms + int(promised[-1].data["next_update_min"]) * words.MINUTE_MS

    def acted_since(self, n: int, but: frozenset[str]) -> bool:
        """Whether this seat has done something after an item, some kinds of entries left out."""
        return any(item.seat == self.seat and item.kind not in but for item in self.items[n + 1 :])

    # --- the view
    def build(self) -> dict[str, Any]:
        """Give all keys of the view."""
        if self.is_customer:
            return self._customers_view()
        return {
            "drill": self._drill(),
            "clock": clock_part(self),
            "me": self._me(),
            **self._team.build(),
            **self._asked.build(),
            **self._desk.build(),
            **self._response.build(),
            **self._review.build(),
            **self._world.build(),
            **self._notes.build(),
        }

    def _customers_view(self) -> dict[str, Any]:
        """Give the keys of whoever uses the service: nothing of the team but the desk that can be called."""
        return {
            "drill": {**self._drill(), "titles": {}},
            "clock": {**clock_part(self), "skip_hindered": None},
            "me": self._me(),
            **self._team.for_customers(),
            **self._asked.build(),
            "calls": self._response.calls(),
            "inbox": self._desk.inbox(),
            **self._shop.build(),
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
            "level": self.scenario.world.level.id,
            "titles": self._titles,
            "marker": self.scenario.marker,
            "state": self.drill.state,
            "solo": self.drill.play.solo,
            "seed": row.header.seed,
            "scorecard_url": f"/scorecard?d={row.id}" if ended else None,
            "end_reason": ended or None,
        }

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Words for the ids that facts in short form may carry: the world, roles, operations."""
        roles = {id_: role.title.lower() for id_, role in self.scenario.role_table.items()}
        operations = {id_: each.title for id_, each in OPERATIONS.items()}
        return operations | roles | self.world_titles

    def _me(self) -> dict[str, Any]:
        role = self.scenario.role_table[self.seat]
        name = self.name(self.seat) if self.seat in self._names else self._guest_name()
        return {
            "seat": self.seat,
            "title": role.title,
            "name": name,
            "initials": words.initials(name),
            "may": list(self.commands),
            "logs": self.eyes.can_see("logs"),
            "duty": role.duties.model_dump(),
        }

    def _guest_name(self) -> str:
        """Give words for a place beside the cast, which several people may have at once."""
        return "Customer" if self.is_customer else "Guest"

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
