"""Pages ring, and go to a backup when nobody takes them."""

from __future__ import annotations

from tests.drills.director.table import Table, scenario


def test_an_unanswered_alert_goes_to_the_backup_once() -> None:
    """After five minutes the backup is rung too; then it goes on ringing there."""
    table = Table(scenario(injects="  []\n"))
    table.until("10:00")
    rang = table.all("page.rang", alert="west_down")
    assert [item.data["to"] for item in rang] == ["tech_lead", "commander"]
    assert rang[1].t_ms - rang[0].t_ms == 5 * 60_000


def test_an_acknowledged_alert_stays() -> None:
    """Whoever takes it keeps it."""
    table = Table(scenario(injects="  []\n"))
    table.until("09:07")
    table.act("tech_lead", "acknowledge_page", page="page-1")
    table.until("09:20")
    assert table.all("page.passed_on") == []


def test_a_colleague_rings_with_the_marker() -> None:
    """A page between seats says who calls, and that it is an exercise."""
    table = Table(scenario(injects="  []\n"))
    table.until("09:02")
    table.act("tech_lead", "page_someone", to="commander", text="Will you lead?")
    assert str(table.one("page.rang").data["title"]).startswith("EXERCISE Tech lead calls")
