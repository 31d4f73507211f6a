"""Log lines follow from what happened, and are found by words."""

from itertools import pairwise

from simulator import World
from simulator.operations import parse
from tests.simulator.flagship_plan import flagship

MINUTE_MS = 60_000
WORLD = World(flagship(), 1)
WORLD.advance(12 * MINUTE_MS)


def texts(text: str | None = None, **where: str) -> list[str]:
    """Texts of all lines of the first twelve minutes that match."""
    return [x.text for x in WORLD.logs(0, 12 * MINUTE_MS, text=text, limit=10_000, **where)]


def test_the_loud_line() -> None:
    """DC1's heap line names what keeps the memory, the feature, and when it was rolled out."""
    lines = WORLD.logs(0, 7 * MINUTE_MS, site="dc1", text="warn heap", limit=100)
    assert lines
    assert all(x.level == "WARN" for x in lines)
    assert "97% after full GC" in " ".join(x.text for x in lines)
    assert lines[-1].text.endswith(
        "retained by BundleOfferCache (feature bundle-offers 4.12, rolled out 02:00)"
    )
    assert not WORLD.logs(0, 7 * MINUTE_MS, site="dc3", text="heap")


def test_the_quiet_lines() -> None:
    """What explains the second fall is there too, without raising its voice."""
    for words in (
        "admitted",
        "session restore burst",
        "p95 > ",
        "ejected",
        "index lag",
        "restart by supervisor",
    ):
        assert texts(words, site="dc1"), words
    assert {x.level for x in WORLD.logs(0, 12 * MINUTE_MS, site="dc1", text="session restore")} == {"INFO"}


def test_pinned_clients_are_refused_at_the_edge() -> None:
    """The edge logs those who know DC1 only, counted together, a line a minute."""
    lines = WORLD.logs(0, 12 * MINUTE_MS, service="edge", text="old till", limit=100)
    assert lines
    assert all(x.count > 100 and x.site == "dc1" for x in lines)
    assert all(b.t_ms - a.t_ms == MINUTE_MS for a, b in pairwise(lines))


def test_filters_and_limit() -> None:
    """Filters narrow by site, service and all words; of too many lines the newest are kept, oldest first."""
    assert set(texts(service="search")) == {"query answered"}
    newest = WORLD.logs(0, 12 * MINUTE_MS, limit=5)
    everything = WORLD.logs(0, 12 * MINUTE_MS, limit=10_000)
    assert newest == everything[-5:]
    assert [x.t_ms for x in everything] == sorted(x.t_ms for x in everything)


def test_same_lines_again() -> None:
    """Another world of the same plan and seed, further on or stored, has the same lines."""
    later = World.restore(flagship(), 1, WORLD.snapshot())
    later.advance(60 * MINUTE_MS)
    later.meet(60 * MINUTE_MS)
    later.start(parse("repoint", {"site": "dc1"}), "op-1", "david")
    later.advance(80 * MINUTE_MS)
    assert later.logs(0, 12 * MINUTE_MS, limit=10_000) == WORLD.logs(0, 12 * MINUTE_MS, limit=10_000)
