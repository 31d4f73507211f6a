"""D1, intake: every report becomes one ticket, and the ticket carries its four fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from drills.record import Item
from scoring.levels import RANK, Judgement, Level, Window, not_tested
from scoring.practices.cases import Case, Words, end_of, joined, window_limit
from scoring.practices.registry import practice
from scoring.practices.troubles import Ticket, TroubleStory, are_linked, rank_at, stories
from scoring.reading import Night
from scoring.timing import CLICK_FLOOR_S, COMPOSE_FLOOR_S, MIN_MS, Limit, duration

HIGH_MIN, OTHER_MIN = 10.0, 20.0
LINK_MIN = 30.0
LATE_SIDE_MIN = 60.0
LINKED_FOR_MET = 0.8
CORRECT_MIN = 15.0
NEAR_MS = 5 * MIN_MS
MONITOR = "monitor"
ON_CALL = ("oncall", "theoncall")
FIELDS = ("reporter", "time", "description", "id")
FIELD_WORDS = {
    "reporter": "reporter with contact",
    "time": "time of the report",
    "description": "description with the service affected",
    "id": "number of its own",
}
LOGGERS = ("desk_1", "desk_2")


def cases_of(
    night: Night, told: Sequence[TroubleStory], judge: Callable[[Night, TroubleStory], Case]
) -> list[Case]:
    """Judge troubles one by one; of those that the end of the drill cut off, only what was met counts."""
    cases = [(story, judge(night, story)) for story in told]
    return [
        case for story, case in cases if case.level == "met" or not (case.is_cut or _is_late(night, story))
    ]


def _is_late(night: Night, story: TroubleStory) -> bool:
    """Say whether the drill ended before a ticket was due."""
    return night.cut_short(story.came.t_ms, log_limit_min(night, story))


def log_limit_min(night: Night, story: TroubleStory) -> float:
    """Give how soon a ticket is due: sooner where the rank was high, or in doubt."""
    rank = rank_at(night, story.trouble, story.came.t_ms)
    return HIGH_MIN if rank.priority == "high" or rank.in_doubt else OTHER_MIN


def untested(night: Night, told: Sequence[TroubleStory]) -> Judgement:
    """Give why no trouble could be judged."""
    if told:
        return not_tested("cut short", evidence=[story.came.n for story in told])
    if not night.setting.intake.troubles:
        return not_tested("no trigger", finding="The scenario names no troubles.")
    return not_tested("no trigger", finding="No trouble was told to the team.")


# --- LOG-1 ---


@practice("LOG-1")
def every_report_one_ticket(night: Night) -> Judgement:
    """Every report becomes one ticket, soon.

    Called for by: each distinct trouble that an alert or a report told of, however many of them; one that
        first came in a skip does not count.
    Met: a ticket made from an alert or a report of it within 10 min where its rank is high or in doubt, else
        20; and 80 % of its later reports joined to that ticket within 30 min, linked, or logged and the
        two tickets linked. An alert after the ticket needs no link.
    Partly: later, but before users are served again (a trouble beside the main one: within an hour); or
        later reports left apart; or a second ticket made from an alert and left unlinked for 30 min, the one
        thing here that is better left undone.
    Missed: no ticket, or later still.
    Cannot see: a trouble that the team noticed by itself and logged without naming a report or an alert.
    Source: the article's "upon receiving the report, the service desk team records".
    """
    told = stories(night)
    cases = cases_of(night, told, _logged_case)
    return joined("LOG-1", cases, "troubles logged in time as one") if cases else untested(night, told)


def _logged_case(night: Night, story: TroubleStory) -> Case:
    came_ms = story.came.t_ms
    limit = window_limit(night, log_limit_min(night, story), COMPOSE_FLOOR_S, came_ms, LOGGERS)
    due_ms = end_of(limit, came_ms)
    ticket = story.tickets[0] if story.tickets else None
    loose, later = _loose(night, story)
    rivals = _rivals(night, story)
    in_time = ticket is not None and ticket.joined_ms <= due_ms
    is_one = not rivals and later - len(loose) >= LINKED_FOR_MET * later
    level: Level = "missed"
    if in_time and is_one:
        level = "met"
    elif in_time or (ticket is not None and ticket.joined_ms <= max(due_ms, _late_ms(night, story))):
        level = "partly"
    if level != "met" and night.is_too_fast(limit, came_ms):
        level = "not_tested"
    apart = [*(item.n for item in loose[:3]), *(rival.logged.n for rival in rivals[:3])]
    return Case(
        level=level,
        evidence=(story.came.n, *([ticket.logged.n] if ticket else []), *apart),
        window=Window(came_ms, max(due_ms, ticket.joined_ms if ticket else due_ms)),
        limit=limit,
        numbers={
            "logged_min": night.minutes(came_ms, ticket.joined_ms) if ticket else None,
            "later_reports": later,
            "left_apart": len(loose) + len(rivals),
            "link_min": LINK_MIN,
        },
        words=_logged_words(night, story, ticket, limit, apart=len(loose) + len(rivals), in_time=in_time),
    )


def _loose(night: Night, story: TroubleStory) -> tuple[list[Item], int]:
    """Give the later reports that were joined to no ticket of the trouble, and how many there were."""
    later = [
        item
        for item in story.arrivals
        if item.kind == "report.received"
        and item.n != story.came.n
        and not night.in_skip(item.t_ms)
        and not night.cut_short(item.t_ms, LINK_MIN)
    ]
    return [item for item in later if not _is_joined(night, story, item)], len(later)


def _is_joined(night: Night, story: TroubleStory, report: Item) -> bool:
    limit = window_limit(night, LINK_MIN, CLICK_FLOOR_S, report.t_ms, LOGGERS)
    due_ms = end_of(limit, report.t_ms)
    ids = {ticket.id for ticket in story.tickets}
    if any(
        link.about in ids and link.data.get("report") == report.about and link.t_ms <= due_ms
        for link in night.items("ticket.linked")
    ):
        return True
    made = [ticket for ticket in story.tickets if ticket.logged.data.get("report") == report.about]
    return any(
        ticket.logged.t_ms <= due_ms and (ticket == story.tickets[0] or _is_linked(night, story, ticket))
        for ticket in made
    )


def _is_linked(night: Night, story: TroubleStory, ticket: Ticket) -> bool:
    """Say whether a further ticket was linked to another of the same trouble in time."""
    limit = window_limit(night, LINK_MIN, CLICK_FLOOR_S, ticket.joined_ms, LOGGERS)
    until_ms = end_of(limit, ticket.joined_ms)
    others = [other.id for other in story.tickets if other.id != ticket.id]
    return any(are_linked(night, ticket.id, other, until_ms) for other in others)


def _rivals(night: Night, story: TroubleStory) -> list[Ticket]:
    """Give further tickets made from alerts that stand beside the first, not linked in time."""
    return [
        ticket
        for ticket in story.tickets[1:]
        if not ticket.logged.data.get("report")
        and not night.cut_short(ticket.joined_ms, LINK_MIN)
        and not _is_linked(night, story, ticket)
    ]


def _late_ms(night: Night, story: TroubleStory) -> int:
    """Give until when a late ticket still counts in part."""
    if not story.trouble.main:
        return story.came.t_ms + round(LATE_SIDE_MIN * MIN_MS)
    return night.moments.mitigated.t_ms if night.moments.mitigated else night.end_ms


def _logged_words(
    night: Night, story: TroubleStory, ticket: Ticket | None, limit: Limit, *, apart: int, in_time: bool
) -> Words:
    seen = f"At {night.said(story.came.t_ms)}, {story.name()} came in"
    if ticket is None:
        return Words(
            seen=seen,
            did=f"The team made no ticket of it in the {duration(_left_min(night, story))} that followed",
            move="log one ticket in the first minutes, so that everyone has one number to speak about",
            finding="one was never logged",
        )
    took = duration(max(0.0, night.minutes(story.came.t_ms, ticket.joined_ms)))
    finding = f"one was logged after {took}; allowed {limit.text()}"
    did = f"The team had a ticket of it {took} later"
    if in_time and apart:
        return Words(
            seen=seen,
            did=f"{did}, and {apart} more about the same trouble stood apart from it",
            move="link what tells of the same trouble to the first ticket as soon as it comes",
            finding=f"{finding}; {apart} left apart",
        )
    return Words(
        seen=seen,
        did=did if in_time else f"{did}, against {limit.text()}",
        move="log the ticket first, with what is known, and correct it later",
        finding=finding,
    )


def _left_min(night: Night, story: TroubleStory) -> float:
    return night.minutes(story.came.t_ms, night.end_ms)


# --- LOG-2 ---


@practice("LOG-2")
def four_fields(night: Night) -> Judgement:
    """The ticket carries its four fields.

    Called for by: each trouble that an alert or a report told of; of several tickets the fullest counts.
    Met: within 15 min of logging: who reported it with a contact, both as in the report (for an alert: the
        monitor, and whom it paged or "on-call"); when it was reported, to 5 min; a description with a service
        that is affected or was named; a number of its own.
    Partly: three of the four, or all only later.
    Missed: two or fewer, a wrong service for good, or no ticket.
    Cannot see: whether the description is a good one; it counts when somebody wrote it.
    Source: the article's four fields: reporter and contact, date and time, description, unique id.
    """
    told = stories(night)
    cases = cases_of(night, told, _fields_case)
    return joined("LOG-2", cases, "tickets with all four fields") if cases else untested(night, told)


def _fields_case(night: Night, story: TroubleStory) -> Case:
    if not story.tickets:
        return _no_ticket(night, story)
    tried = [_ticket_case(night, story, ticket) for ticket in story.tickets]
    return max(tried, key=lambda case: RANK[case.level])


def _ticket_case(night: Night, story: TroubleStory, ticket: Ticket) -> Case:
    from_ms = ticket.logged.t_ms
    limit = window_limit(night, CORRECT_MIN, COMPOSE_FLOOR_S, from_ms, LOGGERS)
    due_ms = end_of(limit, from_ms)
    soon, final = _right(night, story, ticket, due_ms), _right(night, story, ticket, night.end_ms)
    lacking = [name for name in FIELDS if name not in (soon & final)]
    level: Level = "missed"
    if not lacking:
        level = "met"
    elif len(final) >= len(FIELDS) - 1 and not _is_wrong_service(night, story, ticket):
        level = "partly"
    if level != "met" and night.is_too_fast(limit, from_ms):
        level = "not_tested"
    corrections = [item.n for item in night.items("ticket.corrected") if item.about == ticket.id]
    seen = f"At {night.said(from_ms)}, ticket {ticket.id} was logged"
    words = " and the ".join(FIELD_WORDS[name] for name in lacking)
    return Case(
        level=level,
        evidence=(story.came.n, ticket.logged.n, *corrections[:5]),
        window=Window(from_ms, due_ms),
        limit=limit,
        words=Words(
            seen=seen,
            did=f"The team left out the {words}, or had them wrong, for {duration(limit.allowed_min)}"
            if lacking
            else f"The team had all four fields right within {duration(limit.allowed_min)}",
            move=f"take the {words} from the report while it is open" if lacking else "",
            finding=f"{len(FIELDS) - len(lacking)} of 4 fields right in time",
        ),
        numbers={"fields": len(FIELDS) - len(lacking)},
        is_cut=night.cut_short(from_ms, CORRECT_MIN),
    )


def _no_ticket(night: Night, story: TroubleStory) -> Case:
    return without_ticket(
        night,
        story,
        window_limit(night, CORRECT_MIN, COMPOSE_FLOOR_S, story.came.t_ms, LOGGERS),
        did="The team had no ticket to carry who reported it, when, and what was down",
        move="log who, when and what in one ticket while the report is open",
        numbers={"fields": 0},
    )


def without_ticket(
    night: Night, story: TroubleStory, limit: Limit, *, did: str, move: str, numbers: Mapping[str, Any]
) -> Case:
    """Give the case of a trouble that got no ticket, for a line that needs one."""
    came_ms = story.came.t_ms
    return Case(
        level="not_tested" if night.is_too_fast(limit, came_ms) else "missed",
        evidence=(story.came.n,),
        window=Window(came_ms, end_of(limit, came_ms)),
        limit=limit,
        words=Words(
            seen=f"At {night.said(came_ms)}, {story.name()} came in",
            did=did,
            move=move,
            finding="one without a ticket",
        ),
        numbers=numbers,
    )


def _values(night: Night, ticket: Ticket, t_ms: int) -> dict[str, Any]:
    """Give the fields of a ticket as they stood at a moment."""
    values = dict(ticket.logged.data)
    for item in night.items("ticket.corrected"):
        if item.about == ticket.id and item.t_ms <= t_ms:
            values.update({name: value for name, value in item.data.items() if value is not None})
    return values


def _right(night: Night, story: TroubleStory, ticket: Ticket, t_ms: int) -> set[str]:
    """Give which of the four fields were right at a moment."""
    values = _values(night, ticket, t_ms)
    reported_ms = values.get("reported_ms")
    same_id = [item for item in night.items("ticket.logged") if item.about == ticket.id]
    right = {
        "reporter": any(_is_reporter(night, source, values) for source in ticket.sources),
        "time": reported_ms is not None
        and any(abs(int(reported_ms) - source.t_ms) <= NEAR_MS for source in ticket.sources),
        "description": bool(values.get("described"))
        and values.get("service") in _services(story, ticket.sources),
        "id": len(same_id) == 1,
    }
    return {name for name, is_right in right.items() if is_right}


def _services(story: TroubleStory, sources: Sequence[Item]) -> set[str]:
    named = {str(source.data["service"]) for source in sources if source.data.get("service")}
    return named | set(story.trouble.services)


def _is_wrong_service(night: Night, story: TroubleStory, ticket: Ticket) -> bool:
    """Say whether the ticket names a service at the end that neither fails nor was reported."""
    service = _values(night, ticket, night.end_ms).get("service")
    return bool(service) and service not in _services(story, ticket.sources)


def _is_reporter(night: Night, source: Item, values: Mapping[str, Any]) -> bool:
    """Say whether reporter and contact are those of an alert or a report."""
    given = _plain(str(values.get("contact") or ""))
    if source.kind == "alert.fired":
        return values.get("reporter") == MONITOR and given in _on_call(night, source.about)
    sender = str(source.data.get("from", ""))
    true = _plain(str(source.data.get("contact") or night.setting.intake.contacts.get(sender, "")))
    return values.get("reporter") == sender and bool(given) and _is_same(given, true)


def _is_same(given: str, true: str) -> bool:
    """Say whether a contact is the true one, perhaps with a word before or after it; not one among many."""
    return given == true or (bool(true) and true in given and len(given) <= 2 * len(true))


def _on_call(night: Night, alert: str) -> set[str]:
    """Give by which words the person paged for an alert can be named: seat, person, name, or "on-call"."""
    paged = {str(item.data.get("to")) for item in night.items("page.rang") if item.data.get("alert") == alert}
    known = night.setting.intake.seat_of
    people = {person for person, seat in known.items() if seat in paged}
    names = {night.setting.names.get(person, "") for person in people}
    seats = [seat for seat in night.record.seats if seat.id in paged]
    said = paged | people | names | {word for seat in seats for word in (seat.title, seat.name, seat.person)}
    return {_plain(word) for word in said if word} | set(ON_CALL)


def _plain(text: str) -> str:
    """Give a contact without spaces, dashes and case."""
    return "".join(sign for sign in text.lower() if sign.isalnum() or sign in "@.+")
