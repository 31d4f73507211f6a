"""One writer thread with group commit: many callers, one transaction, one sync to disk.

A caller's work runs inside the transaction of its group, behind a savepoint of its own, so that one bad
command does not sink the others. A caller is answered only after the commit.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from drills.errors import StoreFault

QUEUE_LIMIT = 1000
GROUP_LIMIT = 64

Work = Callable[[Connection], Any]


class Writer:
    """Runs all writes of a process, one group after the other.

    Args:
        engine: database to write to; only this thread writes.
        name: shown in the fault's message.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._queue: queue.Queue[tuple[Work, Future[Any]] | None] = queue.Queue(QUEUE_LIMIT)
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="stormdrill-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> Future[Any]:
        """Queue a piece of work; the future is done once it is committed.

        Raises:
            StoreFault: a thousand writes wait already, or the store is closed.
        """
        if self._closed:
            raise StoreFault("not saved: the store is closed")
        future: Future[Any] = Future()
        try:
            self._queue.put_nowait((work, future))
        except queue.Full:
            raise StoreFault("not saved: the store is behind; try again in a moment") from None
        return future

    def close(self) -> None:
        """Finish what is queued and stop; a second time does nothing."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            group, last = self._next_group()
            if group:
                self._commit(group)
            if last:
                return

    def _next_group(self) -> tuple[list[tuple[Work, Future[Any]]], bool]:
        first = self._queue.get()
        if first is None:
            return [], True
        group = [first]
        while len(group) < GROUP_LIMIT:
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                break
            if item is None:
                return group, True
            group.append(item)
        return group, False

    def _commit(self, group: list[tuple[Work, Future[Any]]]) -> None:
        outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with self._engine.begin() as connection:
                for work, future in group:
                    outcomes.append((future, *self._one(connection, work)))
        except DBAPIError as error:
            fault = StoreFault(f"not saved: {self._name}: {error.orig}")
            for _, future in group:
                future.set_exception(fault)
            return
        for future, result, failure in outcomes:
            if failure is not None:
                future.set_exception(failure)
            else:
                future.set_result(result)

    @staticmethod
    def _one(connection: Connection, work: Work) -> tuple[Any, BaseException | None]:
        try:
            with connection.begin_nested():
                return work(connection), None
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 - the caller's own failure goes back to the caller
            return None, error
