"""Where drills are kept: journals, seats and texts, behind one writer."""

from drills.store.sql import DrillRow, SeatRow, Store, open_store

__all__ = ["DrillRow", "SeatRow", "Store", "open_store"]
