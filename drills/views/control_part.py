"""The facilitator's view: the world as it is, what is coming, who is there, where they are stuck.

An allow-list of its own, for this seat alone; no part of it goes into any other seat's view.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from drills import acts, rights
from drills.errors import Refused
from drills.prepare import prepare
from drills.prepare.control import UNDO_S
from drills.record import Item
from drills.rights import HOST_SEAT
from drills.views.clock_part import clock_part
from drills.views.happened_part import HappenedPart
from drills.views.notes_part import note_line
from drills.views.projector_part import PROJECTOR, ProjectorView
from drills.views.seat_view import SeatView
from drills.views.stalls import Stalls
from drills.views.timeline_part import TimelinePart

if TYPE_CHECKING:
    from drills.live import LiveDrill
    from drills.store import Member, SeatRow

NOTES = 50
QUESTIONS = 30
DIGITS = 4
MILESTONES = {
    "role.assumed": "Somebody took command",
    "ticket.logged": "First ticket",
    "update.sent": "First notice",
    "doc.opened": "Document opened",
    "incident.opened": "Incident opened",
    "recovered.reached": "Everything is back",
}


class FacilitatorView:
    """Builds the control room's view; `seat` is the facilitator's own."""

    def __init__(self, drill: LiveDrill, seat: str = HOST_SEAT) -> None:
        self.drill = drill
        self.seat = seat
        self._base = SeatView(drill, seat)
        self._timeline = TimelinePart(self._base)
        self._happened = HappenedPart(self._base)
        self._stalls = Stalls(drill.engine)
        self._taken = 0
        self._last: dict[str, Item] = {}
        self._first: dict[str, Item] = {}
        self._notes: list[Item] = []

    # --- the view
    def build(self) -> dict[str, Any]:
        """Give all keys of the view."""
        self._take_in()
        return {
            "drill": self._drill(),
            "strip": self._strip(),
            "clock": clock_part(self._base),
            "me": self._me(),
            "world": self._world(),
            "timeline": self._timeline.build(),
            "happened": self._happened.build(),
            "milestones": self._milestones(),
            "roster": [self._chair(chair) for chair in self.drill.seats],
            "guests": [self._guest(member) for member in self.drill.guests()],
            "questions": self._questions(),
            "channel": self._base.whole_channel(),
            "nudges": [self._stall(stall.as_json()) for stall in self._stalls.proposed()],
            "notes": [note_line(self._base, item) for item in self._notes[-NOTES:]],
            "choices": self._choices(),
        }

    def _take_in(self) -> None:
        items = self.drill.engine.items
        for item in items[self._taken :]:
            if item.origin == "journal" and item.kind != "person.joined":
                self._last[item.seat] = item
            if item.kind in MILESTONES:
                self._first.setdefault(item.kind, item)
            if item.kind == "observation.noted":
                self._notes.append(item)
        self._taken = len(items)

    def _drill(self) -> dict[str, Any]:
        row, scenario, ended = self.drill.row, self._base.scenario, self.drill.engine.ended
        return {
            "id": row.id,
            "title": row.title,
            "scenario": row.scenario_id,
            "team": row.team,
            "place": scenario.plot.place,
            "state": self.drill.state,
            "scorecard_url": f"/scorecard?d={row.id}" if ended else None,
            "end_reason": ended or None,
        }

    def _strip(self) -> dict[str, str]:
        """Give the words of the strip that stands on every screen."""
        title = self.drill.row.title
        return {"marker": self._base.scenario.marker, "text": f"{title} · nothing on this screen is real"}

    def _me(self) -> dict[str, Any]:
        scenario = self._base.scenario
        return {
            "seat": self.seat,
            "title": self._base.title(self.seat),
            "name": self._base.name(self.seat),
            "may": list(rights.permissions(scenario, self.seat, solo=False)),
        }

    # --- the world
    def _world(self) -> dict[str, Any]:
        """Give the world as it truly is: the instruments, and beside them what no instrument shows."""
        engine = self.drill.engine
        reading, truth = engine.reading(), engine.world.truth()
        sites = [
            {
                "id": site.id,
                "title": site.title,
                "state": site.state,
                "detail": site.detail,
                "in_rotation": site.in_rotation,
                "load_frac": site.load_frac,
                "cache_hit_frac": site.cache_hit_frac,
                "retries_per_first": site.retries_per_first,
                **truth["sites"][site.id],
            }
            for site in reading.sites
        ]
        whole = {
            "cause": self._base.scenario.plot.cause or "",
            "level": reading.level,
            "served_frac": reading.served_frac,
            "budget_left_frac": reading.budget_left_frac,
            "sla_due_ms": reading.sla_due_ms,
            **truth,
            "sites": sites,
        }
        rounded: dict[str, Any] = _rounded(whole)
        return rounded

    def _milestones(self) -> list[dict[str, Any]]:
        return [
            {
                "kind": kind,
                "title": title,
                "t_ms": self._first[kind].t_ms if kind in self._first else None,
                "story": self._base.hour(self._first[kind].t_ms) if kind in self._first else None,
            }
            for kind, title in MILESTONES.items()
        ]

    # --- people
    def _guest(self, member: Member) -> dict[str, Any]:
        here = self.drill.presence.of(member.person, by_stream=False)
        return {
            "person": member.person,
            "seat": member.seat,
            "title": self._base.title(member.seat),
            "name": member.name,
            "presence": {"state": here.state, "for_s": _tens(here.for_s)},
        }

    def _presence(self, chair: SeatRow) -> dict[str, Any]:
        """Give how somebody is there: plays (a bot), here, writes, idle, away or never."""
        if chair.bot:
            return {"state": "plays", "for_s": 0}
        here = self.drill.presence.of(chair.person)
        if here.state in ("here", "idle") and self.drill.writes(chair.seat):
            return {"state": "writes", "for_s": 0}
        return {"state": here.state, "for_s": _tens(here.for_s)}

    def _chair(self, chair: SeatRow) -> dict[str, Any]:
        view, last = self._base, self._last_of(chair)
        return {
            "seat": chair.seat,
            "title": view.title(chair.seat),
            "name": view.name(chair.seat),
            "bot": chair.bot,
            "person": "" if chair.bot else chair.person,
            "presence": self._presence(chair),
            "last": _deed(last) if last is not None else "",
            "last_ms": last.t_ms if last is not None else None,
            "last_story": view.hour(last.t_ms) if last is not None else None,
            "waiting": self._waiting(chair.seat),
            "urgent": self._urgent(chair.seat),
        }

    def _last_of(self, chair: SeatRow) -> Item | None:
        """Give the last deed of who sits in a seat now: what was done before they came is not theirs."""
        last = self._last.get(chair.seat)
        if last is None or last.person == chair.person:
            return last
        is_somebodys = last.person in self.drill.names_given
        return last if not is_somebodys and chair.bot == self._base.by_bot(last) else None

    def _urgent(self, seat: str) -> dict[str, Any] | None:
        """Give what has waited longest for a seat, in a word, and since when; None when nothing waits."""
        board, now_ms = self._base.board, self._base.now_ms
        rings = [("page", page.since_ms) for page in board.ringing(seat)]
        rings += [("phone", phone.since_ms) for phone in board.phones_ringing(seat)]
        asked = [("question", each.asked_ms) for each in board.open_questions(seat)]
        late = [
            ("task late", task.due_ms)
            for task in board.tasks.values()
            if task.to == seat and task.state in ("asked", "acknowledged") and 0 < task.due_ms < now_ms
        ]
        found = rings or asked or late
        if not found:
            return None
        what, since_ms = min(found, key=lambda each: each[1])
        return {"what": what, "since_ms": since_ms}

    def _waiting(self, seat: str) -> int:
        """Give how many things wait for a seat: pages, phones, questions, reports, new tasks."""
        board = self._base.board
        tasks = [task for task in board.tasks.values() if task.to == seat and task.state == "asked"]
        rings = len(board.ringing(seat)) + len(board.phones_ringing(seat))
        return rings + len(board.open_questions(seat)) + len(board.open_reports(seat)) + len(tasks)

    def _questions(self) -> list[dict[str, Any]]:
        view = self._base
        open_ = [each for each in view.board.questions.values() if each.answered_ms is None]
        return [
            {
                "question": each.id,
                "from": view.name(each.from_),
                "to": each.to,
                "to_title": view.title(each.to),
                "text": view.text(each.item),
                "step": each.item.data.get("step", 0),
                "t_ms": each.asked_ms,
                "story": view.hour(each.asked_ms),
            }
            for each in open_[-QUESTIONS:]
        ]

    # --- hints and notes
    def _stall(self, stall: Mapping[str, Any]) -> dict[str, Any]:
        to = str(stall["to"])
        title, is_bot = self._base.title(to), self._base.is_bot(to)
        return {**stall, "to_title": title, "bot": is_bot, "send": stall["ask"]}

    def _choices(self) -> dict[str, Any]:
        """Give what an inject by hand can be made of."""
        scenario = self._base.scenario
        people = [(person.id, person.name, "rota") for person in scenario.people if not person.seat]
        personas = [(each.id, each.name, each.role) for each in scenario.personas]
        return {
            "senders": [{"id": id_, "name": name, "role": role} for id_, name, role in (*personas, *people)],
            "channels": ["text", "email", "phone", "chat", "ticket", "press"],
            "troubles": [{"id": each.id, "title": each.title} for each in scenario.troubles],
            "tags": ["strength", "ask_later", "stuck", "safety", "other"],
        }

    # --- on request
    def preview(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Say what an inject by hand would reach whom, and how; nothing is written.

        Raises:
            Refused: it is not understood, or names what does not exist.
        """
        act = acts.parse("add_inject", data)
        if not isinstance(act, acts.AddInject):
            raise Refused("no inject to look at", "send the data of add_inject", status=400)
        engine, view = self.drill.engine, self._base
        due_ms = int(prepare(engine, self.seat, act)["due_ms"])
        one_only = act.channel == "phone" or act.trouble is not None
        reached = [seat for seat in act.to if seat in engine.seats][: 1 if one_only else None]
        return {
            "reaches": [self._reached(seat) for seat in reached],
            "not_reached": [view.title(seat) for seat in act.to if seat not in reached],
            "how": _how(act),
            "from": view.name(act.sender),
            "comes_ms": due_ms,
            "story": view.story(due_ms),
            "undo_s": UNDO_S,
            "world": "unchanged",
        }

    def _reached(self, seat: str) -> dict[str, Any]:
        view = self._base
        return {"seat": seat, "title": view.title(seat), "name": view.name(seat), "bot": view.is_bot(seat)}

    def see_as(self, seat: str) -> dict[str, Any]:
        """Give what a seat sees now, or what the projector shows, to look at only.

        Raises:
            Refused: nobody sits there in this drill (status 404).
        """
        self.demand_seat(seat)
        if seat == PROJECTOR:
            return ProjectorView(self.drill).build()
        view = self.drill.seat_view(seat).build()
        return {
            **view,
            "read_only": True,
            "me": {**view["me"], "may": []},
            "clock": {**view["clock"], "may": []},
        }

    def demand_seat(self, seat: str) -> None:
        """Refuse what is neither a seat of this drill nor the projector (status 404)."""
        if seat not in {PROJECTOR, *(chair.seat for chair in self.drill.seats)}:
            raise Refused(f"no seat {seat[:40]!r} in this drill", "choose one of the roster", status=404)


def _how(act: acts.AddInject) -> str:
    if act.trouble is not None:
        told = "a report that waits for a ticket"
        return f"the phone rings, then {told}" if act.channel == "phone" else told
    return "the phone rings" if act.channel == "phone" else f"a message, by {act.channel}"


def _tens(seconds: int) -> int:
    """Give seconds in steps of ten, so that a view does not change each second."""
    return seconds // 10 * 10


DEEDS: Mapping[str, str] = MappingProxyType(
    {
        "look.taken": "looked",
        "message.sent": "wrote",
        "doc.viewed": "read the document",
        "doc.edited": "wrote in the document",
        "page.acknowledged": "acknowledged",
        "phone.answered": "took a call",
        "task.acknowledged": "took a task",
        "runbook.opened": "opened a runbook",
        "runbook.step_ticked": "ticked a step",
    }
)
"""Entries whose kind alone would not read well in the roster."""


def _deed(item: Item) -> str:
    """Give an entry in plain words: "update sent", "wrote"."""
    return DEEDS.get(item.kind) or item.kind.replace(".", " ").replace("_", " ")


def _rounded(value: Any) -> Any:
    """Give a value as JSON can hold it, numbers no longer than anybody reads."""
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, Mapping):
        return {str(key): _rounded(each) for key, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list | tuple) else value
