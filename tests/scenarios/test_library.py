"""The library: the catalogue, own folders, reloading."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scenarios import Library, load_text
from scenarios.library import BrokenScenario, UnknownScenario, built_in_folder, read_catalogue, starter_text


def write(path: Path, text: str, tick: int) -> None:
    """Write a file with a modification time of its own."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (tick, tick))


def test_catalogue_rows_match_their_files() -> None:
    """Each row of the catalogue names a file that is right and bears the row's id, title and level."""
    library = Library()
    assert library.catalogue()
    for row in library.catalogue():
        scenario = library.get(row.id)
        assert (scenario.id, scenario.title, scenario.level) == (row.id, row.title, row.level)
        assert set(row.seats) <= set(scenario.role_table)
        assert set(row.practices) <= set(scenario.practices)
    assert library.problems() == ()


def test_every_built_in_file_is_offered_or_the_starter() -> None:
    """No scenario of the library is forgotten in the catalogue."""
    offered = {row.file for row in read_catalogue().scenarios}
    assert {path.name for path in built_in_folder().glob("*.yaml")} == offered | {"starter.yaml"}


def test_found_by_id_and_by_file() -> None:
    """A scenario is found by its id and by its file; an unknown name gets the nearest."""
    library = Library()
    by_id = library.get("three-datacenter-outage")
    assert library.get("three_datacenter_outage.yaml") is by_id
    assert library.path("three-datacenter-outage").name == "three_datacenter_outage.yaml"
    with pytest.raises(UnknownScenario, match='did you mean "three-datacenter-outage"'):
        library.get("three-data-center-outage")


def test_the_starter_is_found_but_not_offered() -> None:
    """The starter can be asked for by name; the catalogue does not offer it."""
    library = Library()
    assert library.get("starter").id == "my-first-drill"
    assert library.path("starter").read_text(encoding="utf-8") == starter_text()
    assert "my-first-drill" not in [row.id for row in library.catalogue()]


def test_own_folder_is_reloaded(tmp_path: Path) -> None:
    """A changed file is read again; a broken change leaves the last good one and shows its problems."""
    file = tmp_path / "mine.yaml"
    write(file, starter_text(), 1)
    library = Library([tmp_path])
    assert [row.id for row in library.catalogue()][-1] == "my-first-drill"
    write(file, starter_text().replace("Power cut at West", "Dark"), 2)
    assert library.get("my-first-drill").title == "Dark"
    assert library.catalogue()[-1].title == "Dark"
    write(file, starter_text().replace("critical: shop", "critical: shap"), 3)
    assert library.get("my-first-drill").title == "Dark"
    assert [problem.message for problem in library.problems("my-first-drill")] == ['unknown service "shap"']
    write(file, starter_text().replace("Power cut at West", "Light"), 4)
    assert library.get("mine.yaml").title == "Light"
    assert library.problems() == ()
    file.unlink()
    with pytest.raises(UnknownScenario):
        library.get("my-first-drill")


def test_never_right(tmp_path: Path) -> None:
    """A file that never was right is not offered, but its problems are told."""
    write(tmp_path / "bad.yaml", "id: [", 1)
    library = Library([tmp_path])
    assert "bad" not in [row.id for row in library.catalogue()]
    assert library.problems("bad.yaml")[0].line == 1
    with pytest.raises(BrokenScenario, match=r"bad\.yaml:1:"):
        library.get("bad.yaml")


def test_an_id_that_is_taken(tmp_path: Path) -> None:
    """An own scenario does not push out another with the same id; it is told to take its own."""
    write(tmp_path / "a.yaml", starter_text(), 1)
    write(tmp_path / "b.yaml", starter_text(), 1)
    library = Library([tmp_path])
    assert [row.id for row in library.catalogue()].count("my-first-drill") == 1
    assert library.path("my-first-drill").name == "a.yaml"
    assert library.problems("b.yaml")[0].message == 'id "my-first-drill" is taken by a.yaml'


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A missing folder offers nothing and harms nothing."""
    assert Library([tmp_path / "none"]).catalogue() == Library().catalogue()


def test_the_starter_teaches() -> None:
    """The starter is right as it is, and a third of its lines explain."""
    loaded = load_text(starter_text())
    assert loaded.problems == ()
    assert sum("#" in line for line in starter_text().splitlines()) >= 25
