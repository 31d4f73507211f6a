"""The handoff: a relief joins the call, reads, says back what they understood, and accepts or asks again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drills.director import readback
from drills.director.staff import Staff
from drills.director.voice import Voice
from drills.record import Item
from drills.truth import is_true

if TYPE_CHECKING:
    from scenarios.schema.response import HandoffSpec

FIRST_WORDS = "Before I say yes: read-back."
IN_CALL_MIN = 5
READ_MIN, READ_WRONG_MIN = 6, 12
AGAIN_MIN = 5
LOOKS = 3
HALF = 0.5


@dataclass
class Taking:
    """Somebody about to take a role over.

    Attributes:
        looks: read-backs so far.
        turn: of the look that is waited for; an older one is dropped.
        gaps: questions answered wrongly, once they accepted; None before.
    """

    role: str
    who: str
    call: str
    looks: int = 0
    turn: int = 0
    wrong: list[str] = field(default_factory=list)
    gaps: list[str] | None = None


class Handoffs:
    """Plays the reliefs in handoffs."""

    def __init__(self, voice: Voice, staff: Staff) -> None:
        self._voice = voice
        self._staff = staff
        self._taking: dict[str, Taking] = {}
        self._done: set[str] = set()
        self._spec = voice.scenario.handoff
        voice.hear("role.handed_off", self._handed)
        if self._spec is not None:
            voice.hear("call.started", self._called)
            voice.hear("handoff.written", self._written)
            voice.hear("handoff.read_back", self._said_back)

    # --- joining and reading
    def _called(self, item: Item) -> None:
        for who in item.data["to"]:
            role = self._staff.accepted.get(who)
            if role is not None and (role not in self._taking or self._taking[role].gaps is None):
                due_ms = max(self._voice.now_ms, self._staff.free_ms(who))
                self._voice.engine.at(due_ms, lambda who=who, role=role: self._join(item.about, who, role))  # type: ignore[misc]

    def _running(self, call_id: str) -> tuple[str, ...]:
        """Give the seats in a call, none when it is over."""
        call = self._voice.engine.board.calls.get(call_id)
        if call is None or call.ended_ms is not None:
            return ()
        return tuple(seat for seat in call.people if seat in self._voice.engine.seats)

    def _join(self, call_id: str, who: str, role: str) -> None:
        inside = self._running(call_id)
        if not inside or self._spec is None:
            return
        taking = self._taking.setdefault(role, Taking(role, who, call_id))
        taking.call = call_id
        self._voice.persona("call.joined", call_id, {"call": call_id, "who": who}, inside)
        reading_min = self._read(who)
        if self._spec.inject is None:
            self._voice.say(who, FIRST_WORDS, inside)
        self._look_after(taking, max(IN_CALL_MIN, reading_min))

    def _read(self, who: str) -> int:
        """Read the document where there is one, twice as long when it is wrong. Give the minutes."""
        engine = self._voice.engine
        if engine.board.document.opened_ms is None:
            return READ_WRONG_MIN
        self._voice.persona("doc.viewed", "", {"who": who}, ("*",))
        claims = readback.latest(engine, engine.board.document.sections.values())
        states = [claim for claim in claims if claim["property"] == "state"]
        wrong = sum(1 for claim in states if not is_true(engine, claim))
        return READ_WRONG_MIN if not states or wrong >= HALF * len(states) else READ_MIN

    # --- saying back
    def _look_after(self, taking: Taking, minutes: int) -> None:
        taking.turn += 1
        turn = taking.turn
        self._voice.after(minutes, lambda: self._look(taking, turn))

    def _look(self, taking: Taking, turn: int) -> None:
        inside = self._running(taking.call)
        if turn != taking.turn or taking.gaps is not None or self._spec is None or not inside:
            return
        taking.looks += 1
        taking.wrong = self._say_back(taking, self._spec, inside)
        if self._will_do(taking, self._spec):
            self._accept(taking, inside)
        else:
            asked = self._asked_again(taking, self._spec)
            self._voice.say(taking.who, f"Not yet. Once more: {asked}", inside)
            self._look_after(taking, AGAIN_MIN)

    def _say_back(self, taking: Taking, spec: HandoffSpec, inside: tuple[str, ...]) -> list[str]:
        engine = self._voice.engine
        document = sorted(engine.board.document.sections.values(), key=lambda item: item.n)
        written = sorted(engine.board.handoff(taking.role).sections.values(), key=lambda item: item.n)
        claims = readback.latest(engine, [*document, *written])
        answers, wrong = {}, []
        for asked in spec.read_back:
            answers[asked.id], carrying = readback.answer(claims, asked.truth)
            if not readback.is_right(engine, asked.truth, carrying):
                wrong.append(asked.id)
        data = {
            "role": taking.role,
            "who": taking.who,
            "answers": answers,
            "wrong": wrong,
            "right": len(answers) - len(wrong),
            "of": len(answers),
        }
        self._voice.persona("handoff.read_back", taking.role, data, inside)
        return wrong

    @staticmethod
    def _will_do(taking: Taking, spec: HandoffSpec) -> bool:
        """Whether enough was right, or it was looked at often enough."""
        enough = spec.accept if spec.accept is not None else max(0, spec.need - 1)
        return len(spec.read_back) - len(taking.wrong) >= enough or taking.looks >= LOOKS

    @staticmethod
    def _asked_again(taking: Taking, spec: HandoffSpec) -> str:
        return " ".join(each.question for each in spec.read_back if each.id in taking.wrong)

    def _accept(self, taking: Taking, inside: tuple[str, ...]) -> None:
        taking.gaps = list(taking.wrong)
        data = {"role": taking.role, "who": taking.who, "gaps": taking.gaps}
        self._voice.persona("handoff.accepted", taking.role, data, ("*",))
        words = (
            "I have it. Yes, I take over."
            if not taking.gaps
            else "I take over, with gaps; I have named them."
        )
        self._voice.say(taking.who, words, (*inside, taking.role, "commander"))

    def _written(self, item: Item) -> None:
        """What is written after a read-back that fell short is looked at at once."""
        taking = self._taking.get(item.about)
        if taking is not None and taking.looks and taking.gaps is None:
            self._look_after(taking, 1)

    def _said_back(self, item: Item) -> None:
        """Judge what a human relief said back, and let both see what was wrong."""
        if item.origin != "journal" or self._spec is None:
            return
        who = next((person for person, role in self._staff.accepted.items() if role == item.about), item.seat)
        taking = self._taking.setdefault(item.about, Taking(item.about, who, ""))
        if taking.gaps is not None:
            return
        answers = item.data.get("answers") or {}
        taking.turn += 1
        taking.looks += 1
        taking.wrong = [
            each.id
            for each in self._spec.read_back
            if not readback.spoken(self._voice.engine, each.truth, str(answers.get(each.id, "")))
        ]
        both = (item.seat, item.about, "commander")
        if self._will_do(taking, self._spec):
            self._accept(taking, both)
        else:
            asked = self._asked_again(taking, self._spec)
            self._voice.say(who, f"Not right yet: {asked}", both, wrong=list(taking.wrong))

    # --- handed over
    def _handed(self, item: Item) -> None:
        """What comes of it: a role that went without a call, or with gaps, pays later."""
        inject = self._spec.inject if self._spec is not None else None
        if inject is None or self._spec is None or item.about in self._done:
            return
        self._done.add(item.about)
        taking = self._taking.get(item.about)
        gaps = taking.gaps if taking is not None else None
        allowed = max(0, len(self._spec.read_back) - self._spec.need)
        complete = gaps is not None and len(gaps) <= allowed
        follows = next((each for each in self._voice.scenario.injects if each.id == inject), None)
        comes = (follows.handled if complete else follows.ignored) if follows is not None else None
        data: dict[str, object] = {
            "inject": inject,
            "outcome": "handled" if complete else "ignored",
            "role": item.about,
        }
        if comes is not None and comes.busy is not None:
            data |= {"busy": comes.busy, "minutes": comes.minutes}
        self._voice.direct("consequence.came", inject, data)
