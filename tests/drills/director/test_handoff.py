"""Relief: the rota answers, and who takes over says back what they were told."""

from __future__ import annotations

import pytest

from tests.drills.director.table import Table, claim, scenario

PEOPLE = """\
  - {id: kim, name: Kim Aster, seat: tech_lead}
  - {id: lou, name: Lou Birch, seat: commander}
  - {id: tired, name: Al Tired,
     relief: {roles: [commander], accepts: false, text: "No, I must rest.", minutes: 2}}
  - id: willing
    name: Bo Willing
    from: "09:20"
    relief:
      {roles: [commander], accepts: true, text: "Yes.", minutes: 3, asked_by: "09:30", late: "Too late."}
"""
HANDOFF = """\
  need: 3
  accept: 2
  sections: [{id: state, title: State}, {id: plan, title: Plan}]
  read_back:
    - {id: q_sites, question: "What serves?", truth: sites}
    - {id: q_task, question: "Which task is first?", truth: first_task}
    - {id: q_promise, question: "What was promised?", truth: promise}
"""
TRUE = [
    claim("West", "state", "down"),
    claim("response", "next_step", "none open"),
    claim("staff", "next_update", "09:50"),
]


def _table() -> Table:
    return Table(
        scenario(people=PEOPLE, handoff=HANDOFF, injects="  []\n", personas="  []\n", lists="  []\n")
    )


def _found() -> Table:
    """A table at 09:20 with a willing relief for the commander."""
    table = _table()
    table.until("09:10")
    table.act("commander", "seek_staff", role="commander", person="willing")
    table.until("09:20")
    return table


def test_the_rota_answers_one_after_the_other() -> None:
    """Who fits is asked in its order until somebody says yes."""
    table = _table()
    table.until("09:10")
    table.act("commander", "seek_staff", role="commander")
    table.until("09:20")
    answers = table.all("staff.answered")
    assert [(item.about, item.data["accepts"]) for item in answers] == [("tired", False), ("willing", True)]
    assert table.story("staff.answered") == ["09:12", "09:15"]


@pytest.mark.parametrize(
    ("role", "person", "at", "text"),
    [
        ("commander", "willing", "09:31", "Too late."),
        ("tech_lead", "willing", "09:10", "Yes."),
        ("tech_lead", "lou", "09:10", "I am on already, sorry."),
    ],
)
def test_who_cannot_says_no(role: str, person: str, at: str, text: str) -> None:
    """Asked too late, for a role they have not learned, or while on duty already."""
    table = _table()
    table.until(at)
    table.act("commander", "seek_staff", role=role, person=person)
    table.until("09:45")
    answer = table.one("staff.answered")
    assert (answer.data["accepts"], answer.data["text"]) == (False, text)


def test_a_complete_handoff_is_read_back_and_accepted() -> None:
    """In the call the relief reads the document, says it back after some minutes, and accepts aloud."""
    table = _found()
    table.act("commander", "open_document")
    table.act("commander", "edit_document", section="state", claims=[claim("West", "state", "down")])
    table.act("commander", "write_handoff", role="commander", section="state", claims=TRUE)
    table.act("commander", "start_call", to=["tech_lead", "willing"], medium="video")
    table.until("09:21")
    assert table.one("call.joined").data["who"] == "willing"
    assert table.one("doc.viewed").data == {"who": "willing"}
    table.until("09:28")
    said = table.one("handoff.read_back")
    assert (said.data["right"], said.data["of"], said.data["wrong"]) == (3, 3, [])
    assert said.data["answers"]["q_sites"] == "West: down"
    assert table.story("handoff.read_back") == ["09:26"]
    assert table.one("handoff.accepted").data == {"role": "commander", "who": "willing", "gaps": []}


def test_a_poor_handoff_is_asked_for_again_and_ends_with_gaps() -> None:
    """Three looks at most; then they accept, and the gaps are named."""
    table = _found()
    table.act("commander", "start_call", to=["willing"], medium="voice")
    table.until("10:00")
    assert table.story("handoff.read_back") == ["09:32", "09:37", "09:42"]
    assert table.one("handoff.accepted").data["gaps"] == ["q_sites", "q_task", "q_promise"]
    assert "What serves?" in table.all("persona.said")[1].data["text"]


def test_what_is_mended_in_the_call_counts() -> None:
    """A new part of the handoff is looked at soon."""
    table = _found()
    table.act("commander", "start_call", to=["willing"], medium="video")
    table.until("09:33")
    table.act("commander", "write_handoff", role="commander", section="state", claims=TRUE)
    table.until("09:35")
    assert [item.data["right"] for item in table.all("handoff.read_back")] == [0, 3]
    assert table.one("handoff.accepted").data["gaps"] == []


def test_what_was_true_once_is_wrong_now() -> None:
    """The answer is held against the world at the moment, not against what was written."""
    table = _found()
    table.act("tech_lead", "start_operation", operation="hold", params={"site": "west"})
    stale = [claim("West", "state", "up"), *TRUE[1:]]
    table.act("commander", "write_handoff", role="commander", section="state", claims=stale)
    table.act("commander", "start_call", to=["willing"], medium="video")
    table.until("09:35")
    assert table.one("handoff.read_back").data["wrong"] == ["q_sites"]
    assert table.one("handoff.accepted").data["gaps"] == ["q_sites"]


def test_the_words_of_a_human_relief_are_judged_too() -> None:
    """Both see what was wrong; a second read-back with the right words is accepted."""
    table = _found()
    table.act("commander", "read_back", role="commander", answers={"q_sites": "West serves"})
    assert table.one("persona.said").data["wrong"] == ["q_sites", "q_task", "q_promise"]
    answers = {"q_sites": "East serves alone", "q_task": "none", "q_promise": "nothing promised"}
    table.act("commander", "read_back", role="commander", answers=answers)
    assert table.one("handoff.accepted").data["gaps"] == []


@pytest.mark.parametrize(("called", "outcome"), [(True, "handled"), (False, "ignored")])
def test_a_handoff_without_a_call_has_its_price(called: bool, outcome: str) -> None:
    """The inject that stands for the handoff is handled or ignored when the role has gone over."""
    inject = """\
  - id: handing
    when: {after: {kind: call.joined, data: {who: willing}}}
    to: [commander]
    from: willing
    channel: video
    text: "Before I say yes: read-back."
    handled: {text: "Accepted."}
    ignored: {text: "An hour is lost.", busy: tech_lead, minutes: 60}
"""
    plan = scenario(
        people=PEOPLE,
        handoff=HANDOFF + "  inject: handing\n",
        injects=inject,
        personas="  []\n",
        lists="  []\n",
    )
    table = Table(plan)
    table.until("09:10")
    table.act("commander", "seek_staff", role="commander", person="willing")
    table.until("09:20")
    if called:
        table.act("commander", "write_handoff", role="commander", section="state", claims=TRUE)
        table.act("commander", "start_call", to=["willing"], medium="video")
        table.until("09:40")
        assert table.one("inject.fired").about == "handing"
    table.act("commander", "hand_off_role", role="commander", to="willing")
    came = table.one("consequence.came")
    assert (came.about, came.data["outcome"]) == ("handing", outcome)
    assert came.data.get("minutes") == (None if called else 60)
