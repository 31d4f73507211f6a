"""Everything outside the seats: pages, reports, personas, relief, freezes, nudges, and the script itself.

One file a subject; each part hears the kinds of items it cares for and asks to be woken at a time. All of it
follows from the scenario, the seed and the record, so that a replay brings the same words at the same time.
"""

from drills.director.director import Director

__all__ = ["Director"]
