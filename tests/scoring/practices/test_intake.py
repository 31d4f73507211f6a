"""LOG-1, every report becomes one ticket, and LOG-2, the ticket carries its four fields."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.levels import Judgement
from tests.scoring.desk import DESK, LISTS, ONE_ALERT, WIFI, alone, logged, report
from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED
from tests.scoring.notation import record, renamed, without


def log_1(text: str, **how: object) -> Judgement:
    return judged("LOG-1", text, DESK, **how)


FULL = {"reporter": "monitor", "contact": "tech_lead", "reported_ms": 180_000, "described": "true"}


def fields(minute: float = 8, **other: object) -> str:
    return ONE_ALERT + logged(minute, alert="dc1_down", **{**FULL, "service": "larder", **other})


# --- LOG-1 ---


def test_a_ticket_in_time_is_met_and_shows_alert_and_ticket() -> None:
    """The first picture is in doubt, so ten minutes are allowed."""
    night = record(ONE_ALERT + logged(8, alert="dc1_down"))
    found = judged("LOG-1", night, DESK)
    assert (found.level, found.numbers["limit_min"], found.numbers["logged_min"]) == ("met", 10, 5)
    assert [night.items[n].kind for n in found.evidence] == ["alert.fired", "ticket.logged"]


def test_no_ticket_is_missed_and_points_to_the_alert() -> None:
    """The window is the one in which nothing came."""
    night = record(ONE_ALERT)
    found = judged("LOG-1", night, DESK)
    assert found.level == "missed"
    assert [night.items[n].kind for n in found.evidence] == ["alert.fired"]
    assert found.window is not None
    assert (found.window.from_ms, found.window.to_ms) == (3 * 60_000, 13 * 60_000)


@pytest.mark.parametrize(("minute", "level"), [(13, "met"), (13.1, "partly"), (200, "partly")])
def test_ten_minutes_where_it_is_high_or_in_doubt(minute: float, level: str) -> None:
    """Later counts in part until users are served again; here they never are."""
    assert log_1(ONE_ALERT + logged(minute, alert="dc1_down")).level == level


@pytest.mark.parametrize(("minute", "level"), [(99, "partly"), (101, "missed")])
def test_after_the_mitigation_a_ticket_comes_too_late(minute: float, level: str) -> None:
    """Users are served again at 100."""
    over = "100 world mitigation.reached larder\n"
    assert log_1(ONE_ALERT + over + logged(minute, alert="dc1_down")).level == level


@pytest.mark.parametrize(
    ("minute", "level"), [(50, "met"), (50.1, "partly"), (90, "partly"), (90.1, "missed")]
)
def test_twenty_minutes_where_it_is_low(minute: float, level: str) -> None:
    """A side trouble counts in part for an hour."""
    setting = replace(DESK, intake=alone(WIFI))
    text = report(30, "i11") + logged(minute, report="r-1")
    assert judged("LOG-1", text, setting).level == level


def test_later_reports_are_linked_and_alerts_need_no_link() -> None:
    """The second site's alert comes after the ticket; the shop's report is linked."""
    text = ONE_ALERT + logged(8, alert="dc1_down") + "25 world alert.fired dc2_down severity=page\n"
    assert log_1(text + report(19, "i05")).level == "partly"
    assert log_1(text + report(19, "i05") + "49 desk_1 ticket.linked INC-1 report=r-1\n").level == "met"
    assert log_1(text + report(19, "i05") + "49.1 desk_1 ticket.linked INC-1 report=r-1\n").level == "partly"


def test_four_in_five_later_reports_are_enough() -> None:
    """Complaints are about the main trouble."""
    text = ONE_ALERT + logged(8, alert="dc1_down")
    text += "".join(report(20 + k, "complaint", f"r-{k}") for k in range(5))
    links = [f"30 desk_1 ticket.linked INC-1 report=r-{k}\n" for k in range(5)]
    assert log_1(text + "".join(links[:4])).level == "met"
    assert log_1(text + "".join(links[:3])).level == "partly"


def test_gamed_a_ticket_for_each_alert_is_partly() -> None:
    """Rivals have to be linked within half an hour."""
    text = ONE_ALERT + "12 world alert.fired dc2_down severity=page\n"
    text += logged(8, alert="dc1_down") + logged(14, "INC-2", alert="dc2_down")
    assert log_1(text).level == "partly"
    assert log_1(text + "44 desk_1 ticket.linked INC-1 duplicate=INC-2\n").level == "met"
    assert log_1(text + "44.1 desk_1 ticket.linked INC-1 duplicate=INC-2\n").level == "partly"


def test_each_trouble_is_an_opportunity() -> None:
    """One of two logged: the mean is a half."""
    found = log_1(ONE_ALERT + logged(8, alert="dc1_down") + report(20, "i10"))
    assert (found.level, found.opportunities, found.numbers["met"]) == ("partly", 2, 1)


def test_a_ticket_may_be_joined_to_its_report_later() -> None:
    """Then the link counts, not the logging."""
    setting = replace(DESK, intake=alone(LISTS))
    text = report(20, "i10") + logged(22) + "{} desk_1 ticket.linked INC-1 report=r-1\n"
    assert judged("LOG-1", text.format(30), setting).level == "met"
    assert judged("LOG-1", text.format(30.1), setting).level == "partly"


def test_somebody_in_a_seat_reports_by_the_service() -> None:
    """No inject stands behind it; the main trouble comes before others."""
    text = "20 director report.received r-1 to=desk_1 from=reporter service=larder contact=x\n"
    assert log_1(text + logged(25, report="r-1")).level == "met"


def test_nothing_told_and_no_troubles_are_not_tested() -> None:
    """The world has to call for it."""
    assert log_1(logged(8, alert="dc1_down")).reason == "no trigger"
    assert judged("LOG-1", ONE_ALERT + logged(8, alert="dc1_down")).reason == "no trigger"


def test_log_1_cut_short_before_four_fifths() -> None:
    """3 + 8 = 11."""
    assert log_1(ONE_ALERT, end=10.9).reason == "cut short"
    assert log_1(ONE_ALERT, end=11).level == "missed"


def test_a_trouble_that_comes_in_a_skip_is_no_opportunity() -> None:
    """Nobody was there to hear it."""
    assert (
        log_1(report(30, "i11"), stretches=[(0, 20, 5.0), (20, 40, -1.0), (40, 400, 5.0)]).reason
        == "no trigger"
    )


def test_people_get_the_time_to_write_a_ticket() -> None:
    """At x8, 150 s are 20 minutes."""
    text = ONE_ALERT + logged(23, alert="dc1_down")
    found = log_1(text, people=["desk_1"], speed=8.0)
    assert (found.level, found.numbers["allowed_min"]) == ("met", 20)
    assert log_1(text, speed=8.0).level == "partly"


def test_a_stage_shorter_than_the_widened_window_is_too_fast() -> None:
    """At x24 a ticket takes an hour, and a site falls at 30."""
    text = ONE_ALERT + "30 world site.ejected dc1\n"
    assert log_1(text, people=["desk_1"], speed=24.0).reason == "too fast for people"


def test_deleting_the_ticket_takes_both_lines_away() -> None:
    """Without it nothing is left."""
    night = record(fields())
    assert (judged("LOG-1", night, DESK).level, judged("LOG-2", night, DESK).level) == ("met", "met")
    ticket = next(item.n for item in night.items if item.kind == "ticket.logged")
    less = without(night, ticket)
    assert (judged("LOG-1", less, DESK).level, judged("LOG-2", less, DESK).level) == ("missed", "missed")


@pytest.mark.parametrize("line", ["LOG-1", "LOG-2"])
def test_other_names_change_nothing(line: str) -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged(line, night, DESK) == judged(line, other, DESK)


# --- LOG-2 ---


def log_2(text: str, **how: object) -> Judgement:
    return judged("LOG-2", text, DESK, **how)


def test_all_four_fields_are_met() -> None:
    """For an alert the reporter is the monitor, the contact whom it paged."""
    assert log_2(fields()).level == "met"
    for contact in ("on-call", "david", "Tech_lead"):
        assert log_2(fields(contact=contact)).level == "met", contact


@pytest.mark.parametrize(
    ("wrong", "level"),
    [
        ({"contact": "desk_2"}, "partly"),
        ({"contact": ""}, "partly"),
        ({"reporter": "ines"}, "partly"),
        ({"reported_ms": 480_001}, "partly"),
        ({"reported_ms": 480_000}, "met"),
        ({"described": "false"}, "partly"),
        ({"service": ""}, "partly"),
        ({"service": "login"}, "missed"),
        ({"contact": "", "described": "false"}, "missed"),
    ],
)
def test_fields_are_held_against_the_report(wrong: dict[str, object], level: str) -> None:
    """Three of four are partly; a wrong service for good is missed."""
    assert log_2(fields(**wrong)).level == level


@pytest.mark.parametrize(
    ("contact", "level"),
    [
        ("555-0143", "met"),
        ("shop5550143", "met"),
        ("555-0144", "partly"),
        ("555-0120/555-0143/555-0177", "partly"),
    ],
)
def test_the_contact_is_the_one_of_the_report(contact: str, level: str) -> None:
    """Spelling does not matter; a list of everybody's numbers is no contact."""
    text = report(20, "i05") + logged(
        25,
        report="r-1",
        reporter="ines",
        contact=contact,
        reported_ms=1_200_000,
        described="true",
        service="dc1",
    )
    assert log_2(text).level == level


def test_the_scenario_knows_a_contact_that_the_report_leaves_out() -> None:
    """The depot's number stands with the persona."""
    text = report(20, "i10", contact="", **{"from": "depot"}) + logged(
        22,
        report="r-1",
        reporter="depot",
        contact="555-0120",
        reported_ms=1_200_000,
        described="true",
        service="larder",
    )
    assert log_2(text).level == "met"


@pytest.mark.parametrize(("minute", "level"), [(23, "met"), (23.1, "partly")])
def test_a_correction_within_a_quarter_of_an_hour_counts_as_first_time(minute: float, level: str) -> None:
    """Logged at 8."""
    text = fields(service="login") + f"{minute} desk_1 ticket.corrected INC-1 service=larder\n"
    assert log_2(text).level == level


def test_an_id_that_two_tickets_bear_is_no_id() -> None:
    """Each has a number of its own."""
    assert log_2(fields() + logged(9, alert="dc1_down", **FULL, service="larder")).level == "partly"


def test_gamed_filler_in_every_field_is_missed() -> None:
    """Not being empty is not enough."""
    filler = fields(reporter="x", contact="y", reported_ms=0, service="larder")
    assert log_2(filler).level == "partly", "0 is within five minutes of 3"
    assert log_2(fields(reporter="x", contact="y", reported_ms=900_000)).level == "missed"


def test_log_2_without_a_trouble_or_cut_short_is_not_tested() -> None:
    """Its call is that of LOG-1; the quarter of an hour runs from the ticket."""
    assert log_2(logged(8, alert="dc1_down")).reason == "no trigger"
    assert log_2(fields(service=""), end=19.9).reason == "cut short"
    assert log_2(fields(service=""), end=20).level == "partly"
    assert log_2(fields(), end=19).level == "met"


def test_the_fullest_of_several_tickets_counts() -> None:
    """LOG-1 speaks of the second one."""
    assert (
        log_2(fields(service="") + logged(9, "INC-2", alert="dc1_down", **FULL, service="dc1")).level == "met"
    )


def test_an_alert_of_no_trouble_calls_for_nothing() -> None:
    """The main trouble is known by its monitors."""
    assert log_1("3 world alert.fired newsletter severity=warn\n").reason == "no trigger"
