"""The unmanaged night: one engineer, alone with the logs, restarting what will not stand.

Nobody takes command, nobody is told, the one call leaves no note. After the source article's first story.
"""

from __future__ import annotations

from typing import Any

from drills.bots.bot import Command, Rule
from drills.bots.commands import look
from drills.bots.finding import (
    MINUTE_MS,
    after,
    at,
    done,
    fallen,
    nth_site,
    phone,
    question,
    ringing,
    talked_out,
)
from drills.bots.teams.planning import alone
from drills.eyes import Eyes


def rules(story: Any) -> list[Rule]:
    """Give the rules of the one seat that is awake."""
    rules = [
        Rule("ack", 1, ringing, lambda eyes, page: ("acknowledge_page", {"page": page})),
        Rule("logs", 3, after(nth_site(1), 1), lambda eyes, _: look(fallen(eyes, 1), "logs")),
        Rule("changes", 2, after(nth_site(1), 5), lambda eyes, _: look(fallen(eyes, 1), "changes")),
        alone("roll-back-1", at(20 * MINUTE_MS), "roll_back", 1, held=False),
        Rule("logs-2", 3, after(nth_site(2), 1), lambda eyes, _: look(fallen(eyes, 2), "logs")),
        alone("restart-1", at(35 * MINUTE_MS), "restart", 1),
        alone("readmit-1", after(done("restart", 1), 0), "readmit", 1, weight_frac=1.0),
        Rule("phone", 1, phone, lambda eyes, call: ("answer_phone", {"call": call}), interrupts=True),
        Rule("hang-up", 0.5, talked_out(30), lambda eyes, call: ("end_call", {"call": call})),
        Rule("answer", 10, question, _answer, interrupts=True),
        Rule("call", 1, at(45 * MINUTE_MS), lambda eyes, _: ("start_call", {"to": ["author"], "text": CALL})),
        alone("roll-back-2", at(85 * MINUTE_MS), "roll_back", 2, held=False),
        alone("restart-1b", at(125 * MINUTE_MS), "restart", 1),
        alone("readmit-1b", at(128 * MINUTE_MS), "readmit", 1, weight_frac=1.0),
        alone("restart-3", at(story("07:49")), "restart", 3),
        alone("readmit-3", at(story("07:52")), "readmit", 3, weight_frac=1.0),
    ]
    for hour in ("08:30", "09:40", "11:00", "13:00"):
        for which in (1, 2, 3):
            begin, back = at(story(hour)), at(story(hour) + 4 * MINUTE_MS)
            rules.append(alone(f"restart-{hour}-{which}", begin, "restart", which, takes=0.5))
            rules.append(alone(f"readmit-{hour}-{which}", back, "readmit", which, takes=0.5, weight_frac=1.0))
    return rules


def _answer(eyes: Eyes, question_id: str) -> Command:
    """Each answer to management costs ten minutes, and says little (checklist, row 82)."""
    return ("answer_question", {"question": question_id, "text": ANSWER})


ANSWER = "I am on it. I cannot say when."
CALL = "It is your update in the logs. What does it do with memory?"
