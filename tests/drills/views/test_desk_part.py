"""What the service desk sees: reports, tickets, and what it may pass on."""

from __future__ import annotations

from tests.drills.views.conftest import Seated, Sit


def logged(seated: Seated) -> dict[str, object]:
    """Log a report of a customer; give the ticket as the desk sees it."""
    seated.report(1, "odile", "email", "We cannot order.", service="larder")
    seated.do(
        "log_ticket",
        title="Kitchens cannot order",
        reporter="odile",
        contact="555-0160",
        description="The basket hangs.",
        service="larder",
        report="told-1",
    )
    (ticket,) = seated.view()["tickets"]
    return dict(ticket)


def test_a_report_waits_until_it_is_in_a_ticket(sit: Sit) -> None:
    """A report stands in the desk's queue with sender, channel and text, and leaves it once logged."""
    desk = sit("desk_1")
    desk.report(1, "odile", "phone", "We cannot order.")
    (report,) = desk.view()["desk"]["reports"]
    assert (report["name"], report["channel"], report["text"]) == (
        "Odile Mercier",
        "phone",
        "We cannot order.",
    )
    assert report["written"] is False
    desk.do("log_ticket", title="Kitchens cannot order", reporter="odile", report="told-1")
    assert desk.view()["desk"]["reports"] == []


def test_only_the_seat_it_came_to_sees_a_report(sit: Sit) -> None:
    """A report to the desk is not on the tech lead's screen; the ticket is."""
    lead = sit("tech_lead")
    lead.engine.emit(
        "director",
        "report.received",
        "told-1",
        {"from": "odile", "to": "desk_1", "channel": "text", "text": "Nothing works here."},
        ("desk_1",),
    )
    assert lead.view()["desk"]["reports"] == []
    assert "Nothing works here" not in str(lead.view())


def test_a_ticket_carries_its_fields_and_history(sit: Sit) -> None:
    """Fields as last corrected, the four factors, and a line of history a change."""
    desk = sit("desk_1")
    logged(desk)
    desk.do("correct_ticket", ticket="INC-1", contact="555-0161")
    desk.do("categorise_ticket", ticket="INC-1", category="site", sub="site_down")
    desk.do("prioritise_ticket", ticket="INC-1", priority="high", people="many", security="unclear")
    (ticket,) = desk.view()["tickets"]
    assert ticket["contact"] == "555-0161"
    assert ticket["factors"] == {"people": "many", "security": "unclear"}
    assert (ticket["category"], ticket["sub"], ticket["priority"]) == ("site", "site_down", "high")
    said = [line["text"] for line in ticket["history"]]
    assert said == ["Logged", "Fields corrected", "Category Site, down", "Priority high"]
    assert {line["by"] for line in ticket["history"]} == {"Ada Berg"}


def test_what_the_seat_found_can_be_passed_on(sit: Sit) -> None:
    """Own looks and articles are offered with an escalation, each by the id it has in the record."""
    desk = sit("desk_1")
    logged(desk)
    desk.do("take_look", target="dc1", signal="user_side")
    desk.do("open_article", article="kb-1")
    own = desk.view()["desk"]["own"]
    assert [one["as"] for one in own] == ["found", "tried"]
    assert own[0]["id"].startswith("entry-")
    assert own[1]["id"] == "kb-1"
    desk.do("escalate_ticket", ticket="INC-1", to="tech_lead", found=[own[0]["id"]], tried=["kb-1"])
    (ticket,) = desk.view()["tickets"]
    assert (ticket["with_seat"], ticket["accepted"]) == ("tech_lead", False)


def test_a_ticket_passed_to_me_waits_for_my_acceptance(sit: Sit) -> None:
    """The seat a ticket was passed to is asked to accept it; after that it is not asked again."""
    lead = sit("tech_lead")
    lead.do("log_ticket", title="DC1 is down", alert=None)
    lead.say("ticket.escalated", "INC-1", {"ticket": "INC-1", "to": "tech_lead"}, "tech_lead")
    (asked,) = lead.asked("ticket")
    assert asked["actions"][0]["command"] == "accept_ticket"
    lead.do("accept_ticket", ticket="INC-1")
    assert lead.asked("ticket") == []


def test_a_ringing_phone_comes_first(sit: Sit) -> None:
    """A phone stands above all that waits, with one act: answer."""
    desk = sit("desk_1")
    desk.play_to(2)
    desk.say("phone.rang", "phone-90", {"call": "phone-90", "from": "ines", "to": "desk_1", "inject": "x"})
    assert desk.view()["asked"][0]["kind"] == "phone"
    titles = {each["id"]: each["title"] for each in desk.asked("phone")}
    assert titles["phone-90"] == "Ines Duarte rings you"
    desk.do("answer_phone", call="phone-90")
    assert "phone-90" not in [each["id"] for each in desk.asked("phone")]


def test_a_customer_nobody_knows_can_be_the_reporter(sit: Sit) -> None:
    """Whoever sent a report can stand in its ticket, by the name they gave."""
    desk = sit("desk_1")
    desk.report(1, "customer-1", "email", "My basket is gone.", name="Mario Hernandez")
    desk.do("log_ticket", title="Basket is gone", reporter="customer-1", report="told-1")
    (ticket,) = desk.view()["tickets"]
    assert ticket["reporter_name"] == "Mario Hernandez"


def test_the_words_of_each_report_stay_with_its_ticket(sit: Sit) -> None:
    """A ticket lists who told of it and in which words, those of its duplicates too, and who was asked."""
    desk = sit("desk_1")
    logged(desk)
    desk.report(2, "ines", "phone", "The page stays white.", contact="555-0111", call="phone-90")
    assert desk.view()["desk"]["reports"][0]["call"] == "phone-90"
    desk.do("link_ticket", ticket="INC-1", report="told-2")
    desk.report(3, "customer-1", "chat", "Basket gone.", name="Mario Hernandez")
    desk.do("log_ticket", title="Basket", reporter="customer-1", report="told-3")
    desk.do("link_ticket", ticket="INC-1", duplicate="INC-2")
    desk.do("ask_reporter", ticket="INC-1")
    main = desk.view()["tickets"][0]
    told = [(one["ticket"], one["name"], one["channel"], one["text"], one["asked"]) for one in main["told"]]
    assert told == [
        ("INC-1", "Odile Mercier", "email", "We cannot order.", True),
        ("INC-1", "Ines Duarte", "phone", "The page stays white.", False),
        ("INC-2", "Mario Hernandez", "chat", "Basket gone.", False),
    ]
    desk.say(
        "user.answered", "INC-1", {"ticket": "INC-1", "satisfied": False, "from": "odile", "text": "No."}
    )
    assert [one["works"] for one in desk.view()["tickets"][0]["told"]] == [False, None, None]


def test_the_words_of_a_report_are_for_whom_it_came_to(sit: Sit) -> None:
    """Another seat sees the ticket, not what its reporter said to the desk."""
    lead = sit("tech_lead")
    told = {"report": "told-1", "from": "odile", "to": "desk_1", "channel": "text", "text": "Nothing works."}
    lead.say("report.received", "told-1", told, "desk_1")
    lead.do("log_ticket", title="Larder", reporter="odile", report="told-1")
    (ticket,) = lead.view()["tickets"]
    assert (ticket["reports"], ticket["told"]) == (1, [])


def test_a_no_of_the_desk_holds_until_it_is_worked_on_again(sit: Sit) -> None:
    """Who resolved it and to whom it was passed is told; a new work voids what was seen before."""
    desk = sit("desk_1")
    logged(desk)
    desk.do("escalate_ticket", ticket="INC-1", to="tech_lead")
    desk.say("ticket.resolved", "INC-1", {"ticket": "INC-1", "code": "restored", "from": "specialist"})
    desk.do("confirm_service", ticket="INC-1", state="degraded")
    (ticket,) = desk.view()["tickets"]
    assert (ticket["state"], ticket["confirmed"], ticket["passed_to"]) == (
        "resolved",
        "degraded",
        "tech_lead",
    )
    desk.do("escalate_ticket", ticket="INC-1", to="tech_lead", text="Still slow.")
    (ticket,) = desk.view()["tickets"]
    assert (ticket["state"], ticket["confirmed"]) == ("open", "")
    desk.do("resolve_ticket", ticket="INC-1")
    (ticket,) = desk.view()["tickets"]
    assert (ticket["resolved_by"], ticket["resolved_name"], ticket["confirmed"]) == ("desk_1", "Ada Berg", "")


def test_a_deed_says_what_it_was_about_and_when(sit: Sit) -> None:
    """What may be passed on carries its target and moment, so that each ticket offers its own."""
    desk = sit("desk_1")
    desk.do("take_look", target="dc1", signal="user_side")
    desk.do("open_article", article="kb-1")
    look, read = desk.view()["desk"]["own"]
    assert (look["kind"], look["target"], look["t_ms"]) == ("look", "dc1", 0)
    assert (read["kind"], read["target"]) == ("article", "")
