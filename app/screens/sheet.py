"""How a scorecard is drawn: head, story, panel, dimensions, outcomes; each a piece of markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.theme import glyphs, look
from app.theme.markup import Markup, Part, tag

if TYPE_CHECKING:
    from app.screens.scorecard import DimensionRow, LineRow, Model, PanelRow
    from scoring.story import KeyMoment

WORLD_STATES = (("up", "Up"), ("degraded", "Degraded"), ("down", "Down"), ("warming", "Warming"))
DOWNLOADS = (
    ("report.html", "Report"),
    ("scorecard.json", "Scorecard JSON"),
    ("journal.jsonl", "Journal"),
    ("record.json.gz", "Record"),
)


def head(model: Model) -> Sequence[Markup]:
    """Give the strip of the exercise, the title and what can be taken away."""
    base = f"/api/drills/{model.drill_id}"
    buttons = [
        tag("a", title, cls="btn sm", href=f"{base}/{name}", download=True, target="_self")
        for name, title in DOWNLOADS
    ]
    ended = model.end_reason or "ended"
    return [
        look.exercise(f"{model.title} · {ended}, sealed and kept"),
        tag(
            "div",
            tag("div", tag("h1", "What happened that night"), tag("p", model.subtitle, cls="q"), cls="grow"),
            tag("span", f"Sealed, rules {model.rules}", cls="chip outline"),
            tag("div", *buttons, cls="row"),
            cls="strip",
        ),
    ]


def sections(model: Model) -> Sequence[Markup]:
    """Give the cards below the story, and the note on hashes."""
    return [panel(model), dimensions(model), outcomes(model), hashes(model)]


def _card(title: str, note: str, *body: Part, beside: Part = None) -> Markup:
    return tag("section", _head(title, note, beside), *body, cls="card")


def _head(title: str, note: str, beside: Part) -> Markup:
    return tag("div", tag("h2", title), tag("span", note, cls="q"), tag("span", cls="sp"), beside, cls="hd")


def story_head() -> Markup:
    """Give the head of the story in one screen, with the words for its colours."""
    legend = [
        tag("span", tag("i", cls=f"dot {state}"), word, cls=f"chip {state}") for state, word in WORLD_STATES
    ]
    legend.append(tag("span", "hatched: nothing, though it was called for", cls="chip outline"))
    return _head(
        "The story in one screen",
        "agree on the story before judging · time is stretched where much happened",
        tag("span", *legend, cls="row key"),
    )


def moments(model: Model) -> Markup:
    """Give the key moments of the story in words."""
    rows = [tag("li", tag("span", str(each.number), cls="no"), _moment(each)) for each in model.story.moments]
    return tag("ol", *rows, cls="km")


def _moment(moment: KeyMoment) -> Markup:
    return tag("span", tag("b", moment.story, cls="m"), " ", moment.text)


def panel(model: Model) -> Markup:
    """Give the question that the source story asks, answered by four traits and four failings."""
    return _card(
        "Managed or unmanaged?",
        "four traits and four failings of the source story; each opens its lines",
        tag(
            "div",
            _half("Traits of a managed night", model.traits),
            _half("Failings of an unmanaged night", model.failings),
            cls="mu",
        ),
    )


def _half(title: str, rows: Sequence[PanelRow]) -> Markup:
    return tag("div", tag("h3", title), tag("ul", *map(_panel_row, rows)))


def _panel_row(row: PanelRow) -> Markup:
    links: list[Part] = []
    for id_ in row.lines:
        links += [", " if links else None, tag("a", id_, href=f"#{id_}", target="_self")]
    state = glyphs.worded(row.level, row.word)
    return tag("li", state, tag("span", row.title), tag("span", *links, cls="q xs"))


def dimensions(model: Model) -> Markup:
    """Give the eight dimensions; each opens its lines, each line its evidence."""
    words = (("met", "Met"), ("partly", "Partly"), ("missed", "Missed"), ("not_tested", "Not tested"))
    legend = [glyphs.worded(level, word) for level, word in words]
    legend.append(tag("span", tag("i", cls="core"), "from the source story", cls="st s"))
    return _card(
        "Eight dimensions, side by side",
        "no single grade; “not tested” means the drill never called for it",
        *(_dimension(each, model.opened) for each in model.dimensions),
        beside=tag("span", *legend, cls="row key sm"),
    )


def _dimension(row: DimensionRow, opened: str) -> Markup:
    bars = [tag("i", cls=None if index < row.bars else "o") for index in range(3)]
    summary = tag(
        "summary",
        tag("b", row.name, cls="name"),
        tag("span", tag("span", *bars, cls="bars", aria_hidden="true"), row.band, cls="band"),
        tag("span", *map(_cell, row.lines), cls="cells"),
        tag("span", row.sentence, cls="s sm sum"),
        tag("span", row.counts, cls="q sm cnt"),
    )
    is_open = any(line.id == opened for line in row.lines)
    tested = [_line(line, is_open=line.id == opened) for line in row.lines if line.level != "not_tested"]
    untested = [_untested(line) for line in row.lines if line.level == "not_tested"]
    rest = tag("ul", *untested, cls="untested") if untested else None
    return tag("details", summary, tag("div", *tested, rest, cls="lines"), cls="dim", id=row.id, open=is_open)


def _cell(line: LineRow) -> Markup:
    names = ["nt" if line.level == "not_tested" else "", "key-line" if line.core else ""]
    said = f"{line.id} {line.name}: {line.word.lower()}"
    return tag("span", glyphs.level(line.level, said), cls=" ".join(filter(None, names)) or None, title=said)


def _line(line: LineRow, *, is_open: bool) -> Markup:
    summary = tag(
        "summary",
        glyphs.worded(line.level, line.word),
        tag("b", f"{line.id} {line.name}"),
        tag("span", line.finding, cls="q sm"),
    )
    numbers = [tag("span", tag("span", name, cls="q"), f" {value}", cls="nw") for name, value in line.numbers]
    return tag(
        "details",
        summary,
        tag(
            "div",
            _evidence(line),
            tag("p", line.coaching, cls="coach") if line.coaching else None,
            tag("div", *numbers, tag("span", line.window, cls="q nw"), cls="row sm nums"),
            cls="open",
        ),
        cls="line",
        id=line.id,
        open=is_open,
    )


def _evidence(line: LineRow) -> Markup | None:
    if not line.evidence:
        return None
    rows = [
        tag(
            "tr",
            tag("td", each.story, cls="m nw"),
            tag("td", each.who, cls="nw"),
            tag("td", each.sentence),
            tag("td", f"entry {each.n}", cls="q xs nw"),
        )
        for each in line.evidence
    ]
    titles = [tag("th", title, scope="col") for title in ("When", "Who", "What", "Record")]
    return tag("table", tag("thead", tag("tr", *titles)), tag("tbody", *rows), cls="ev")


def _untested(line: LineRow) -> Markup:
    why = f": {line.reason}" if line.reason else ""
    return tag(
        "li",
        glyphs.level("not_tested"),
        tag("span", f"{line.id} {line.name}"),
        tag("span", f"not tested{why}", cls="q sm"),
        id=line.id,
    )


def outcomes(model: Model) -> Markup:
    """Give the outcomes, each with its caution."""
    rows = [
        tag("tr", tag("th", name, scope="row"), tag("td", value, cls="this"), tag("td", caution, cls="s"))
        for name, value, caution in model.outcomes
    ]
    titles = [
        tag("th", title, scope="col", cls="this" if title == "This drill" else None)
        for title in ("Outcome", "This drill", "Caution")
    ]
    return _card(
        "What came of it",
        "luck and process are two things; never added to the lines above",
        tag("table", tag("thead", tag("tr", *titles)), tag("tbody", *rows), cls="ot"),
    )


def hashes(model: Model) -> Markup:
    """Give the hashes by which anyone can check that nothing was changed."""
    named = [tag("span", f"{name} {value}", cls="m") for name, value in model.hashes]
    return tag("p", *named, cls="hash q xs")
