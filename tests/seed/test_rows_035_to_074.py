"""Rows 35 to 74 of the checklist: seats, tiers, closing and best practices, looked for in the product."""

from __future__ import annotations

from collections import Counter

import pytest

from drills.errors import Refused
from drills.record import Item
from drills.rights import ANYBODYS, demand, permissions
from tests.drills.director.table import Table, scenario
from tests.seed.nights import card, flagship, items, met, night

MIN_MS = 60_000
FIX = ["build_fix", "test_fix", "deploy_fix"]
SEATS = ("end_user", "commander", "tech_lead", "communications", "desk_1", "desk_2", "specialist")


def _titles() -> dict[str, str]:
    return {seat: flagship().role_table[seat].title for seat in SEATS}


def _operations(team: str) -> list[str]:
    return [each.data["operation"] for each in items(team, "operation.started")]


def _took(team: str) -> dict[str, int]:
    """Give the time that each part of the fix took."""
    began = {each.data["job_id"]: each.t_ms for each in items(team, "operation.started")}
    return {
        each.data["operation"]: each.t_ms - began[each.data["job_id"]]
        for each in items(team, "operation.finished")
        if each.data["operation"] in FIX
    }


def _first(found: list[Item]) -> Item:
    assert found
    return found[0]


def _may(seat: str) -> set[str]:
    return set(permissions(flagship(), seat, solo=False))


def test_rows_035_to_041_every_role_is_a_seat_with_its_own_card_and_rights() -> None:
    """Seven roles of the article are seats, each with duties and rights of its own; their views differ."""
    assert _titles() == {
        "end_user": "Reporter",
        "commander": "Commander",
        "tech_lead": "Tech lead",
        "communications": "Communications",
        "desk_1": "Service desk",
        "desk_2": "Tier 2",
        "specialist": "Specialist",
    }
    roles = [flagship().role_table[seat] for seat in SEATS]
    assert all(role.seat and role.duties.own and role.duties.may_not for role in roles)
    assert len({role.duties.own for role in roles}) == len({frozenset(_may(seat)) for seat in SEATS}) == 7
    assert len({role.sees for role in roles}) >= 4


def test_row_035_the_reporter_reports_and_sees_no_dashboard() -> None:
    """The reporter says what is wrong and whether it works again, and no more."""
    assert {"file_report", "confirm_restored"} <= _may("end_user")
    assert not {"close_ticket", "start_operation", "declare_severity"} & _may("end_user")
    assert "dashboards" not in flagship().role_table["end_user"].sees


def test_row_036_the_commander_commands_and_does_not_operate() -> None:
    """Command declares, assigns and decides; in the strong night it gave every task."""
    assert {"open_incident", "declare_severity", "assign_task", "record_decision"} <= _may("commander")
    assert "start_operation" not in _may("commander")
    given = items("strong", "task.assigned")
    assert len(given) >= 10
    assert {each.seat for each in given} == {"commander"}


def test_row_037_the_tech_lead_restores_service() -> None:
    """The senior responder operates; in a good night command and communications touch nothing."""
    assert {"start_operation", "cancel_operation", "record_hypothesis"} <= _may("tech_lead")
    seats = Counter(each.seat for each in items("strong", "operation.started"))
    assert seats["tech_lead"] >= 5
    assert seats["commander"] == seats["communications"] == 0


def test_row_038_communications_speaks_inside_and_outside() -> None:
    """One seat wrote to lists of both kinds, and cannot operate."""
    assert "send_update" in _may("communications")
    assert "start_operation" not in _may("communications")
    outside = {each.id: each.external for each in flagship().lists}
    sent = [each for each in items("managed", "update.sent") if each.seat == "communications"]
    assert {outside[each.about] for each in sent if each.about in outside} == {True, False}


def test_row_039_tier_1_takes_reports_and_touches_no_site() -> None:
    """The service desk logs the reports of people, and asks and closes."""
    assert {"log_ticket", "categorise_ticket", "ask_reporter", "close_ticket"} <= _may("desk_1")
    assert "start_operation" not in _may("desk_1")
    logged = items("strong", "ticket.logged")
    assert len(logged) == 6
    assert _first(logged).seat == "desk_1"
    assert "desk_1" not in {each.seat for each in items("strong", "operation.started")}


def test_row_040_tier_2_takes_what_the_desk_passes_on() -> None:
    """A ticket that tier 1 passed on was taken by tier 2."""
    passed = _first([each for each in items("managed", "ticket.escalated") if each.data["to"] == "desk_2"])
    taken = _first(items("managed", "ticket.accepted", passed.about))
    assert (passed.seat, taken.seat) == ("desk_1", "desk_2")
    assert passed.t_ms <= taken.t_ms


def test_row_041_tier_3_takes_a_ticket_and_works() -> None:
    """The specialist took the ticket that was passed up, and ran operations."""
    passed = _first(
        [each for each in items("managed", "ticket.escalated") if each.data["to"] == "specialist"]
    )
    taken = [each for each in items("managed", "ticket.accepted", passed.about) if each.seat == "specialist"]
    assert _first(taken).t_ms >= passed.t_ms
    assert any(each.seat == "specialist" for each in items("managed", "operation.started"))


def test_row_042_an_organisation_makes_its_own_roles() -> None:
    """A scenario renames a role, puts two into one, adds one, and its rights hold at once."""
    plan = scenario(
        roles="""\
  - {id: commander, title: Duty manager}
  - {id: desk_1, permissions: [log_ticket, close_ticket, start_operation]}
  - {id: desk_2, seat: false, permissions: []}
  - id: scribe
    title: Scribe
    duties: {own: The document., may: Write., may_not: Operate., asked: What is known?, good: Short lines.}
    permissions: [open_document, edit_document]
    sees: [document]
"""
    )
    assert plan.role_table["commander"].title == "Duty manager"
    own = {"close_ticket", "log_ticket", "start_operation"}
    assert set(permissions(plan, "desk_1", solo=False)) == own | ANYBODYS
    assert not plan.role_table["desk_2"].seat
    demand(plan, "scribe", "edit_document", "running", solo=False)
    with pytest.raises(Refused, match="you hold scribe"):
        demand(plan, "scribe", "start_operation", "running", solo=False)
    with pytest.raises(Refused, match="only Service desk can"):
        demand(plan, "desk_2", "close_ticket", "running", solo=False)


def test_row_045_tier_1_solves_and_skips_to_closure() -> None:
    """A ticket with an article was solved and closed by tier 1 and never passed on."""
    ticket = _first([e for e in items("strong", "ticket.logged") if e.data["reporter"] == "depot"]).about
    solved = _first(items("strong", "ticket.resolved", ticket))
    assert (solved.seat, solved.data["code"]) == ("desk_1", "solved")
    assert _first(items("strong", "ticket.closed", ticket)).seat == "desk_1"
    assert items("strong", "ticket.escalated", ticket) == []


def test_row_046_what_one_tier_cannot_solve_goes_to_the_next() -> None:
    """A managed team passes on in time; one that never does misses the line."""
    assert [each.data["to"] for each in items("managed", "ticket.escalated")] == [
        "desk_2",
        "boss",
        "specialist",
    ]
    assert met("managed", "ESC-1")
    assert card("unmanaged").line("ESC-1").judgement.level == "missed"


def test_row_050_a_specialised_team_is_called_in_time() -> None:
    """The developer is paged before the promise is broken; nobody called is a miss."""
    assert "developer" in {each.data["to"] for each in items("managed", "page.sent")}
    page = _first(items("managed", "page.sent", "developer"))
    assert page.t_ms < _first(items("managed", "sla.started")).data["due_ms"]
    assert met("managed", "ESC-5")
    assert card("unmanaged").line("ESC-5").judgement.level == "missed"


def test_row_051_authority_is_asked_and_sends_people() -> None:
    """The ticket went to the head of technology, who granted people minutes later."""
    asked = _first([each for each in items("managed", "ticket.escalated") if each.data["to"] == "boss"])
    grant = _first(items("managed", "grant.given", "boss"))
    assert (grant.data["gives"], grant.data["ticket"]) == ("people", asked.about)
    assert "marie" in grant.data["sends"]
    assert 0 < grant.t_ms - asked.t_ms <= 15 * MIN_MS
    assert items("half_managed", "grant.given") == []


def test_row_055_the_desk_confirms_that_service_is_back() -> None:
    """The desk said so while users were served in truth; a team whose desk never says so misses the line."""
    said = _first(items("strong", "service.confirmed"))
    assert (said.seat, said.data["state"]) == ("desk_1", "up")
    assert said.t_ms > _first(items("strong", "mitigation.reached")).t_ms
    columns = night("strong").metrics
    now = max(n for n, t_ms in enumerate(columns["t_ms"]) if t_ms <= said.t_ms)
    assert columns["fresh"][now] > 0
    assert columns["failed"][now] / columns["fresh"][now] < 0.01
    assert met("strong", "CLO-2")
    assert card("clumsy").line("CLO-2").judgement.level == "missed"


def test_row_056_recovered_is_a_mark_of_its_own() -> None:
    """Users are served first; everything back as before comes later, or never."""
    texts = [each.text for each in card("strong").story.moments]
    assert texts.index("Users served again") < texts.index("Everything back as before")
    served = _first(items("strong", "mitigation.reached"))
    assert _first(items("strong", "recovered.reached")).t_ms > served.t_ms
    clumsy = [each.text for each in card("clumsy").story.moments]
    assert "Users served again" in clumsy
    assert "Everything back as before" not in clumsy


def test_row_057_a_fix_is_built_tested_and_deployed() -> None:
    """A good night does the three in order, each with its time; skipping the test goes wrong."""
    assert [each for each in _operations("strong") if each.endswith("_fix")] == FIX
    assert all(took >= 10 * MIN_MS for took in _took("strong").values())
    assert met("strong", "CLO-1")
    assert [each for each in _operations("clumsy") if each.endswith("_fix")] == ["build_fix", "deploy_fix"]
    assert _took("clumsy")["deploy_fix"] > 2 * _took("strong")["deploy_fix"]
    ended = [e for e in items("clumsy", "operation.finished") if e.data["operation"] == "deploy_fix"]
    assert "failed at full roll-out" in _first(ended).data["note"]
    assert card("clumsy").line("CLO-1").judgement.level == "missed"


def test_row_058_only_the_desk_closes() -> None:
    """Anybody else is refused, told who can, and the ticket stays open until the desk closes it."""
    table = Table(scenario(injects="  []\n"))
    table.until("09:02")
    table.act("desk_1", "log_ticket", title="No pages", reporter="monitor")
    for seat in ("commander", "tech_lead", "communications", "developer"):
        with pytest.raises(Refused, match="only Service desk or Tier 2 can"):
            table.act(seat, "close_ticket", ticket="INC-1")
    assert table.all("ticket.closed") == []
    table.act("desk_1", "close_ticket", ticket="INC-1")
    assert table.one("ticket.closed").seat == "desk_1"
    assert met("strong", "CLO-4")


def test_row_059_the_reporter_is_asked_before_closing() -> None:
    """Every ticket of a strong night was closed after its reporter had said yes."""
    closed = items("strong", "ticket.closed")
    assert len(closed) == 6
    for each in closed:
        answer = [a for a in items("strong", "user.answered", each.about) if a.t_ms <= each.t_ms][-1]
        assert answer.data["satisfied"] is True
    assert met("strong", "CLO-3")
    assert items("clumsy", "end_user.asked") == []
    assert card("clumsy").line("CLO-3").judgement.level == "missed"


def test_row_060_one_act_opens_the_incident() -> None:
    """It declares, opens and links the document, sets the timer, and pages every role named."""
    table = Table(scenario(injects="  []\n"))
    table.until("09:02")
    table.act("desk_1", "log_ticket", title="No pages", reporter="monitor")
    list_id, book = table.plan.lists[0].id, table.plan.runbooks[0].id
    paged = ("communications", "desk_2")
    table.act("commander", "open_incident", ticket="INC-1", page=paged, list=list_id, runbook=book)
    assert table.one("severity.declared").data["level"] == "high"
    assert set(table.one("doc.opened").data["linked"]) == {"ticket", "channel"}
    assert table.one("timer.set").data["what"] == "update"
    assert [each.data["to"] for each in table.all("page.rang")] == list(paged)
    assert table.one("runbook.opened").about == book
    assert table.one("incident.opened").data["list"] == list_id


def test_row_063_who_hears_nothing_asks() -> None:
    """Silence brings many more questions of stakeholders; a team that writes has few, all answered."""
    asked = {team: len(items(team, "question.received")) for team in ("strong", "managed", "unmanaged")}
    assert 0 < asked["strong"] <= asked["managed"] < asked["unmanaged"]
    assert asked["unmanaged"] > 2 * asked["strong"]
    assert len(items("strong", "question.answered")) == asked["strong"]
    assert met("strong", "COM-2")
    assert card("unmanaged").line("COM-2").judgement.level == "missed"


def test_row_065_the_review_is_blameless() -> None:
    """Factors stand in a meeting after the end, none of them a person."""
    retro = _first(items("strong", "retro.held"))
    factors = items("strong", "factor.added")
    assert len(factors) == 5
    assert all(each.t_ms > retro.t_ms for each in factors)
    assert not {each.data["link"] for each in factors} & set(flagship().role_table)
    assert met("strong", "LRN-3")


def test_row_066_follow_ups_are_of_three_kinds() -> None:
    """What the review asks for is work on service, process and tooling."""
    assert {"service", "process", "tooling"} <= {
        e.data["work_kind"] for e in items("strong", "follow_up.created")
    }
    assert met("strong", "LRN-4")
    assert card("half_managed").line("LRN-4").judgement.level == "missed"


def test_row_067_developers_and_the_others_tell_each_other() -> None:
    """Findings cross from one group to another in a good night, and few of them in an unmanaged one."""
    assert met("strong", "COM-7")
    assert card("unmanaged").line("COM-7").judgement.level == "missed"
    deeds = {each.seat for each in items("strong", "operation.started")}
    assert {"tech_lead", "desk_2", "specialist", "developer"} <= deeds


def test_row_072_the_same_night_can_be_practised_again() -> None:
    """Every team meets the same faults at the same moments; preparing pays."""
    nights = {
        team: [(e.t_ms, e.about) for e in items(team, "fault.began")] for team in ("none", "clumsy", "strong")
    }
    assert len(nights["none"]) == 3
    assert nights["none"] == nights["clumsy"] == nights["strong"]
    failed = [card(team).outcomes.failed_requests for team in ("strong", "clumsy", "none")]
    assert failed == sorted(failed)
    assert failed[1] > 100 * failed[0]


def test_row_074_the_drill_tests_system_process_and_team() -> None:
    """One night has a world that fails, injects from outside, and lines for every part of the process."""
    assert len(items("managed", "site.ejected")) >= 3
    assert len(items("managed", "inject.fired")) >= 10
    seats = {each.seat for each in night("managed").items if each.origin == "journal"}
    assert {
        "commander",
        "tech_lead",
        "communications",
        "desk_1",
        "desk_2",
        "specialist",
        "developer",
    } <= seats
    tested = {
        each.line.dimension
        for each in card("managed").lines
        if each.judgement.level in ("met", "partly", "missed")
    }
    assert tested == {f"D{number}" for number in range(1, 9)}
