"""The scorecard's page."""

from app.house import House
from app.screens import scorecard, sheet
from app.theme.markup import join
from tests.app.conftest import sit_down, stop
from tests.app.screens.pages import html_of, run_page


def ended(a_house: House, cookies: dict[str, str]) -> scorecard.Model:
    """Play a drill that is stopped at once; give its scorecard's model."""
    holder = sit_down(a_house, cookies)
    stop(a_house, holder)
    found = scorecard.find(a_house, holder.drill_id, cookies, "")
    assert isinstance(found, scorecard.Model)
    return found


def test_every_line_is_on_the_sheet(a_house: House) -> None:
    """Eight dimensions, four traits, four failings, and each line of the catalogue once, with its word."""
    model = ended(a_house, {})
    lines = scorecard.lines_of(model)
    assert len(model.dimensions) == 8
    assert len(model.traits) == len(model.failings) == 4
    assert len({line.id for line in lines}) == len(lines)
    drawn = str(join(*sheet.head(model), *sheet.sections(model)))
    for line in lines:
        assert f'id="{line.id}"' in drawn
        assert line.word.lower() in drawn
    assert {id_ for row in (*model.traits, *model.failings) for id_ in row.lines} <= {
        line.id for line in lines
    }


def test_the_sheet_gives_no_grade(a_house: House) -> None:
    """Counts stand beside every band; there is no total, no percent of a person."""
    model = ended(a_house, {})
    for row in model.dimensions:
        assert sum(int(part.split()[0]) for part in row.counts.split(", ")) == len(row.lines)


def test_a_name_cannot_become_a_tag(a_house: House) -> None:
    """A person called like markup is shown as typed."""
    holder = a_house.hall.play_alone("my-first-drill", "commander", name="<img src=x onerror=1>", seed=1)
    for number, (command, data) in enumerate(
        [
            ("assume_role", {"role": "commander"}),
            ("send_message", {"text": "<script>1</script>"}),
            ("stop", {}),
        ]
    ):
        a_house.hall.submit(holder.drill_id, holder.seat, holder.person, f"c{number}", command, data)
    model = scorecard.build(holder.drill_id, a_house.verdicts.of(holder.drill_id))
    drawn = str(join(*sheet.head(model), sheet.moments(model), *sheet.sections(model)))
    assert "<img" not in drawn
    assert "<script" not in drawn


def test_the_page_opens_the_line_of_its_address(a_house: House, cookies: dict[str, str]) -> None:
    """The page runs; the line that the address names stands open."""
    holder = sit_down(a_house, cookies)
    stop(a_house, holder)
    shown = html_of(run_page(scorecard.__name__, holder.drill_id, line="CMD-1"))
    assert "What happened that night" in shown
    assert '<details class="dim" id="D2" open>' in shown
    assert '<details class="dim" id="D1">' in shown
    assert f"/api/drills/{holder.drill_id}/report.html" in shown


def test_who_may_not_see_it_is_told_who_can(a_house: House, cookies: dict[str, str]) -> None:
    """A running drill, another's drill and no drill at all each have their sentence."""
    holder = sit_down(a_house, cookies)
    assert "still runs" in html_of(run_page(scorecard.__name__, holder.drill_id))
    stop(a_house, holder)
    cookies.clear()
    assert "not yours" in html_of(run_page(scorecard.__name__, holder.drill_id))
    assert "no such drill" in html_of(run_page(scorecard.__name__, "nowhere"))
