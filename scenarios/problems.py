"""What is wrong with a file: where, what, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHOWN = 20
ECHO_CHARS = 60


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong at a place of a file.

    Args:
        line, column: counted from 1, as editors do.
        message: what is wrong.
        cure: how to mend it, or "" when the message says so already.
    """

    file: str
    line: int
    column: int
    message: str
    cure: str = ""

    def __str__(self) -> str:
        mend = f" ({self.cure})" if self.cure else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message}{mend}"


def report(problems: Iterable[Problem]) -> list[str]:
    """Give one line a problem, sorted by place, at most twenty, and how many more there are."""
    found = sorted(set(problems))
    lines = [str(problem) for problem in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"and {len(found) - SHOWN} more")
    return lines


def echo(text: object) -> str:
    """Give a short, printable form of something a file said."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in str(text))
    return shown if len(shown) <= ECHO_CHARS else shown[: ECHO_CHARS - 3] + "..."


KNOWN_COMPARED = 200


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that was probably meant, or None."""
    names = list(known)[:KNOWN_COMPARED]
    plain = word[:ECHO_CHARS].strip().lower().replace("-", "_").replace(" ", "_")
    folded = {name.lower().replace("-", "_"): name for name in names}
    close = difflib.get_close_matches(plain, list(folded), n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def suggest(word: str, known: Sequence[str] | Iterable[str], what: str = "known") -> str:
    """Give a cure for an unknown word: the nearest known one, or all of them when they are few."""
    names = list(known)
    near = nearest(word, names)
    if near is not None:
        return f'did you mean "{near}"?'
    if not names:
        return f"there is no {what} one in this file"
    listed = ", ".join(names[:12])
    return f"{what}: {listed}" + (", ..." if len(names) > 12 else "")
