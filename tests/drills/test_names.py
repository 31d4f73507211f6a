"""Names that people give themselves."""

from __future__ import annotations

import pytest

from drills import Refused
from drills.names import clean_name, looks_like, signs_in


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("A\u0301da", "Áda"),
        ("Ada\u202eevil", "Adaevil"),
        ("Ada\x00\x1b[31m\nBen", "Ada[31m Ben"),
        ("عبد الله", "عبد الله"),
        ("村上", "村上"),
        ("👩‍🚒", "👩‍🚒"),
        ("<b>Ada</b>", "<b>Ada</b>"),
        ("a" * 40, "a" * 40),
    ],
)
def test_kept_names(given: str, kept: str) -> None:
    """A name is composed and trimmed; controls and overrides of the direction are gone, the rest stays."""
    assert clean_name(given) == kept


@pytest.mark.parametrize("given", ["", "   ", "\u202e", "...", "a" * 41, "\u200d", "e" + "\u0301" * 300])
def test_refused_names(given: str) -> None:
    """What is no name, or too long, is refused with what to do."""
    with pytest.raises(Refused) as refused:
        clean_name(given)
    assert refused.value.status == 400
    assert refused.value.cure


def test_signs_are_counted_as_seen() -> None:
    """A family of emoji is one sign, a letter with an accent too."""
    assert signs_in("👨‍👩‍👧") == 1
    assert signs_in("👍🏽") == 1
    assert signs_in("e\u0301a") == 2


def test_look_alikes() -> None:
    """Letters of another script that look the same are noticed; another name is not."""
    assert looks_like("Аda", ["Ada"]) == "Ada"
    assert looks_like("ada ", ["Ada"]) == "Ada"
    assert looks_like("Ben", ["Ada"]) is None
