"""What scoring says about a drill, for pages, downloads and the command line alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drills import Record


def scorecard(record: Record) -> dict[str, Any]:
    """Give the scorecard of a record as JSON values."""
    import scoring

    return scoring.scorecard(record).as_json()


def report_html(record: Record) -> str:
    """Give the report of a record as one HTML page."""
    from scoring import report

    return report.html(record)


def as_text(card: dict[str, Any]) -> str:
    """Give a scorecard as the text that files and `--json` carry."""
    return json.dumps(card, indent=2, ensure_ascii=False, sort_keys=False) + "\n"
