"""A small night with groups, a finding, an end of the shift and a handoff, for the lines about people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scenarios.schema.script import Match
from scoring.setting_people import Duty, GroupName, People, SharedFinding, SkillNeed
from tests.scoring.nights import TRIGGER
from tests.scoring.notation import MIN_MS, SETTING

SOFT_MIN, HARD_MIN = 300, 360
PEOPLE = People(
    duty=Duty(SOFT_MIN * MIN_MS, HARD_MIN * MIN_MS, 240 * MIN_MS),
    groups=(
        GroupName("operations", "Operations", ("tech_lead", "specialist")),
        GroupName("developers", "Developers", ("developer",), ("author",)),
        GroupName("command", "Command", ("commander", "communications")),
    ),
    findings=(
        SharedFinding(
            "cold",
            "a cold site falls again",
            "operations",
            ("command", "developers"),
            Match(kind="operation.judged", data={"effect": "harmed"}),
            ("tried",),
        ),
        SharedFinding(
            "leak",
            "the update leaks",
            "developers",
            ("operations",),
            Match(kind="call.started", data={"to": "author"}),
            ("cause",),
        ),
    ),
    needs=(SkillNeed("site_return", Match(kind="alert.fired", about="dc3_full"), ("developer", "luca")),),
    questions=7,
    right=6,
    reports=("i05",),
    side_operations=("rebuild_shard",),
    runbooks={"rb-4": ("", "shed")},
)
SHIFT = replace(SETTING, people=PEOPLE)
"""The shift ends at 300, nobody works beyond 360; a read-back has seven questions, six are enough."""

LAWFUL = replace(
    SHIFT,
    people=replace(
        PEOPLE,
        duty=Duty(200 * MIN_MS, 220 * MIN_MS),
        findings=(
            replace(PEOPLE.findings[0], after=Match(kind="operation.finished", data={"result": "failed"})),
            replace(PEOPLE.findings[0], id="lost", after=Match(kind="site.ejected", about="dc3")),
            *PEOPLE.findings[1:],
        ),
    ),
)
"""The same with an earlier end of the shift, and findings that come from the world."""

LED = (
    TRIGGER
    + """
    17   commander      role.assumed commander announced
    18   commander      task.assigned t-1 to=tech_lead
    19   tech_lead      look.taken dc1
    20   commander      doc.opened linked=ticket,channel sections=roles,timeline
    25   communications update.sent major | larder state degraded
"""
)

SOUGHT = """
    {sought} commander staff.sought commander person=hana
    {sought} commander staff.sought tech_lead person=luca
"""
WRITTEN = """
    280 commander handoff.written commander section=state | larder state degraded
    281 commander handoff.written commander section=tried | dc2 tried readmit
    282 commander handoff.written commander section=tasks | dc2 next_step warm
    283 commander handoff.written commander section=plan | larder forecast dc3 full at .62
"""
CALL = """
    {call} commander call.started call-9 to=tech_lead,hana,luca medium={medium}
    {ended} commander call.ended call-9
"""
READ = "{read} persona handoff.read_back commander who=hana right={right} of=7\n"
HANDED = """
    {at} commander role.handed_off commander to=hana announced={aloud}
    {at} tech_lead role.handed_off tech_lead to=luca announced={aloud}
    {at} persona handoff.accepted commander who=hana
    {at} persona handoff.accepted tech_lead who=luca
"""


def handover(*, leave_out: tuple[str, ...] = (), **how: Any) -> str:
    """Give the night with its change of hands at 307, by default a good one.

    Args:
        leave_out: parts that never came: sought, written, call, read, handed.
        how: minutes and facts that differ: sought, call, ended, medium, read, right, at, aloud.
    """
    facts = {
        "sought": 230,
        "call": 300,
        "ended": 308,
        "medium": "video",
        "read": 304,
        "right": 6,
        "at": 307,
        "aloud": "true",
        **how,
    }
    parts = {"sought": SOUGHT, "written": WRITTEN, "call": CALL, "read": READ, "handed": HANDED}
    return LED + "".join(part.format(**facts) for name, part in parts.items() if name not in leave_out)
