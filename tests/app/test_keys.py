"""The facilitator's claim."""

from pathlib import Path

import pytest

from app.keys import LinkKeys
from app.settings import EnvironmentFault


def test_a_claim_works_once(tmp_path: Path) -> None:
    """The link is exchanged for a cookie once; after that there is a new link, and the cookie goes on."""
    keys = LinkKeys(tmp_path / "keys.json")
    claim = keys.open_claim()
    token = keys.exchange(claim)
    assert token is not None
    assert keys.exchange(claim) is None
    assert keys.knows(token)
    assert keys.open_claim() != claim


def test_the_link_stays_the_same_until_used(tmp_path: Path) -> None:
    """Printing the link again, from another process too, prints the same claim."""
    claim = LinkKeys(tmp_path / "keys.json").open_claim()
    assert LinkKeys(tmp_path / "keys.json").open_claim() == claim


def test_nothing_else_is_a_claim(tmp_path: Path) -> None:
    """An empty or wrong claim gives nothing, and neither does an unknown cookie."""
    keys = LinkKeys(tmp_path / "keys.json")
    assert keys.exchange("") is None
    assert not keys.knows("")
    keys.exchange(keys.open_claim())
    assert keys.exchange("") is None
    assert not keys.knows("x")


def test_cookies_are_kept_hashed_in_a_private_file(tmp_path: Path) -> None:
    """The file is its owner's alone and does not hold the cookie."""
    path = tmp_path / "keys.json"
    keys = LinkKeys(path)
    token = keys.exchange(keys.open_claim())
    assert token is not None
    assert token not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_broken_file_says_what_to_do(tmp_path: Path) -> None:
    """A file that cannot be read is named, with the cure."""
    path = tmp_path / "keys.json"
    path.write_text("{")
    with pytest.raises(EnvironmentFault, match=r"keys\.json cannot be read \(remove it"):
        LinkKeys(path).open_claim()
