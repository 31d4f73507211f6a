"""The way into a drill for a team: its code, who is in, seats taken, given back and moved."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from drills.acts.base import Phase
from drills.codes import new_code, read_code, written_code
from drills.errors import Refused
from drills.live import LiveDrill
from drills.names import clean_name, looks_like
from drills.persons import person_id
from drills.presence import Here, Presence
from drills.rights import HOST_SEAT, demand_deed, phase_of
from drills.store import GUEST_SEATS, DoorRow, DrillRow, Member, SeatRow, Store, digest_token, names
from scenarios import Scenario

JOINED_AS_GUEST = ("observer", "end_user")
"""Places beside the cast that anybody with the code may take: who watches, who uses the service."""
MOST_GUESTS = 250


@dataclass(frozen=True)
class Holder:
    """Somebody's claim to a seat. The token is given once, at the start; it is stored only as a digest."""

    drill_id: str
    seat: str
    person: str
    token: str = ""


@dataclass
class Lobby:
    """Doors of all drills of a hall.

    Args:
        live: gives a drill that runs, or None while it waits.
        scenario_of: gives the scenario as a drill plays it.
    """

    store: Store
    live: Callable[[str], LiveDrill | None]
    scenario_of: Callable[[str], Scenario]
    row_of: Callable[[str], DrillRow]
    presence: Presence
    lock: threading.RLock = field(default_factory=threading.RLock)

    # --- the door
    def make(self, drill_id: str, name: str) -> Holder:
        """Make the door of a new drill; its first guest is the facilitator who opened it."""
        code = new_code()
        while self.store.doors.by_code(code) is not None:
            code = new_code()
        holder = new_holder(drill_id, HOST_SEAT)
        self.store.doors.make(DoorRow(drill_id, code, True), _member(holder, clean_name(name)))
        return holder

    def through(self, typed: str) -> str:
        """Give the drill that a code opens.

        Raises:
            Refused: none does, or no longer (403).
        """
        door = self.store.doors.by_code(read_code(typed))
        if door is None or self.phase(door.drill_id) == "ended":
            raise Refused(
                "this code opens no drill",
                "check it letter by letter with the facilitator; a code ends with its drill",
                status=403,
            )
        if not door.is_open:
            raise Refused("the door of this drill is closed", "ask the facilitator to open it", status=403)
        return door.drill_id

    def phase(self, drill_id: str) -> Phase:
        """Give where a drill stands, also one that is not open in this process."""
        live = self.live(drill_id)
        if live is not None:
            return phase_of(live.engine)
        row = self.row_of(drill_id)
        if row.state == "ended":
            return "ended"
        return "running" if row.head_seq else "lobby"

    def set_open(self, host: Holder, is_open: bool) -> None:
        """Open or close the door; who is in stays in."""
        self._demand(host, "open" if is_open else "close")
        self.store.doors.set_open(host.drill_id, is_open)
        drill = self.live(host.drill_id)
        if drill is not None:
            drill.tell()

    # --- people
    def join(self, typed: str, name: str, seat: str) -> Holder:
        """Let somebody in by a code: to a seat that no person has, or beside the team as a guest.

        Raises:
            Refused: the code opens nothing (403), the name will not do (400), the seat is not there (404) or
                is taken (409).
        """
        drill_id = self.through(typed)
        cleaned = clean_name(name)
        with self.lock:
            holder = new_holder(drill_id, seat)
            if seat in JOINED_AS_GUEST and self._is_guest(drill_id, seat):
                self.store.doors.come_in(_member(holder, cleaned), MOST_GUESTS)
                self._note_name(holder, cleaned)
            else:
                self._chair(drill_id, seat)
                self._sit(_member(holder, cleaned))
        return holder

    def host(self, drill_id: str, name: str) -> Holder:
        """Let one more facilitator in, so that a drill does not hang on one browser.

        Raises:
            Refused: the drill has no door, or has ended.
        """
        if self.store.doors.of(drill_id) is None:
            raise Refused("this drill is played alone", "open one for a team", status=409)
        holder, cleaned = new_holder(drill_id, HOST_SEAT), clean_name(name)
        self.store.doors.come_in(_member(holder, cleaned), MOST_GUESTS)
        self._note_name(holder, cleaned)
        return holder

    def leave(self, holder: Holder) -> None:
        """Give one's own seat back; a bot takes it."""
        self._demand(holder, "leave")
        with self.lock:
            self._stand(holder.drill_id, holder.seat, holder.person, "left")

    def remove(self, host: Holder, person: str) -> None:
        """Take somebody's seat away; their browser holds nothing from then on."""
        self._demand(host, "remove")
        with self.lock:
            member = self._here(host.drill_id, person)
            self._stand(member.drill_id, member.seat, member.person, "removed")

    def move(self, host: Holder, person: str, seat: str) -> None:
        """Give somebody another seat that no person has; their browser stays theirs."""
        self._demand(host, "move")
        with self.lock:
            member = self._here(host.drill_id, person)
            if self._is_guest(host.drill_id, member.seat):
                raise Refused("guests have no seat to move from", "let them join again by the code")
            moved, drill = replace(member, seat=seat), self.live(host.drill_id)
            free = self._empty(self._chair(host.drill_id, member.seat))
            if not self._chair(host.drill_id, seat).bot:
                raise Refused("a person has that seat", "move or remove them first")
            if drill is None:
                self.store.doors.move(free, moved)
            else:
                drill.give_back(free, person, "moved")
                drill.take_seat(moved)

    def reissue(self, host: Holder, person: str) -> str:
        """Give a ticket with which somebody takes up their place in another browser; it works once."""
        self._demand(host, "reissue")
        member, ticket = self._here(host.drill_id, person), secrets.token_urlsafe(32)
        self.store.doors.set_ticket(member.drill_id, member.person, ticket)
        return ticket

    def redeem(self, ticket: str) -> Holder:
        """Exchange a ticket for a token; what the place was held with before is worth nothing then.

        Raises:
            Refused: it was used, or never given (403).
        """
        token = secrets.token_urlsafe(32)
        member = self.store.doors.redeem(ticket, token) if ticket else None
        if member is None:
            raise Refused("this link was used or is not of this server", "ask for a new one", status=403)
        drill = self.live(member.drill_id)
        if drill is not None and not self._is_guest(member.drill_id, member.seat):
            drill.renew(member.seat, digest_token(token))
        return Holder(member.drill_id, member.seat, member.person, token)

    def _sit(self, member: Member) -> None:
        drill = self.live(member.drill_id)
        if drill is None:
            self.store.doors.sit_down(member)
        else:
            drill.take_seat(member)

    def _stand(self, drill_id: str, seat: str, person: str, why: str) -> None:
        if self._is_guest(drill_id, seat):
            self.store.doors.leave(drill_id, person)
            return
        chair = self._chair(drill_id, seat)
        if chair.person != person:
            raise Refused("the seat is no longer theirs", "look at the list again")
        drill = self.live(drill_id)
        if drill is None:
            self.store.doors.stand_up(self._empty(chair), person)
        else:
            drill.give_back(self._empty(chair), person, why)

    def _note_name(self, holder: Holder, name: str) -> None:
        drill = self.live(holder.drill_id)
        if drill is not None:
            drill.names_given[holder.person] = name

    # --- what is there
    def picture(self, drill_id: str) -> dict[str, Any]:
        """Give what somebody in the lobby may see: nothing of what will happen."""
        scenario, row, door = self.scenario_of(drill_id), self.row_of(drill_id), self.store.doors.of(drill_id)
        chairs = self._in_order(scenario, drill_id)
        members = [each for each in self.store.doors.members(drill_id) if not each.has_left]
        live = self.live(drill_id)
        return {
            "id": drill_id,
            "title": scenario.title,
            "premise": scenario.plot.premise,
            "marker": scenario.marker,
            "state": live.state if live is not None else row.state,
            "team": row.team,
            "code": written_code(door.code) if door is not None else "",
            "open": door is not None and door.is_open,
            "seats": [self._seat_line(scenario, chair, members) for chair in chairs],
            "guests": [
                {
                    "person": each.person,
                    "seat": each.seat,
                    "title": scenario.role_table[each.seat].title,
                    "name": each.name,
                    "here": self._here_now(each.person),
                }
                for each in members
                if each.seat in GUEST_SEATS and each.seat not in {chair.seat for chair in chairs}
            ],
        }

    def _is_guest(self, drill_id: str, seat: str) -> bool:
        """Whether a place stands beside the cast of a drill."""
        return seat in GUEST_SEATS and seat not in {chair.seat for chair in self.store.seats(drill_id)}

    def _in_order(self, scenario: Scenario, drill_id: str) -> list[SeatRow]:
        chairs = {chair.seat: chair for chair in self.store.seats(drill_id)}
        return [chairs[seat] for seat in scenario.role_table if seat in chairs]

    def _here_now(self, person: str) -> Here:
        return self.presence.of(person, by_stream=False)

    def _seat_line(self, scenario: Scenario, chair: SeatRow, members: list[Member]) -> dict[str, Any]:
        role = scenario.role_table[chair.seat]
        others = [each.name for each in members if each.person != chair.person]
        return {
            "seat": chair.seat,
            "title": role.title,
            "duty": role.duties.model_dump(),
            "free": chair.bot,
            "person": "" if chair.bot else chair.person,
            "name": "" if chair.bot else chair.name,
            "here": None if chair.bot else self._here_now(chair.person),
            "looks_like": None if chair.bot else looks_like(chair.name, others),
        }

    def names(self, drill_id: str) -> dict[str, str]:
        """Give name by person of everybody who ever came in."""
        return names(self.store.doors.members(drill_id))

    def _demand(self, holder: Holder, deed: str) -> None:
        phase = self.phase(holder.drill_id)
        demand_deed(self.scenario_of(holder.drill_id), holder.seat, deed, phase)

    def _here(self, drill_id: str, person: str) -> Member:
        for member in self.store.doors.members(drill_id):
            if member.person == person and not member.has_left:
                return member
        raise Refused("nobody here goes by that id", "look at the list again", status=404)

    def _chair(self, drill_id: str, seat: str) -> SeatRow:
        chairs = {chair.seat: chair for chair in self.store.seats(drill_id)}
        if seat not in chairs:
            raise Refused(
                f"no seat {seat[:40]!r} in this drill",
                f"choose one of {', '.join(sorted(chairs))}",
                status=404,
            )
        return chairs[seat]

    def _empty(self, chair: SeatRow) -> SeatRow:
        """Give a seat as it is when nobody sits there: the bot has the story's name."""
        scenario, seed = self.scenario_of(chair.drill_id), self.row_of(chair.drill_id).header.seed
        return next(bot for bot in bot_chairs(scenario, chair.drill_id, seed) if bot.seat == chair.seat)


def bot_chairs(scenario: Scenario, drill_id: str, seed: int) -> tuple[SeatRow, ...]:
    """Give the seats as they are when nobody sits there: bots with the story's names, by seat."""
    cast = sorted((person.seat, person.name) for person in scenario.people if person.seat)
    return tuple(SeatRow(drill_id, seat, person_id(seed, seat), name, True) for seat, name in cast)


def new_holder(drill_id: str, seat: str) -> Holder:
    """Give a new claim to a seat, with its token."""
    return Holder(drill_id, seat, secrets.token_hex(6), secrets.token_urlsafe(32))


def _member(holder: Holder, name: str) -> Member:
    return Member(holder.drill_id, holder.person, holder.seat, name, digest_token(holder.token))
