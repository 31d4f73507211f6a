"""Where drills are kept: journals, seats and texts, behind one writer."""

from drills.store.doors import GUEST_SEATS, names, sit_down, stand_up
from drills.store.rows import DoorRow, Member, SeatRow, digest_token
from drills.store.sql import DrillRow, Store, open_store
from drills.store.writer import Work

__all__ = [
    "GUEST_SEATS",
    "DoorRow",
    "DrillRow",
    "Member",
    "SeatRow",
    "Store",
    "Work",
    "digest_token",
    "names",
    "open_store",
    "sit_down",
    "stand_up",
]
