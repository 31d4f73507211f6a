"""How a team works, as data: each practice a field, so that a team can leave out just one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Policy:
    """A team's ways; the defaults are the managed night's.

    Args:
        command_min: minutes from the second site alert to somebody in command.
        opens_incident: one act opens the incident; else severity and document come one by one, later.
        notice_min: minutes from the second alert to the first notice; None never.
        update_min: time between two updates; a promise of the next one goes with each.
        shares: what one group finds is said to the others at once.
        forecast: what may come is worked out in a call, agreed by two, and written down.
        scribe_share: share of significant acts that are written down within minutes.
        note_share: share of calls that are noted.
        names_clock: SLA and budget are said with every update and in the document.
        authority: somebody with authority is told before the promise breaks.
        shields: communications takes over what outsiders ask the technical people.
        relief: relief is sought in time, late, or never.
        handoff: the medium of the handoff, "" for none.
        handoff_sections: how many sections are written before it.
        announces: who holds a role now is said aloud.
        tests_fix: the mended release is tested before it is deployed.
        confirms: the desk looks for itself before it says that the service is back.
        asks_reporter: the reporter is asked before the ticket is closed.
        passes_back: a resolved ticket goes back to the desk.
        retro: a retrospective is held; follow_ups: with owners and dates.
        ranks: tickets get category, priority and the four factors.
        links: later reports of the same trouble are linked to its ticket.
    """

    command_min: float = 3.0
    opens_incident: bool = True
    notice_min: float | None = 7.0
    update_min: int = 30
    shares: bool = True
    forecast: bool = True
    scribe_share: float = 1.0
    note_share: float = 1.0
    names_clock: bool = True
    authority: bool = True
    shields: bool = True
    relief: Literal["in time", "late", "never"] = "in time"
    handoff: Literal["video", "voice", ""] = "video"
    handoff_sections: int = 8
    announces: bool = True
    tests_fix: bool = True
    confirms: bool = True
    asks_reporter: bool = True
    passes_back: bool = True
    retro: bool = True
    follow_ups: bool = True
    ranks: bool = True
    links: bool = True


MANAGED = Policy()
STRONG = Policy(command_min=1.5, notice_min=5.0)
HALF_MANAGED = Policy(
    command_min=25.0,
    opens_incident=False,
    notice_min=34.0,
    update_min=60,
    shares=False,
    forecast=False,
    scribe_share=0.5,
    note_share=0.5,
    names_clock=False,
    authority=False,
    shields=False,
    relief="late",
    handoff="voice",
    handoff_sections=4,
    confirms=False,
    passes_back=False,
    follow_ups=False,
    links=False,
)
