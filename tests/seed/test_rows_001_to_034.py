"""Rows 1 to 34 of the checklist: why, terms, the report, the ticket, its category and its priority."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drills.errors import Refused
from scenarios.scenario import Scenario
from scoring import Scorecard, report_html, scorecard
from scoring import setting as settings
from tests.drills.director.table import Table
from tests.drills.views.conftest import Seated, Sit
from tests.seed.nights import card, flagship, items, met, night

TICKET_JS = Path(__file__).resolve().parents[2] / "app" / "live" / "static" / "parts" / "ticket.js"


def logged(desk: Seated, **fields: Any) -> dict[str, Any]:
    """Log a report of a kitchen; give the ticket as the desk sees it."""
    desk.report(1, "odile", "email", "We cannot order.", service="larder")
    desk.do("log_ticket", title="Kitchens cannot order", report="told-1", **fields)
    return ticket(desk, "INC-1")


def ticket(desk: Seated, id_: str) -> dict[str, Any]:
    """Give a ticket as the desk sees it now."""
    found: dict[str, Any] = next(each for each in desk.view()["tickets"] if each["id"] == id_)
    return found


def number(seated: Seated, id_: str) -> dict[str, Any]:
    """Give one of the numbers at the top of the console."""
    found: dict[str, Any] = next(each for each in seated.view()["numbers"] if each["id"] == id_)
    return found


def ranked(id_: str, priority: str) -> Scorecard:
    """Score the managed night as if one ticket had been given another rank, every time it was ranked."""
    told = night("managed")
    changed = tuple(
        replace(item, data={**item.data, "priority": priority})
        if item.kind == "ticket.prioritised" and item.about == id_
        else item
        for item in told.items
    )
    return scorecard(replace(told, items=changed), flagship())


def judged(found: Scorecard, line: str) -> tuple[str, float]:
    """Give the level of a line, and how many of its chances were met."""
    judgement = found.line(line).judgement
    return judgement.level, float(judgement.numbers["met"])


def priced(plan: Scenario) -> tuple[float, float]:
    """Give what scoring takes an hour of outage to cost."""
    found = settings.of(plan)
    return found.cost_low_usd, found.cost_high_usd


# --- why: cost and benefit


def test_row_001_downtime_has_its_price(sit: Sit) -> None:
    """An hour costs 100 to 300 thousand dollars unless the scenario says else; it runs, and has a total."""
    assert flagship().cost is not None
    assert priced(flagship()) == (100_000, 300_000)
    assert priced(flagship().model_copy(update={"cost": None})) == (100_000, 300_000)
    seated = sit("commander")
    assert number(seated, "cost")["note"] == "at $100-300K an hour, by share"
    before = number(seated, "cost")["value"]
    seated.play_to(40)
    assert number(seated, "cost")["value"] != before
    found = card("unmanaged").outcomes
    assert "survey" in card("unmanaged").cautions["cost_usd"]
    assert found.cost_low_usd > 1_000_000
    assert found.cost_high_usd == pytest.approx(3 * found.cost_low_usd, rel=0.001)
    assert f"${found.cost_low_usd:,} to ${found.cost_high_usd:,}" in report_html(card("unmanaged"))


def test_row_002_a_workflow_resolves_faster() -> None:
    """With the same seed the managed team mitigates and resolves; the other never does. Reports say so."""
    assert night("managed").header.seed == night("unmanaged").header.seed
    good, bad, clumsy = (card(team).outcomes for team in ("managed", "unmanaged", "clumsy"))
    assert good.mitigate_min is not None
    assert clumsy.mitigate_min is not None
    assert good.mitigate_min < clumsy.mitigate_min
    assert good.resolve_min is not None
    assert (bad.mitigate_min, bad.resolve_min) == (None, None)
    assert 'Time to resolve</th><td class="this n">never' in report_html(card("unmanaged"))
    assert 'Time to resolve</th><td class="this n">19 h' in report_html(card("managed"))


def test_row_003_a_workflow_costs_less() -> None:
    """With the same seed the managed night costs less than a hundredth of the unmanaged one."""
    good, clumsy, bad = (card(team).outcomes for team in ("managed", "clumsy", "unmanaged"))
    assert 0 < good.cost_low_usd < clumsy.cost_low_usd < bad.cost_low_usd
    assert good.cost_low_usd < bad.cost_low_usd / 100
    assert f"${good.cost_low_usd:,} to ${good.cost_high_usd:,}" in report_html(card("managed"))


@pytest.mark.parametrize("line", ["COM-1", "COM-2", "COM-7"])
def test_row_004_a_workflow_communicates_better(line: str) -> None:
    """Notice, updates, talk between teams: met in the managed night, missed in the other; in the report."""
    assert met("managed", line)
    assert card("unmanaged").line(line).judgement.level == "missed"
    assert card("managed").line(line).judgement.finding.split(" (")[0] in report_html(card("managed"))


def test_row_006_lost_orders_make_customers_complain() -> None:
    """Complaints grow with the requests that failed, and the report gives how many failed."""
    teams = ("strong", "managed", "clumsy", "unmanaged")
    told = [
        len([item for item in items(team, "report.received") if item.data["inject"] == "complaint"])
        for team in teams
    ]
    failed = [card(team).outcomes.failed_requests for team in teams]
    assert told == sorted(told)
    assert failed == sorted(failed)
    assert told[0] < 3 < 20 < told[-1]
    assert f"{failed[-1]:,} (" in report_html(card("unmanaged"))


# --- terms


def test_row_007_slow_is_an_incident_too() -> None:
    """The service goes degraded and down in the world; the catalogue has a category for each."""
    levels = {item.data["level"] for item in items("unmanaged", "level.changed")}
    assert {"degraded", "down"} <= levels
    found = card("managed").outcomes
    assert found.degraded_min > 0
    assert found.outage_min == 0
    subs = {sub.id for category in flagship().categories for sub in category.subs}
    assert {"app_slow", "app_unavailable", "network_slow", "network_outage"} <= subs


def test_row_008_a_problem_is_not_its_incident(sit: Sit) -> None:
    """A problem has a record of its own beside the open ticket; restoring first is scored."""
    desk = sit("desk_1")
    logged(desk, reporter="odile")
    desk.do("raise_problem", ticket="INC-1", text="The update leaks.")
    (problem,) = desk.view()["problems"]
    assert (problem["id"], problem["ticket"], problem["text"]) == ("PRB-1", "INC-1", "The update leaks.")
    assert ticket(desk, "INC-1")["state"] == "open"
    assert met("managed", "DIA-4")
    assert card("unmanaged").line("DIA-4").judgement.level == "missed"


# --- identify and log


def filed() -> dict[str, Any]:
    """Have somebody in the reporter's seat tell the desk by text; give the report."""
    table = Table(flagship(), seats={"desk_1": "bot", "end_user": "person", "tech_lead": "bot"})
    table.until("03:01")
    table.act("end_user", "file_report", service="larder", text="It spins.", channel="text")
    return dict(table.one("report.received", **{"from": "end_user"}).data)


def test_row_010_an_employee_reports() -> None:
    """The foreman and a picker of the depot report to the desk."""
    senders = {item.data["from"] for item in items("managed", "report.received")}
    assert {"depot", "picker"} <= senders
    jobs = {persona.id: persona.role for persona in flagship().personas}
    assert jobs["depot"] == "foreman at the depot"


def test_row_011_an_end_user_reports() -> None:
    """A grocer reports, customers report, and so can a person in the reporter's seat."""
    senders = {item.data["from"] for item in items("managed", "report.received")}
    assert {"ines", "customer-1"} <= senders
    told = filed()
    assert (told["from"], told["to"], told["service"]) == ("end_user", "desk_1", "larder")


def test_row_012_monitors_read_the_metrics() -> None:
    """The site takes no more traffic in the metrics of the minute in which the alert comes."""
    metrics = night("managed").metrics
    for site in ("dc1", "dc2"):
        alert = items("managed", "alert.fired", f"{site}_down")[0]
        rows = list(zip(metrics["t_ms"], metrics[f"{site}.in"], strict=True))
        assert [held for t_ms, held in rows if t_ms <= alert.t_ms - 180_000][-1] == 1
        assert next(held for t_ms, held in rows if t_ms >= alert.t_ms) == 0
        assert alert.data["facts"]["failing"] == "3 of 3"
    monitors = {item.data["monitor"] for item in items("managed", "alert.fired")}
    assert {"down", "fast_burn", "index_lag"} <= monitors


def test_row_013_alert_starts_it(sit: Sit) -> None:
    """The first alert comes of itself, stands on the console, and the incident's ticket is made from it."""
    alert = items("managed", "alert.fired")[0]
    assert (alert.about, alert.seat) == ("dc1_down", "")
    assert next(item for item in items("managed", "ticket.logged", "INC-2")).data["alert"] == "dc1_down"
    desk = sit("desk_1")
    desk.play_to(7)
    (waiting,) = [each for each in desk.view()["desk"]["reports"] if each["channel"] == "alert"]
    assert waiting["id"] == "dc1_down"


@pytest.mark.parametrize("team", ["managed", "half_managed"])
def test_row_014_text_message_is_a_channel(team: str) -> None:
    """A report comes by text message, and one who writes may use it."""
    assert "text" in {item.data["channel"] for item in items(team, "report.received")}
    assert filed()["channel"] == "text"


def test_row_015_email_is_a_channel(sit: Sit) -> None:
    """Reports come by email, with the address to answer to, and wait at the desk."""
    mails = [item for item in items("managed", "report.received") if item.data["channel"] == "email"]
    assert mails[0].data["contact"] == "mario.hernandez@shop.example"
    desk = sit("desk_1")
    desk.report(1, "odile", "email", "We cannot order.")
    (waiting,) = desk.view()["desk"]["reports"]
    assert (waiting["channel"], waiting["text"], waiting["written"]) == ("email", "We cannot order.", True)


def test_row_016_a_phone_rings_is_answered_or_rings_out() -> None:
    """An answered call is a report at that moment and ends; one that nobody answers rings out."""
    rang = items("managed", "phone.rang", "phone-1")[0]
    answered = items("managed", "phone.answered", "phone-1")[0]
    report = next(item for item in items("managed", "report.received") if item.data.get("call") == "phone-1")
    assert rang.t_ms < answered.t_ms == report.t_ms
    assert (report.data["channel"], answered.seat) == ("phone", "desk_1")
    assert items("managed", "call.ended")
    out = items("unmanaged", "phone.rang_out", "phone-1")[0]
    again = items("unmanaged", "phone.rang", "phone-1")[0]
    assert out.t_ms - again.t_ms == again.data["limit_ms"] == 180_000
    assert not items("unmanaged", "phone.answered", "phone-1")


def test_row_018_the_ticket_names_its_reporter(sit: Sit) -> None:
    """Name and contact stand on the ticket; the fields of a ticket are scored."""
    found = logged(sit("desk_1"), reporter="odile", contact="555-0160")
    assert (found["reporter_name"], found["contact"]) == ("Odile Mercier", "555-0160")
    assert met("managed", "LOG-2")
    assert card("managed").line("LOG-2").judgement.numbers["fields"] == 4
    assert card("unmanaged").line("LOG-2").judgement.level == "missed"


def test_row_019_the_time_of_the_report_is_automatic() -> None:
    """Each ticket made from a report or an alert carries when that came, and no one typed it."""
    came = {item.about: item.t_ms for item in items("managed", "report.received")}
    came["dc1_down"] = items("managed", "alert.fired", "dc1_down")[0].t_ms
    tickets = items("managed", "ticket.logged")
    assert len(tickets) == 6
    for item in tickets:
        assert item.data["reported_ms"] == came[item.data.get("report") or item.data["alert"]] < item.t_ms


def test_row_020_the_ticket_says_what_does_not_work(sit: Sit) -> None:
    """Description and service stand on the ticket; a night whose tickets say nothing is not met."""
    found = logged(sit("desk_1"), description="The basket hangs.", service="larder")
    assert (found["description"], found["service"]) == ("The basket hangs.", "larder")
    told = night("managed")
    mute = tuple(
        replace(item, data={**item.data, "described": False, "description": ""})
        if item.kind == "ticket.logged"
        else item
        for item in told.items
    )
    assert met("managed", "LOG-2")
    assert scorecard(replace(told, items=mute), flagship()).line("LOG-2").judgement.level == "partly"


def test_row_021_the_incident_number_is_automatic(sit: Sit) -> None:
    """Tickets are numbered in order, each number once."""
    assert [item.about for item in items("managed", "ticket.logged")] == [f"INC-{n}" for n in range(1, 7)]
    desk = sit("desk_1")
    assert logged(desk)["id"] == "INC-1"
    desk.do("log_ticket", title="Another")
    assert [each["id"] for each in desk.view()["tickets"]] == ["INC-1", "INC-2"]


# --- categorise


def test_row_023_the_category_suggests_the_priority(sit: Sit) -> None:
    """A network outage is high from the moment it is in its category; Wi-Fi is low."""
    desk = sit("desk_1")
    assert logged(desk)["priority"] == ""
    desk.do("categorise_ticket", ticket="INC-1", category="network", sub="network_outage")
    assert ticket(desk, "INC-1")["priority"] == "high"
    desk.do("log_ticket", title="Canteen")
    desk.do("categorise_ticket", ticket="INC-2", category="network", sub="wifi")
    assert ticket(desk, "INC-2")["priority"] == "low"


def test_row_024_duplicates_become_one(sit: Sit) -> None:
    """A second ticket is linked as the same; later reports join the one ticket, and that is scored."""
    desk = sit("desk_1")
    logged(desk)
    desk.do("log_ticket", title="Another")
    desk.do("link_ticket", ticket="INC-1", duplicate="INC-2")
    assert ticket(desk, "INC-1")["duplicates"] == ["INC-2"]
    assert ticket(desk, "INC-2")["duplicate_of"] == "INC-1"
    joined = [item.data["report"] for item in items("managed", "ticket.linked", "INC-2")]
    assert len(joined) == len(set(joined)) == 7
    assert met("managed", "LOG-1")
    assert card("unmanaged").line("LOG-1").judgement.level == "missed"


# --- prioritise


def factors(desk: Seated, **given: str) -> dict[str, str]:
    """Rank a ticket with some factors; give those that the console shows."""
    logged(desk)
    desk.do("prioritise_ticket", ticket="INC-1", priority="high", **given)
    found: dict[str, str] = ticket(desk, "INC-1")["factors"]
    return found


def test_row_026_people_affected_is_a_factor(sit: Sit) -> None:
    """The ticket says how many are hit; the console shows how many the world still serves."""
    desk = sit("desk_1")
    assert factors(desk, people="many") == {"people": "many"}
    before = number(desk, "served")
    desk.play_to(40)
    assert (before["state"], number(desk, "served")["state"]) == ("up", "degraded")


def test_row_027_money_is_a_factor(sit: Sit) -> None:
    """The ticket says how much money is at stake; the console shows what the world has cost so far."""
    desk = sit("desk_1")
    assert factors(desk, money="much") == {"money": "much"}
    before = number(desk, "cost")["value"]
    desk.play_to(40)
    assert number(desk, "cost")["value"] != before


def test_row_028_security_is_a_factor(sit: Sit) -> None:
    """The ticket says whether security is in question; each incident of the scenario has its right answer."""
    assert factors(sit("desk_1"), security="unclear") == {"security": "unclear"}
    main = next(trouble for trouble in flagship().troubles if trouble.main)
    assert [rank.security for rank in main.ranks] == [("no", "unclear"), ("no", "unclear")]


def test_row_029_the_sla_is_a_factor(sit: Sit) -> None:
    """The ticket says how the SLA stands; the console shows its clock, and the ticket when it is due."""
    desk = sit("desk_1")
    assert factors(desk, sla="at_risk") == {"sla": "at_risk"}
    assert number(desk, "sla")["value"] == "not running"
    desk.play_to(40)
    assert number(desk, "sla")["note"].startswith("of 6 h 00 · due ")
    assert ticket(desk, "INC-1")["due_ms"] > 40 * 60_000


def test_row_030_the_three_ranks_are_at_hand(sit: Sit) -> None:
    """Each rank stands with its meaning where it is chosen; another rank is refused."""
    page = TICKET_JS.read_text(encoding="utf-8")
    for line in (
        '["low", "Low", "Nobody is stopped. It can wait."]',
        '["medium", "Medium", "Some staff or operations are disturbed; customers hardly."]',
        '["high", "High", "Many users or customers, delivery stops, or money is at stake."]',
    ):
        assert line in page
    desk = sit("desk_1")
    logged(desk)
    for rank in ("low", "medium", "high"):
        desk.do("prioritise_ticket", ticket="INC-1", priority=rank)
        assert ticket(desk, "INC-1")["priority"] == rank
    with pytest.raises(Refused):
        desk.do("prioritise_ticket", ticket="INC-1", priority="critical")


def test_rows_031_to_033_the_rank_is_held_against_the_truth() -> None:
    """Low for the Wi-Fi, medium or high for one site, high for lost lists; any other rank counts less."""
    assert met("managed", "PRI-2")
    assert judged(card("managed"), "PRI-2") == ("met", 4)
    assert judged(ranked("INC-4", "high"), "PRI-2") == ("met", 3)
    assert judged(ranked("INC-2", "medium"), "PRI-2") == ("met", 4)
    assert judged(ranked("INC-2", "low"), "PRI-2") == ("partly", 3)
    assert judged(ranked("INC-3", "medium"), "PRI-2") == ("partly", 3)
    assert card("clumsy").line("PRI-2").judgement.level == "missed"


def test_row_034_in_doubt_high() -> None:
    """High while the first picture is in doubt is no fault; lower is one; the console gives the rule."""
    assert met("managed", "PRI-3")
    assert judged(card("managed"), "PRI-3") == ("met", 2)
    assert judged(ranked("INC-2", "high"), "PRI-2") == ("met", 4)
    assert judged(ranked("INC-2", "medium"), "PRI-3") == ("partly", 1)
    assert card("unmanaged").line("PRI-3").judgement.level == "missed"
    assert "In doubt, take high and come down later." in TICKET_JS.read_text(encoding="utf-8")
