"""What one seat can see: the only door through which bots and screens look at a drill.

An item comes through when the seat's role stands in its `sees`; instruments when the role's `sees` names
their group.
"""

from __future__ import annotations

from collections.abc import Iterator

from drills.board import Page, Question, Task
from drills.engine import Engine
from drills.record import Item
from simulator import Job, Reading


class Eyes:
    """A seat's view of a drill, kept up to date as items arrive.

    Args:
        seat: role id of the seat that looks.
    """

    def __init__(self, engine: Engine, seat: str) -> None:
        self._engine = engine
        self.seat = seat
        self._monitor_kinds = {monitor.id: monitor.kind for monitor in engine.scenario.world.monitors}
        self._groups = frozenset(engine.scenario.role_table[seat].sees)
        self._kinds: dict[str, list[Item]] = {}
        self._taken = 0

    @property
    def now_ms(self) -> int:
        return self._engine.now_ms

    def can_see(self, group: str) -> bool:
        """Whether the role has an instrument: dashboards, logs, changes, operations, document, ..."""
        return group in self._groups

    # --- items
    def all(self, kind: str) -> list[Item]:
        """Give the items of a kind that this seat has seen, in order."""
        self._take_in()
        return self._kinds.get(kind, [])

    def first(self, kind: str, about: str | None = None) -> Item | None:
        """Give the first item of a kind (about something), or None."""
        return next((item for item in self.all(kind) if about is None or item.about == about), None)

    def last(self, kind: str) -> Item | None:
        """Give the latest item of a kind, or None."""
        items = self.all(kind)
        return items[-1] if items else None

    def site_alerts(self) -> list[Item]:
        """Give the first page about each site that went down, in the order they fell."""
        seen: dict[str, Item] = {}
        for item in self.all("alert.fired"):
            site = str(item.data.get("site") or "")
            if site and self._kind_of(item) == "site_down":
                seen.setdefault(site, item)
        return list(seen.values())

    def alert_of(self, kind: str) -> Item | None:
        """Give the first alert that a monitor of some kind fired."""
        return next((item for item in self.all("alert.fired") if self._kind_of(item) == kind), None)

    def _kind_of(self, alert: Item) -> str:
        return self._monitor_kinds.get(str(alert.data.get("monitor")), "")

    def _take_in(self) -> None:
        items = self._engine.items
        for item in items[self._taken :]:
            if self.seat in item.sees:
                self._kinds.setdefault(item.kind, []).append(item)
        self._taken = len(items)

    # --- what is asked of this seat
    def ringing(self) -> list[Page]:
        return self._engine.board.ringing(self.seat)

    def tasks(self) -> Iterator[Task]:
        """Give the tasks addressed to this seat."""
        return (task for task in self._engine.board.tasks.values() if task.to == self.seat)

    def questions(self) -> list[Question]:
        return self._engine.board.open_questions(self.seat)

    # --- shared state of the response (on the channel and in the document, for everybody)
    def commander(self) -> str:
        return self._engine.board.commander()

    def document_open(self) -> bool:
        return self._engine.board.document.opened_ms is not None

    def ticket(self) -> str:
        """Give the id of the first open incident, or ""."""
        return next(
            (t.id for t in self._engine.board.tickets.values() if t.item.data["ticket_kind"] == "incident"),
            "",
        )

    def ticket_state(self) -> str:
        ticket = self._engine.board.tickets.get(self.ticket())
        return ticket.state if ticket else ""

    # --- instruments
    def reading(self) -> Reading:
        """Give what the dashboards show now.

        Raises:
            PermissionError: the role has no dashboards.
        """
        if not self.can_see("dashboards"):
            raise PermissionError(f"{self.seat} has no dashboards")
        return self._engine.world.reading()

    def jobs(self) -> list[Job]:
        """Give the operations running and done, to roles that see them."""
        return list(self._engine.world.jobs) if self.can_see("operations") else []

    def job_done(self, operation: str, site: str = "") -> Item | None:
        """Give the latest finished operation of a kind (on a site), or None."""
        found = [
            item
            for item in self.all("operation.finished")
            if item.data.get("operation") == operation and (not site or item.data.get("target") == site)
        ]
        return found[-1] if found else None
