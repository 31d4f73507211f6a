"""The first page: play alone, the drills of this browser, scenarios of one's own that have problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from app import identity
from app.house import House, current
from app.listing import seat_words, started_words, state_words
from app.screens import play
from app.theme import look
from app.theme.markup import Markup, tag
from drills.hall import LOBBY
from scenarios import Library, Problem, Scenario
from scenarios.library import BrokenScenario, Row

USUAL_SEAT = "tech_lead"
STATE_CLASSES = {"running": "act", "paused": "degraded", "ended": "outline"}


@dataclass(frozen=True)
class SeatCard:
    """A seat that a lone player can take, with its duty card."""

    id: str
    title: str
    name: str
    own: str
    may: str
    may_not: str
    asked: str
    good: str
    usual: bool


@dataclass(frozen=True)
class ScenarioCard:
    """A scenario as the first page offers it; nothing of what will happen."""

    id: str
    title: str
    premise: str
    minutes: str
    level: str
    seats: tuple[SeatCard, ...]


@dataclass(frozen=True)
class DrillLine:
    """A drill that this browser may open.

    Args:
        address: where it goes on, or where its scorecard is.
    """

    id: str
    title: str
    state: str
    started: str
    seats: str
    story: str
    address: str
    deed: str


@dataclass(frozen=True)
class Model:
    """What the first page shows."""

    cards: tuple[ScenarioCard, ...]
    open: tuple[DrillLine, ...]
    past: tuple[DrillLine, ...]
    problems: tuple[Problem, ...]
    is_facilitator: bool
    may_review: bool


def build(house: House, cookies: Mapping[str, str]) -> Model:
    """Build the model from the library and from the drills that these cookies open."""
    may_review = identity.may_review(cookies)
    lines = [
        line
        for drill in house.hall.drills()
        if (line := _drill_line(drill, identity.holder(cookies, drill["id"]), may_review)) is not None
    ]
    return Model(
        cards=playable(house.library),
        open=tuple(line for line in lines if line.state != "ended"),
        past=tuple(line for line in lines if line.state == "ended"),
        problems=tuple(house.library.problems()),
        is_facilitator=identity.is_facilitator(cookies),
        may_review=may_review,
    )


def playable(library: Library) -> tuple[ScenarioCard, ...]:
    """Give a card for each scenario that loads; what is wrong with the others stands among the problems."""
    cards = []
    for row in library.catalogue():
        with suppress(BrokenScenario):
            cards.append(scenario_card(row, library.get(row.id)))
    return tuple(cards)


def scenario_card(row: Row, scenario: Scenario) -> ScenarioCard:
    """Give the card of a scenario: title, premise, time to plan for, seats."""
    cast = {person.seat: person.name for person in scenario.people if person.seat}
    table = scenario.role_table
    return ScenarioCard(
        id=scenario.id,
        title=scenario.title,
        premise=scenario.plot.premise,
        minutes=f"about {row.minutes} minutes",
        level=f"{row.level}, {hours(scenario.end_ms)} of story",
        seats=tuple(
            SeatCard(
                id=role.id,
                title=role.title,
                name=cast[role.id],
                usual=role.id == USUAL_SEAT,
                **{name: getattr(role.duties, name) for name in ("own", "may", "may_not", "asked", "good")},
            )
            for role in table.values()
            if role.id in cast and role.id in row.seats
        ),
    )


def hours(ms: int) -> str:
    """Give a duration as people read it: `56 min`, `3 h 20`."""
    minutes = round(ms / 60_000)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d}"


def _drill_line(drill: Mapping[str, Any], seat: Any, may_review: bool) -> DrillLine | None:
    ended = drill["state"] == "ended"
    if seat is None and not (may_review and ended):
        return None
    return DrillLine(
        id=drill["id"],
        title=drill["title"],
        state=drill["state"],
        started=started_words(drill),
        seats=seat_words(drill),
        story=str(drill.get("story", "")),
        address=_address(drill, seat),
        deed="Scorecard" if ended else "Return",
    )


def _address(drill: Mapping[str, Any], seat: Any) -> str:
    if drill["state"] == "ended":
        return f"/scorecard?d={drill['id']}"
    if drill["state"] == LOBBY:
        return f"/lobby?d={drill['id']}"
    return f"/console?d={drill['id']}&seat={seat.seat}"


def show(model: Model) -> None:
    """Show the model on the running page."""
    if model.cards:
        play.mount({"cards": [asdict(card) for card in model.cards]})
    else:
        look.draw(
            empty(
                "No scenario can be played.",
                "Mend the problems below, or start the server without --scenarios.",
            )
        )
    look.draw(_doors(model))
    if model.problems:
        look.draw(problem_card(model.problems))
    for title, note, lines in (
        ("Open drills", "go on where you left", model.open),
        ("Past drills", "each with its scorecard", model.past),
    ):
        if lines:
            look.draw(drill_card(title, note, lines))


def _doors(model: Model) -> Markup:
    """Give the ways to a drill with others."""
    ways = [("Join a team with a code", "/join")]
    if model.is_facilitator:
        ways.append(("Open a drill for a team", "/open"))
    if model.may_review:
        ways.append(("All drills", "/drills"))
    links = [tag("a", title, cls="btn", href=address, target="_self") for title, address in ways]
    return tag("p", *links, cls="row")


def drill_card(title: str, note: str, lines: Sequence[DrillLine]) -> Markup:
    """Give the card that lists drills."""
    return tag("section", _head(title, note), tag("div", *map(_drill_row, lines), cls="list"), cls="card")


def _drill_row(line: DrillLine) -> Markup:
    return tag(
        "div",
        tag(
            "span",
            state_words(line.state),
            cls=f"chip {STATE_CLASSES.get(line.state, 'outline')}",
        ),
        tag("b", line.title),
        tag("span", f"as {line.seats}", cls="s") if line.seats else None,
        tag("span", f"{line.story} · started {line.started} UTC".removeprefix(" · "), cls="q sm"),
        tag("span", cls="sp"),
        tag(
            "a",
            line.deed,
            cls="btn sm",
            href=line.address,
            target="_self",
            aria_label=f"{line.deed}: {line.title}, {line.started}",
        ),
        cls="line",
    )


def problem_card(problems: Sequence[Problem]) -> Markup:
    """Give the card that says what is wrong with one's own scenarios, and how to mend it."""
    rows = [
        tag(
            "li",
            tag("span", f"{each.file}:{each.line}:{each.column}", cls="m"),
            f" {each.message}",
            tag("span", f" ({each.cure})", cls="q"),
        )
        for each in problems
    ]
    note = "they are not offered until mended; saved files are read again"
    return tag(
        "section", _head("Your scenarios have problems", note), tag("ul", *rows, cls="bd plain"), cls="card"
    )


def empty(sentence: str, deed: str) -> Markup:
    """Give the card of an empty page: a sentence, and the next act."""
    return tag("section", tag("div", tag("h2", sentence), tag("p", deed, cls="s"), cls="bd"), cls="card")


def _head(title: str, note: str) -> Markup:
    return tag("div", tag("h2", title), tag("span", note, cls="q"), cls="hd")


def page() -> None:
    """Run the first page."""
    show(build(current(), identity.page_cookies()))
