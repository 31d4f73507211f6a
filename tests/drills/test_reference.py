"""The page of acts and rights says what the code does."""

from __future__ import annotations

from pathlib import Path

from drills.reference import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "acts.md"


def test_the_page_is_current() -> None:
    """`python -m drills.reference > docs/reference/acts.md` would change nothing."""
    assert PAGE.read_text() == page() + "\n"
