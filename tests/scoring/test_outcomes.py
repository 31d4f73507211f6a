"""What came of the night."""

from __future__ import annotations

import pytest

from scoring.outcomes import CAUTIONS, Outcomes, outcomes
from scoring.reading import Night
from tests.scoring.nights import MANAGED, UNMANAGED
from tests.scoring.notation import SETTING, record


def _of(text: str, end: float, metrics: dict[str, list[float]] | None = None) -> Outcomes:
    return outcomes(Night(record(text, end=end, metrics=metrics), SETTING))


def test_times_of_the_managed_night() -> None:
    """From onset, trigger and awareness; the longest silence from the trigger on."""
    found = _of(MANAGED, 400)
    assert (found.detect_min, found.acknowledge_min, found.command_min) == (2, 1, 5)
    assert (found.first_notice_min, found.mitigate_min, found.resolve_min) == (13, 152, 177)
    assert (found.degraded_min, found.outage_min, found.max_silence_min) == (145, 0, 28)
    assert (found.sites_lost, found.total_outage, found.sla_breached) == (2, False, False)


def test_what_never_happened_is_null() -> None:
    """Not zero."""
    found = _of(UNMANAGED, 600)
    assert found.command_min is found.first_notice_min is found.mitigate_min is found.resolve_min is None
    assert (found.sites_lost, found.total_outage, found.sla_breached) == (3, True, True)
    assert found.outage_min == 317


def test_requests_cost_and_budget_come_from_the_columns() -> None:
    """Half of 100 requests a minute fail for an hour: 30 lost minutes at $100K-300K; no pre-roll."""
    minutes = list(range(-10, 61))
    columns = {
        "t_ms": [minute * 60_000.0 for minute in minutes],
        "fresh": [100.0] * len(minutes),
        "failed": [50.0] * len(minutes),
    }
    found = _of(UNMANAGED, 600, columns)
    assert (found.failed_requests, found.failed_frac) == (3000, 0.5)
    assert (found.cost_low_usd, found.cost_high_usd) == (50_000, 150_000)
    assert found.error_budget_burned_pct == pytest.approx(100 * 30 / 43.2, abs=0.05)


def test_a_page_never_acknowledged_counts_to_the_end() -> None:
    """And only pages of alerts count."""
    ringing = """
        10 director page.rang p-1 to=tech_lead alert=dc1_down
        14 tech_lead page.acknowledged p-1
        20 director page.rang p-2 to=tech_lead alert=dc2_down
        30 director page.rang p-3 to=commander
    """
    assert _of(ringing, 100).acknowledge_min == (4 + 80) / 2


def test_every_outcome_has_a_caution() -> None:
    """Printed beside it."""
    assert set(CAUTIONS) == set(_of(MANAGED, 400).as_json())
