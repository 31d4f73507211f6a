"""The unmanaged night: one engineer, alone with the logs, restarting what will not stand.

Nobody takes command, nobody is told, the one call leaves no note. After the source article's first story.
"""

from __future__ import annotations

from typing import Any

from drills.bots.bot import Command, Rule
from drills.bots.commands import look
from drills.bots.finding import MINUTE_MS, after, at, done, fallen, nth_site, phone, question, ringing
from drills.eyes import Eyes


def rules(story: Any) -> list[Rule]:
    """Give the rules of the one seat that is awake."""
    rules = [
        Rule("ack", 1, ringing, lambda eyes, page: ("acknowledge_page", {"page": page})),
        Rule("logs", 3, after(nth_site(1), 1), lambda eyes, _: look(fallen(eyes, 1), "logs")),
        Rule("changes", 2, after(nth_site(1), 5), lambda eyes, _: look(fallen(eyes, 1), "changes")),
        Rule(
            "roll-back-1", 1, at(20 * MINUTE_MS), lambda eyes, _: _operate("roll_back", eyes, 1, held=False)
        ),
        Rule("logs-2", 3, after(nth_site(2), 1), lambda eyes, _: look(fallen(eyes, 2), "logs")),
        Rule("restart-1", 1, at(35 * MINUTE_MS), lambda eyes, _: _operate("restart", eyes, 1)),
        Rule("readmit-1", 1, after(done("restart", 1), 0), lambda eyes, _: _readmit(eyes, 1)),
        Rule("phone", 1, phone, lambda eyes, call: ("answer_phone", {"call": call}), interrupts=True),
        Rule("hang-up", 0.5, _talked_out, lambda eyes, call: ("end_call", {"call": call})),
        Rule("answer", 10, question, _answer, interrupts=True),
        Rule("call", 1, at(45 * MINUTE_MS), lambda eyes, _: ("start_call", {"to": ["author"], "text": CALL})),
        Rule(
            "roll-back-2", 1, at(85 * MINUTE_MS), lambda eyes, _: _operate("roll_back", eyes, 2, held=False)
        ),
        Rule("restart-1b", 1, at(125 * MINUTE_MS), lambda eyes, _: _operate("restart", eyes, 1)),
        Rule("readmit-1b", 1, at(128 * MINUTE_MS), lambda eyes, _: _readmit(eyes, 1)),
        Rule("restart-3", 1, at(story("07:49")), lambda eyes, _: _operate("restart", eyes, 3)),
        Rule("readmit-3", 1, at(story("07:52")), lambda eyes, _: _readmit(eyes, 3)),
    ]
    for hour in ("08:30", "09:40", "11:00", "13:00"):
        for which in (1, 2, 3):
            rules.append(_again("restart", hour, which, story(hour)))
            rules.append(_again("readmit", hour, which, story(hour) + 4 * MINUTE_MS))
    return rules


def _talked_out(eyes: Eyes) -> str:
    """A call of half an hour comes to its end."""
    calls = (c for c in eyes.calls() if c.by == eyes.seat and c.ended_ms is None)
    return next((call.id for call in calls if eyes.now_ms - call.started_ms >= 30 * MINUTE_MS), "")


def _answer(eyes: Eyes, question_id: str) -> Command:
    """Each answer to management costs ten minutes, and says little (checklist, row 82)."""
    return ("answer_question", {"question": question_id, "text": ANSWER})


ANSWER = "I am on it. I cannot say when."
CALL = "It is your update in the logs. What does it do with memory?"


def _again(operation: str, hour: str, which: int, t_ms: int) -> Rule:
    def act(eyes: Eyes, _: str) -> Command | None:
        return _readmit(eyes, which) if operation == "readmit" else _operate(operation, eyes, which)

    return Rule(f"{operation}-{hour}-{which}", 0.5, at(t_ms), act)


def _operate(operation: str, eyes: Eyes, which: int, **params: Any) -> Command | None:
    site = fallen(eyes, which)
    return ("start_operation", {"operation": operation, "params": {"site": site, **params}}) if site else None


def _readmit(eyes: Eyes, which: int) -> Command | None:
    return _operate("readmit", eyes, which, weight_frac=1.0)
