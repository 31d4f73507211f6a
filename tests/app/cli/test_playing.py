"""Commands that play and judge."""

import gzip
import json
from pathlib import Path

from tests.app.cli.conftest import Command

KEYS = {
    "scenario", "title", "seed", "team", "speeds", "started", "ended", "end_reason", "engine_version",
    "rules_version", "beats", "outcomes", "traits", "failings", "dimensions", "practices", "journal_sha256",
    "record_sha256",
}  # fmt: skip


def test_json_stands_alone_on_standard_output(stormdrill: Command, starter: Path) -> None:
    """The contract's keys, for the team and seed that were asked for; progress is no part of it."""
    done = stormdrill("run", starter, "--team", "unmanaged", "--seed", "3", "--json")
    card = json.loads(done.out)
    assert card.keys() == KEYS
    assert (card["team"], card["seed"], card["scenario"]) == ("unmanaged", 3, "my-first-drill")


def test_the_same_run_gives_the_same_hashes(stormdrill: Command, starter: Path) -> None:
    """Scenario, seed and team decide everything; another seed is another night."""
    first, again, other = (
        json.loads(stormdrill("run", starter, "--seed", seed, "--json").out) for seed in ("7", "7", "8")
    )
    assert first == again
    assert first["journal_sha256"] != other["journal_sha256"]


def test_a_run_leaves_four_files_that_agree(stormdrill: Command, left: Path) -> None:
    """Journal, record, scorecard and report; a replay of the journal gives the same scorecard."""
    assert sorted(path.name for path in left.iterdir()) == [
        "journal.jsonl",
        "record.json.gz",
        "report.html",
        "scorecard.json",
    ]
    card = json.loads((left / "scorecard.json").read_text())
    record = json.loads(gzip.decompress((left / "record.json.gz").read_bytes()))
    assert record["record_sha256"] == card["record_sha256"]
    for command in ("replay", "score"):
        assert json.loads(stormdrill(command, left / "journal.jsonl", "--json").out) == card


def test_people_get_a_summary(stormdrill: Command, left: Path) -> None:
    """Without --json: outcomes, traits, failings, bands and hashes; score adds a line a practice."""
    shown = stormdrill("replay", left / "journal.jsonl").out
    assert "traits: " in shown
    assert "failings: " in shown
    assert "Command and roles" in shown
    assert "CMD-1" in stormdrill("score", left / "journal.jsonl").out


def test_a_report_is_one_page(stormdrill: Command, left: Path, tmp_path: Path) -> None:
    """The page goes to standard output or to a file, and asks the network for nothing."""
    page = stormdrill("report", left / "journal.jsonl").out
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert stormdrill("report", left / "journal.jsonl", "--out", tmp_path / "r.html").out == ""
    assert (tmp_path / "r.html").read_text() == page
    assert json.loads(stormdrill("report", left / "journal.jsonl", "--format", "json").out).keys() == KEYS


def test_a_file_in_the_way_is_named(stormdrill: Command, starter: Path, tmp_path: Path) -> None:
    """A folder that cannot be made is said before a night is played."""
    (tmp_path / "file").write_text("")
    done = stormdrill("run", starter, "--out", tmp_path / "file")
    assert done.code == 1
    assert "is a file" in done.err


def test_a_changed_journal_is_refused(stormdrill: Command, left: Path) -> None:
    """Nobody scores a journal whose chain does not hold: exit 4, with the entry's number."""
    journal = left / "journal.jsonl"
    lines = journal.read_text().splitlines()
    journal.write_text("\n".join([*lines[:5], *lines[6:]]))
    done = stormdrill("score", journal)
    assert done.code == 4
    assert "journal entry 6" in done.err


def test_what_is_no_journal_is_wrong_input(stormdrill: Command, left: Path, tmp_path: Path) -> None:
    """Bytes, other JSON and an empty file are mistakes of the call, not broken integrity."""
    (tmp_path / "empty").write_text("")
    for path in (left / "record.json.gz", left / "scorecard.json", tmp_path / "empty"):
        assert stormdrill("replay", path).code == 1, path
