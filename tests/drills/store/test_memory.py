"""What the store remembers of what it read."""

from drills.store.memory import Memory


def test_a_row_is_read_once_until_a_write() -> None:
    """The second time nothing is read; after a write it is read again."""
    memory: Memory[str] = Memory()
    assert memory.recall("key", lambda: "old") == "old"
    assert memory.recall("key", lambda: "new") == "old"
    memory.forget()
    assert memory.recall("key", lambda: "new") == "new"


def test_nothing_is_not_remembered() -> None:
    """That there is no row is asked anew each time."""
    memory: Memory[str] = Memory()
    assert memory.recall("key", lambda: None) is None
    assert memory.recall("key", lambda: "came") == "came"


def test_what_a_write_overtook_is_not_kept() -> None:
    """A row read before a write, and handed over after it, is not what the next one gets."""
    memory: Memory[str] = Memory()

    def read() -> str:
        memory.forget()
        return "old"

    assert memory.recall("key", read) == "old"
    assert memory.recall("key", lambda: "new") == "new"
