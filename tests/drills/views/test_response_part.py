"""What the response sees of itself: calls, steps not yet written down, runbooks, a role's handoff, hints."""

from __future__ import annotations

from tests.drills.views.conftest import Sit


def test_a_call_that_is_over_asks_for_its_note(sit: Sit) -> None:
    """Whoever started a call is asked to note it once it is over, and not after it is noted."""
    commander = sit("commander")
    commander.do("start_call", to=["odile", "tech_lead"], medium="phone")
    assert commander.asked("note") == []
    commander.do("end_call", call="call-1")
    (asked,) = commander.asked("note")
    assert asked["actions"][0]["open"] == "note_call"
    commander.do("note_call", call="call-1", text="She waits until seven.")
    assert commander.asked("note") == []


def test_who_is_called_may_join(sit: Sit) -> None:
    """A call that names a seat is on its screen, with the act to join."""
    lead = sit("tech_lead")
    lead.engine.emit(
        "journal",
        "call.started",
        "call-9",
        {"to": ["tech_lead"], "medium": "video", "text": "Handoff"},
        ("commander",),
    )
    (asked,) = lead.asked("call")
    assert asked["actions"][0] == {
        "label": "Join",
        "command": "join_call",
        "data": {"call": "call-9"},
        "primary": True,
    }


def test_steps_stay_on_the_list_until_a_note_links_them(sit: Sit) -> None:
    """What was done in the last half hour is offered for the record, until a note names it."""
    lead = sit("tech_lead")
    lead.play_to(30)
    lead.do("open_document")
    lead.do("start_operation", operation="restart", params={"site": "dc1"})
    (step,) = [each for each in lead.view()["to_note"] if each["kind"] == "operation"]
    assert step["text"] == "Restart DC1: running"
    lead.do("edit_document", section="tried", text="Restarted DC1.", links=[step["id"]])
    assert step["id"] not in [each["id"] for each in lead.view()["to_note"]]


def test_runbook_marks_are_shown_and_what_is_stale_is_not(sit: Sit) -> None:
    """Ticks, gaps and new words stand at their step; the scenario's own judgement of a step stays hidden."""
    commander = sit("commander")
    commander.do("open_runbook", page="rb-2")
    commander.do("tick_step", page="rb-2", step=1)
    commander.do("note_gap", page="rb-2", step=4, text="It re-admits cold sites.")
    book = next(each for each in commander.view()["runbooks"] if each["id"] == "rb-2")
    assert book["opened_ms"] is not None
    assert "ticked" in book["steps"][0]
    assert book["steps"][3]["gap"]["text"] == "It re-admits cold sites."
    assert {key for step in book["steps"] for key in step} <= {"n", "text", "operation", "ticked", "gap"}


def test_a_handoff_shows_answers_and_what_was_said_back(sit: Sit) -> None:
    """Who said yes, what is written, and which answers of the read-back were right."""
    commander = sit("commander")
    commander.do("seek_staff", role="commander", person="relief3")
    yes = {"person": "relief3", "role": "commander", "accepts": True, "text": "From five."}
    commander.say("staff.answered", "relief3", yes)
    commander.do("write_handoff", role="commander", section="state", text="DC1 and DC2 are down.")
    said = {"rb_sites": "DC3 alone", "rb_failed": "The rollback"}
    back = {
        "role": "commander",
        "who": "relief3",
        "answers": said,
        "wrong": ["rb_failed"],
        "right": 1,
        "of": 2,
    }
    assert commander.view()["handoff"]["questions"] == []
    commander.say("handoff.read_back", "commander", back)
    handoff = commander.view()["handoff"]
    assert handoff["questions"]
    assert [person["id"] for person in handoff["rota"] if person["accepts"]] == ["relief3"]
    assert [section["id"] for section in handoff["sections"] if section["text"]] == ["state"]
    assert [row["right"] for row in handoff["read_back"]["rows"]] == [True, False]


def test_after_the_handoff_the_relief_has_the_name(sit: Sit) -> None:
    """From the handing over on the seat bears the relief's name, and old words keep their speaker."""
    commander = sit("commander")
    commander.do("send_message", text="I hand over now.")
    commander.do("seek_staff", role="commander", person="relief3")
    yes = {"person": "relief3", "role": "commander", "accepts": True, "text": "Yes."}
    commander.say("staff.answered", "relief3", yes)
    commander.do("hand_off_role", role="commander", to="relief3")
    commander.do("send_message", text="I have command.")
    view = commander.view()
    assert view["me"]["name"] == "Hana Sato"
    assert [line["from"] for line in view["channel"]][-2:] == ["Ada Berg", "Hana Sato"]
    assert view["handoff"]["handed"] is True


def test_a_hint_goes_once_the_seat_has_acted(sit: Sit) -> None:
    """A nudge is a soft item; a look leaves it, a deed of one's own takes it away."""
    commander = sit("commander")
    commander.say("nudge.sent", "n1", {"from": "", "to": "commander", "text": "Who leads?"})
    (hint,) = commander.asked("nudge")
    assert hint["soft"] is True
    commander.do("take_look", target="all", signal="changes")
    assert commander.asked("nudge")
    commander.do("assume_role", role="commander")
    assert commander.asked("nudge") == []


def test_a_proposal_waits_for_a_go(sit: Sit) -> None:
    """Who decides sees a proposal with a go for exactly that act, until it is decided."""
    commander = sit("commander")
    made = {"operation": "cap_retries", "target": "dc3", "params": {}, "text": "Two minutes."}
    commander.engine.emit("journal", "proposal.made", "cap_retries", made, ("commander",))
    (asked,) = commander.asked("proposal")
    go = asked["actions"][0]
    assert (go["command"], go["data"]["operation"], go["data"]["target"]) == (
        "record_decision",
        "cap_retries",
        "dc3",
    )
    commander.do("record_decision", text="Go.", operation="cap_retries", target="dc3", to="tech_lead")
    assert commander.asked("proposal") == []


def test_the_timer_says_when_the_next_word_is_due(sit: Sit) -> None:
    """Opening an incident starts the timer that the bar counts down."""
    commander = sit("commander")
    commander.play_to(20)
    commander.do("open_incident", severity="high", page=["tech_lead"], every_min=30)
    view = commander.view()
    assert view["timer"]["every_min"] == 30
    assert view["incident"]["next_update_ms"] == view["timer"]["since_ms"] + 30 * 60_000


def test_the_retrospective_opens_when_the_incident_is_over(sit: Sit) -> None:
    """It is not there before, shows what is on the table, and tells nobody who flagged blame."""
    commander = sit("commander")
    ticket = commander.incident()
    assert commander.view()["retro"] is None
    commander.do("resolve_ticket", ticket=ticket)
    assert commander.view()["retro"]["held"] is None
    commander.do("hold_retro", present=["commander", "tech_lead"])
    commander.do("add_factor", factor_kind="process", text="He pressed it.")
    commander.do("flag_blame", item="factor-1")
    (factor,) = commander.view()["retro"]["factors"]
    assert factor["flagged"] is True
    assert set(factor) == {"id", "kind", "text", "link", "flagged"}
    commander.do("rewrite_factor", factor="factor-1", factor_kind="tooling", text="It asked nothing back.")
    (factor,) = commander.view()["retro"]["factors"]
    assert (factor["text"], factor["flagged"]) == ("It asked nothing back.", False)


def test_whoever_answers_a_phone_is_on_the_call(sit: Sit) -> None:
    """An answered phone asks nobody to join, names both, and can be hung up."""
    desk = sit("desk_1")
    desk.say("phone.rang", "phone-9", {"call": "phone-9", "from": "depot", "to": "desk_1", "inject": "x"})
    desk.do("answer_phone", call="phone-9")
    (call,) = [each for each in desk.view()["calls"] if each["call"] == "phone-9"]
    assert call["in_it"]
    assert call["present"] == ["Gus Pereira", "Ada Berg"]
    assert desk.asked("call") == []
    desk.do("end_call", call="phone-9")
    assert desk.view()["clock"]["skip_hindered"] is None


def test_a_freeze_says_what_makes_the_drill_ask(sit: Sit) -> None:
    """What a seat has seen stands with the question; what it may not see does not."""
    lead = sit("tech_lead")
    lead.say("alert.fired", "dc2_down", {"title": "Larder DC2 down", "severity": "page", "site": "dc2"})
    asked = {"freeze": "who_commands", "question": "Who commands?", "limit_s": 60}
    lead.say("freeze.began", "who_commands", asked)
    freeze = lead.view()["clock"]["freeze"]
    assert (freeze["question"], freeze["because"]) == ("Who commands?", "Larder DC2 down.")
