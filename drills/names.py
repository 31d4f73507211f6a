"""Names that people give themselves: what is taken, what is refused, which ones look alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from drills.errors import Refused

MOST_SIGNS = 40
MOST_CHARACTERS = 200
ZERO_WIDTH_JOINER = "\u200d"
JOINED = frozenset({ZERO_WIDTH_JOINER, "\u200c", "\ufe0e", "\ufe0f"})
"""Invisible characters that belong into words and emoji."""
LOOK_ALIKES = str.maketrans("абвгеикморстухѕіјԁɡαβερικνοτυχ01|", "abbreukmopctyxsijdgabepiknotuxoll")
"""Cyrillic and Greek letters, and digits, beside the Latin ones they are taken for."""


def clean_name(given: str) -> str:
    """Give a name as it is kept: composed, blanks in order, without characters that turn the text around.

    Raises:
        Refused: nothing is left, or it is too long (400).
    """
    composed = unicodedata.normalize("NFC", given[: MOST_CHARACTERS * 4])
    kept = "".join(sign for sign in composed if _belongs(sign))
    name = " ".join(kept.split())
    if not any(unicodedata.category(sign)[0] in "LNS" for sign in name):
        raise Refused("a name is missing", "write the name that the others shall see", status=400)
    if signs_in(name) > MOST_SIGNS or len(name) > MOST_CHARACTERS:
        raise Refused(
            f"the name is longer than {MOST_SIGNS} characters",
            "write what the others call you",
            status=400,
        )
    return name


def signs_in(name: str) -> int:
    """Count what people see as one sign: letter with its accents, emoji with its parts."""
    count, is_joining = 0, False
    for sign in name:
        is_part = (
            unicodedata.category(sign)[0] == "M" or sign in JOINED or "\U0001f3fb" <= sign <= "\U0001f3ff"
        )
        count += not (is_part or is_joining)
        is_joining = sign == ZERO_WIDTH_JOINER
    return count


def looks_like(name: str, others: Iterable[str]) -> str | None:
    """Give the first of other names that people could take for this one, or None."""
    own = _skeleton(name)
    return next((other for other in others if _skeleton(other) == own), None)


def _belongs(sign: str) -> bool:
    """Whether a character may stand in a name: no control, no override of the reading direction."""
    return sign in JOINED or sign.isspace() or unicodedata.category(sign)[0] != "C"


def _skeleton(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in plain if unicodedata.category(sign)[0] in "LN")
    return letters.translate(LOOK_ALIKES)
