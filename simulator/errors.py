"""What can go wrong in a world, as one tree.

SimulatorError
├── BadPlan            the plan contradicts itself
├── BadParameters      an operation or fault was given parameters it does not take
└── OperationRefused   the world, as it stands, does not allow this operation
"""

from __future__ import annotations


class SimulatorError(Exception):
    """Anything the simulator refuses; the text says what, where and how to mend."""


class BadPlan(SimulatorError):  # noqa: N818 - named for what it says, not for being an error
    """The plan of a world contradicts itself."""


class BadParameters(SimulatorError):  # noqa: N818
    """An operation or fault was given parameters it does not take."""


class OperationRefused(SimulatorError):  # noqa: N818
    """The world, as it stands, does not allow this operation."""
