"""Where commands take scenarios and journals from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.faults import Stop

if TYPE_CHECKING:
    from drills import Journal, Record
    from scenarios import Scenario
    from scoring import Scorecard

SCENARIO_SUFFIXES = (".yaml", ".yml")


def scenario_of(name: str) -> Scenario:
    """Give a scenario by its id in the library, or from a file.

    Raises:
        Stop: the file has problems, a line each.
        UnknownScenario: there is none of that name.
    """
    from scenarios import Library, load, report

    if not name.endswith(SCENARIO_SUFFIXES) and not Path(name).is_file():
        return Library().get(name)
    loaded = load(name)
    if loaded.scenario is None:
        raise Stop("\n".join(report(loaded.problems)))
    return loaded.scenario


def journal_of(path: Path) -> Journal:
    """Read a journal and check its chain.

    Raises:
        Stop: the file cannot be read, or is no journal.
        JournalBroken: an entry does not hold.
    """
    from drills.journal import read

    try:
        with path.open(encoding="utf-8") as lines:
            return read(lines)
    except OSError as error:
        raise Stop(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Stop(
            f"{path}: is not UTF-8 text (give the journal.jsonl that `stormdrill run --out` leaves)"
        ) from None


def scenario_in(journal: Journal) -> Scenario:
    """Give the scenario that a journal carries."""
    from scenarios import load_text, report

    loaded = load_text(journal.header.scenario, "the journal's scenario")
    if loaded.scenario is None:
        raise Stop("\n".join(report(loaded.problems)))
    return loaded.scenario


def played(path: Path) -> tuple[Journal, Record, Scorecard]:
    """Replay a journal; give it, its record and its scorecard."""
    from app.verdict import scored
    from drills import replay

    journal = journal_of(path)
    scenario = scenario_in(journal)
    record = replay(scenario, journal.header.seed, journal)
    return journal, record, scored(record, scenario)
