"""What can go wrong in a drill.

DrillError
|-- Refused          a command that is not carried out; says why, and who can or what to do
|-- JournalBroken    a journal that does not hold together; names the first bad entry
`-- StoreFault       the store cannot write or read; says what and where
"""

from __future__ import annotations


class DrillError(Exception):
    """Anything that a drill refuses or cannot do."""


class Refused(DrillError):  # noqa: N818 - reads as what happened
    """A command that was not carried out; nothing was written.

    Args:
        message: what is refused and why.
        cure: who can do it, or what to do instead.
        status: the HTTP status that fits: 400 the data is wrong, 403 not yours, 404 unknown, 409 not now,
            429 too fast, 503 not saved.
    """

    def __init__(self, message: str, cure: str = "", *, status: int = 409) -> None:
        super().__init__(f"{message} ({cure})" if cure else message)
        self.message = message
        self.cure = cure
        self.status = status


class JournalBroken(DrillError):  # noqa: N818 - reads as what happened
    """A journal whose chain, order or form does not hold; `seq` is the first bad entry (0: the header)."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"journal entry {seq}: {why}")
        self.seq = seq
        self.why = why


class StoreFault(DrillError):  # noqa: N818 - reads as what happened
    """The store could not do what was asked; nothing was acknowledged."""
