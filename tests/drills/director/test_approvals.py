"""Authority: a yes wants to know what for; who can grant help grants it when asked."""

from __future__ import annotations

from typing import Any

from tests.drills.director.table import Table, claim, scenario

YES = """\
  - operation: degraded_mode
    persona: owner
    minutes: 5
    asks: "What do they lose? Till when?"
    text: "Yes."
"""
PERSONAS = """\
  - {id: owner, name: Fern Ellis, role: owner, grants: [people, money], sends: [lou, helper]}
  - {id: helper, name: Kit Moss, role: knows everything}
  - {id: reader, name: Ren Gale, role: customer}
"""
TWO = {"claims": [claim("bookshop", "impact", "some"), claim("west", "mitigation", "fixed pages")]}


def _asked(**data: Any) -> Table:
    """The owner is called at 09:10 and answered two minutes later, if at all."""
    table = Table(scenario(approvals=YES))
    table.until("09:10")
    table.act("commander", "page_someone", to="owner")
    if data:
        table.until("09:12")
        table.act("commander", "answer_question", question="question-1", **data)
    return table


def test_two_true_answers_bring_the_yes() -> None:
    """It comes five minutes after them, and the world knows of it."""
    table = _asked(**TWO)
    table.until("09:30")
    assert table.story("approval.given") == ["09:17"]
    assert table.engine.world.approved("degraded_mode")


def test_a_bare_answer_is_asked_again_once() -> None:
    """Then they say yes after twice the time."""
    table = _asked(text="Not much.")
    asked = table.all("question.received", **{"from": "owner"})
    assert [item.data["text"] for item in asked] == ["What do they lose? Till when?"] * 2
    table.act("commander", "answer_question", question=asked[1].about, text="Really not.")
    table.until("09:40")
    assert table.story("approval.given") == ["09:22"]


def test_no_answer_no_yes() -> None:
    """Nobody answers within ten minutes: there is no yes, and a late answer changes nothing."""
    table = _asked()
    table.until("09:25")
    table.act("commander", "answer_question", question="question-1", **TWO)
    table.until("10:00")
    assert table.all("approval.given") == []


def test_a_person_asked_again_hears_why() -> None:
    """Else the same question seems to have come twice; only one of the two waits."""
    seats = {"commander": "person", "tech_lead": "bot", "desk_1": "bot"}
    table = Table(scenario(approvals=YES), seats=seats)
    table.until("09:10")
    table.act("commander", "page_someone", to="owner")
    table.act("commander", "answer_question", question="question-1", text="Not much.")
    (waits,) = table.engine.board.open_questions("commander")
    assert waits.item.data["text"] == "That does not tell me enough. What do they lose? Till when?"


def test_who_is_called_again_waits_for_one_answer() -> None:
    """What they asked the first seat in vain waits no more once they ask it of the second."""
    table = _asked()
    table.until("09:25")
    table.act("tech_lead", "start_call", to=["owner"])
    board = table.engine.board
    assert board.open_questions("commander") == []
    assert [each.id for each in board.open_questions("tech_lead")] == ["question-2"]
    table.act("commander", "answer_question", question="question-2", **TWO)
    assert board.open_questions("tech_lead") == []
    table.until("09:40")
    assert table.story("approval.given") == ["09:30"]


def test_authority_grants_help_once() -> None:
    """Five minutes after a ticket came up to them they send people, and ring those who have a seat."""
    table = Table(scenario(personas=PERSONAS, injects="  []\n"))
    table.until("09:10")
    table.act("desk_1", "log_ticket", title="West is down")
    table.act("commander", "escalate_ticket", ticket="INC-1", to="owner", text="Help.")
    table.act("tech_lead", "start_call", to=["owner"])
    table.until("09:20")
    granted = table.one("grant.given")
    assert granted.data == {"from": "owner", "gives": "people", "sends": ["lou", "helper"], "ticket": "INC-1"}
    assert len(table.all("page.rang", to="commander", **{"from": "owner"})) == 1
    assert "Lou Birch and Kit Moss" in table.one("persona.said").data["text"]


def test_whom_a_seat_rang_hangs_up() -> None:
    """A call with somebody outside is over after half an hour, when nobody ended it."""
    table = Table(scenario())
    table.until("09:10")
    table.act("tech_lead", "start_call", to=["reader"])
    table.until("09:45")
    assert table.story("call.ended") == ["09:40"]
