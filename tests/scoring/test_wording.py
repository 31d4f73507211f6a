"""What the team reads: the team as subject, no blame, no marks for persons, always a next move."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scenarios.schema.script import Match
from scoring.levels import Judgement
from scoring.practices import PRACTICES, judge
from scoring.reading import Night
from scoring.setting_stages import StageAhead
from tests.scoring.desk import DESK, logged, report
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import record
from tests.scoring.shifts import LED, SHIFT, handover

DOCUMENT = TRIGGER + "13 commander doc.opened linked=ticket,channel sections=state\n"
STAGE = StageAhead(
    "full",
    "DC3 is full",
    100 * 60_000,
    Match(kind="alert.fired", about="dc2_down"),
    frozenset({"dc3", "larder"}),
    Match(kind="site.ejected", about="dc3"),
)
SETTING = replace(SHIFT, intake=DESK.intake, stages=(STAGE,))
FORECAST = "30 {who} doc.edited forecast | ~dc3 forecast if a then {k}\n"
TRY = """
    40 tech_lead operation.started dc2 operation=readmit job_id=op-{k} target=dc2 p.site=dc2
    42 world     operation.finished op-{k} job_id=op-{k} operation=readmit result=failed target=dc2
"""
DEPLOYED = """
    95  developer operation.started web operation=deploy_fix job_id=op-9
    125 world     operation.finished op-9 job_id=op-9 operation=deploy_fix result=done
"""
TESTED = """
    50  developer operation.started web operation=test_fix job_id=op-8
    90  world     operation.finished op-8 job_id=op-8 operation=test_fix result=done
"""
LOOKED = "130 tech_lead look.taken larder signal=user_side\n"
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
    "steps half written": (MANAGED.replace("links=op-3", "links=op-9").replace("links=developer", ""), 400),
    "steps not written": (re.sub(r".*doc\.edited.*\n", "", MANAGED), 400),
    "forecast alone": (DOCUMENT + FORECAST.format(who="commander", k="b"), 400),
    "impact alone": (DOCUMENT + "30 commander doc.edited impact | dc3 impact all shops\n", 400),
    "forecasts everywhere": (
        DOCUMENT
        + FORECAST.format(who="commander", k="b")
        + FORECAST.format(who="tech_lead", k="b")
        + "".join(f"31 commander doc.edited forecast | ~p{k} forecast if a then b\n" for k in range(4)),
        400,
    ),
    "one failure of two written": (
        DOCUMENT
        + TRY.format(k=1)
        + TRY.format(k=2).replace("40 ", "70 ").replace("42 ", "72 ").replace("dc2", "dc1")
        + "45 commander doc.edited tried links=op-1\n",
        400,
    ),
    "tried again unread": (
        DOCUMENT
        + TRY.format(k=1)
        + TRY.format(k=2).replace("40 ", "70 ").replace("42 ", "72 ")
        + "45 commander doc.edited tried links=op-1\n75 commander doc.edited tried links=op-2\n",
        400,
    ),
    "fix tested": (TRIGGER + TESTED + DEPLOYED + LOOKED, 400),
    "fix untested by choice": (
        TRIGGER + DEPLOYED + LOOKED + "94 commander decision.made operation=deploy_fix\n",
        400,
    ),
    "fix untested": (TRIGGER + DEPLOYED, 400),
    "fix not looked at": (TRIGGER + TESTED + DEPLOYED, 400),
    "no look of the desk": (MANAGED.replace("signal=user_side", "signal=logs"), 400),
    "resolved before confirmed": (MANAGED.replace("181  desk_1", "183 desk_1"), 400),
    "confirmed too early": (MANAGED.replace("181  desk_1", "90 desk_1"), 400),
    "not confirmed": (MANAGED.replace("state=up", "state=degraded"), 400),
    "asked twice unanswered": (
        MANAGED.replace("190  persona        user.answered", "190 desk_1 end_user.asked"),
        400,
    ),
    "asked too early": (MANAGED.replace("186  desk_1", "90 desk_1"), 400),
    "closed on a no": (MANAGED.replace("satisfied=true", "satisfied=false"), 400),
    "few look back": (
        MANAGED.replace("present=commander,tech_lead,communications", "present=commander"),
        400,
    ),
    "looked back late": (MANAGED.replace("260  commander", "2000 commander"), 3000),
    "not looked back": (MANAGED.replace("retro.held", "context.added"), 3000),
    "a person on the table": (MANAGED.replace("link=rb-2", "link=tech_lead"), 400),
    "rewritten": (
        MANAGED.replace("link=rb-2", "link=tech_lead")
        + "264 desk_1 factor.rewritten factor-1 factor_kind=tooling link=rb-2\n",
        400,
    ),
    "a bare label": (MANAGED.replace(" link=rb-2", ""), 400),
    "follow-ups without dates": (re.sub(r" due=\S+", "", MANAGED), 400),
    "no follow-ups": (re.sub(r".*follow_up.*\n", "", MANAGED), 400),
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
    for line in set(PRACTICES) - {"COM-2"}:
        assert {(line, "met"), (line, "partly"), (line, "missed")} <= seen, line
    assert {("COM-2", "met"), ("COM-2", "missed")} <= seen
