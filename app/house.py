"""The one open house of this process: hall, library, limits and keys, for routes and pages alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.keys import LinkKeys
from app.limits import Limits
from app.settings import Settings
from app.verdict import Verdicts

if TYPE_CHECKING:
    from drills import Hall
    from scenarios import Library


@dataclass(frozen=True)
class House:
    """What a running console works with.

    Args:
        hall: all drills of this process.
        library: the scenarios that can be played.
        keys: who may claim to be the facilitator.
    """

    settings: Settings
    hall: Hall
    library: Library
    keys: LinkKeys
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def leads(self) -> LinkKeys:
        """Give who may claim to be a lead: reads scorecards, runs no drill."""
        return lead_keys_of(self.settings.data_dir)

    @cached_property
    def verdicts(self) -> Verdicts:
        """Give the scorecards of ended drills."""
        return Verdicts(self.hall)


def lead_keys_of(data_dir: Path) -> LinkKeys:
    """Give the leads' keys of a data directory."""
    return LinkKeys(data_dir / "leads.json")


_open: list[House] = []


class NoHouse(Exception):  # noqa: N818 - named for what it says
    """A page or a route was called before the server had opened its drills."""


@contextmanager
def opened(house: House) -> Iterator[House]:
    """Make a house the open one while the block runs."""
    _open.append(house)
    try:
        yield house
    finally:
        _open.remove(house)


def current() -> House:
    """Give the open house."""
    if not _open:
        raise NoHouse("no drills are open in this process: start the console with `stormdrill serve`")
    return _open[-1]
