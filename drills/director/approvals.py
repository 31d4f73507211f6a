"""Authority: who can say yes to an operation, and who can bring people or money when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drills.conditions import MINUTE_MS
from drills.director.paging import Paging
from drills.director.voice import Voice
from drills.record import Item
from drills.truth import true_claims

if TYPE_CHECKING:
    from scenarios.schema.script import Approval, Persona

ANSWER_WITHIN_MIN = 10
GRANT_MIN = 5
UNCLEAR = "That does not tell me enough."


class Approvals:
    """Gives the yes that an operation needs, once they know what they say yes to; and grants help."""

    def __init__(self, voice: Voice, paging: Paging) -> None:
        self._voice = voice
        self._paging = paging
        self._asked: dict[str, tuple[Approval, int]] = {}
        self._given: set[str] = set()
        self._granted: set[str] = set()
        voice.hear("page.sent", lambda item: self._called((item.about,), item))
        voice.hear("call.started", lambda item: self._called(item.data["to"], item))
        voice.hear("ticket.escalated", lambda item: self._called((item.data["to"],), item))
        voice.hear("question.answered", self._answered)

    def _called(self, who: tuple[str, ...] | list[str], item: Item) -> None:
        for each in who:
            self._ask(each, item.seat)
            persona = self._voice.engine.personas.get(each)
            if persona is not None and persona.grants:
                self._promise(persona, item)

    # --- a yes
    def _ask(self, persona: str, seat: str) -> None:
        for approval in self._voice.scenario.approvals:
            if approval.persona != persona or approval.operation in self._given:
                continue
            if approval.asks is None:
                self._later(approval, approval.minutes)
            elif not self._open(approval):
                self._question(approval, seat, 1)

    def _open(self, approval: Approval) -> bool:
        """Whether the one who approves waits for an answer already."""
        questions = self._voice.engine.board.questions
        return any(
            asked.operation == approval.operation
            and questions[id_].answered_ms is None
            and questions[id_].asked_ms > self._voice.now_ms - self._patience_ms(questions[id_].to)
            for id_, (asked, _) in self._asked.items()
        )

    def _unanswered(self, approval: Approval) -> str:
        """Give the question about an operation that nobody answered, or ""."""
        questions = self._voice.engine.board.questions
        asked = [id_ for id_, (known, _) in self._asked.items() if known.operation == approval.operation]
        return next((id_ for id_ in reversed(asked) if questions[id_].answered_ms is None), "")

    def _patience_ms(self, seat: str) -> int:
        """How long they wait for an answer; longer for a human, who needs wall time to write."""
        usual_ms = ANSWER_WITHIN_MIN * MINUTE_MS
        return max(usual_ms, self._voice.writing_ms(seat))

    def _question(self, approval: Approval, seat: str, time: int) -> None:
        """Ask what they need to know; asked anew, it stands in place of what was asked before."""
        text = approval.asks or ""
        if time > 1 and self._voice.human(seat):  # the same words at the same minute look like a mistake
            text = f"{UNCLEAR} {text}"
        question = self._voice.ask(approval.persona, seat, text, instead_of=self._unanswered(approval))
        if question:
            self._asked[question] = (approval, time)

    def _answered(self, item: Item) -> None:
        approval, time = self._asked.get(item.about, (None, 0))
        asked = self._voice.engine.board.questions.get(item.about)
        if approval is None or asked is None:
            return
        if item.t_ms - asked.asked_ms > self._patience_ms(asked.to):
            return  # too late: they have gone to something else, and must be asked again
        claims = true_claims(self._voice.engine, item.data.get("claims") or ())
        told = {claim["property"] for claim in claims if claim["property"] in approval.wants}
        if item.data.get("next_update_min") and "next_update" in approval.wants:
            told.add("next_update")
        good = len(told) >= approval.need
        verdict = {"question": item.about, "from": approval.persona, "verdict": "good" if good else "vague"}
        self._voice.persona("question.judged", item.about, verdict)
        if good:
            self._later(approval, approval.minutes)
        elif time == 1:
            self._question(approval, item.seat, 2)
        else:
            self._later(approval, 2 * approval.minutes)

    def _later(self, approval: Approval, minutes: int) -> None:
        self._voice.after(minutes, lambda: self._approve(approval))

    def _approve(self, approval: Approval) -> None:
        if approval.operation in self._given:
            return
        self._given.add(approval.operation)
        self._voice.engine.world.approve(approval.operation, self._voice.now_ms)
        data = {"from": approval.persona, "operation": approval.operation}
        self._voice.persona("approval.given", approval.operation, data, ("*",))
        self._voice.say(approval.persona, approval.text, ("*",))

    # --- people and money
    def _promise(self, persona: Persona, item: Item) -> None:
        if persona.id in self._granted:
            return
        self._granted.add(persona.id)
        ticket = item.about if item.kind == "ticket.escalated" else ""
        self._voice.after(GRANT_MIN, lambda: self._grant(persona, ticket, item.seat))

    def _grant(self, persona: Persona, ticket: str, seat: str) -> None:
        """Give people when they can, else money; whom they send is rung, or asks what they need to know."""
        people = "people" in persona.grants
        sends = list(persona.sends) if people else []
        data = {
            "from": persona.id,
            "gives": "people" if people else persona.grants[0],
            "sends": sends,
            "ticket": ticket or next(iter(self._voice.engine.board.tickets), ""),
        }
        self._voice.persona("grant.given", persona.id, data, ("*",))
        names = self._voice.scenario.names()
        whom = " and ".join(names.get(each, each) for each in sends)
        words = f"You get {whom}." if whom else "You get what you need. Tell me what it buys."
        self._voice.say(persona.id, words, ("*",))
        for each in sends:
            self._send(persona, each, seat)

    def _send(self, persona: Persona, who: str, seat: str) -> None:
        self._ask(who, seat)
        person = next((each for each in self._voice.scenario.people if each.id == who and each.seat), None)
        if person is None or person.seat is None:
            return
        called = any(
            page.to == person.seat and page.from_ != "monitor"
            for page in self._voice.engine.board.pages.values()
        )
        if not called:
            title = f"{self._voice.scenario.marker} {persona.name} asks you to join"
            self._paging.ring(person.seat, title, by=persona.id)
