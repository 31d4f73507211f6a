"""What a failure means for who typed the command: a message and an exit code."""

from __future__ import annotations

from dataclasses import dataclass

WRONG_INPUT, USAGE, ENVIRONMENT, INTEGRITY = 1, 2, 3, 4


@dataclass(frozen=True)
class Fault:
    """A failure as the command line tells it."""

    message: str
    exit_code: int


class Stop(Exception):  # noqa: N818 - it ends a command, and is not always an error
    """End the command with a message and an exit code."""

    def __init__(self, message: str, exit_code: int = WRONG_INPUT) -> None:
        super().__init__(message)
        self.fault = Fault(message, exit_code)


def fault_of(error: Exception) -> Fault | None:
    """Give what an error means, or None for one that is a fault of the program."""
    if isinstance(error, Stop):
        return error.fault
    from app.settings import EnvironmentFault
    from drills.errors import JournalBroken, Refused, StoreFault
    from scenarios.library import BrokenScenario, UnknownScenario

    if isinstance(error, (UnknownScenario, BrokenScenario)):
        return Fault(str(error.args[0]), WRONG_INPUT)
    if isinstance(error, Refused):
        return Fault(str(error), WRONG_INPUT)
    if isinstance(error, JournalBroken):
        return Fault(str(error), INTEGRITY if error.seq else WRONG_INPUT)
    if isinstance(error, (EnvironmentFault, StoreFault)):
        return Fault(str(error), ENVIRONMENT)
    if isinstance(error, OSError):
        return Fault(f"{error.filename or 'file'}: {error.strerror or error}", ENVIRONMENT)
    return None
