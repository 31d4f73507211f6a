"""The laws that bind every line, over journals drawn at random."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drills.record import Item, Record
from scenarios.schema.script import Match
from scoring.levels import VALUE, Judgement
from scoring.practices import PRACTICES
from scoring.practices.learning import responders
from scoring.practices.onrecord import SIGNIFICANT
from scoring.practices.registry import judge
from scoring.reading import Night
from scoring.scorecard import score
from scoring.setting_stages import StageAhead
from tests.scoring.desk import DESK, report
from tests.scoring.nights import MANAGED, TRIGGER
from tests.scoring.notation import record, renamed, undone
from tests.scoring.shifts import LAWFUL

STAGE = StageAhead(
    "full",
    "DC3 is full",
    100 * 60_000,
    Match(kind="alert.fired", about="dc2_down"),
    frozenset({"dc3", "larder"}),
    Match(kind="site.ejected", about="dc3"),
)
SETTING = replace(LAWFUL, intake=DESK.intake, stages=(STAGE,))
WORLD = (
    TRIGGER
    + """
    110 world site.ejected dc3
    150 world level.changed larder level=up
    150 world mitigation.reached larder
    180 world recovered.reached larder
    3   director page.rang page-1 to=tech_lead alert=dc1_down
    8   desk_1 ticket.logged INC-1 ticket_kind=incident alert=dc1_down priority=high
    10  world sla.started larder due_ms=12600000
    42  world alert.fired fast_burn monitor=fast_burn severity=page
    150 world sla.stopped larder
"""
    + report(19, "i05", "r-1")
    + report(30, "i10", "r-2")
    + report(45, "complaint", "r-3")
    + report(60, "i28", "r-4")
)
FIELDS = "reporter=ines contact=555-0143 described service=larder"

# Good deeds of every practice that is built. A statement is never said twice: leaving out the first would
# make the second one news to the list, and it would rightly count.
MENU = (
    "commander role.assumed commander announced",
    "commander role.assumed commander announced=false",
    "commander message.sent | response lead commander",
    "commander task.assigned t-{k} to=tech_lead",
    "commander decision.made",
    "commander doc.opened linked=ticket,channel sections=state,roles,timeline",
    "commander doc.opened linked=ticket sections=roles,timeline",
    "tech_lead doc.linked to=channel",
    "tech_lead doc.edited state",
    "communications update.sent major next_update_min=30 | larder state degraded; larder since {k}",
    "communications update.sent major | larder now step-{k}",
    "communications update.sent major next_update_min=30 | larder now step-{k}",
    "commander update.sent friends | larder impact step-{k}",
    "tech_lead look.taken dc1 signal=logs",
    "tech_lead hypothesis.recorded h-{k}",
    "desk_1 ticket.linked INC-1 report=r-1",
    "desk_1 ticket.linked INC-1 report=r-3",
    "desk_1 ticket.corrected INC-1 reporter=monitor contact=tech_lead reported_ms=180000",
    "desk_1 ticket.corrected INC-1 described service=larder",
    "desk_1 ticket.prioritised INC-1 priority=high people=some money=some",
    "desk_1 ticket.prioritised INC-1 priority=high security=no",
    "desk_1 ticket.prioritised INC-2 priority=high people=many money=some security=no",
    "desk_1 ticket.escalated INC-2 to=desk_2",
    "desk_1 ticket.escalated INC-4 to=desk_2",
    "desk_2 ticket.escalated INC-4 to=specialist",
    "commander severity.declared high level=high",
    "commander page.sent developer",
    "developer task.reported t-{k}",
    "commander page.sent boss",
    "commander message.sent | larder sla_left {left} min",
    "commander task.assigned t-{k} to=tech_lead operation=shed",
    "commander decision.made operation=shed",
    "tech_lead proposal.made shed operation=shed",
    "commander doc.edited plan | edge next_step shed",
    "tech_lead message.sent | dc1 tried step-{k}",
    "tech_lead call.noted call-1 | dc1 cause step-{k}",
    "commander call.noted call-2 | dc1 cause step-{k}",
    "commander call.joined call-1",
    "commander staff.sought commander person=hana",
    "commander staff.sought tech_lead person=luca",
    "commander handoff.written commander section=state | larder state degraded",
    "commander handoff.written commander section=tried | dc2 tried readmit",
    "commander handoff.written commander section=tasks | dc2 next_step warm",
    "commander handoff.written commander section=plan | larder forecast step-{k}",
    "commander role.announced commander holder=hana",
    "tech_lead role.announced tech_lead holder=luca",
    "commander role.confirmed commander",
    "tech_lead role.confirmed tech_lead",
    "persona handoff.read_back commander who=hana right={k} of=7",
    "tech_lead page.sent developer",
    "tech_lead hypothesis.ruled_out h-{k}",
    "developer doc.viewed",
    "commander doc.edited timeline links=commander,developer,op-0,op-1,h-{k}",
    "tech_lead doc.edited tried links=op-0,op-1,op-2",
    "commander doc.edited tried | edge tried shed, step {k}",
    "commander doc.edited forecast | ~larder forecast if a then b-{k}",
    "tech_lead message.sent | ~larder forecast if a then b-{k}",
    "commander decision.made operation=deploy_fix",
)
# An id belongs to one ticket, so each is logged once at most.
TICKETS = (
    "{m} desk_1 ticket.logged INC-2 ticket_kind=incident report=r-2 reported_ms=1800000 " + FIELDS,
    "{m} desk_1 ticket.logged INC-4 ticket_kind=incident report=r-4 reported_ms=3600000 priority=low "
    + FIELDS,
)
# What the lines about people are called for by; each at most once.
OCCASIONS = (
    "tech_lead call.started call-1 to=author medium=phone",
    "commander call.started call-2 to=tech_lead,hana,luca medium=video",
    "commander role.handed_off commander to=hana announced",
    "tech_lead role.handed_off tech_lead to=luca announced=false",
)
# Acts that call for a line, or are what it is against, are none of its practice: a call that was never made
# needs no note, and a change that nobody ordered is no good deed.
NOT_OF_THE_PRACTICE = {
    "CMD-3": ("operation.started", "look.taken"),
    "CMD-6": ("operation.started",),
    "COM-6": ("call.started",),
    "COM-7": ("call.started",),
    "HND-2": ("role.handed_off", "role.assumed"),
    "HND-3": ("role.handed_off", "role.assumed"),
    "HND-4": ("role.handed_off", "role.assumed"),
}
ENDING = (
    "{m} commander ticket.resolved INC-1 code=restored",
    "{m} commander ticket.returned INC-1",
    "{m} desk_1 look.taken larder signal=user_side",
    "{m} desk_1 service.confirmed INC-1 state=up",
    "{m} desk_1 end_user.asked INC-1",
    "{m} desk_1 end_user.asked INC-1",
    "{m} persona user.answered INC-1 satisfied=true",
    "{m} desk_1 ticket.closed INC-1",
    "{m} commander retro.held present=commander,tech_lead,communications,desk_1",
    "{m} tech_lead factor.added factor-1 factor_kind=tooling link=rb-2",
    "{m} commander factor.added factor-2 factor_kind=process link=op-1",
    "{m} tech_lead follow_up.created fu-1 owner=tech_lead due=3_days work_kind=tooling factor=factor-1",
    "{m} commander follow_up.created fu-2 owner=desk_1 due=3_days work_kind=process factor=factor-2",
)


@st.composite
def journals(draw: st.DrawFn) -> str:
    """A world that goes its way, with some good deeds of a team in it."""
    lines = []
    for k in range(draw(st.integers(2, 16))):
        minute = draw(st.integers(13, 200))
        lines.append(f"{minute} {draw(st.sampled_from(MENU)).format(k=k, left=210 - minute)}")
    for k in range(draw(st.integers(0, 3))):
        minute = draw(st.integers(13, 140))
        result = draw(st.sampled_from(("done", "failed")))
        lines.append(f"{minute} tech_lead operation.started edge operation=shed job_id=op-{k} p.frac=1.0")
        lines.append(
            f"{minute + 2} world operation.finished op-{k} job_id=op-{k} operation=shed result={result}"
        )
    lines += [step.format(m=draw(st.integers(61, 90))) for step in TICKETS if draw(st.booleans())]
    if draw(st.booleans()):
        lines.append("199 persona grant.given boss from=boss")
    lines += [f"{draw(st.integers(13, 200))} {act}" for act in OCCASIONS if draw(st.booleans())]
    for k, operation in enumerate(("test_fix", "deploy_fix")):
        if draw(st.booleans()):
            minute = draw(st.integers(100, 180))
            job = f"job_id=fix-{k} operation={operation}"
            lines.append(f"{minute} developer operation.started web {job}")
            lines.append(f"{minute + 5} world operation.finished fix-{k} {job} result=done")
    lines += [step.format(m=draw(st.integers(185, 260))) for step in ENDING if draw(st.booleans())]
    return WORLD + "\n".join(lines)


def _value(found: Judgement) -> float:
    return VALUE.get(found.level, 0.0)


def _calls_for(line: str, act: Item, night: Record, less: Record) -> bool:
    """Say whether an act calls for a line instead of answering it; leaving it out leaves the call out.

    A step calls for its note, a try that fails for its own, a deployment for its test, a factor for a
    follow-up, who responded for a chair in the retrospective, and the first taking of a role for its relief.
    """
    operation = act.data.get("operation") if act.kind == "operation.started" else None
    if line == "DOC-2":
        return act.kind in SIGNIFICANT or operation is not None
    if line == "DOC-3":
        return operation is not None
    if line == "CLO-1":
        return operation == "deploy_fix"
    if line == "LRN-4":
        return act.kind == "factor.added"
    if line == "HND-1":
        return _is_first_of_role(act, night)
    return line == "LRN-1" and responders(Night(night, SETTING)) != responders(Night(less, SETTING))


def _is_first_of_role(act: Item, night: Record) -> bool:
    """Say whether by this act a role gets its first holder, who is the one to be relieved."""
    takes = ("role.assumed", "role.handed_off")
    return act.kind in takes and not any(
        item.kind in takes and item.about == act.about and item.n < act.n for item in night.items
    )


def _clocks(given_record: Record) -> tuple[int | None, ...]:
    """Give the moments from which lines count their limits."""
    night = Night(given_record, SETTING)
    marks = night.moments
    found = (marks.major, marks.command, marks.resolved)
    at_work = [
        next((act.t_ms for act in night.acts if act.seat in group.seats), None)
        for group in SETTING.people.groups
    ]
    return (*(mark.t_ms if mark else None for mark in found), *at_work)


@given(journals(), st.sampled_from([None, 4.0, 20.0]), st.integers(230, 420), st.data())
def test_doing_less_never_helps(text: str, speed: float | None, end: int, data: st.DataObject) -> None:
    """Law 2: removing any one act of the team raises no line; nor does it turn a line that was met untested.

    Left aside: an act that starts a clock (command, resolution, a third person at work, a group's first act),
    for the lines that only read that clock. For its own line it counts: taking command away never raises
    CMD-1. Left aside too: acts that are not of a line's practice, and a further ticket for CLO-3 and
    CLO-4: logging it, which LOG-1 asks for, makes one more that has to be closed. And what itself calls
    for a line.
    """
    night = record(text, end=end, people=["tech_lead", "communications"], speed=speed)
    act = data.draw(st.sampled_from([item for item in night.items if item.origin == "journal"]))
    less = undone(night, act.n)
    same_clocks = _clocks(night) == _clocks(less)
    before, after = judge(Night(night, SETTING)), judge(Night(less, SETTING))
    for line in PRACTICES:
        another = line in ("CLO-3", "CLO-4") and act.kind == "ticket.logged" and act.about != "INC-1"
        if another or act.kind in NOT_OF_THE_PRACTICE.get(line, ()):
            continue
        reads_clock = line != "CMD-1" or _clocks(night)[0] != _clocks(less)[0]
        if (same_clocks or not reads_clock) and not _calls_for(line, act, night, less):
            assert _value(after[line]) <= _value(before[line]), (line, act, before[line], after[line])


@given(journals(), st.integers(20, 420))
def test_every_level_opens_its_entries(text: str, end: int) -> None:
    """Law 7: evidence and window for what was judged, a reason for what was not; all within the record."""
    night = record(text, end=end)
    for line, found in judge(Night(night, SETTING)).items():
        assert all(0 <= n < len(night.items) for n in found.evidence), line
        if found.level == "not_tested":
            assert found.reason, line
        else:
            assert found.evidence, line
            assert found.window is not None, line
            assert found.window.from_ms <= found.window.to_ms, line
            assert found.opportunities >= 1, line
            assert not found.reason, line


@given(journals(), st.sampled_from([0.5, 3.0, 60.0, 600.0]))
def test_the_pace_of_a_drill_of_bots_changes_no_line(text: str, speed: float) -> None:
    """Law 8: simulated time decides."""
    slow, fast = record(text, speed=1.0), record(text, speed=speed)
    assert judge(Night(slow, SETTING)) == judge(Night(fast, SETTING))


@given(journals(), st.permutations(["anna", "bo", "cy", "dee", "eli"]))
def test_who_the_people_are_changes_no_line(text: str, names: list[str]) -> None:
    """Law 5: other people in the same seats, the same scorecard."""
    night = record(text)
    people = dict(zip((f"person-{seat.id}" for seat in night.seats), names, strict=False))
    assert judge(Night(night, SETTING)) == judge(Night(renamed(night, people), SETTING))


def test_a_line_that_is_not_built_or_switched_off_is_shown() -> None:
    """All 57 lines stand in the scorecard."""
    found = score(record(MANAGED), replace(SETTING, off=("COM-2",)))
    assert len(found.lines) == 57
    assert found.line("COM-2").judgement.reason == "out of scope"
    assert found.line("LRN-6").judgement.reason == "no instrument"
    assert {scored.line.id for scored in found.lines if scored.judgement.reason != "no instrument"} == set(
        PRACTICES
    )
