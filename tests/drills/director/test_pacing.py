"""Timers, freezes and nudges: what keeps a team moving, and when the clocks stop."""

from __future__ import annotations

from itertools import pairwise

from tests.drills.director.table import Table, scenario

FREEZES = """\
  freezes:
    - {id: who, when: {after: {kind: alert.fired, about: west_down}, minutes: 1}, question: Who commands?}
    - {id: what, when: {after: {kind: alert.fired, about: west_down}, minutes: 1}, question: What first?}
"""
NUDGES = """\
  - {seat: desk_1, from: tech_lead, texts: ["One?", "Two?", "Three?"]}
  - {seat: specialist, from: tech_lead, texts: [Nobody hears this.]}
"""


def test_the_timer_reminds_after_the_last_update() -> None:
    """Every so many minutes after the last word, until it is stopped."""
    table = Table(scenario())
    table.until("09:05")
    table.act("communications", "set_timer", minutes=10)
    table.until("09:18")
    table.act("communications", "send_update", list="staff", text="West is down.")
    table.until("09:40")
    table.act("communications", "set_timer", minutes=0)
    table.until("10:00")
    assert table.story("timer.fired") == ["09:15", "09:28", "09:38"]


def test_freezes_come_one_at_a_time() -> None:
    """The second waits until the first is answered; each has its end."""
    table = Table(scenario(slow_down=FREEZES), seats={"tech_lead": "person", "commander": "bot"})
    table.until("09:08")
    assert [item.about for item in table.all("freeze.began")] == ["who"]
    table.act("commander", "answer_freeze", freeze="who", text="I do.")
    table.until("09:09")
    assert [item.about for item in table.all("freeze.began")] == ["who", "what"]
    assert table.one("freeze.ended").data == {"freeze": "who", "by": "answered"}


def test_bots_need_no_freeze() -> None:
    """Nobody on the wall waits in a drill of bots."""
    table = Table(scenario(slow_down=FREEZES))
    table.until("09:20")
    assert table.all("freeze.began") == []


def test_a_seat_that_waits_is_nudged() -> None:
    """After three wall minutes at the book's speed without a trigger, in other words each time."""
    table = Table(scenario(nudges=NUDGES, injects="  []\n"))
    table.until("10:00")
    nudges = table.all("nudge.sent")
    assert {item.data["to"] for item in nudges} == {"desk_1"}
    assert sorted(str(item.data["text"]) for item in nudges[:3]) == ["One?", "Three?", "Two?"]
    times = [0, *(item.t_ms for item in nudges), table.plan.at("09:50")]
    gaps = [table.plan.book_wall_s(a, b) for a, b in pairwise(times)]
    assert max(gaps) <= 240
    assert min(gaps[:-1]) >= 170


def test_a_trigger_puts_the_nudge_off() -> None:
    """A report to the desk counts as being asked."""
    table = Table(scenario(nudges=NUDGES))
    table.until("09:25")
    first = table.plan.story(table.all("nudge.sent")[0].t_ms)
    assert first == "Mon 09:21"
