"""The customer's view: what one customer feels, is told, and hears of their reports; nothing behind it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from drills.views.shop_part import Felt, felt_words
from tests.drills.views.conftest import Seated, Sit
from tests.drills.views.test_nothing_hidden import keys_in

ALLOWED = {
    *("drill", "clock", "me", "seats", "people", "tasks"),
    *("pages", "asked", "calls", "inbox", "shop"),
}


def customer(seated: Seated) -> dict[str, Any]:
    """Give what a customer beside the team sees now."""
    return seated.hall.drill(seated.me.drill_id).seat_view("end_user").build()


def as_customer(seated: Seated, id_: str, command: str, **data: Any) -> None:
    """Send a command from the customer's place."""
    seated.hall.submit(seated.me.drill_id, "end_user", "a1b2c3d4e5f6", id_, command, data)


def mine(seated: Seated) -> list[str]:
    """Give the states of the customer's reports, the newest first."""
    return [each["state"] for each in customer(seated)["shop"]["my_tickets"]]


# --- what is felt


@pytest.mark.parametrize(
    ("felt", "state", "said"),
    [
        (Felt(0.0, 0.4, False), "works", "A page comes within a second."),
        (Felt(0.0, 1.24, False), "works", "A page comes within 1.2 seconds."),
        (Felt(0.0, 3.1, False), "slow", "A page takes up to 3.1 seconds."),
        (Felt(0.0, 14.0, False), "slow", "A page takes up to 14 seconds."),
        (Felt(0.14, 3.1, False), "fails", "About 1 in 7 tries fails."),
        (Felt(0.71, 3.1, False), "fails", "About 7 in 10 tries fail."),
        (Felt(0.95, 3.1, True), "down", "Hardly any try gets through."),
        (Felt(0.0, None, False), "down", "Hardly any try gets through."),
        (Felt(0.0, 0.4, True), "works", "A page comes within a second. Some choices are missing for now."),
    ],
)
def test_words_for_what_is_felt(felt: Felt, state: str, said: str) -> None:
    """Each feeling has one state and one sentence, with the figure that a customer could count."""
    assert (felt.state, felt_words(felt)) == (state, said)


def test_the_night_as_a_customer_feels_it(sit: Sit) -> None:
    """It works, fails for some when sites are lost, and is down when the last one is."""
    seated = sit("specialist", team="none")
    felt = {}
    for minute in (2, 60, 300):
        seated.play_to(minute)
        felt[minute] = customer(seated)["shop"]
    assert [felt[minute]["now"]["state"] for minute in (2, 60, 300)] == ["works", "fails", "down"]
    assert {step["state"] for step in felt[2]["history"]} == {"works"}
    assert [step["story"] for step in felt[300]["history"]][::11] == ["07:00", "07:55"]
    assert [step["state"] for step in felt[300]["history"]][-3:] == ["down"] * 3


def test_nothing_of_the_inside(sit: Sit) -> None:
    """An allow-list of keys; no name of a site, a service, a load or a cause; of the team only the desk."""
    seated = sit("specialist", team="managed")
    seated.play_to(120)
    view = customer(seated)
    assert set(view) == ALLOWED
    assert {each["seat"] for each in view["seats"]} <= {"desk_1", "desk_2"}
    assert view["drill"]["titles"] == {}
    shop = json.dumps(view["shop"])
    world = seated.engine.scenario.world
    inside = [each for part in (*world.sites, *world.services) for each in (part.id, part.title)]
    assert [each for each in inside if f'"{each}"' in shop or f"{each} " in shop] == []
    assert {"load_frac", "share_frac", "sites", "detail"}.isdisjoint(keys_in(view))


def test_only_customers_have_it(sit: Sit) -> None:
    """No seat of the team and no observer gets the customer's key."""
    seated = sit("commander")
    drill = seated.hall.drill(seated.me.drill_id)
    assert "shop" not in seated.view()
    assert "shop" not in drill.seat_view("observer").build()


# --- what is told


def test_only_words_to_customers(sit: Sit) -> None:
    """Of the updates the customer reads those to the widest list outside the house, without their claims."""
    seated = sit("communications", team="none")
    for list_ in ("larder_major", "kitchens", "public"):
        seated.do("send_update", list=list_, text=f"Words to {list_}.", next_update_min=30)
    (told,) = customer(seated)["shop"]["words"]
    assert told["text"] == "Words to public."
    assert told["next_ms"] == told["t_ms"] + 30 * 60_000
    assert set(told) == {"n", "t_ms", "story", "text", "next_ms"}


# --- reports


def test_a_report_on_its_way(sit: Sit) -> None:
    """Sent, received, being worked on, asked, answered, closed: each step in the customer's words."""
    seated = sit("desk_1", team="none")
    as_customer(seated, "r1", "file_report", service="larder", text="The slot page spins.")
    assert mine(seated) == ["sent"]
    report = next(each.id for each in seated.engine.board.reports.values() if each.from_ == "end_user")
    seated.do("log_ticket", title="Slots spin", reporter="end_user", report=report)
    ticket = next(reversed(seated.engine.board.tickets))
    assert mine(seated) == ["received"]
    seated.do("categorise_ticket", ticket=ticket, category="application", sub="app_slow")
    assert mine(seated) == ["working"]
    seated.do("resolve_ticket", ticket=ticket)
    assert mine(seated) == ["solved"]
    seated.do("ask_reporter", ticket=ticket)
    assert mine(seated) == ["asked"]
    as_customer(seated, "r2", "confirm_restored", ticket=ticket, satisfied=False, text="Still spins.")
    assert (mine(seated), customer(seated)["asked"]) == (["no"], [])
    seated.do("ask_reporter", ticket=ticket)
    as_customer(seated, "r3", "confirm_restored", ticket=ticket, satisfied=True)
    assert mine(seated) == ["yes"]
    seated.do("close_ticket", ticket=ticket)
    assert mine(seated) == ["closed"]
    row = customer(seated)["shop"]["my_tickets"][0]
    assert (row["ticket"], row["text"]) == (ticket, "The slot page spins.")


def asked_reporter(sit: Sit) -> tuple[Seated, str]:
    """A drill whose desk has just asked the customer about their ticket; give the ticket too."""
    seated = sit("desk_1", team="none")
    as_customer(seated, "r1", "file_report", service="larder", text="The slot page spins.")
    report = next(each.id for each in seated.engine.board.reports.values() if each.from_ == "end_user")
    seated.do("log_ticket", title="Slots spin", reporter="end_user", report=report)
    ticket = next(reversed(seated.engine.board.tickets))
    seated.do("ask_reporter", ticket=ticket)
    return seated, ticket


def test_does_it_work_for_you(sit: Sit) -> None:
    """The desk's question waits for the customer with a yes, and a no that wants words."""
    seated, ticket = asked_reporter(sit)
    (asked,) = [each for each in customer(seated)["asked"] if each["kind"] == "works"]
    yes, no = asked["actions"]
    assert (yes["command"], yes["data"]) == ("confirm_restored", {"ticket": ticket, "satisfied": True})
    assert (no["data"]["satisfied"], no["needs_text"]) == (False, True)
    assert [each for each in seated.view()["asked"] if each["kind"] == "works"] == []


def test_a_customer_answers_for_themselves(sit: Sit) -> None:
    """What the customer said stands: nobody answers over their head."""
    seated, ticket = asked_reporter(sit)
    as_customer(seated, "r2", "confirm_restored", ticket=ticket, satisfied=False, text="Still spins.")
    seated.play_to(40)
    assert [item.kind for item in seated.engine.items if item.kind == "user.answered"] == []
    assert seated.engine.board.tickets[ticket].satisfied is False


def test_a_customer_who_has_left_holds_up_nobody(sit: Sit) -> None:
    """Twenty minutes after a question that stays open it is answered as things are."""
    seated, ticket = asked_reporter(sit)
    seated.play_to(15)
    assert seated.engine.board.tickets[ticket].satisfied is None
    seated.play_to(25)
    assert seated.engine.board.tickets[ticket].satisfied is not None


def test_a_linked_report_follows_the_ticket_it_was_linked_to(sit: Sit) -> None:
    """A report whose ticket is the same as another's goes on with the other one."""
    seated, ticket = asked_reporter(sit)
    main = seated.incident()
    seated.do("link_ticket", ticket=main, duplicate=ticket)
    assert mine(seated) == ["working"]
    seated.do("ask_reporter", ticket=main)
    assert mine(seated) == ["asked"]


def test_a_call_to_the_desk_leaves_no_duty_behind(sit: Sit) -> None:
    """A customer rings the desk and hangs up, and nobody asks them for a note of it."""
    seated = sit("desk_1", team="none")
    as_customer(seated, "c1", "start_call", to=["desk_1"])
    (call,) = customer(seated)["calls"]
    assert (call["in_it"], call["with"]) == (True, ["Ada Berg"])
    as_customer(seated, "c2", "end_call", call=call["call"])
    assert customer(seated)["asked"] == []
