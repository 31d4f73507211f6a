"""What a fault is, and the registry of all faults."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from simulator import registry
from simulator.happenings import Happening

if TYPE_CHECKING:
    from simulator.world import World

FAULTS: dict[str, type[Fault]] = {}


@dataclass(frozen=True)
class Fault(ABC):
    """A planted cause. What follows from it, the world decides."""

    id: ClassVar[str] = ""

    @abstractmethod
    def begin(self, world: World, number: int) -> None:
        """Set it off. `number` is its place in the plan, and its name when it asks to be woken."""

    def wake(self, world: World, number: int, word: str) -> None:
        """Go on, after a sleep it asked for with `world.sleep_fault`."""

    def hear(self, world: World, number: int, happening: Happening) -> None:
        """React to what the traffic brought about, such as an index that was lost."""

    @abstractmethod
    def present(self, world: World, number: int) -> bool:
        """Whether it bites now."""

    def names(self) -> tuple[str, ...]:
        """What it is called when somebody asks whether it bites."""
        return (self.id,)

    def problems(self, world: World) -> list[str]:
        """What in its parameters does not fit the plan."""
        return []


F = TypeVar("F", bound=Fault)


def fault(id: str) -> Callable[[type[F]], type[F]]:  # noqa: A002
    """Register a fault under its id."""

    def register(cls: type[F]) -> type[F]:
        cls.id = id
        FAULTS[id] = cls
        return cls

    return register


def parse(id: str, params: Mapping[str, Any]) -> Fault:  # noqa: A002
    """Make a fault from plain parameters.

    Raises:
        BadParameters: with all that is wrong, and how to mend it.
    """
    return registry.make(FAULTS, "fault", id, params)
