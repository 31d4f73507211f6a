"""The console's page."""

from app.house import House
from app.identity import SEAT_COOKIE, with_token
from app.screens import console
from tests.app.conftest import SCENARIO, sit_down
from tests.app.screens.pages import html_of, run_page


def test_who_holds_the_seat_gets_the_console(a_house: House) -> None:
    """The seat comes from the cookie; the address alone opens nothing."""
    mine: dict[str, str] = {}
    holder = sit_down(a_house, mine)
    found = console.build(a_house, holder.drill_id, mine)
    assert found.holder is not None
    assert found.holder.seat == "tech_lead"
    other = console.build(a_house, holder.drill_id, {})
    assert other.holder is None
    assert "not yours" in other.sentence
    assert "no such drill" in console.build(a_house, "nowhere", mine).sentence


def test_only_a_facilitator_watches(a_house: House) -> None:
    """Who asks from another seat gets their own console; a facilitator's screen knows where others join."""
    mine: dict[str, str] = {}
    trainee = sit_down(a_house, mine)
    assert console.build(a_house, trainee.drill_id, mine, "projector").options == {}
    host = a_house.hall.open_for_team(SCENARIO, "Ruth", seed=1)
    mine[SEAT_COOKIE] = with_token(mine, host.token)
    a_house.hall.begin(host)
    shown = console.build(a_house, host.drill_id, mine, "projector", "https://drill.example/console")
    assert shown.options == {"name": "Ruth", "watch": "projector", "join_url": "https://drill.example/join"}
    assert console.build(a_house, host.drill_id, mine).options == {"name": "Ruth"}


def test_a_drill_that_waits_leads_to_its_lobby(a_house: House, cookies: dict[str, str]) -> None:
    """Before the drill begins there is no console, but a lobby to wait in."""
    host = a_house.hall.open_for_team(SCENARIO, "Ruth", seed=1)
    cookies[SEAT_COOKIE] = host.token
    page = run_page(console.__name__, host.drill_id)
    assert len(page.get("bidi_component")) == 0
    assert f"/lobby?d={host.drill_id}" in html_of(page)


def test_the_page_mounts_the_element(a_house: House, cookies: dict[str, str]) -> None:
    """For the holder the live element stands on the page; for a stranger a sentence and the way home."""
    holder = sit_down(a_house, cookies)
    page = run_page(console.__name__, holder.drill_id)
    assert len(page.get("bidi_component")) == 1
    cookies.clear()
    page = run_page(console.__name__, holder.drill_id)
    assert len(page.get("bidi_component")) == 0
    assert "To the first page" in html_of(page)
