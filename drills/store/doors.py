"""Doors of drills and the people who came in by them. One transaction decides who gets a seat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Update, func, insert, select, update

from drills.errors import Refused
from drills.store import tables
from drills.store.memory import Memory
from drills.store.rows import DoorRow, Member, SeatRow, digest_token
from drills.store.writer import Work, Writer

GUEST_SEATS = ("facilitator", "observer", "end_user")
"""Places beside the cast, unless a scenario casts them; more than one person may have the same."""


class Doors:
    """Codes, members and guests of all drills."""

    def __init__(self, writer: Writer, reader: Engine) -> None:
        self._writer = writer
        self._reader = reader
        self._by_code: Memory[DoorRow] = Memory()
        self.holders: Memory[SeatRow] = Memory()
        """Who a token is in a drill; forgotten whenever somebody's place changes, not when one more comes."""

    def _change_places(self, work: Work) -> Any:
        """Write what moves somebody or sends them away."""
        try:
            return self._writer.submit(work).result()
        finally:
            self.holders.forget()

    # --- doors
    def make(self, door: DoorRow, host: Member) -> None:
        """Write a new door with the facilitator who opened it."""

        def work(connection: Connection) -> None:
            connection.execute(insert(tables.door).values(**door.__dict__))
            connection.execute(insert(tables.member).values(**host.__dict__))

        self._writer.submit(work).result()

    def by_code(self, code: str) -> DoorRow | None:
        """Give the door of an invitation code, open or closed."""
        return self._by_code.recall(code, lambda: self._one_door(tables.door.c.code == code))

    def _one_door(self, where: ColumnElement[bool]) -> DoorRow | None:
        with self._reader.connect() as connection:
            row = connection.execute(select(tables.door).where(where)).mappings().first()
        return DoorRow(**dict(row)) if row else None

    def of(self, drill_id: str) -> DoorRow | None:
        """Give the door of a drill; a drill for one has none."""
        return self._one_door(tables.door.c.drill_id == drill_id)

    def set_open(self, drill_id: str, is_open: bool) -> None:
        """Open or close a door; who is in stays in."""

        def work(connection: Connection) -> None:
            connection.execute(
                update(tables.door).where(tables.door.c.drill_id == drill_id).values(is_open=is_open)
            )

        try:
            self._writer.submit(work).result()
        finally:
            self._by_code.forget()

    # --- people
    def members(self, drill_id: str) -> list[Member]:
        """Give everybody who ever came in, those who left too."""
        query = select(tables.member).where(tables.member.c.drill_id == drill_id)
        with self._reader.connect() as connection:
            return [Member(**dict(row)) for row in connection.execute(query).mappings()]

    def guest(self, token: str, drill_id: str) -> Member | None:
        """Give the guest whom a token lets into a drill, or None."""
        member = tables.member
        query = select(member).where(
            member.c.drill_id == drill_id,
            member.c.token_sha256 == digest_token(token),
            member.c.seat.in_(GUEST_SEATS),
            member.c.has_left.is_(False),
        )
        with self._reader.connect() as connection:
            row = connection.execute(query).mappings().first()
        return Member(**dict(row)) if row else None

    def sit_down(self, member: Member) -> None:
        """Give somebody a free seat, outside of any other write.

        Raises:
            Refused: the seat was taken meanwhile (409).
        """
        self._change_places(lambda connection: sit_down(connection, member))

    def stand_up(self, chair: SeatRow, person: str) -> None:
        """Take a seat back from somebody."""
        self._change_places(lambda connection: stand_up(connection, chair, person))

    def move(self, chair: SeatRow, member: Member) -> None:
        """Give somebody another free seat and take back the old one, both or neither."""

        def work(connection: Connection) -> None:
            stand_up(connection, chair, member.person)
            sit_down(connection, member)

        self._change_places(work)

    def come_in(self, member: Member, most: int) -> None:
        """Let a guest in.

        Raises:
            Refused: as many guests as there may be are in already (409).
        """

        def work(connection: Connection) -> None:
            kept = select(func.count()).where(
                tables.member.c.drill_id == member.drill_id,
                tables.member.c.seat == member.seat,
                tables.member.c.has_left.is_(False),
            )
            if connection.execute(kept).scalar_one() >= most:
                raise Refused(
                    f"there are {most} already at this place", "take a seat of the team", status=409
                )
            _enter(connection, member)

        self._writer.submit(work).result()

    def leave(self, drill_id: str, person: str) -> None:
        """Note that a guest has gone."""
        self._change_places(lambda connection: _mark_left(connection, drill_id, person))

    # --- tickets
    def set_ticket(self, drill_id: str, person: str, ticket: str) -> None:
        """Keep the digest of a link with which somebody takes up their place in another browser."""

        def work(connection: Connection) -> None:
            connection.execute(_of(drill_id, person).values(ticket_sha256=digest_token(ticket)))

        self._writer.submit(work).result()

    def redeem(self, ticket: str, token: str) -> Member | None:
        """Exchange a ticket for a new token, once; the old token opens nothing from then on."""
        member, wanted = tables.member, digest_token(ticket)

        def work(connection: Connection) -> Member | None:
            query = select(member).where(member.c.ticket_sha256 == wanted, member.c.has_left.is_(False))
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            fresh = Member(**{**dict(row), "token_sha256": digest_token(token), "ticket_sha256": ""})
            _enter(connection, fresh)
            connection.execute(
                update(tables.seat)
                .where(tables.seat.c.drill_id == fresh.drill_id, tables.seat.c.person == fresh.person)
                .values(token_sha256=fresh.token_sha256)
            )
            return fresh

        found: Member | None = self._change_places(work)
        return found


def sit_down(connection: Connection, member: Member) -> None:
    """Give somebody a seat that no person has, inside a transaction.

    Raises:
        Refused: a person has it (409).
    """
    seat = tables.seat
    taken = connection.execute(
        update(seat)
        .where(seat.c.drill_id == member.drill_id, seat.c.seat == member.seat, seat.c.bot.is_(True))
        .values(person=member.person, name=member.name, bot=False, token_sha256=member.token_sha256)
    ).rowcount
    if not taken:
        raise Refused(
            f"the seat of {member.seat.replace('_', ' ')} was taken a moment ago",
            "choose another seat, or ask the facilitator",
            status=409,
        )
    _enter(connection, member)


def stand_up(connection: Connection, chair: SeatRow, person: str) -> None:
    """Give a seat back to a bot, inside a transaction; nothing when somebody else has it by now.

    Args:
        chair: the seat as it is when nobody sits there.
    """
    seat = tables.seat
    connection.execute(
        update(seat)
        .where(seat.c.drill_id == chair.drill_id, seat.c.seat == chair.seat, seat.c.person == person)
        .values(person=chair.person, name=chair.name, bot=True, token_sha256="")
    )
    _mark_left(connection, chair.drill_id, person)


def names(members: Sequence[Member]) -> dict[str, str]:
    """Give name by person, of those who left too."""
    return {each.person: each.name for each in members}


def _enter(connection: Connection, member: Member) -> None:
    """Write a member, whether new or known."""
    values = {name: value for name, value in member.__dict__.items() if name not in {"drill_id", "person"}}
    if not connection.execute(_of(member.drill_id, member.person).values(**values)).rowcount:
        connection.execute(insert(tables.member).values(**member.__dict__))


def _mark_left(connection: Connection, drill_id: str, person: str) -> None:
    connection.execute(_of(drill_id, person).values(has_left=True, token_sha256="", ticket_sha256=""))


def _of(drill_id: str, person: str) -> Update:
    return update(tables.member).where(tables.member.c.drill_id == drill_id, tables.member.c.person == person)
