"""Rates of requests."""

from app.limits import Limits, Rate


class Clock:
    """A clock that stands until it is moved."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_a_burst_passes_then_one_waits() -> None:
    """Who asks too often is told how long to wait; another asker is not held up."""
    clock = Clock()
    limits = Limits(clock, {"command": Rate(2, 3)})
    assert [limits.wait_s("command", "a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert limits.wait_s("command", "b") == 0


def test_time_gives_tokens_back() -> None:
    """After the wait one request passes, and never more than the burst at once."""
    clock = Clock()
    limits = Limits(clock, {"command": Rate(2, 3)})
    for _ in range(3):
        limits.wait_s("command", "a")
    clock.now_s = 0.5
    assert limits.wait_s("command", "a") == 0
    assert limits.wait_s("command", "a") > 0
    clock.now_s = 1000
    assert [limits.wait_s("command", "a") > 0 for _ in range(4)] == [False, False, False, True]


def test_what_does_not_count_is_given_back() -> None:
    """A token put back can be taken again, and the bucket never holds more than its burst."""
    limits = Limits(Clock(), {"join": Rate(1, 2)})
    for _ in range(5):
        assert limits.wait_s("join", "a") == 0
        limits.give_back("join", "a")
    limits.give_back("join", "a")
    limits.give_back("join", "nobody")
    assert [limits.wait_s("join", "a") > 0 for _ in range(3)] == [False, False, True]
