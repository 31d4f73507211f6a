"""What the team reads: the team as subject, no blame, no marks for persons, always a next move."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scoring.levels import Judgement
from scoring.practices import judge
from scoring.reading import Night
from tests.scoring.desk import DESK, logged, report
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record
from tests.scoring.shifts import LED, SHIFT, handover

SETTING = replace(SHIFT, intake=DESK.intake)
COMMAND = "20 commander role.assumed commander {aloud}\n22 commander decision.made\n"
CLOCK = (
    TRIGGER
    + """
    3  director page.rang page-1 to=tech_lead alert=dc1_down
    10 world    sla.started larder due_ms=12600000
"""
)
FULL = logged(
    5,
    alert="dc1_down",
    reporter="monitor",
    contact="tech_lead",
    reported_ms=180_000,
    described="true",
    service="larder",
) + ("6 desk_1 ticket.prioritised INC-1 priority=high people=some money=some security=no\n")
RANK = "{} desk_1 ticket.prioritised INC-1 priority=high people=some money=some security=no\n"
SAID = (
    "90 commander message.sent | larder sla_left 120 min\n"
    "160 commander message.sent | larder sla_left 50 min\n"
)
NIGHTS = {
    "managed": (MANAGED, 400),
    "unmanaged": (UNMANAGED, 600),
    "trigger alone": (TRIGGER, 400),
    "silent command": (TRIGGER + COMMAND.format(aloud="announced=false"), 400),
    "command in name": (TRIGGER + "20 commander role.assumed commander announced\n", 400),
    "late command": (
        TRIGGER + "40 commander role.assumed commander announced\n41 commander decision.made\n",
        400,
    ),
    "friends told": (
        TRIGGER + "30 communications update.sent friends | larder state degraded; larder since 3\n",
        400,
    ),
    "told late": (
        TRIGGER + "50 communications update.sent major | larder state degraded; larder since 3; r lead c\n",
        400,
    ),
    "told little": (TRIGGER + "30 communications update.sent major | larder state degraded\n", 400),
    "document late": (
        TRIGGER + "50 commander doc.opened linked=ticket,channel sections=roles,timeline\n",
        400,
    ),
    "document hidden": (TRIGGER + "20 commander doc.opened linked=ticket sections=roles,timeline\n", 400),
    "document empty": (
        TRIGGER + "20 commander doc.opened linked=ticket,channel sections=roles,timeline\n",
        400,
    ),
    "shed late": (
        TRIGGER
        + "32 world site.ejected dc3\n"
        + "50 tech_lead operation.started edge operation=shed job_id=o p.frac=1.0\n"
        + "52 world operation.finished o job_id=o operation=shed result=done\n",
        400,
    ),
    "closed by command": (MANAGED.replace("desk_1         ticket.closed", "commander ticket.closed"), 400),
    "closed early": (MANAGED.replace("195  desk_1         ticket.closed", "90 desk_1 ticket.closed"), 400),
    "left open": (MANAGED.replace("195  desk_1         ticket.closed INC-1", ""), 400),
    "nothing passed back": (MANAGED.replace("184  commander      ticket.returned INC-1", ""), 400),
    "no ticket": (re.sub(r".*ticket\..*\n", "", MANAGED), 400),
    "full ticket": (CLOCK + FULL + "30 commander page.sent developer\n", 400),
    "ticket corrected late": (
        CLOCK
        + FULL.replace("service=larder", "service=login")
        + "40 desk_1 ticket.corrected INC-1 service=dc1\n",
        400,
    ),
    "ticket late and ranked late": (CLOCK + logged(40, alert="dc1_down") + RANK.format(65), 400),
    "ranked medium": (CLOCK + FULL + "9 desk_1 ticket.prioritised INC-1 priority=medium\n", 400),
    "reports left apart": (CLOCK + FULL + report(30, "i05"), 400),
    "help late": (CLOCK + FULL + RANK.format(60) + "60 commander page.sent developer\n", 400),
    "passed up at once": (
        report(20, "i01")
        + "21 desk_1 ticket.logged INC-1 report=r-1\n"
        + "22 desk_1 ticket.escalated INC-1 to=desk_2\n",
        400,
    ),
    "clock watched": (CLOCK + SAID + "201 world sla.stopped larder\n", 400),
    "clock said once": (CLOCK + SAID.splitlines()[0] + "\n", 400),
    "clock said late": (CLOCK + SAID.splitlines()[1] + "\n", 400),
    "alarm left": (CLOCK + SAID + "190 world alert.fired fast_burn monitor=fast_burn\n", 400),
    "asked in time": (CLOCK + "150 commander page.sent boss\n155 persona grant.given boss from=boss\n", 400),
    "asked in vain": (CLOCK + "150 commander page.sent boss\n", 400),
    "asked late": (CLOCK + "200 commander page.sent boss\n205 persona grant.given boss from=boss\n", 400),
    "handover": (handover(), 400),
    "handover late": (handover(sought=250, call=310, ended=318, aloud="false"), 400),
    "handover by phone": (handover(medium="phone", right=5), 400),
    "handover short": (handover(ended=302, right=1), 400),
    "handover unnoted": (handover(leave_out=("written", "read")), 400),
    "handover unconfirmed": (handover().replace("handoff.accepted", "inject.fired"), 400),
    "handover without a table": (handover().replace("doc.opened", "doc.viewed"), 400),
    "handover and on": (
        handover() + "350 communications/person-commander update.sent major | larder now warming\n",
        400,
    ),
    "no handover": (LED, 400),
    "two in command": (
        LED
        + "30 specialist role.assumed commander announced\n"
        + "".join(f"{m} specialist decision.made\n" for m in range(31, 400, 50))
        + "40 commander decision.made\n",
        400,
    ),
    "command for two thirds": (LED + "".join(f"{m} commander decision.made\n" for m in (70, 125, 180)), 400),
    "command at the keyboard": (
        LED
        + "".join(
            f"{m} commander operation.started dc1 operation=hold job_id=c-{m} p.site=dc1\n" for m in (40, 50)
        ),
        400,
    ),
    "command looks": (LED + "".join(f"{m} commander look.taken dc1\n" for m in (40, 50, 60)), 400),
    "one change of its own": (
        LED + "40 tech_lead operation.started dc1 operation=hold job_id=c-1 p.site=dc1\n",
        400,
    ),
    "a change that harmed": (
        LED
        + "40 tech_lead operation.started dc1 operation=hold job_id=c-1 p.site=dc1\n"
        + "45 world operation.judged c-1 job_id=c-1 effect=harmed\n",
        400,
    ),
    "one hand in two roles": (
        LED
        + "26 commander role.assumed communications announced\n"
        + "".join(
            f"{m} commander update.sent major | larder now step-{m}; dc1 next_step step-{m}\n"
            for m in range(27, 400, 50)
        ),
        400,
    ),
    "nobody tells": (
        LED
        + "".join(f"{m} commander decision.made\n{m} tech_lead look.taken dc1\n" for m in range(60, 400, 50)),
        400,
    ),
    "a change ordered": (
        LED
        + "39 commander task.assigned t-2 to=tech_lead operation=hold p.site=dc1\n"
        + "40 tech_lead operation.started dc1 operation=hold job_id=c-1 p.site=dc1\n",
        400,
    ),
    "two calls": (
        LED
        + "40 tech_lead call.started call-1 to=author medium=phone\n"
        + "42 tech_lead call.noted call-1 | x cause y\n"
        + "60 tech_lead call.started call-2 to=author medium=phone\n",
        400,
    ),
    "calls noted": (
        LED
        + "40 tech_lead call.started call-1 to=author medium=phone\n"
        + "42 tech_lead call.noted call-1 | x cause y\n",
        400,
    ),
    "found and told": (
        LED
        + "30 developer look.taken dc1\n"
        + "40 world operation.judged op-1 effect=harmed\n41 tech_lead message.sent | dc1 tried readmit\n",
        400,
    ),
    "found and told to one": (
        LED
        + "30 developer look.taken dc1\n"
        + "40 world operation.judged op-1 effect=harmed\n"
        + "41 tech_lead call.started call-1 to=commander medium=phone\n",
        400,
    ),
    "found and kept": (LED + "40 world operation.judged op-1 effect=harmed\n", 400),
}
FORBIDDEN = re.compile(
    r"should have|failed to|careless|human error|mistake|blame|fault of|forgot|neglect|incompetent"
    r"|\d\s?% of (a|the) person",
    re.IGNORECASE,
)
NAMES = re.compile(r"Name Of|person-")


def _judged(night: str) -> dict[str, Judgement]:
    text, end = NIGHTS[night]
    found = judge(Night(record(text, end=end), SETTING))
    return {line: one for line, one in found.items() if one.level != "not_tested"}


@pytest.mark.parametrize("night", NIGHTS)
def test_coaching_has_the_team_as_its_subject(night: str) -> None:
    """What, not who; times and events rather than adjectives; no names."""
    for line, found in _judged(night).items():
        assert "The team" in found.coaching, line
        assert not FORBIDDEN.search(found.coaching + found.finding), line
        assert not NAMES.search(found.coaching + found.finding), line
        assert re.search(r"\d\d:\d\d", found.coaching), f"{line} says no time"


@pytest.mark.parametrize("night", NIGHTS)
def test_a_line_below_met_carries_the_next_move(night: str) -> None:
    """And names its line; a met one asks for nothing."""
    for line, found in _judged(night).items():
        assert ("Next time: " in found.coaching) == (found.level != "met"), (line, found.coaching)
        if found.level != "met":
            assert found.coaching.endswith(f"({line}).")


@pytest.mark.parametrize("night", NIGHTS)
def test_sentences_are_whole(night: str) -> None:
    """No doubled stops or spaces, none left open."""
    for found in _judged(night).values():
        assert not re.search(r"\.\.|  |None|\{|\}", found.coaching)
        assert found.coaching.endswith(".")


def test_every_line_is_spoken_of_at_every_level_somewhere_here() -> None:
    """So that no sentence stands untested."""
    seen = {(line, found.level) for night in NIGHTS for line, found in _judged(night).items()}
    for line in (
        "CMD-1",
        "CMD-2",
        "CMD-3",
        "CMD-6",
        "ROL-1",
        "COM-1",
        "COM-6",
        "COM-7",
        "DOC-1",
        "DIA-4",
        "HND-1",
        "HND-2",
        "HND-3",
        "HND-4",
        "CLO-4",
        "LOG-1",
        "LOG-2",
        "PRI-2",
        "PRI-3",
        "ESC-1",
        "ESC-4",
        "ESC-5",
    ):
        assert {(line, "met"), (line, "partly"), (line, "missed")} <= seen, line
    assert {("COM-2", "met"), ("COM-2", "missed")} <= seen
