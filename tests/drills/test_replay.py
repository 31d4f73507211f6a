"""A replay of the journal is the drill; nothing of the machine it runs on gets in."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from drills import Journal, JournalBroken, Record, replay
from drills.journal import read
from drills.replaying import rebuilt
from scenarios import Scenario

Night = Callable[[str, int], tuple[Journal, Record]]
ROOT = Path(__file__).resolve().parents[2]
ONE_RUN = """
import json, sys
from drills import run_headless, replay
from scenarios import Library
scenario = Library([]).get("three-datacenter-outage")
journal, record = run_headless(scenario, "managed", 3)
print(json.dumps([journal.sha256(), record.sha256(), replay(scenario, 3, journal).sha256()]))
"""


@pytest.mark.parametrize("team", ["none", "unmanaged", "managed"])
def test_a_replay_gives_the_same_record(night: Night, flagship: Scenario, team: str) -> None:
    """Written to a file and read back, the journal plays to the same record."""
    journal, record = night(team, 1)
    out = io.StringIO()
    journal.write(out)
    again = replay(flagship, 1, read(out.getvalue().splitlines()))
    assert again.sha256() == record.sha256()


def test_two_runs_agree_whatever_the_process(night: Night) -> None:
    """Hash seed, time zone and locale of the process change neither journal nor record."""
    journal, record = night("managed", 3)
    wanted = [journal.sha256(), record.sha256(), record.sha256()]
    for environment in (
        {"PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8"},
    ):
        run = subprocess.run(
            [sys.executable, "-c", ONE_RUN],
            env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        assert json.loads(run.stdout) == wanted


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_the_start_method_changes_nothing(night: Night, method: str) -> None:
    """A forked and a spawned process play the same night."""
    _, record = night("managed", 3)
    program = (
        "import multiprocessing as m\n"
        "from tests.drills.one_night import digest\n"
        "if __name__ == '__main__':\n"
        f"    with m.get_context({method!r}).Pool(1) as pool:\n"
        "        print(pool.apply(digest, ('managed', 3)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert run.stdout.strip() == record.sha256()


def test_live_steps_and_one_sweep_are_the_same(night: Night, flagship: Scenario) -> None:
    """Time that passes second by second, as it does live, leads to the same items as one sweep."""
    journal, _ = night("managed", 1)
    first_hour = [entry for entry in journal.entries if entry.t_ms <= 3_600_000]
    cut = Journal(journal.header, first_hour, journal.texts)
    at_once = rebuilt(flagship, cut, until_ms=3_900_000)
    by_steps = rebuilt(flagship, Journal(cut.header, cut.entries[:1], cut.texts))
    for entry in cut.entries[1:]:
        while by_steps.now_ms + 7_000 < entry.t_ms:
            by_steps.advance(by_steps.now_ms + 7_000)
        by_steps.apply(entry)
    while by_steps.now_ms < 3_900_000:
        by_steps.advance(min(3_900_000, by_steps.now_ms + 3_000))
    assert [item.as_json() for item in by_steps.items] == [item.as_json() for item in at_once.items]
    assert by_steps.world.digest() == at_once.world.digest()


def test_another_seed_is_refused(night: Night, flagship: Scenario) -> None:
    """A replay says what decides it, and refuses a seed that is not the journal's."""
    journal, _ = night("none", 1)
    with pytest.raises(JournalBroken, match="seed"):
        replay(flagship, 2, journal)


def test_stamps_never_go_back_and_evidence_is_numbered(night: Night) -> None:
    """Items are numbered without gap, in order of time, after the pre-roll."""
    for team in ("unmanaged", "managed"):
        _, record = night(team, 1)
        assert [item.n for item in record.items] == list(range(len(record.items)))
        times = [item.t_ms for item in record.items]
        assert times == sorted(times)


def test_free_text_stands_beside_the_journal(night: Night) -> None:
    """The file has digests only; the words are kept apart and can be removed without harm."""
    journal, record = night("managed", 1)
    out = io.StringIO()
    journal.write(out)
    _, *entries = out.getvalue().splitlines()
    spoken = [text for text in journal.texts.values() if len(text) > 20]
    assert spoken
    assert not any(text in line for line in entries for text in spoken)
    said = next(item for item in record.items if item.kind == "message.sent")
    assert record.text(said) in journal.texts.values()
