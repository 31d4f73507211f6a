"""The retrospective on the screen, once the incident is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drills.record import Item

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

OVER = frozenset({"resolved", "returned", "closed"})
KEY_STEPS = 40
STEP_KINDS = ("incident.opened", "role.assumed", "operation.started", "decision.made", "role.handed_off")


class ReviewPart:
    """Builds the retrospective's key of a seat's view."""

    def __init__(self, view: SeatView) -> None:
        self._view = view

    def build(self) -> dict[str, Any]:
        return {"retro": self._retro() if self._open() else None}

    def _open(self) -> bool:
        """Whether it is time: the incident is resolved, or the meeting has begun."""
        view = self._view
        if not view.may("hold_retro"):
            return False
        ticket = view.main_ticket()
        return view.board.retro.held is not None or (ticket is not None and ticket.state in OVER)

    def _retro(self) -> dict[str, Any]:
        retro = self._view.board.retro
        return {
            "held": self._held(retro.held),
            "factors": [self._factor(each.id, each.item, each.flagged) for each in retro.factors.values()],
            "follow_ups": [self._follow_up(each.id, each.item) for each in retro.follow_ups.values()],
            "context": [
                {"topic": item.data["topic"], "text": self._view.text(item), "by": self._view.by(item)}
                for item in retro.context
            ],
            "steps": self._steps({int(item.data["seq"]) for item in retro.steps}),
            "links": self._links(),
        }

    def _held(self, item: Item | None) -> dict[str, Any] | None:
        if item is None:
            return None
        names = [self._view.name(str(seat)) for seat in item.data["present"]]
        return {"t_ms": item.t_ms, "by": self._view.by(item), "present": names, "medium": item.data["medium"]}

    def _factor(self, id_: str, item: Item, flagged: bool) -> dict[str, Any]:
        """A factor as worded now. Who flagged it is told to nobody."""
        return {
            "id": id_,
            "kind": item.data["factor_kind"],
            "text": self._view.text(item),
            "link": item.data.get("link"),
            "flagged": flagged and item.kind == "factor.added",
        }

    def _follow_up(self, id_: str, item: Item) -> dict[str, Any]:
        data = item.data
        return {
            "id": id_,
            "text": self._view.text(item),
            "owner": self._view.name(str(data["owner"])) if data.get("owner") else None,
            "due": data.get("due"),
            "kind": data["work_kind"],
            "factor": data.get("factor"),
        }

    def _steps(self, linked: set[int]) -> list[dict[str, Any]]:
        """Steps that may belong to the story, each with whether it stands on the list."""
        view = self._view
        items = sorted((item for kind in STEP_KINDS for item in view.eyes.all(kind)), key=lambda each: each.n)
        return [
            {
                "seq": item.seq,
                "t_ms": item.t_ms,
                "text": f"{view.by(item)}: {self._step_words(item)}",
                "linked": item.seq in linked,
            }
            for item in items[-KEY_STEPS:]
            if item.seq is not None
        ]

    def _step_words(self, item: Item) -> str:
        view, data = self._view, item.data
        if item.kind == "operation.started":
            words = view.operation_words(str(data["operation"]), str(data.get("target") or ""))
            return f"{words}, {view.result_words(str(data['job_id']))}"
        if item.kind == "decision.made":
            return view.text(item)
        if item.kind == "incident.opened":
            return "incident opened"
        did = "took the role" if item.kind == "role.assumed" else "handed the role over"
        return f"{did}: {view.title(item.about).lower()}"

    def _links(self) -> list[list[str]]:
        """Entries, parts, runbooks and tickets that a factor may show in."""
        view = self._view
        books = [[book.id, book.title] for book in view.scenario.runbooks]
        tickets = [[id_, id_] for id_ in view.board.tickets]
        world = view.scenario.world
        parts = [
            *([each.id, each.title] for each in world.sites),
            *([each.id, each.title] for each in world.services),
        ]
        jobs = [
            [job, f"{view.hour(item.t_ms)} {view.operation_words(str(item.data['operation']), item.about)}"]
            for job, item in view.board.jobs.items()
        ]
        return [*books, *tickets[-10:], *parts, *jobs[-20:]]
