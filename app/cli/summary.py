"""A scorecard in a few lines of text, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

MARKS = {"met": "■", "partly": "◧", "missed": "□", "not_tested": "┄"}


def short(card: Mapping[str, Any]) -> Iterator[str]:
    """Give title, outcomes, traits and failings, and the bands; a line each."""
    yield f"{card['title']} · team {card['team']} · seed {card['seed']} · {card['end_reason']}"
    outcomes = card["outcomes"]
    yield (
        f"nobody served {minutes(outcomes['outage_min'])} · degraded {minutes(outcomes['degraded_min'])} · "
        f"requests failed {outcomes['failed_frac']:.1%} · cost {money(outcomes['cost_usd'])} · "
        f"SLA {'breached' if outcomes['sla_breached'] else 'kept'}"
    )
    yield from _pairs("traits", card["traits"])
    yield from _pairs("failings", card["failings"])
    width = max((len(each["name"]) for each in card["dimensions"]), default=0)
    for each in card["dimensions"]:
        counts = ", ".join(f"{each[key]} {key.replace('_', ' ')}" for key in MARKS if each[key])
        yield f"{each['name']:<{width}}  {each['band']:<16} {counts}"
    yield f"journal {card['journal_sha256']}"
    yield f"record  {card['record_sha256']}"


def practices(card: Mapping[str, Any]) -> Iterator[str]:
    """Give a line for each practice, with the next move where one is due."""
    for line in card["practices"]:
        reason = f" ({line['reason']})" if line.get("reason") else ""
        evidence = f" [{', '.join(map(str, line['evidence'][:6]))}]" if line["evidence"] else ""
        yield f"{MARKS[line['level']]} {line['id']:<6} {line['level'].replace('_', ' ')}{reason}{evidence}"
        if line.get("coaching"):
            yield f"         {line['coaching']}"


def minutes(value: float | None) -> str:
    """Give a duration as people read it; a dash for what never happened."""
    if value is None:
        return "never"
    whole = round(value)
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60:02d}"


def money(cost: Mapping[str, float]) -> str:
    """Give a range of dollars, rounded to what is known: `$52K-$155K`."""
    return f"{_dollars(cost['low'])}-{_dollars(cost['high'])}"


def _dollars(value: float) -> str:
    if value >= 1_000_000:
        return f"${value / 1_000_000:.1f}M"
    return f"${value / 1000:.0f}K" if value >= 10_000 else f"${value / 1000:.1f}K"


def _pairs(title: str, found: Mapping[str, str]) -> Iterator[str]:
    yield f"{title}: " + ", ".join(
        f"{name.replace('_', ' ')} {state.replace('_', ' ')}" for name, state in found.items()
    )
