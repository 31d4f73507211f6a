"""The cards of the board: one frozen record a thing the team works with, and the few that grow."""

from __future__ import annotations

from dataclasses import dataclass, field

from drills.record import Item


@dataclass(frozen=True)
class Page:
    """An alert or a call that reached a person; `state` is ringing, acknowledged or passed_on."""

    id: str
    to: str
    title: str
    from_: str
    alert: str
    since_ms: int
    state: str = "ringing"
    acknowledged_ms: int | None = None
    item: int = 0


@dataclass(frozen=True)
class Task:
    """Something asked of a name, with a time; `state` is asked, acknowledged, done, failed or more_time.

    `reported_ms` is when it was last reported on, whoever did.
    """

    id: str
    by: str
    to: str
    item: Item
    asked_ms: int
    due_ms: int
    state: str = "asked"
    reported_ms: int | None = None


@dataclass(frozen=True)
class Question:
    """Something a persona wants to know; open until answered, or until they ask it anew."""

    id: str
    from_: str
    to: str
    item: Item
    asked_ms: int
    answered_ms: int | None = None


@dataclass(frozen=True)
class Phone:
    """A phone that rang at a seat; `state` is ringing, answered or rang_out."""

    id: str
    from_: str
    to: str
    item: Item
    since_ms: int
    state: str = "ringing"


@dataclass(frozen=True)
class Call:
    """A call or a meeting: who started it, with whom, by which medium; over once `ended_ms` is there."""

    id: str
    by: str
    to: tuple[str, ...]
    medium: str
    item: Item
    started_ms: int
    joined: tuple[str, ...] = ()
    ended_ms: int | None = None
    noted: bool = False

    @property
    def people(self) -> tuple[str, ...]:
        """Who is on it, or is asked to be."""
        return (self.by, *self.to, *self.joined)


@dataclass(frozen=True)
class Report:
    """A trouble told to the desk; `ticket` is where it was logged or linked, "" while it waits."""

    id: str
    from_: str
    to: str
    channel: str
    item: Item
    told_ms: int
    ticket: str = ""


@dataclass(frozen=True)
class Ticket:
    """A ticket; `state` is open, resolved, returned or closed.

    Args:
        item: as it was logged.
        kind: incident or request.
        with_: seat or persona that has it now.
        passed_ms: when it was passed on to where it is now, None while it is where it was logged; `accepted`
            once they took it.
        duplicate_of: the ticket that stands for this one too, or "".
        reports: ids of the reports it answers.
        confirmed: state that the desk confirmed after a look, or "".
        satisfied: the reporter's answer, None before it came; `asked_ms` when they were last asked.
    """

    id: str
    item: Item
    priority: str
    state: str = "open"
    kind: str = "incident"
    alert: str = ""
    service: str = ""
    reporter: str = ""
    category: str = ""
    sub: str = ""
    with_: str = ""
    passed_ms: int | None = None
    accepted: bool = True
    duplicate_of: str = ""
    reports: tuple[str, ...] = ()
    confirmed: str = ""
    asked_ms: int | None = None
    satisfied: bool | None = None


@dataclass(frozen=True)
class Problem:
    """A problem record: the cause behind an incident."""

    id: str
    ticket: str
    item: Item


@dataclass(frozen=True)
class Hypothesis:
    """A possible cause; `state` is open, ruled_out or confirmed."""

    id: str
    item: Item
    state: str = "open"


@dataclass(frozen=True)
class Timer:
    """A timer that asks for the next word every so many minutes."""

    what: str
    every_min: int
    since_ms: int


@dataclass
class Document:
    """The incident document: its sections as last written, and every note in order."""

    opened_ms: int | None = None
    linked: list[str] = field(default_factory=list)
    sections: dict[str, Item] = field(default_factory=dict)
    notes: list[Item] = field(default_factory=list)


@dataclass
class OpenBook:
    """A runbook in use: ticked steps, gaps noted, steps written anew."""

    opened_ms: int
    ticked: dict[int, Item] = field(default_factory=dict)
    gaps: dict[int, Item] = field(default_factory=dict)
    revised: dict[int, Item] = field(default_factory=dict)


@dataclass
class Handoff:
    """A role on its way to another person: who was sought, what is written, what was said back."""

    role: str
    sought: list[Item] = field(default_factory=list)
    answers: dict[str, Item] = field(default_factory=dict)
    sections: dict[str, Item] = field(default_factory=dict)
    read_back: Item | None = None
    accepted: Item | None = None


@dataclass(frozen=True)
class Factor:
    """A contributing factor as the team words it now."""

    id: str
    item: Item
    flagged: bool = False
    rewritten: bool = False


@dataclass(frozen=True)
class FollowUp:
    """A follow-up with owner and date."""

    id: str
    item: Item


@dataclass
class Retro:
    """The retrospective so far."""

    held: Item | None = None
    factors: dict[str, Factor] = field(default_factory=dict)
    follow_ups: dict[str, FollowUp] = field(default_factory=dict)
    steps: list[Item] = field(default_factory=list)
    context: list[Item] = field(default_factory=list)
