"""A scorecard as one self-contained HTML page: no network, light and dark, prints on A4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from scoring.bands import Band
from scoring.outcomes import Outcomes
from scoring.panel import FAILINGS, TRAITS
from scoring.report.lanes import lanes_svg
from scoring.scorecard import Scorecard, ScoredLine
from scoring.timing import MIN_MS, duration, number

LEVEL_WORDS = {"met": "Met", "partly": "Partly", "missed": "Missed", "not_tested": "Not tested"}
TRAIT_WORDS = {"shown": "Shown", "partly": "Partly", "not_shown": "Not shown", "not_tested": "Not tested"}
FAILING_WORDS = {"seen": "Seen", "partly": "Partly seen", "not_seen": "Not seen", "not_tested": "Not tested"}
GLYPHS = {
    "shown": "met",
    "not_shown": "missed",
    "seen": "met",
    "not_seen": "missed",
    "met": "met",
    "partly": "partly",
    "missed": "missed",
    "not_tested": "not_tested",
}
BAND_BARS = {"Solid": 3, "Growing": 2, "Thin": 1, "Too little seen": 0}


def report_html(card: Scorecard) -> str:
    """Give the report page of a scorecard."""
    return _template().render(
        card=card,
        css=Markup((files("scoring.report") / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        lanes=lanes_svg(card.story),
        subtitle=_subtitle(card),
        traits=_panel(TRAITS, card.traits, TRAIT_WORDS),
        failings=_panel(FAILINGS, card.failings, FAILING_WORDS),
        dimensions=[_dimension(card, band) for band in card.bands],
        outcomes=outcome_rows(card.outcomes, card.cautions),
        speeds=speeds_text(card),
        thresholds=_thresholds(card),
        level_words=LEVEL_WORDS,
        glyphs=GLYPHS,
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string((files("scoring.report") / "page.html.j2").read_text(encoding="utf-8"))


def _subtitle(card: Scorecard) -> str:
    people = sum(not seat.bot for seat in card.record.seats)
    who = f"{len(card.record.seats)} seats, {people} held by people" if card.record.seats else "no seats"
    return (
        f"Drill {card.record.header.drill} · {who} · story time {duration(card.record.ended_ms / MIN_MS)}"
        f" · {card.setting.story(0)} to {card.setting.story(card.record.ended_ms)}"
    )


def speeds_text(card: Scorecard) -> str:
    """Give the speeds played in words: "×3 for 24 min, ×20 for 2 h, paused 1 time"."""
    minutes: dict[float, float] = {}
    for stretch in card.record.speeds:
        minutes[stretch.speed] = minutes.get(stretch.speed, 0.0) + (stretch.to_ms - stretch.from_ms) / MIN_MS
    words = [f"×{number(speed)} for {duration(length)}" for speed, length in minutes.items() if speed > 0]
    if -1 in minutes:
        words.append(f"{duration(minutes[-1])} skipped")
    return ", ".join(words) if words else "bots only, no pace of people"


def _panel(
    names: Mapping[str, tuple[str, tuple[str, ...]]], found: Mapping[str, str], words: Mapping[str, str]
) -> list[dict[str, str]]:
    return [
        {
            "title": title,
            "lines": ", ".join(ids),
            "state": found[name],
            "word": words[found[name]],
            "glyph": GLYPHS[found[name]],
        }
        for name, (title, ids) in names.items()
    ]


def _dimension(card: Scorecard, band: Band) -> dict[str, Any]:
    lines = card.of_dimension(band.id)
    tested = [scored for scored in lines if scored.judgement.level != "not_tested"]
    return {
        "band": band,
        "name": band.name.split(":")[0],
        "bars": BAND_BARS[band.band],
        "lines": lines,
        "tested": [_line(card, scored) for scored in tested],
        "untested": _by_reason([scored for scored in lines if scored not in tested]),
        "summary": _summary(card, band),
    }


def _by_reason(untested: Sequence[ScoredLine]) -> list[tuple[str, list[ScoredLine]]]:
    """Give lines that were not tested by their reason, those this drill might have tested first."""
    found: dict[str, list[ScoredLine]] = {}
    for scored in untested:
        found.setdefault(scored.judgement.reason, []).append(scored)
    return sorted(found.items(), key=lambda pair: pair[0] == "no instrument")


def _summary(card: Scorecard, band: Band) -> str:
    parts = []
    for word, id_ in (("Strength", band.strength), ("Area", band.area)):
        if id_:
            parts.append(f"{word}: {id_}, {card.line(id_).judgement.finding}.")
    return " ".join(parts) or "Nothing of this was tested in this drill."


def _line(card: Scorecard, scored: ScoredLine) -> dict[str, Any]:
    window = scored.judgement.window
    return {
        "scored": scored,
        "rows": card.rows(scored.judgement.evidence),
        "window": f"{card.setting.story(window.from_ms)} to {card.setting.story(window.to_ms)}"
        if window
        else "",
        "numbers": numbers_text(scored.judgement.numbers),
    }


def numbers_text(numbers: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Give the numbers of a line as words and values, without clock times and what was not widened."""
    hidden = set() if numbers.get("speed", 1) != 1 else {"speed", "allowed_min"}
    return [
        (name.removesuffix("_min").replace("_", " "), _value(name, value))
        for name, value in numbers.items()
        if not name.endswith("_ms") and name not in hidden
    ]


def _value(name: str, value: Any) -> str:
    if value is None:
        return "never"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and name.endswith("_min"):
        return duration(value) if value >= 120 else f"{number(float(value))} min"
    return f"{value:g}" if isinstance(value, float) else str(value)


def outcome_rows(found: Outcomes, cautions: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Give the outcome table as (name, value, caution), what users feel first."""

    def after(minutes: float | None) -> str:
        return "never" if minutes is None else duration(minutes)

    cost = f"${found.cost_low_usd:,} to ${found.cost_high_usd:,}"
    rows = [
        ("Nobody served", duration(found.outage_min), "outage_min"),
        ("Service degraded", duration(found.degraded_min), "degraded_min"),
        ("Total outage", "yes" if found.total_outage else "no", "total_outage"),
        ("Sites lost", str(found.sites_lost), "sites_lost"),
        (
            "Requests failed",
            f"{found.failed_requests:,} ({100 * found.failed_frac:.3g} %)",
            "failed_requests",
        ),
        ("Cost", cost, "cost_usd"),
        ("Error budget of the month", f"{found.error_budget_burned_pct:g} %", "error_budget_burned_pct"),
        ("SLA", "breached" if found.sla_breached else "kept", "sla_breached"),
        ("Time to mitigate", after(found.mitigate_min), "mitigate_min"),
        ("Time to detect", after(found.detect_min), "detect_min"),
        ("Time to acknowledge, mean", after(found.acknowledge_min), "acknowledge_min"),
        ("Time to command", after(found.command_min), "command_min"),
        ("Time to first notice", after(found.first_notice_min), "first_notice_min"),
        ("Time to resolve", after(found.resolve_min), "resolve_min"),
        ("Longest silence to the list", after(found.max_silence_min), "max_silence_min"),
    ]
    return [(name, value, cautions[key]) for name, value, key in rows]


def _thresholds(card: Scorecard) -> list[tuple[str, str]]:
    limits = card.setting.thresholds
    return [
        ("command taken within", f"{number(limits.command)} min of the major trigger"),
        ("first notice within", f"{number(limits.notice)} min of command"),
        ("updates every", f"{number(limits.update)} min"),
        ("document open within", f"{number(limits.document)} min"),
        ("time box of a tier", f"{number(limits.time_box)} min"),
        ("service restored within", f"{number(limits.restore)} min"),
    ]
