"""The reporter answers by what is true for them, and comes back when nobody asked."""

from __future__ import annotations

from scenarios import load_text
from tests.drills.director.table import Table, scenario

PERSONAS = """\
  - {id: owner, name: Fern Ellis, role: owner}
  - {id: reader, name: Ren Gale, role: customer, hit_by: [stale_shard], says_yes: "Now it is right.",
     says_no: "So, no."}
  - {id: other, name: Una Ray, role: customer}
"""
APPROVALS = '  - {operation: degraded_mode, persona: owner, text: "Yes."}\n'


def _table(reporter: str, **data: str) -> Table:
    """A table where a ticket was logged before anything happened, and its reporter asked."""
    plan = scenario(personas=PERSONAS, approvals=APPROVALS, injects="  []\n")
    table = Table(plan, seats={"desk_1": "bot", "commander": "bot", "end_user": "person"})
    table.until("09:02")
    table.act("desk_1", "log_ticket", title="No pages", reporter=reporter, **data)
    table.act("desk_1", "ask_reporter", ticket="INC-1")
    return table


def test_the_reporter_answers_three_minutes_later() -> None:
    """While the service is up and nothing of their own bites they say yes."""
    table = _table("other")
    table.until("09:06")
    assert table.story("user.answered") == ["09:05"]
    assert table.one("user.answered").data["satisfied"] is True


def test_for_a_ticket_of_a_monitor_the_owner_answers() -> None:
    """Nobody reported it: whose service it is says whether it is back."""
    table = _table("monitor")
    table.until("09:06")
    assert table.one("user.answered").data["from"] == "owner"


def test_a_human_reporter_answers_alone() -> None:
    """Nobody speaks for a person in the user's seat."""
    table = _table("end_user")
    table.until("09:10")
    assert table.all("user.answered") == []


def test_a_broken_service_is_no_yes() -> None:
    """Power is gone, and more than one in a hundred wait in vain."""
    table = _table("other")
    table.until("09:20")
    assert table.engine.world.reading().level != "up"
    table.act("desk_1", "ask_reporter", ticket="INC-1")
    table.until("09:24")
    assert [item.data["satisfied"] for item in table.all("user.answered")] == [True, False]


def test_closed_too_early_comes_back() -> None:
    """When they said they would, the reporter reopens what is broken for them still."""
    late = PERSONAS.replace("name: Una Ray,", 'name: Una Ray, complains_at: "09:30",')
    table = Table(scenario(personas=late, injects="  []\n"), seats={"desk_1": "bot", "commander": "bot"})
    table.until("09:02")
    for title in ("No pages", "Nothing"):
        table.act("desk_1", "log_ticket", title=title, reporter="other")
    table.act("desk_1", "close_ticket", ticket="INC-1")
    table.until("09:20")
    table.act("desk_1", "close_ticket", ticket="INC-2")
    table.until("09:31")
    assert table.engine.world.reading().level != "up"
    again = table.one("ticket.reopened")
    assert (again.about, again.data["from"]) == ("INC-2", "other")
    assert table.engine.board.tickets["INC-2"].state == "open"


def test_a_wish_is_no_outage() -> None:
    """Who asked for a password says yes whatever the service does."""
    table = Table(scenario(injects="  []\n"), seats={"desk_1": "bot"})
    table.until("09:20")
    table.act("desk_1", "log_ticket", title="Password", reporter="reader", ticket_kind="request")
    table.act("desk_1", "ask_reporter", ticket="INC-1")
    table.until("09:24")
    assert table.one("user.answered").data["satisfied"] is True


def test_what_only_they_can_see_counts() -> None:
    """An index was lost before the drill: the service is up, and one address lies on an old shard."""
    text = scenario(personas=PERSONAS, injects="  []\n").text
    for old, new in (
        ('at: "09:05"', 'at: "08:32"'),
        ("peak_rps: 700", "peak_rps: 100"),
        ("lasts_s: 1200}", 'lasts_s: 120}\n    - {fault: stale_shard, at: "08:31", params: {service: shop}}'),
        (
            "keys: 100000}",
            "keys: 100000}\n      index: {lag_cost: 0.01, limit_s: 60, drain_rate: 3, rebuild_s: 600}",
        ),
    ):
        assert old in text
        text = text.replace(old, new)
    loaded = load_text(text)
    assert loaded.scenario is not None, [str(each) for each in loaded.problems]
    table = Table(loaded.scenario, seats={"desk_1": "bot"})
    table.until("09:10")
    assert table.engine.world.reading().level == "up"
    table.act("desk_1", "log_ticket", title="Old prices", reporter="reader")
    table.act("desk_1", "ask_reporter", ticket="INC-1")
    table.until("09:14")
    answer = table.one("user.answered")
    assert (answer.data["satisfied"], answer.data["text"]) == (False, "So, no.")
