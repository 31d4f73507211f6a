"""What scoring says about a drill, for pages, downloads and the command line alike."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drills import Hall, Record
    from scenarios import Scenario
    from scoring import Scorecard

KEPT = 8


def scored(record: Record, scenario: Scenario) -> Scorecard:
    """Give the scorecard of a record."""
    from scoring import scorecard

    return scorecard(record, scenario)


def as_text(card: Scorecard) -> str:
    """Give a scorecard as the JSON text that files and `--json` carry."""
    return json.dumps(as_json(card), indent=2, ensure_ascii=False) + "\n"


def as_json(card: Scorecard) -> dict[str, Any]:
    """Give a scorecard as JSON values."""
    return card.as_json()


def report_html(card: Scorecard) -> str:
    """Give the report of a drill as one HTML page."""
    from scoring import report_html as html

    return html(card)


class Verdicts:
    """Scorecards of ended drills; each is worked out once.

    Args:
        hall: where the drills are.
    """

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._kept: OrderedDict[str, Scorecard] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, drill_id: str) -> Scorecard:
        """Give the scorecard of a drill that has ended."""
        with self._lock:
            card = self._kept.get(drill_id)
            if card is None:
                card = scored(self._hall.record(drill_id), self._hall.scenario(drill_id))
                self._kept[drill_id] = card
            self._kept.move_to_end(drill_id)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return card
