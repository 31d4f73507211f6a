"""What is due comes in order, before and after it was stored."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.agenda import Agenda, Wake


@given(st.lists(st.integers(0, 50), max_size=30), st.integers(0, 50))
def test_order_survives_storing(times: list[int], cut: int) -> None:
    """Wakes ring by time, then in the order in which they were put; also when stored and rebuilt midway."""
    wakes = [Wake(t, "job", str(i)) for i, t in enumerate(times)]
    rang: list[Wake] = []
    agenda = Agenda(0, wakes, rang.append)
    agenda.run(cut)
    rebuilt = Agenda(cut, agenda.wakes(), rang.append)
    rebuilt.run(50)
    assert rang == sorted(wakes, key=lambda w: (w.t_s, int(w.key)))


def test_a_wake_may_ask_for_another_now() -> None:
    """What is put while ringing and is due already rings in the same run."""
    rang: list[str] = []

    def act(wake: Wake) -> None:
        rang.append(wake.key)
        if wake.key == "a":
            agenda.put(Wake(5, "job", "b"))

    agenda = Agenda(0, [Wake(5, "job", "a")], act)
    assert not agenda.run(4)
    assert agenda.next_s() == 5
    assert agenda.run(5)
    assert rang == ["a", "b"]
