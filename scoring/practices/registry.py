"""Where practices register: functions from a night to a judgement, their document as docstring."""

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
        """What the rule says of itself."""
        return self.rule.__doc__ or ""


PRACTICES: dict[str, Practice] = {}


def practice(line: str) -> Callable[[Rule], Rule]:
    """Register a rule under its id in the catalogue."""
    if line not in lines():
        raise ValueError(f"practice {line!r} is not in catalogue.json; add the line there first")

    def register(rule: Rule) -> Rule:
        PRACTICES[line] = Practice(line, rule)
        return rule

    return register


def judge(night: Night) -> Mapping[str, Judgement]:
    """Judge every line of the catalogue; a line that is not built says so."""
    return {line: _judge_line(line, night) for line in lines()}


def _judge_line(line: str, night: Night) -> Judgement:
    if line in night.setting.off:
        return not_tested("out of scope")
    built = PRACTICES.get(line)
    return built.rule(night) if built else not_tested("no instrument")
