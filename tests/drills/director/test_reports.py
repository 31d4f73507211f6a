"""Reports reach the desk by their channels; complaints come from customers who really failed."""

from __future__ import annotations

from tests.drills.director.table import Table, scenario

TROUBLES = """\
  - id: shop
    title: The shop loses a site
    main: true
    services: [bookshop]
    ranks: [{priority: high}]
"""
CALL = """\
  - id: reader_calls
    when: {at: "09:09"}
    to: [desk_1]
    from: reader
    channel: phone
    text: "I was paying, and the page went white."
    report: {trouble: shop, service: bookshop}
    within_min: 45
    handled: {text: "They wait for the answer.", says: "Thank you."}
    ignored: {text: "They tell everybody."}
"""
PINNED = """\
  - id: old_till
    when: {metric: pinned_failed, site: west, above: 0.5, for_min: 5, not_before: "09:08"}
    to: [desk_1]
    from: reader
    channel: email
    text: "My till cannot order."
    report: {trouble: shop}
"""
COMPLAINTS = "  {per_failed_requests: 300, max_per_hour: 5, max_total: 7, trouble: shop, texts: [No., Why]}\n"


def test_an_answered_phone_is_a_report() -> None:
    """It rings; picked up, the report is there at once, with channel, contact, inject and service."""
    table = Table(scenario(injects=CALL, troubles=TROUBLES))
    table.until("09:10")
    phone = table.one("phone.rang", to="desk_1", inject="reader_calls")
    assert table.all("report.received") == []
    table.act("desk_1", "answer_phone", call=phone.about)
    report = table.one("report.received")
    assert (report.data["channel"], report.data["from"], report.data["service"]) == (
        "phone",
        "reader",
        "bookshop",
    )
    assert report.data["inject"] == "reader_calls"
    assert report.sees == ("desk_1",)


def test_an_unanswered_phone_rings_out_and_ends_as_an_email() -> None:
    """Three minutes each time, ten minutes between, three times; then the words come in writing."""
    table = Table(scenario(injects=CALL, troubles=TROUBLES))
    table.until("10:00")
    assert table.story("phone.rang") == ["09:09", "09:22", "09:35"]
    assert table.story("phone.rang_out") == ["09:12", "09:25", "09:38"]
    assert table.story("report.received", channel="email") == ["09:48"]


def test_a_report_is_handled_by_its_own_ticket() -> None:
    """A ticket for something else does not count; that of the report does, and the sender says so."""
    table = Table(scenario(injects=CALL, troubles=TROUBLES))
    table.until("09:10")
    table.act("desk_1", "answer_phone", call="phone-1")
    table.act("desk_1", "log_ticket", title="another")
    assert table.all("consequence.came") == []
    table.act("desk_1", "log_ticket", title="white page", report="report-1", reporter="reader")
    came = table.one("consequence.came")
    assert (came.about, came.data["outcome"], came.sees) == ("reader_calls", "handled", ())
    assert table.one("persona.said").data["text"] == "Thank you."


def test_a_report_nobody_wrote_down_is_ignored() -> None:
    """After its time the outcome is ignored, once."""
    table = Table(scenario(injects=CALL, troubles=TROUBLES))
    table.until("10:00")
    assert table.one("consequence.came").data["outcome"] == "ignored"


def test_a_client_of_a_site_that_serves_does_not_call() -> None:
    """Reports of pinned clients come once their site has failed them for five minutes, not by the clock."""
    table = Table(scenario(injects=PINNED, troubles=TROUBLES))
    table.until("09:30")
    assert table.story("report.received") == ["09:11"]
    other = Table(scenario(injects=PINNED.replace("west", "east"), troubles=TROUBLES))
    other.until("09:25")
    assert other.all("report.received") == []


def test_complaints_follow_lost_requests_and_are_capped() -> None:
    """One for so many lost requests, no more than the caps; names and words are those of the seed."""
    table = Table(scenario(complaints=COMPLAINTS, troubles=TROUBLES))
    table.until("09:04")
    assert table.all("report.received") == []
    table.until("10:00")
    told = table.all("report.received", inject="complaint")
    assert 1 <= len(told) <= 5
    assert all(item.data["channel"] in ("email", "ticket", "text") and item.data["name"] for item in told)
    again = Table(scenario(complaints=COMPLAINTS, troubles=TROUBLES))
    again.until("10:00")
    assert [item.data for item in again.all("report.received")] == [item.data for item in told]


def test_what_a_user_files_is_a_report() -> None:
    """The desk gets what somebody in the user's seat files, by that user's channel."""
    table = Table(scenario(), seats={"desk_1": "bot", "end_user": "person", "tech_lead": "bot"})
    table.until("09:10")
    table.act("end_user", "file_report", service="bookshop", text="It spins.", channel="email")
    report = table.one("report.received")
    assert (report.data["from"], report.data["to"], report.data["channel"]) == ("end_user", "desk_1", "email")
