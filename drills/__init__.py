"""People in the world: journal, clock, seats, director, bots, store, replay, and what each seat sees."""

from drills.errors import DrillError, JournalBroken, Refused, StoreFault
from drills.hall import Hall, Holder, Receipt
from drills.journal import Journal
from drills.record import Item, Record, Seat, Stretch
from drills.replaying import replay, run_headless

__all__ = [
    "DrillError",
    "Hall",
    "Holder",
    "Item",
    "Journal",
    "JournalBroken",
    "Receipt",
    "Record",
    "Refused",
    "Seat",
    "StoreFault",
    "Stretch",
    "replay",
    "run_headless",
]
