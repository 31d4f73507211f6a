"""The service desk: every report one ticket, ranked, passed on, confirmed, asked about and closed."""

from __future__ import annotations

from typing import Any

from drills.board import Report, Ticket
from drills.bots.bot import Command, Rule
from drills.bots.commands import MINUTE_MS, claim, look, say, service, state_claims
from drills.bots.finding import Find, after, both, main_open, nth_site, question
from drills.bots.policy import Policy
from drills.bots.seats.common import reached, tasks
from drills.eyes import Eyes
from drills.record import Item

OWN_TIER = 1
RETRY_MS = 25 * MINUTE_MS
TITLE_LENGTH = 120


def rules(policy: Policy, story: Any) -> list[Rule]:
    """Give the rules of the service desk."""
    opens = _waking(story)
    return [
        *reached(policy, phones_are_work=True),
        Rule("log-main", 3, after(nth_site(1), 0), _log_main),
        *([Rule("tell", 1, _first_words, _tell)] if policy.shares else []),
        Rule("link", 1, _to_link(policy), _link),
        Rule("log", 4, to_log(policy), log),
        *(_ranking() if policy.ranks else []),
        Rule("raise", 1, both(after(nth_site(2), 1), main_open), _raise),
        Rule("article", 1, _solvable, _read),
        Rule("solve", 3, _read_already, _solve),
        Rule("pass-on", 4, _beyond, _escalate),
        Rule("late", 2, _too_late, _over_already),
        Rule("answer", 2, question, answer, interrupts=True),
        *(_confirming() if policy.confirms else []),
        *([Rule("ask-reporter", 3, _to_ask(opens), _ask)] if policy.asks_reporter else []),
        Rule("close", 2, _to_close(policy, opens), lambda eyes, ticket: ("close_ticket", {"ticket": ticket})),
        *tasks(),
    ]


# --- logging


def _log_main(eyes: Eyes, _: str) -> Command | None:
    alert = nth_site(1)(eyes)
    if alert is None or eyes.ticket():
        return None
    title = str(alert.data["title"])[:200]
    return (
        "log_ticket",
        {
            "title": title,
            "reporter": "monitor",
            "contact": "on call",
            "description": title,
            "service": service(eyes),
            "alert": alert.about,
        },
    )


def _ticket_of(eyes: Eyes, report: Report) -> Ticket | None:
    """Give the open ticket that stands for a report's trouble already."""
    trouble = eyes.trouble_of_report(report)
    return next(
        (t for t in eyes.tickets() if t.state != "closed" and eyes.trouble_of_ticket(t) == trouble), None
    )


def _to_link(policy: Policy) -> Find:
    def find(eyes: Eyes) -> list[str]:
        if not policy.links:
            return []
        return [report.id for report in eyes.reports() if _ticket_of(eyes, report) is not None]

    return find


def _link(eyes: Eyes, report_id: str) -> Command | None:
    report = next((r for r in eyes.reports() if r.id == report_id), None)
    ticket = _ticket_of(eyes, report) if report is not None else None
    return ("link_ticket", {"ticket": ticket.id, "report": report_id}) if ticket is not None else None


def to_log(policy: Policy) -> Find:
    """Reports that wait at this seat and are of no trouble that has a ticket."""

    def find(eyes: Eyes) -> list[str]:
        return [r.id for r in eyes.reports() if not policy.links or _ticket_of(eyes, r) is None]

    return find


def log(eyes: Eyes, report_id: str) -> Command | None:
    """Turn a report into a ticket with its four fields."""
    report = next((r for r in eyes.reports() if r.id == report_id), None)
    if report is None:
        return None
    trouble = eyes.trouble(eyes.trouble_of_report(report))
    data, said = report.item.data, heard(eyes, report)
    return (
        "log_ticket",
        {
            "ticket_kind": trouble.kind if trouble is not None else "incident",
            "title": (str(data.get("title") or "") or said)[:TITLE_LENGTH],
            "reporter": report.from_,
            "contact": str(data.get("contact") or ""),
            "description": said,
            "service": trouble.services[0] if trouble is not None and trouble.services else service(eyes),
            "report": report.id,
        },
    )


def heard(eyes: Eyes, report: Report) -> str:
    """Give a report in the reporter's own words; nothing else is known when a ticket is logged."""
    return " ".join(eyes.said(report.item).split()) or "As reported."


def _first_words(eyes: Eyes) -> str:
    """The first report by somebody whom the main trouble hits."""
    told = [item for item in eyes.all("report.received") if item.data.get("inject") != "complaint"]
    reports = {report.id: report for report in eyes.all_reports()}
    hits = (reports[item.about] for item in told if item.about in reports)
    return next((report.id for report in hits if eyes.trouble_of_report(report) == eyes.main_trouble), "")


def _tell(eyes: Eyes, report_id: str) -> Command:
    """Say on the channel what users see."""
    return say(USERS_SEE, state_claims(eyes))


# --- ranking


def _ranking() -> list[Rule]:
    return [Rule("categorise", 1, _without_category, _categorise), Rule("rank", 1, _without_rank, _rank)]


def _own(eyes: Eyes) -> list[Ticket]:
    return [t for t in eyes.tickets() if t.state == "open" and not t.duplicate_of]


def _without_category(eyes: Eyes) -> list[str]:
    return [ticket.id for ticket in _own(eyes) if not ticket.category]


def _categorise(eyes: Eyes, ticket_id: str) -> Command | None:
    ticket = next(t for t in eyes.tickets() if t.id == ticket_id)
    trouble = eyes.trouble(eyes.trouble_of_ticket(ticket))
    if trouble is None or not trouble.categories:
        return None
    category, sub = trouble.categories[0]
    return ("categorise_ticket", {"ticket": ticket_id, "category": category, "sub": sub})


def _without_rank(eyes: Eyes) -> list[str]:
    ranked = {item.about for item in eyes.all("ticket.prioritised")}
    return [ticket.id for ticket in _own(eyes) if ticket.id not in ranked]


def _rank(eyes: Eyes, ticket_id: str) -> Command | None:
    return _prioritise(eyes, ticket_id, last=False)


def _prioritise(eyes: Eyes, ticket_id: str, *, last: bool) -> Command | None:
    """Rank as the picture is; in doubt, high."""
    ticket = next(t for t in eyes.tickets() if t.id == ticket_id)
    trouble = eyes.trouble(eyes.trouble_of_ticket(ticket))
    if trouble is None:
        return ("prioritise_ticket", {"ticket": ticket_id, "priority": "high"})
    rank = trouble.ranks[-1 if last else 0]
    factors = {
        name: getattr(rank, name)[which]
        for name, which in (("people", -1), ("money", -1), ("security", 0), ("sla", 0))
        if getattr(rank, name)
    }
    priority = "high" if rank.in_doubt else rank.priority
    return ("prioritise_ticket", {"ticket": ticket_id, "priority": priority, **factors})


def _raise(eyes: Eyes, _: str) -> Command | None:
    return _prioritise(eyes, eyes.ticket(), last=True) if eyes.ticket() else None


# --- solving, passing on


def _tier(eyes: Eyes, ticket: Ticket) -> int:
    trouble = eyes.trouble(eyes.trouble_of_ticket(ticket))
    return trouble.tier if trouble is not None else 3


def _solvable(eyes: Eyes) -> list[str]:
    return [t.id for t in _own(eyes) if _tier(eyes, t) <= OWN_TIER and eyes.article_for(t.id)]


def _read(eyes: Eyes, ticket: str) -> Command:
    return ("open_article", {"article": eyes.article_for(ticket)})


def _read_already(eyes: Eyes) -> list[str]:
    opened = {item.about for item in eyes.all("article.opened") if item.seat == eyes.seat}
    ready = [t for t in _own(eyes) if _tier(eyes, t) <= OWN_TIER]
    return [t.id for t in ready if not eyes.article_for(t.id) or eyes.article_for(t.id) in opened]


def _solve(eyes: Eyes, ticket: str) -> Command:
    return ("resolve_ticket", {"ticket": ticket, "code": "solved", "text": "Solved with the article."})


def _beyond(eyes: Eyes) -> list[str]:
    """Tickets above this tier that nobody further up has; a reporter's no makes a ticket such a one."""
    ranked = {item.about for item in eyes.all("ticket.prioritised")}
    fresh = [
        t.id
        for t in _own(eyes)
        if t.with_ == eyes.seat and _tier(eyes, t) > OWN_TIER and t.id in ranked and not _of_main(eyes, t)
    ]
    return [
        *fresh,
        *(f"{t.id}/again" for t in eyes.tickets() if t.satisfied is False and t.with_ == eyes.seat),
    ]


def _of_main(eyes: Eyes, ticket: Ticket) -> bool:
    trouble = eyes.trouble(eyes.trouble_of_ticket(ticket))
    return trouble is not None and trouble.main


def _too_late(eyes: Eyes) -> list[str]:
    """Further tickets of the main trouble, once its own is over: what they ask for is there."""
    if eyes.ticket_state() == "open":
        return []
    return [t.id for t in _own(eyes) if _of_main(eyes, t) and t.id != eyes.ticket() and t.with_ == eyes.seat]


def _over_already(eyes: Eyes, ticket: str) -> Command:
    return ("resolve_ticket", {"ticket": ticket, "code": "restored", "text": OVER})


def _escalate(eyes: Eyes, key: str) -> Command | None:
    ticket = next(t for t in eyes.tickets() if t.id == key.split("/", maxsplit=1)[0])
    again = key.endswith("/again")
    to = "specialist" if again else _next_tier(eyes, ticket)
    claims = [*state_claims(eyes), claim(ticket.service or service(eyes), "impact", "reporter still hit")]
    return (
        "escalate_ticket",
        {
            "ticket": ticket.id,
            "to": to,
            "text": PASSED,
            "claims": claims,
            "tried": [eyes.article_for(ticket.id)] if eyes.article_for(ticket.id) else [],
            "found": list(ticket.reports),
        },
    )


def _next_tier(eyes: Eyes, ticket: Ticket) -> str:
    return "desk_2" if _tier(eyes, ticket) == 2 else "specialist"


def answer(eyes: Eyes, question_id: str) -> Command:
    """Answer somebody from outside with what is known, and no more."""
    return ("answer_question", {"question": question_id, "text": HEARD, "claims": state_claims(eyes)})


# --- the end


def _confirming() -> list[Rule]:
    back = _recovered
    return [
        Rule("look-as-customer", 3, after(back, 8), lambda eyes, _: look(service(eyes), "user_side")),
        Rule("confirm", 1, both(after(_own_look, 0), main_open), _confirm),
    ]


def _recovered(eyes: Eyes) -> Item | None:
    """Mark: the last operation, once every site that fell is back by stages and nothing is held back."""
    returned = [i for i in eyes.all("operation.finished") if i.data.get("operation") == "staged_return"]
    back = {str(item.data.get("target")) for item in returned if item.data.get("result") == "done"}
    fell = {str(item.data["site"]) for item in eyes.site_alerts()}
    if not fell or not fell <= back:
        return None
    reading = eyes.reading()
    whole = not reading.shed and not reading.degraded_mode and reading.level == "up"
    return eyes.last("operation.finished") if whole else None


def _own_look(eyes: Eyes) -> Item | None:
    looks = [i for i in eyes.all("look.taken") if i.seat == eyes.seat and i.data.get("signal") == "user_side"]
    return looks[-1] if looks else None


def _confirm(eyes: Eyes, _: str) -> Command:
    state = eyes.reading().level
    return (
        "confirm_service",
        {"ticket": eyes.ticket(), "state": state, "text": "Seen as a customer sees it."},
    )


def _waking(story: Any) -> Find:
    """Find that a reporter may be rung up: by day, or from the next morning on."""
    day, evening, morning = story("06:12"), story("21:00"), story("Thu 06:12")

    def find(eyes: Eyes) -> str:
        by_day = day <= eyes.now_ms < evening
        return "once" if by_day or eyes.now_ms >= morning else ""

    return find


def _ready(eyes: Eyes, ticket: Ticket, awake: Find) -> bool:
    """Whether a ticket can come to its end: given back or solved here; the main one when people are awake."""
    if ticket.duplicate_of or ticket.state not in ("resolved", "returned"):
        return False
    return ticket.id != eyes.ticket() or bool(awake(eyes))


def _to_ask(awake: Find) -> Find:
    def find(eyes: Eyes) -> list[str]:
        return [
            f"{t.id}/{t.asked_ms or 0}"
            for t in eyes.tickets()
            if _ready(eyes, t, awake)
            and t.satisfied is not True
            and t.with_ in (eyes.seat, t.item.seat)
            and (t.asked_ms is None or eyes.now_ms - t.asked_ms >= RETRY_MS)
        ]

    return find


def _ask(eyes: Eyes, key: str) -> Command:
    return ("ask_reporter", {"ticket": key.split("/", maxsplit=1)[0]})


def _to_close(policy: Policy, awake: Find) -> Find:
    def find(eyes: Eyes) -> list[str]:
        return [
            ticket.id
            for ticket in eyes.tickets()
            if _ready(eyes, ticket, awake) and (ticket.satisfied is True or not policy.asks_reporter)
        ]

    return find


USERS_SEE = "First users call: the slot page spins, orders do not go through on old tills."
OVER = "The service was restored before this came in."
HEARD = "Noted, you have a number. I come back to you with what we find."
PASSED = "Beyond our tier. What the reporter said, what was tried here and how it looks are with the ticket."
