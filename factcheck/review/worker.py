"""One thread for all that takes time: what a reader asks for goes before what goes on by itself."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class Worker:
    """A thread that runs jobs in order and, while there is none, advances a longer work by a step.

    Index and models are used by this thread alone.
    """

    def __init__(self, name: str = "factcheck-worker") -> None:
        self._jobs: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._steps: Iterator[None] = iter(())
        self._changed = threading.Condition()
        self._closed = False
        # a daemon: a model that takes a minute to convert must not hold up who wants to leave
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Run `job` before the next step; its result or error comes by the future."""
        future: Future[T] = Future()
        with self._changed:
            if self._closed:
                future.cancel()
                return future
            self._jobs.append((future, job))
            self._changed.notify()
        return future

    def go_on_with(self, steps: Iterator[None]) -> None:
        """Advance `steps` whenever no job waits, in place of those before; they never raise."""
        with self._changed:
            self._steps = steps
            self._changed.notify()

    def close(self, patience: float = 3.0) -> bool:
        """Stop after the job or step in hand; whether that was within `patience` seconds.

        Jobs that have not begun are cancelled.
        """
        with self._changed:
            self._closed = True
            for future, _ in self._jobs:
                future.cancel()
            self._jobs.clear()
            self._changed.notify()
        if self._thread is not threading.current_thread():
            self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            with self._changed:
                if self._closed:
                    return
                steps = self._steps
                job = self._jobs.popleft() if self._jobs else None
            if job:
                _do(*job)
            elif not self._advance(steps):
                with self._changed:
                    if not self._jobs and self._steps is steps and not self._closed:
                        self._changed.wait()

    @staticmethod
    def _advance(steps: Iterator[None]) -> bool:
        try:
            next(steps)
        except StopIteration:
            return False
        return True


def _do(future: Future[T], job: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = job()
    except BaseException as error:
        future.set_exception(error)  # it belongs to whoever asked
    else:
        future.set_result(result)
