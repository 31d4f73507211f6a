"""A night played today is the night that was played when it was last looked at, on every Python."""

from __future__ import annotations

from tests.golden.nights import kept, played


def test_nights_are_as_they_were() -> None:
    """Journal and record of whole nights have the digests in the file."""
    assert played() == kept()
