"""Claims against the world: a statement counts for what the trace bears out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.reading import Night
from scoring.ribbons import Ribbon
from scoring.timing import MIN_MS

LAG_MS = 5 * MIN_MS
STATES = ("up", "degraded", "down", "warming")


def is_borne_out(night: Night, claim: Mapping[str, Any], t_ms: int) -> bool:
    """Say whether nothing in the trace contradicts a claim when it was made, allowing five minutes of lag.

    Only states can be held against the trace here; everything else passes.
    """
    value = str(claim.get("value", "")).strip().lower()
    if claim.get("property") != "state" or value not in STATES:
        return True
    subject = str(claim.get("subject", "")).strip().lower()
    site = next(
        (
            known
            for known in night.sites
            if subject in (known.lower(), night.setting.site_title(known).lower())
        ),
        None,
    )
    true_states = _states(night.sites[site] if site else night.levels, t_ms)
    if site and value == "down":
        return bool(true_states & {"down", "warming", "idle"})
    return value in true_states


def _states(ribbons: tuple[Ribbon, ...], t_ms: int) -> set[str]:
    return {part.state for part in ribbons if part.from_ms <= t_ms and part.to_ms >= t_ms - LAG_MS}
