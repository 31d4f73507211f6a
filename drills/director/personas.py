"""Patience: who waits for words from the team asks, asks again, and grows angry; a good answer calms them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from drills.conditions import MINUTE_MS
from drills.director.script import Planned, Script
from drills.director.voice import Voice
from drills.record import Item
from drills.truth import is_true, true_claims

if TYPE_CHECKING:
    from scenarios.schema.script import Ask, Persona

Verdict = Literal["good", "vague", "false"]
GOOD_CLAIMS = 3
GRACE_MIN = 10
STEPS = 3
PLAIN_WORDS = "And in plain words?"


class Waiting:
    """One persona's patience.

    Attributes:
        since_ms: their timer runs from here; None before it began, and once nothing is owed any more.
        step: how often they have asked since.
        proofs: good answers still needed to calm them; two after something false.
        told: whether a notice on a list of theirs has named communications.
    """

    def __init__(self, persona: Persona, voice: Voice) -> None:
        self.persona = persona
        self.since_ms: int | None = None
        self.step = 0
        self.halved = False
        self.proofs = 1
        self.told = False
        self.over = False
        self.turn = 0
        self.inject = ""
        ladder = persona.ladder
        steps = (ladder.calm, ladder.firm, ladder.angry) if ladder is not None else ()
        self._words = [
            voice.order(f"ladder:{persona.id}:{number}", each) for number, each in enumerate(steps)
        ]
        self._said = [0] * STEPS

    def words(self) -> str:
        """Give words for the step they are at, none twice until all are said."""
        at = self.step - 1
        self._said[at] += 1
        return self._words[at][(self._said[at] - 1) % len(self._words[at])]


class Patience:
    """Lets the personas of the scenario who have a timer wait, ask, and judge what they are told."""

    def __init__(self, voice: Voice, script: Script) -> None:
        self._voice = voice
        self._script = script
        self._recovered = False
        self._waiting = {
            persona.id: Waiting(persona, voice)
            for persona in voice.scenario.personas
            if persona.timer_min is not None and persona.ladder is not None
        }
        self._on_list = {each.id: set(each.audiences) for each in voice.scenario.lists}
        script.on_fired.append(self._fired)
        voice.hear("update.sent", self._update)
        voice.hear("question.answered", self._answered)
        voice.hear("recovered.reached", self._over)

    # --- waiting
    def _fired(self, planned: Planned) -> None:
        """An inject of theirs begins their patience; while it comes again by itself it speaks for them."""
        waiting = self._waiting.get(planned.inject.from_)
        if waiting is None or waiting.over:
            return
        wanted = waiting.persona.waits_from
        if waiting.since_ms is None and wanted in (None, planned.inject.id):
            self._start(waiting, planned.inject.id)
        if planned.inject.id == waiting.inject and planned.fired > 1:
            waiting.step = min(STEPS, planned.fired - 1)

    def _start(self, waiting: Waiting, inject: str) -> None:
        waiting.since_ms = self._voice.now_ms
        waiting.inject = inject
        self._wind(waiting)

    def _timer_ms(self, waiting: Waiting) -> int:
        """Their timer, longer for a human in communications, who needs wall time to write."""
        minutes = float(waiting.persona.timer_min or 0) / (2.0 if waiting.halved else 1.0)
        return max(round(minutes * MINUTE_MS), self._voice.writing_ms("communications"))

    def _wind(self, waiting: Waiting) -> None:
        """Wake them when they would next ask, if nothing happens before."""
        waiting.turn += 1
        turn = waiting.turn
        if waiting.since_ms is None or waiting.step >= STEPS:
            return
        due_ms = waiting.since_ms + (waiting.step + 1) * self._timer_ms(waiting)
        self._voice.engine.at(max(due_ms, self._voice.now_ms + 1), lambda: self._wake(waiting, turn))

    def _wake(self, waiting: Waiting, turn: int) -> None:
        if turn != waiting.turn or waiting.since_ms is None or waiting.over:
            return
        planned = self._script.planned.get(waiting.inject)
        due_ms = waiting.since_ms + (waiting.step + 1) * self._timer_ms(waiting)
        if planned is not None and planned.repeating:
            self._voice.after(1, lambda: self._wake(waiting, turn))
        elif self._voice.now_ms < due_ms:  # the clock has become faster: a human needs longer now
            self._voice.engine.at(due_ms, lambda: self._wake(waiting, turn))
        else:
            self._step_up(waiting)

    def _step_up(self, waiting: Waiting) -> None:
        if waiting.step < STEPS:
            waiting.step += 1
            self._ask(waiting)
        self._wind(waiting)

    def _ask(self, waiting: Waiting) -> None:
        text = waiting.words()
        self._voice.ask(
            waiting.persona.id, self._whom(waiting), text, inject=waiting.inject, step=waiting.step
        )
        if waiting.step == STEPS:
            self._voice.say(waiting.persona.id, text, ("*",))

    def _whom(self, waiting: Waiting) -> str:
        """They turn to whom they know, until a first notice has told them who speaks."""
        calls = waiting.persona.calls
        if waiting.told:
            return self._voice.seated(("communications", *calls, "commander"))
        return self._voice.seated((*calls, "communications", "commander", "tech_lead"))

    def _over(self, item: Item) -> None:
        self._recovered = True

    # --- being told
    def _update(self, item: Item) -> None:
        readers = [each for each in self._waiting.values() if self._reads(each.persona, item.about)]
        if not readers:
            return
        verdict = self._verdict(item, None)
        who = [each.persona.id for each in readers]
        data = {"question": item.about, "update": item.n, "from": who[0], "readers": who, "verdict": verdict}
        self._voice.persona("question.judged", item.about, data)
        for waiting in readers:
            waiting.told = True
            if waiting.since_ms is None and not waiting.over and waiting.persona.waits_from is None:
                self._start(waiting, "")
            if waiting.since_ms is not None:
                self._take(waiting, item, verdict)

    def _reads(self, persona: Persona, list_id: str) -> bool:
        return list_id in persona.lists or persona.id in self._on_list.get(list_id, ())

    def _answered(self, item: Item) -> None:
        question = self._voice.engine.board.questions.get(item.about)
        if question is None:
            return
        inject = str(question.item.data.get("inject") or "")
        planned = self._script.planned.get(inject)
        first = question.item.data.get("step") == 0 or question.from_ not in self._waiting
        ask = planned.inject.ask if planned is not None and first else None
        waiting = self._waiting.get(question.from_)
        if waiting is None and planned is None:
            return
        verdict = self._verdict(item, ask)
        data = {"question": item.about, "from": question.from_, "verdict": verdict}
        self._voice.persona("question.judged", item.about, data)
        if waiting is not None:
            self._take(waiting, item, verdict)
        if verdict == "good":
            self._script.answered_well(inject)

    def _verdict(self, item: Item, ask: Ask | None) -> Verdict:
        """Good: enough true claims and a next time, or what was asked for; one false claim spoils it."""
        claims: Sequence[Any] = item.data.get("claims") or ()
        engine = self._voice.engine
        if any(claim.get("certainty") != "believed" and not is_true(engine, claim) for claim in claims):
            return "false"
        true = true_claims(engine, claims)
        told = {claim["property"] for claim in true}
        if item.data.get("next_update_min"):
            told.add("next_update")
        if self._recovered and "state" in told:
            return "good"  # an all-clear promises nothing more
        if ask is not None and len([each for each in ask.wants if each in told]) >= ask.need:
            return "good"
        return "good" if len(true) >= GOOD_CLAIMS and "next_update" in told else "vague"

    def _take(self, waiting: Waiting, item: Item, verdict: Verdict) -> None:
        """Let somebody take in what they were told: believe it, grumble, or lose trust."""
        if verdict == "good":
            self._calm(waiting, item)
        elif verdict == "vague":
            self._mutter(waiting, item)
        else:
            waiting.proofs = 2
            self._step_up(waiting)

    def _calm(self, waiting: Waiting, item: Item) -> None:
        """Believe it, and wait until ten minutes after the promised time; for good once all is over."""
        waiting.proofs -= 1
        if waiting.proofs > 0:
            return
        waiting.proofs, waiting.step, waiting.halved = 1, 0, False
        if self._recovered:
            waiting.since_ms, waiting.over = None, True
            return
        promised = item.data.get("next_update_min")
        timer_ms = self._timer_ms(waiting)
        wait_ms = (int(promised) + GRACE_MIN) * MINUTE_MS if promised else timer_ms
        waiting.since_ms = self._voice.now_ms + max(0, wait_ms - timer_ms)
        self._wind(waiting)

    def _mutter(self, waiting: Waiting, item: Item) -> None:
        """Halve their patience, and say so once."""
        if not waiting.halved:
            waiting.halved = True
            self._voice.say(waiting.persona.id, PLAIN_WORDS, (item.seat,))
            self._wind(waiting)
