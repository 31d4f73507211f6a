"""The first page."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from app import identity
from app.house import House
from app.screens import home
from tests.app.conftest import SCENARIO, sit_down, stop
from tests.app.screens.pages import html_of

MAIN = str(Path(home.__file__).parents[1] / "main.py")


def run_main() -> AppTest:
    """Run the console's page as a browser that has just opened it."""
    page = AppTest.from_file(MAIN, default_timeout=60).run()
    assert not page.exception, page.exception
    return page


def test_the_offer_names_seats_and_hides_the_story(a_house: House) -> None:
    """A card says what a seat answers for; the cause, which only the debrief may tell, is nowhere."""
    model = home.build(a_house, {})
    card = next(card for card in model.cards if card.id == SCENARIO)
    assert [seat.id for seat in card.seats if seat.usual] == ["tech_lead"]
    assert all(seat.title and seat.own for seat in card.seats)
    cause = a_house.library.get(SCENARIO).plot.cause
    assert cause
    assert cause[:30] not in repr(model)


def test_drills_are_listed_for_who_holds_them(a_house: House) -> None:
    """An open drill leads back to its console, a past one to its scorecard; others see neither."""
    mine: dict[str, str] = {}
    past, running = sit_down(a_house, mine), sit_down(a_house, mine, "commander")
    stop(a_house, past)
    model = home.build(a_house, mine)
    assert [line.address for line in model.open] == [f"/console?d={running.drill_id}&seat=commander"]
    assert [line.address for line in model.past] == [f"/scorecard?d={past.drill_id}"]
    assert home.build(a_house, {}).past == ()


def test_the_facilitator_sees_every_past_drill(a_house: House) -> None:
    """With the facilitator's cookie all scorecards are listed; a running drill stays its players' own."""
    holder = sit_down(a_house, {})
    cookies = {identity.FACILITATOR_COOKIE: str(a_house.keys.exchange(a_house.keys.open_claim()))}
    assert home.build(a_house, cookies).open == ()
    stop(a_house, holder)
    assert [line.id for line in home.build(a_house, cookies).past] == [holder.drill_id]


def test_a_broken_scenario_is_named_with_its_cure(a_house: House, cookies: dict[str, str]) -> None:
    """A file of one's own that does not hold is shown with its place, and the others can be played."""
    assert a_house.settings.scenarios_dir
    (a_house.settings.scenarios_dir / "mine.yaml").write_text("format: stormdrill-scenario/1\ntitel: x\n")
    model = home.build(a_house, {})
    assert any(problem.line == 2 for problem in model.problems)
    shown = html_of(run_main())
    assert "mine.yaml:2" in shown
    assert "Your scenarios have problems" in shown


def test_the_page_shows_open_and_past_drills(a_house: House, cookies: dict[str, str]) -> None:
    """The page itself runs, with the element that starts a drill and the lists below it."""
    stop(a_house, sit_down(a_house, cookies))
    sit_down(a_house, cookies)
    page = run_main()
    assert "Open drills" in html_of(page)
    assert "Past drills" in html_of(page)
    assert len(page.get("bidi_component")) == 2


def test_durations_read_as_people_say_them() -> None:
    """Minutes below an hour, then hours with two digits of minutes."""
    assert [home.hours(ms) for ms in (0, 59 * 60_000, 60 * 60_000, 1580 * 60_000)] == [
        "0 min",
        "59 min",
        "1 h 00",
        "26 h 20",
    ]
