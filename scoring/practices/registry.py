"""Where practices register themselves: a function of a night that gives a judgement, with its document as docstring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scoring.catalogue import lines
from scoring.levels import Judgement, not_tested
from scoring.reading import Night

Rule = Callable[[Night], Judgement]

HEADINGS = ("Called for by", "Met", "Partly", "Missed", "Cannot see", "Source")


@dataclass(frozen=True)
class Practice:
    """A line that is built: its id and its rule; the rule's docstring is the reference page."""

    id: str
    rule: Rule

    @property
    def document(self) -> str:
        return self.rule.__doc__ or ""


PRACTICES: dict[str, Practice] = {}


def practice(id: str) -> Callable[[Rule], Rule]:  # noqa: A002 - the catalogue's own word
    """Register a rule under its id in the catalogue."""
    if id not in lines():
        raise ValueError(f"practice {id!r} is not in catalogue.json; add the line there first")

    def register(rule: Rule) -> Rule:
        PRACTICES[id] = Practice(id, rule)
        return rule

    return register


def judge(night: Night) -> Mapping[str, Judgement]:
    """Judge every line of the catalogue; a line that is not built says so."""
    return {id: _judge_line(id, night) for id in lines()}


def _judge_line(id: str, night: Night) -> Judgement:  # noqa: A002 - the catalogue's own word
    if id in night.setting.off:
        return not_tested("out of scope")
    built = PRACTICES.get(id)
    return built.rule(night) if built else not_tested("no instrument")
