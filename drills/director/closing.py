"""The end of a ticket: the reporter says whether it works for them, and comes back when nobody asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drills.director.voice import Voice
from drills.record import Item
from drills.reporters import MONITOR, is_guest, reporter_of

if TYPE_CHECKING:
    from drills.board import Ticket
    from scenarios.schema.script import Persona

ANSWERS_MIN = 3
REOPENS_MIN = 60
GUEST_ANSWERS_MIN = 20
YES, NO = "Yes, it works for me now. Thank you.", "No. It still does not work here."


class Closing:
    """Answers for reporters outside the seats, and reopens what was closed over their heads."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        voice.hear("end_user.asked", self._asked)
        voice.hear("ticket.closed", self._closed)

    # --- asked
    def _asked(self, item: Item) -> None:
        engine = self._voice.engine
        who = reporter_of(engine, engine.board.tickets[item.about])
        wait_min = GUEST_ANSWERS_MIN if is_guest(engine, who) else ANSWERS_MIN
        self._voice.after(wait_min, lambda: self._answer(item.about))

    def _answer(self, ticket_id: str) -> None:
        ticket = self._voice.engine.board.tickets[ticket_id]
        who = reporter_of(self._voice.engine, ticket)
        if self._voice.human(who):
            return  # they answer for themselves
        if is_guest(self._voice.engine, who) and (ticket.satisfied is not None or ticket.state == "closed"):
            return  # they did, or it is too late; a guest who has left holds up nobody
        satisfied = self._works(ticket, who)
        persona = self._voice.engine.personas.get(who)
        said = (persona.says_yes if satisfied else persona.says_no) if persona is not None else None
        data = {
            "ticket": ticket_id,
            "satisfied": satisfied,
            "text": self._voice.filled(said or (YES if satisfied else NO)),
            "from": who,
        }
        self._voice.persona("user.answered", ticket_id, data, self._voice.scenario.desks)

    # --- what is true for them
    def _works(self, ticket: Ticket, who: str) -> bool:
        """Whether it works for somebody: the service, where the ticket is about it, and what is theirs.

        A wish is fulfilled by whoever resolved it.
        """
        if ticket.kind == "request":
            return True
        persona = self._voice.engine.personas.get(who)
        up = not self._about_service(ticket) or self._voice.engine.reading().level == "up"
        return up and not (persona is not None and self._bitten(persona))

    def _bitten(self, persona: Persona) -> bool:
        return any(self._voice.engine.world.present(fault) for fault in persona.hit_by)

    def _about_service(self, ticket: Ticket) -> bool:
        """Whether a ticket is about the service itself, not about a wish or a small trouble of its own."""
        board, scenario = self._voice.engine.board, self._voice.scenario
        told = [str(board.reports[id_].item.data["inject"]) for id_ in ticket.reports if id_ in board.reports]
        small = {trouble.id for trouble in scenario.troubles if not trouble.main}
        reported = [self._voice.engine.director.trouble_of(inject) for inject in told]
        known = [trouble for trouble in reported if trouble is not None]
        return not known or any(trouble not in small for trouble in known)

    # --- closed too early
    def _closed(self, item: Item) -> None:
        ticket = self._voice.engine.board.tickets[item.about]
        who = reporter_of(self._voice.engine, ticket)
        if ticket.satisfied is True or who == MONITOR or self._works(ticket, who):
            return
        persona = self._voice.engine.personas.get(who)
        wanted = persona.complains_at if persona is not None else None
        at_ms = self._voice.scenario.at(wanted) if wanted else 0
        now_ms = self._voice.now_ms
        due_ms = at_ms if at_ms > now_ms else now_ms + REOPENS_MIN * 60_000
        self._voice.engine.at(due_ms, lambda: self._come_back(item.about, who))

    def _come_back(self, ticket_id: str, who: str) -> None:
        ticket = self._voice.engine.board.tickets[ticket_id]
        if ticket.state != "closed" or self._works(ticket, who):
            return
        persona = self._voice.engine.personas.get(who)
        text = self._voice.filled((persona.says_no if persona is not None else None) or NO)
        data = {"ticket": ticket_id, "from": who, "text": text}
        self._voice.persona("ticket.reopened", ticket_id, data, ("*",))
