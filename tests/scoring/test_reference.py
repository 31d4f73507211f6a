"""The catalogue page and the documents it is made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.practices import PRACTICES
from scoring.practices.registry import HEADINGS, practice
from scoring.reference import PAGE, page, sections


def test_the_page_is_current(root: Path) -> None:
    """`python -m scoring.reference` writes it again."""
    assert (root / PAGE).read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("line", PRACTICES)
def test_every_rule_has_its_document(line: str) -> None:
    """A sentence on top, then all headings, none empty."""
    found = sections(PRACTICES[line].document)
    assert list(found) == ["", *HEADINGS]
    assert all(found.values())


def test_a_line_outside_the_catalogue_is_refused() -> None:
    """With the place where it belongs."""
    with pytest.raises(ValueError, match=r"practice 'XYZ-1' is not in catalogue\.json"):
        practice("XYZ-1")
