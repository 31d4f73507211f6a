"""Times, numbers and names as people read them on a screen."""

from __future__ import annotations

MINUTE_MS = 60_000


def t_plus(t_ms: int) -> str:
    """Give the drill's own time: "T+03:07"."""
    minutes = max(0, t_ms) // MINUTE_MS
    return f"T+{minutes // 60:02d}:{minutes % 60:02d}"


def span(ms: int) -> str:
    """Give a duration: "5 h 44", "56 min"."""
    minutes = max(0, ms) // MINUTE_MS
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes >= 60 else f"{minutes} min"


def grouped(value: float) -> str:
    """Give a whole number in groups of three: "1 040"."""
    return f"{round(value):,}".replace(",", " ")


def percent(frac: float) -> str:
    """Give a share in percent, with a decimal only where a whole number would hide the loss."""
    value = 100.0 * frac
    return f"{value:.1f} %" if 99.0 <= value < 99.95 else f"{round(value)} %"


def money(low_usd: float, high_usd: float) -> str:
    """Give a range of money: "$0.6-1.7K", "$1.2-3.6M"."""
    for unit, size in (("M", 1e6), ("K", 1e3)):
        if high_usd >= size:
            return f"${_short(low_usd / size)}-{_short(high_usd / size)}{unit}"
    return f"${round(low_usd)}-{round(high_usd)}" if high_usd >= 0.5 else "$0"


def _short(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{round(value)}"


def initials(name: str) -> str:
    """Give the first letters of a name."""
    return "".join(part[0] for part in name.split()[:2]).upper()
