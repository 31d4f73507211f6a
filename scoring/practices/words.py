"""Sentences of coaching: what was visible, what the team did, what came of it, and the next move."""

from __future__ import annotations


def coach(line: str, seen: str, did: str, move: str = "", consequence: str = "") -> str:
    """Put a coaching text together.

    Args:
        line: id of the practice.
        seen: what was visible, with its time, without a full stop.
        did: what the record shows, "The team ..." without a full stop.
        move: one concrete move for the next time; "" where the line was met.
        consequence: what followed in the world, without a full stop.
    """
    parts = [f"{seen}.", f"{did}."]
    if consequence:
        parts.append(f"{consequence}.")
    if move:
        parts.append(f"Next time: {move} ({line}).")
    return " ".join(parts)
