"""What each kind of record item says to a person, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.record import Item, Record
from scoring.setting import Setting

Say = Callable[["Voice", Item], str]
UNNAMED = ("blame.flagged",)
"""What is said without a name, so that anybody can say it."""


@dataclass(frozen=True)
class EvidenceRow:
    """One entry of the evidence: when, who, and what happened."""

    n: int
    t_ms: int
    story: str
    origin: str
    who: str
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "n": self.n,
            "t_ms": self.t_ms,
            "story": self.story,
            "origin": self.origin,
            "who": self.who,
            "sentence": self.sentence,
        }


def evidence_rows(record: Record, ns: Iterable[int], setting: Setting) -> list[EvidenceRow]:
    """Give the items behind some indexes as rows for people, in order, each once."""
    voice = Voice(record, setting)
    wanted = sorted({n for n in ns if 0 <= n < len(record.items)})
    return [
        EvidenceRow(
            n=n,
            t_ms=(item := record.items[n]).t_ms,
            story=setting.story(item.t_ms),
            origin=item.origin,
            who=voice.actor(item),
            sentence=voice.sentence(item),
        )
        for n in wanted
    ]


@dataclass(frozen=True)
class Voice:
    """Turns items of one record into sentences."""

    record: Record
    setting: Setting

    def actor(self, item: Item) -> str:
        """Give the name of who acted, or the part of the world that spoke."""
        if item.kind in UNNAMED:
            return "Somebody"
        if item.origin == "journal":
            return self.record.actor(item)
        outside = str(item.data.get("from") or item.data.get("who") or item.about)
        return {"world": "the world", "director": "the script", "persona": self.name(outside)}[item.origin]

    def name(self, id_: str) -> str:
        """Give a person's name by seat or id."""
        if any(seat.id == id_ for seat in self.record.seats):
            return self.record.name(id_)
        return self.setting.names.get(id_) or id_.replace("_", " ")

    def named(self, item: Item, key: str, otherwise: str = "somebody") -> str:
        """Give the name of the person in a field of an item."""
        id_ = str(item.data.get(key) or "")
        return self.name(id_) if id_ else otherwise

    def site(self, item: Item) -> str:
        """Give the name of the site that an item is about."""
        return self.setting.site_title(str(item.data.get("site") or item.about))

    def place(self, target: str) -> str:
        """Give the name of what an operation or a look aims at."""
        known = {site.id for site in self.setting.sites}
        return self.setting.site_title(target) if target in known else target.replace("_", " ")

    def list_title(self, list_id: str) -> str:
        """Give the name of a distribution list."""
        return next((known.title for known in self.setting.lists if known.id == list_id), list_id)

    def sentence(self, item: Item) -> str:
        """Say what happened; a kind without words of its own is named as it is."""
        say = SENTENCES.get(item.kind)
        return say(self, item) if say else f"{item.kind.replace('.', ' ')} {item.about}".strip()

    def quoted(self, item: Item) -> str:
        """Give the first words of an item's text in quotes, with a space before, or ""."""
        text = " ".join(self.record.text(item).split())
        return f' "{text[:117]}…"' if len(text) > 120 else f' "{text}"' if text else ""

    def claimed(self, item: Item) -> str:
        """Give the claims of an item in brackets, with a space before, or ""."""
        words = [_claim(claim) for claim in item.data.get("claims", ())]
        if item.data.get("next_update_min"):
            words.append(f"next update in {item.data['next_update_min']} min")
        return f" [{'; '.join(words)}]" if words else ""


def _claim(claim: Mapping[str, Any]) -> str:
    said = f"{str(claim.get('property', '')).replace('_', ' ')}: {claim.get('value', '')}"
    return f"{said} (believed)" if claim.get("certainty") == "believed" else said


def _operation(item: Item) -> str:
    return str(item.data.get("operation", "operation")).replace("_", " ")


def _target(voice: Voice, item: Item, word: str = "on") -> str:
    target = str(item.data.get("target") or "")
    return f" {word} {voice.place(target)}" if target else ""


def _joined(names: Sequence[str]) -> str:
    return " and ".join(names) if names else "nothing"


def _finished(voice: Voice, item: Item) -> str:
    result = {"done": "is done", "failed": "failed", "refused": "was refused"}.get(
        str(item.data.get("result")), "ended"
    )
    note = f": {item.data['note']}" if item.data.get("note") else ""
    return f"{_operation(item).capitalize()}{_target(voice, item)} {result}{note}"


def _judged(voice: Voice, item: Item) -> str:
    effect = {"helped": "helped", "none": "changed nothing", "harmed": "made it worse"}.get(
        str(item.data.get("effect")), "was judged"
    )
    return f"{_operation(item).capitalize()}{_target(voice, item)} {effect}"


def _said(verb: str) -> Say:
    return lambda voice, item: f"{voice.actor(item)} {verb}:{voice.quoted(item)}{voice.claimed(item)}".rstrip(
        ":"
    )


def _mode(item: Item) -> str:
    name = str(item.data.get("mode") or item.about).replace("_", " ").capitalize()
    return f"{name} is {'on' if item.data.get('on') else 'off'}"


def _fixed(words: str) -> Say:
    return lambda *_: words


def _about(verb: str, after: str = "") -> Say:
    """Somebody does something to what the item is about."""
    return lambda voice, item: f"{voice.actor(item)} {verb} {_plain(item.about)}{after}"


def _about_said(verb: str) -> Say:
    """The same, with the words of it."""
    return lambda voice, item: f"{voice.actor(item)} {verb} {_plain(item.about)}:{voice.quoted(item)}".rstrip(
        ":"
    )


def _plain(name: object) -> str:
    return str(name).replace("_", " ")


def _linked(voice: Voice, item: Item) -> str:
    other = item.data.get("report") or item.data.get("duplicate") or "another"
    return f"{voice.actor(item)} linked {other} to {item.about}"


def _works(voice: Voice, item: Item) -> str:
    word = "it works" if item.data.get("satisfied") else "it does not work yet"
    return f"The reporter of {item.about} says {word}"


def _read_back(voice: Voice, item: Item) -> str:
    right = f", {item.data['right']} of {item.data['of']} right" if "right" in item.data else ""
    return f"{voice.actor(item)} said back what was handed over as {_plain(item.about)}{right}"


def _accepted(voice: Voice, item: Item) -> str:
    gaps = [_plain(gap) for gap in item.data.get("gaps", ())]
    lacking = f", without {_joined(gaps)}" if gaps else ""
    return f"{voice.named(item, 'who')} took over as {_plain(item.about)}{lacking}"


def _staff(voice: Voice, item: Item) -> str:
    word = "would come" if item.data.get("accepts") else "cannot come"
    return f"{voice.name(item.about)} {word}:{voice.quoted(item)}".rstrip(":")


def _sought(voice: Voice, item: Item) -> str:
    whom = voice.named(item, "person", "anybody")
    return f"{voice.actor(item)} looked for relief as {_plain(item.about)}: {whom}"


def _category(voice: Voice, item: Item) -> str:
    place = f"{_plain(item.data.get('category', ''))}, {_plain(item.data.get('sub', ''))}"
    return f"{voice.actor(item)} put {item.about} under {place}"


def _handoff_part(voice: Voice, item: Item) -> str:
    part = _plain(item.data.get("section", ""))
    said = f"{voice.quoted(item)}{voice.claimed(item)}"
    return f"{voice.actor(item)} wrote for the handoff, {part}:{said}".rstrip(":")


def _granted(voice: Voice, item: Item) -> str:
    sent = [voice.name(str(each)) for each in item.data.get("sends", ())]
    whom = f": {_joined(sent)}" if sent else ""
    return f"{voice.named(item, 'from')} granted {item.data.get('gives', 'help')}{whom}"


def _follow_up(voice: Voice, item: Item) -> str:
    due = f", due {item.data['due']}" if item.data.get("due") else ""
    owner = voice.named(item, "owner", "nobody")
    return f"{voice.actor(item)} wrote {item.about} for {owner}{due}:{voice.quoted(item)}".rstrip(":")


def _present(voice: Voice, item: Item) -> str:
    present = [voice.name(str(each)) for each in item.data.get("present", ())]
    return f"{voice.actor(item)} held the retrospective with {_joined(present)}"


def _step(verb: str) -> Say:
    return lambda voice, item: f"{voice.actor(item)} {verb} step {item.data.get('step', '')} of {item.about}"


def _timer(voice: Voice, item: Item) -> str:
    minutes = item.data.get("minutes")
    every = f"every {minutes} min" if minutes else "off"
    return f"{voice.actor(item)} set the timer for the next {_plain(item.about)}: {every}"


SENTENCES: Mapping[str, Say] = {
    "site.ejected": lambda v, i: f"{v.site(i)} is out: health checks took it out of rotation",
    "site.down": lambda v, i: f"{v.site(i)} is down",
    "site.held": lambda v, i: f"{v.site(i)} is held out until somebody puts it back",
    "site.drained": lambda v, i: f"{v.site(i)} was taken out of rotation",
    "site.restarted": lambda v, i: f"{v.site(i)} restarts, cold",
    "site.admitted": lambda v, i: f"{v.site(i)} is back in rotation",
    "index.lost": lambda v, i: f"{v.site(i)} lost its place in the change stream",
    "index.rebuilt": lambda v, i: f"{v.site(i)} has its index again",
    "level.changed": lambda v, i: f"Users: {v.setting.service} is {i.data.get('level')}",
    "sla.started": _fixed("The clock of the service level agreement starts"),
    "sla.stopped": _fixed("The clock of the service level agreement stops"),
    "sla.breached": _fixed("The service level agreement is breached"),
    "mitigation.reached": _fixed("Users are served again"),
    "recovered.reached": _fixed("Everything is back as before"),
    "total_outage.began": _fixed("Nobody is served any more"),
    "total_outage.ended": _fixed("Users are served again in part"),
    "alert.fired": lambda _, i: f"Alert: {i.data.get('title', i.about)}",
    "alert.cleared": lambda _, i: f"Alert over: {i.data.get('title', i.about)}",
    "page.rang": lambda v, i: f"{v.name(str(i.data.get('to')))} is paged: {i.data.get('title', '')}".rstrip(
        ": "
    ),
    "page.acknowledged": lambda v, i: f"{v.actor(i)} acknowledged the page",
    "page.sent": lambda v, i: f"{v.actor(i)} paged {v.name(i.about)}:{v.quoted(i)}".rstrip(":"),
    "role.assumed": lambda v, i: (
        f"{v.actor(i)} took the role of {i.about.replace('_', ' ')}"
        + (", aloud" if i.data.get("announced") else ", without saying so")
    ),
    "severity.declared": lambda v, i: f"{v.actor(i)} declared it {i.about}",
    "message.sent": _said("said"),
    "update.sent": lambda v, i: (
        f"{v.actor(i)} told {v.list_title(i.about)}:{v.quoted(i)}{v.claimed(i)}".rstrip(":")
    ),
    "decision.made": _said("decided"),
    "question.answered": _said("answered"),
    "question.received": lambda v, i: f"{v.name(str(i.data.get('from')))} asked{v.quoted(i)}",
    "call.started": lambda v, i: f"{v.actor(i)} called {_joined([v.name(each) for each in i.data['to']])}",
    "call.noted": _said("noted the call"),
    "doc.opened": lambda v, i: (
        f"{v.actor(i)} opened the document, linked from {_joined(list(i.data.get('linked', ())))}"
    ),
    "doc.linked": lambda v, i: f"{v.actor(i)} linked the document from the {i.data.get('to')}",
    "doc.edited": lambda v, i: f"{v.actor(i)} wrote under {i.about}:{v.quoted(i)}{v.claimed(i)}".rstrip(":"),
    "doc.viewed": lambda v, i: f"{v.actor(i)} read the document",
    "look.taken": lambda v, i: f"{v.actor(i)} looked at the {i.data.get('signal')} of {v.place(i.about)}",
    "hypothesis.recorded": lambda v, i: f"{v.actor(i)} put a cause on the board:{v.quoted(i)}".rstrip(":"),
    "hypothesis.ruled_out": lambda v, i: f"{v.actor(i)} ruled out {i.about}",
    "hypothesis.confirmed": lambda v, i: f"{v.actor(i)} confirmed {i.about}",
    "operation.started": lambda v, i: f"{v.actor(i)} started: {_operation(i)}{_target(v, i)}",
    "operation.cancelled": lambda v, i: f"{v.actor(i)} stopped an operation",
    "operation.finished": _finished,
    "operation.judged": _judged,
    "task.assigned": lambda v, i: (
        f"{v.actor(i)} gave {v.name(str(i.data.get('to')))} a task:{v.quoted(i)}".rstrip(":")
    ),
    "task.acknowledged": lambda v, i: f"{v.actor(i)} took task {i.about}",
    "task.reported": lambda v, i: (
        f"{v.actor(i)} reported task {i.about}: {str(i.data.get('result')).replace('_', ' ')}"
    ),
    "ticket.logged": lambda v, i: f"{v.actor(i)} logged {i.about}: {v.record.text(i, 'title')}".rstrip(": "),
    "ticket.prioritised": lambda v, i: f"{v.actor(i)} set {i.about} to {i.data.get('priority')}",
    "ticket.resolved": lambda v, i: f"{v.actor(i)} resolved {i.about} as {i.data.get('code') or 'no code'}",
    "ticket.returned": lambda v, i: f"{v.actor(i)} passed {i.about} back to the desk",
    "ticket.closed": lambda v, i: f"{v.actor(i)} closed {i.about}",
    "end_user.asked": lambda v, i: f"{v.actor(i)} asked the reporter of {i.about}",
    "user.answered": _works,
    "end_user.confirmed": _works,
    "user.asked": lambda _, i: f"The reporter of {i.about} is asked whether it works",
    "ticket.reopened": lambda v, i: f"{i.about} is open again:{v.quoted(i)}".rstrip(":"),
    "service.confirmed": lambda v, i: (
        f"{v.actor(i)} confirmed on {i.about} that service is {i.data.get('state', 'up')}"
    ),
    "ticket.accepted": _about("took ticket"),
    "ticket.categorised": _category,
    "ticket.corrected": _about("corrected"),
    "ticket.escalated": lambda v, i: (
        f"{v.actor(i)} passed {i.about} to {v.named(i, 'to')}:{v.quoted(i)}{v.claimed(i)}".rstrip(":")
    ),
    "ticket.linked": _linked,
    "problem.raised": lambda v, i: (
        f"{v.actor(i)} opened problem {i.about} from {i.data.get('ticket', 'a ticket')}"
    ),
    "report.filed": _about_said("reported a trouble with"),
    "report.received": lambda v, i: (
        f"{v.named(i, 'from')} reported by {i.data.get('channel', 'message')}:{v.quoted(i)}".rstrip(":")
    ),
    "complaint.received": lambda v, i: f"{v.named(i, 'from', 'A customer')} complained:{v.quoted(i)}".rstrip(
        ":"
    ),
    "phone.rang": lambda v, i: f"The phone of {v.named(i, 'to')} rings: {v.named(i, 'from')}",
    "phone.answered": _about("picked up"),
    "phone.rang_out": lambda v, i: f"The phone of {v.named(i, 'to', 'a seat')} rang in vain",
    "call.joined": lambda v, i: f"{v.named(i, 'who') if i.data.get('who') else v.actor(i)} joined {i.about}",
    "call.ended": lambda v, i: f"{v.actor(i)} hung up {i.about}",
    "proposal.made": lambda v, i: f"{v.actor(i)} proposed: {_plain(i.about)}{_target(v, i)}{v.quoted(i)}",
    "incident.opened": lambda v, i: f"{v.actor(i)} opened the incident, as {i.data.get('severity', 'high')}",
    "timer.set": _timer,
    "timer.fired": lambda _, i: f"The timer asks for the next {_plain(i.about)}",
    "nudge.sent": lambda v, i: f"{v.named(i, 'from')} reminds {v.named(i, 'to')}:{v.quoted(i)}".rstrip(":"),
    "question.judged": lambda _, i: f"The answer to {i.about} was {i.data.get('verdict', 'judged')}",
    "consequence.came": lambda _, i: f"What {i.about} leads to came: it was {i.data.get('outcome', 'over')}",
    "grant.given": _granted,
    "freeze.began": lambda _, i: f"All clocks stand: {i.data.get('question', 'a question')}",
    "freeze.answered": _about_said("answered"),
    "freeze.ended": _fixed("All clocks run again"),
    "role.announced": lambda v, i: f"{v.actor(i)} said aloud: {v.named(i, 'holder')} is {_plain(i.about)}",
    "role.confirmed": _about("confirmed being"),
    "role.handed_off": lambda v, i: (
        f"{v.actor(i)} handed the role of {_plain(i.about)} to {v.named(i, 'to')}"
    ),
    "staff.sought": _sought,
    "staff.answered": _staff,
    "handoff.written": _handoff_part,
    "handoff.read_back": _read_back,
    "handoff.accepted": _accepted,
    "runbook.opened": _about("opened runbook"),
    "runbook.step_ticked": _step("ticked"),
    "runbook.gap_noted": _step("noted a gap in"),
    "runbook.revised": _step("wrote anew"),
    "article.opened": _about("opened article"),
    "retro.held": _present,
    "factor.added": _about_said("named a factor,"),
    "factor.rewritten": _about_said("worded a factor anew,"),
    "blame.flagged": _about("flagged", ": it points at a person"),
    "step.linked": lambda v, i: f"{v.actor(i)} put entry {i.about} on the list of steps",
    "context.added": _about_said("added to the story,"),
    "follow_up.created": _follow_up,
    "approval.given": lambda v, i: f"{v.name(str(i.data.get('from')))} said yes",
    "site.warmed": lambda v, i: f"{v.site(i)} is warm again, still out of rotation",
    "site.powered": lambda v, i: f"{v.site(i)} has power and network again",
    "index.caught_up": lambda v, i: f"{v.site(i)} has no index lag left",
    "clients.repointed": lambda v, i: f"Clients pinned to {v.place(i.about)} follow the others now",
    "mode.changed": lambda _, i: _mode(i),
    "change.deployed": lambda v, i: f"{v.site(i)} got a change: {i.data.get('text') or i.data.get('change')}",
    "fault.began": lambda _, i: (
        f"A planted fault begins: {str(i.data.get('fault') or i.about).replace('_', ' ')}"
    ),
    "operation.progressed": lambda v, i: (
        f"{_operation(i).capitalize()}{_target(v, i)}: {str(i.data.get('phase')).replace('_', ' ')}"
    ),
    "inject.fired": lambda v, i: f"The script speaks to {v.name(str(i.data.get('to')))}:{v.quoted(i)}".rstrip(
        ":"
    ),
    "inject.triggered": _about("let come by hand"),
    "inject.held": _about("held back"),
    "inject.released": _about("let go"),
    "inject.moved": _about("moved"),
    "inject.added": _about_said("sent by hand"),
    "inject.withdrawn": _about("took back"),
    "seat.nudged": lambda v, i: f"{v.actor(i)} gave {v.named(i, 'to', 'a seat')} a hint:{v.quoted(i)}".rstrip(
        ":"
    ),
    "observation.noted": lambda v, i: f"{v.actor(i)} noted:{v.quoted(i)}".rstrip(":"),
    "persona.said": lambda v, i: f"{v.name(str(i.data.get('from')))} said:{v.quoted(i)}".rstrip(":"),
    "page.passed_on": lambda v, i: f"The page went on to {v.name(str(i.data.get('to')))}",
    "person.joined": lambda v, i: f"{v.name(i.about)} sits down",
    "person.left": lambda _, i: f"The seat of {i.about.replace('_', ' ')} goes to a bot",
    "halt.called": lambda v, i: f"{v.actor(i)} stopped the exercise for something real",
    "hint.asked": lambda v, i: f"{v.actor(i)} asked for a hint",
    "clock.paused": _fixed("The clock stands"),
    "clock.resumed": _fixed("The clock runs on"),
    "clock.speed_set": lambda _, i: f"The clock runs at ×{i.data.get('speed')}",
    "clock.skipped": lambda v, i: f"Time is skipped to {v.setting.story(int(i.data.get('to_ms', i.t_ms)))}",
    "drill.started": _fixed("The drill begins"),
    "drill.ended": _fixed("The drill ends"),
}
