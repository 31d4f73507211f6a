"""D7, handoff and people: live, complete, said aloud."""

from __future__ import annotations

from scoring.practices.handoff import live, said, told

__all__ = ["live", "said", "told"]
