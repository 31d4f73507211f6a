"""The script: injects come once, or again, for whom they are meant, and something comes of them."""

from __future__ import annotations

import pytest

from tests.drills.director.table import Table, scenario

LOOK = """\
  - id: heap
    when: {after: {kind: look.taken, data: {signal: logs}}}
    to: [commander]
    to_actor: true
    from: log
    channel: look
    text: "WARN heap 97 %"
"""
DECOY = """\
  - id: routers
    when: {at: "09:10"}
    to: [commander]
    from: reader
    channel: chat
    text: "It is the routers."
    decoy: true
    spoils: {kind: look.taken, about: east}
    within_min: 10
    handled: {text: "Ruled out."}
    ignored: {text: "A quarter of an hour.", busy: tech_lead, minutes: 15}
"""
REPEAT = """\
  - id: owner_calls
    when: {after: {kind: alert.fired, about: west_down}, minutes: 5}
    to: [tech_lead]
    from: owner
    channel: phone
    text: "Are we open?"
    repeat: {every_min: 5, times: 2, texts: ["Well?", "I am waiting."]}
    clears: {kind: update.sent, about: staff}
"""


def test_to_whom_it_may_concern() -> None:
    """What an act brings on goes to the seat that acted."""
    table = Table(scenario(injects=LOOK))
    table.until("09:10")
    table.act("tech_lead", "take_look", target="west", signal="logs")
    table.until("09:11")
    assert table.one("inject.fired").sees == ("tech_lead",)


@pytest.mark.parametrize(("chased", "outcome"), [(False, "handled"), (True, "ignored")])
def test_a_decoy_is_handled_by_leaving_it(chased: bool, outcome: str) -> None:
    """Chased it costs its minutes; left alone until its time is over nothing is lost."""
    table = Table(scenario(injects=DECOY))
    table.until("09:12")
    if chased:
        table.act("tech_lead", "take_look", target="east", signal="dashboard")
    table.until("09:30")
    came = table.one("consequence.came")
    assert came.data["outcome"] == outcome
    assert (came.data.get("busy"), came.data.get("minutes")) == (
        ("tech_lead", 15) if chased else (None, None)
    )


def test_it_comes_again_until_it_is_cleared() -> None:
    """Twice more in other words; an update on the list ends it."""
    table = Table(scenario(injects=REPEAT))
    table.until("10:00")
    assert [item.data["text"] for item in table.all("inject.fired")] == [
        "Are we open?",
        "Well?",
        "I am waiting.",
    ]
    calm = Table(scenario(injects=REPEAT))
    calm.until("09:14")
    calm.act("communications", "send_update", list="staff", text="West is down.")
    calm.until("10:00")
    assert len(calm.all("inject.fired")) == 1


def test_unless_keeps_it_away() -> None:
    """An item that is there already keeps the starter's second inject from coming."""
    table = Table(scenario())
    table.until("09:10")
    table.act("communications", "send_update", list="staff", text="West is down.")
    table.until("10:00")
    assert table.all("inject.fired", inject="owner_calls") == []
