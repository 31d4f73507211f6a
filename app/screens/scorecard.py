"""The scorecard: the story to agree on first, managed or unmanaged, eight dimensions, outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from app import identity
from app.house import House, current
from app.screens import lanes, sheet
from app.screens.home import empty, hours
from app.theme import look
from scoring import FAILINGS, TRAITS, Band, EvidenceRow, Scorecard, ScoredLine
from scoring.report.html import numbers_text, outcome_rows, speeds_text
from scoring.story import Story

TRAIT_WORDS = {"shown": "Shown", "partly": "Partly", "not_shown": "Not shown", "not_tested": "Not tested"}
FAILING_WORDS = {"seen": "Seen", "partly": "Partly seen", "not_seen": "Not seen", "not_tested": "Not tested"}
LEVEL_OF = {"shown": "met", "not_shown": "missed", "seen": "met", "not_seen": "missed"}
LEVEL_WORDS = {"met": "Met", "partly": "Partly", "missed": "Missed", "not_tested": "Not tested"}
BARS = {"Solid": 3, "Growing": 2, "Thin": 1, "Too little seen": 0}


@dataclass(frozen=True)
class PanelRow:
    """A trait or failing of the source story, with the lines it comes from."""

    title: str
    level: str
    word: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class LineRow:
    """A practice with what this drill showed of it.

    Args:
        evidence: the record's items behind the level.
        numbers: the numbers used, as words and values.
    """

    id: str
    name: str
    core: bool
    level: str
    word: str
    reason: str
    finding: str
    coaching: str
    window: str
    evidence: tuple[EvidenceRow, ...]
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DimensionRow:
    """A dimension: band, counts, its strength and its area, its lines."""

    id: str
    name: str
    band: str
    bars: int
    counts: str
    sentence: str
    lines: tuple[LineRow, ...]


@dataclass(frozen=True)
class Model:
    """What the scorecard shows.

    Args:
        opened: id of the line that the address opens, or "".
    """

    drill_id: str
    title: str
    subtitle: str
    end_reason: str
    rules: str
    story: Story
    traits: tuple[PanelRow, ...]
    failings: tuple[PanelRow, ...]
    dimensions: tuple[DimensionRow, ...]
    outcomes: tuple[tuple[str, str, str], ...]
    hashes: tuple[tuple[str, str], ...]
    opened: str = ""


def build(drill_id: str, card: Scorecard, opened: str = "") -> Model:
    """Build the model of a scorecard."""
    record = card.record
    seats = [seat.title for seat in record.seats if not seat.bot]
    people = f"as {' and '.join(seats).lower()}" if seats else "bots only"
    return Model(
        drill_id=drill_id,
        title=card.setting.title,
        subtitle=" · ".join(
            [people, f"team {record.team}", f"story time {hours(record.ended_ms)}", speeds_text(card)]
        ),
        end_reason=record.end_reason,
        rules=card.rules_version,
        story=card.story,
        traits=_panel(TRAITS, card.traits, TRAIT_WORDS),
        failings=_panel(FAILINGS, card.failings, FAILING_WORDS),
        dimensions=tuple(_dimension(card, band) for band in card.bands),
        outcomes=tuple(outcome_rows(card.outcomes, card.cautions)),
        hashes=(("journal", record.journal_sha256), ("record", card.record_sha256)),
        opened=opened,
    )


def _panel(
    names: Mapping[str, tuple[str, tuple[str, ...]]], found: Mapping[str, str], words: Mapping[str, str]
) -> tuple[PanelRow, ...]:
    return tuple(
        PanelRow(title, LEVEL_OF.get(found[name], found[name]), words[found[name]], ids)
        for name, (title, ids) in names.items()
    )


def _dimension(card: Scorecard, band: Band) -> DimensionRow:
    parts = [
        f"{word}: {_first_lower(card.line(id_).judgement.finding or card.line(id_).line.name)}."
        for word, id_ in (("Strength", band.strength), ("Area", band.area))
        if id_
    ]
    return DimensionRow(
        id=band.id,
        name=band.name.split(":")[0],
        band=band.band,
        bars=BARS[band.band],
        counts=band.counts(),
        sentence=" ".join(parts) or "Nothing of this was called for, or too little to say.",
        lines=tuple(_line(card, scored) for scored in card.of_dimension(band.id)),
    )


def _line(card: Scorecard, scored: ScoredLine) -> LineRow:
    judged = scored.judgement
    window, story = judged.window, card.setting.story
    return LineRow(
        id=scored.line.id,
        name=scored.line.name,
        core=scored.line.core,
        level=judged.level,
        word=LEVEL_WORDS[judged.level],
        reason=judged.reason,
        finding=judged.finding,
        coaching=judged.coaching,
        window=f"{story(window.from_ms)} to {story(window.to_ms)}" if window else "",
        evidence=tuple(card.rows(judged.evidence)),
        numbers=tuple(numbers_text(judged.numbers)),
    )


def _first_lower(text: str) -> str:
    """Let a sentence go on inside another one; names and initials keep their capital."""
    text = text.rstrip(".")
    return text if text[1:2].isupper() or text[:1].isdigit() else text[:1].lower() + text[1:]


def find(house: House, drill_id: str, cookies: Mapping[str, str], opened: str) -> Model | tuple[str, str]:
    """Give the scorecard's model, or a sentence and the next act when there is none to show."""
    drill = next((each for each in house.hall.drills() if each["id"] == drill_id), None)
    if drill is None:
        return "There is no such drill.", "Start one on the first page."
    if identity.holder(cookies, drill_id) is None and not identity.may_review(cookies):
        return "This scorecard is not yours.", "Who held a seat can open it, the facilitator, and a lead."
    if drill["state"] != "ended":
        return "This drill still runs.", "Its scorecard is here when it has ended."
    return build(drill_id, house.verdicts.of(drill_id), opened)


def show(model: Model) -> None:
    """Show the model on the running page."""
    look.draw(*sheet.head(model))
    with st.container(key="card-story", gap=None):
        look.draw(sheet.story_head())
        lanes.mount(model.story)
        look.draw(sheet.moments(model))
    for section in sheet.sections(model):
        look.draw(section)


def page() -> None:
    """Run the scorecard."""
    query = st.query_params
    with st.spinner("Reading the record and judging the night …"):
        found = find(current(), query.get("d", ""), identity.page_cookies(), query.get("line", ""))
    if isinstance(found, Model):
        show(found)
    else:
        look.draw(empty(*found), look.way_home())


def lines_of(model: Model) -> Sequence[LineRow]:
    """Give all lines of a model, in order."""
    return [line for dimension in model.dimensions for line in dimension.lines]
