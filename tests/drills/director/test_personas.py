"""Patience: a good word calms, a vague one halves the wait, a false one costs a step."""

from __future__ import annotations

from tests.drills.director.table import Table, claim, scenario

FIRST = """\
  - id: owner_calls
    when: {at: "09:08"}
    to: [tech_lead]
    from: owner
    channel: phone
    text: "Are we open?"
"""
GOOD = [
    claim("west", "state", "down"),
    claim("bookshop", "impact", "some"),
    claim("bookshop", "mitigation", "East carries all"),
]


def _owner(**seats: str) -> Table:
    table = Table(scenario(injects=FIRST), seats=seats or None)
    table.until("09:09")
    return table


def test_silence_climbs_the_ladder() -> None:
    """At one, two and three times the timer they ask, whom they know; the third time everybody hears it."""
    table = _owner()
    table.until("10:00")
    asked = table.all("question.received", **{"from": "owner"})
    assert [(item.data["step"], item.data["to"]) for item in asked] == [
        (1, "tech_lead"),
        (2, "tech_lead"),
        (3, "tech_lead"),
    ]
    assert [item.data["text"] for item in asked] == ["Any news?", "Who leads?", "I'm coming over."]
    assert table.story("question.received") == ["09:23", "09:38", "09:53"]
    assert table.one("persona.said").data["text"] == "I'm coming over."


def test_a_good_update_calms_until_ten_minutes_after_the_promise() -> None:
    """Three true claims and a next time; then they turn to communications, whom the notice named."""
    table = _owner()
    table.until("09:12")
    table.act("communications", "send_update", list="staff", claims=GOOD, next_update_min=20)
    assert table.one("question.judged").data["verdict"] == "good"
    table.until("10:00")
    first = table.all("question.received")[0]
    assert table.story("question.received")[0] == "09:42"
    assert first.data["to"] == "communications"


def test_a_vague_update_halves_the_timer() -> None:
    """They say so once, and ask sooner."""
    table = _owner()
    table.until("09:10")
    table.act("communications", "send_update", list="staff", text="We are on it.", next_update_min=30)
    assert table.one("question.judged").data["verdict"] == "vague"
    assert table.one("persona.said").data["text"] == "And in plain words?"
    table.until("09:16")
    assert table.story("question.received") == ["09:15"]


def test_a_false_update_costs_a_step_and_wants_proof_twice() -> None:
    """They ask at once; one good answer does not calm them, the second does."""
    table = _owner()
    table.until("09:12")
    false = [claim("bookshop", "state", "up"), claim("west", "state", "up"), *GOOD[1:]]
    table.act("communications", "send_update", list="staff", claims=false, next_update_min=20)
    assert table.one("question.judged").data["verdict"] == "false"
    assert table.one("question.received").data["step"] == 1
    for _ in range(2):
        table.act("communications", "send_update", list="staff", claims=GOOD, next_update_min=20)
    table.until("09:41")
    assert len(table.all("question.received")) == 1


def test_a_human_in_communications_gets_wall_time() -> None:
    """At the speed played 150 seconds of wall time are longer than a short timer."""
    short = scenario(
        injects=FIRST,
        personas="""\
  - id: owner
    name: Fern Ellis
    role: owner
    lists: [staff]
    calls: [tech_lead]
    timer_min: 4
    ladder: {calm: ["Any news?"], firm: ["Who leads?"], angry: ["I'm coming over."]}
  - {id: reader, name: Ren Gale, role: customer}
""",
    )
    times = []
    for who in ("bot", "person"):
        table = Table(short, seats={"communications": who, "tech_lead": "bot"})
        table.act("clock", "set_speed", speed=4.0, why="act")
        table.until("09:30")
        times.append(table.story("question.received")[0])
    assert times == ["09:12", "09:18"]


def test_an_answer_is_judged_by_what_was_asked() -> None:
    """The starter's owner wants state and next time; with both true they say thanks."""
    table = Table(scenario())
    table.until("09:19")
    table.act("tech_lead", "answer_phone", call=table.one("phone.rang", inject="owner_calls").about)
    asked = table.all("question.received", inject="owner_calls")[0]
    data = {"claims": [claim("west", "state", "down")], "next_update_min": 20}
    table.act("commander", "answer_question", question=asked.about, **data)
    assert table.one("question.judged").data == {"question": asked.about, "from": "owner", "verdict": "good"}
    assert table.one("persona.said").data["text"] == "Thanks."
