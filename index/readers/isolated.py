"""Hostile formats are read by a process of their own, which may hang, swell or crash.

A worker is started when its first file comes and reads one file after another; after a crash or an
overrun the next file gets a new one. Bytes go in and lines of JSON come out, nothing is unpickled,
and whatever a worker says is checked here as if the file's author had said it
(docs/decisions/0011-reading-hostile-files.md).
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from index.documents import Metadata, make_document
from index.errors import UnreadableDocument
from index.readers.worker import MEMORY_EXCEEDED, PROCESSOR_SECONDS, TIME_EXCEEDED
from index.records import Document, Locator, Skipped

#: Seconds by the clock that a file may take; see `worker.PROCESSOR_SECONDS` for the stricter limit.
CLOCK_SECONDS = 30.0
#: Seconds until a worker has started and imported what a format needs, from a cold disk.
START_SECONDS = 60.0
#: Bytes of what a worker says: of one line, and of one file.
MAX_LINE = 160 * 1024 * 1024
MAX_ANSWER = 320 * 1024 * 1024
MAX_ITEMS = 10_000
MAX_REASON = 500
MAX_LABEL = 200

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from index.readers.worker import serve; serve()"
)


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """What the format's reader makes of `data`, read by a worker. Raises `UnreadableDocument`."""
    worker = _take()
    try:
        answers = worker.ask(file_id, data)
    except BaseException:  # also Ctrl-C: what it says next would be about this file
        worker.close()
        raise
    if worker.is_last:
        worker.close()
    else:
        _give_back(worker)
    return iter(answers)


def close() -> None:
    """End the workers that wait for a file."""
    with _lock:
        idle, _idle[:] = _idle[:], []
    for worker in idle:
        worker.close()


class _Overrun(Exception):
    """The worker has ended, or has said something that no reader says."""


class Worker:
    """A process that reads files, one at a time."""

    def __init__(self) -> None:
        # The parent's own search path, so that both find the same packages: neither a stray
        # `index.py` in the current folder nor the environment counts for the child (-I).
        path = json.dumps([entry or os.getcwd() for entry in sys.path])  # noqa: PTH109
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-I", "-X", "utf8", "-c", _START, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what libraries think of a file is not for the terminal
        )
        self._late = False
        self.is_last = False  # it wants to be replaced: it has grown

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process can take a file."""
        return self._process.poll() is None

    def ask(self, file_id: str, data: bytes) -> list[Document | Skipped]:
        """What the worker makes of a file. Raises `UnreadableDocument`."""
        try:
            with self._limit(START_SECONDS):
                self._send(file_id, data)
                self._expect_begun()
            with self._limit(CLOCK_SECONDS):
                return list(self._items(file_id))
        except (_Overrun, OSError) as error:  # OSError: a broken pipe
            raise UnreadableDocument(self._what_happened()) from error

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not sent cannot be sent any more
                    pipe.close()

    def _limit(self, seconds: float) -> _Limit:
        return _Limit(self, seconds)

    def expire(self) -> None:
        """Kill the process because its time is up; whoever waits for its answer wakes."""
        self._late = True
        self._process.kill()

    def _expect_begun(self) -> None:
        if "begun" not in self._line():
            raise _Overrun

    def _send(self, file_id: str, data: bytes) -> None:
        pipe = self._process.stdin
        if pipe is None:
            raise _Overrun
        header = json.dumps({"file": file_id, "bytes": len(data)})
        pipe.write(header.encode("ascii") + b"\n")
        pipe.write(data)
        pipe.flush()

    def _line(self) -> dict[str, Any]:
        """The next line, which is a JSON object. Raises `_Overrun`."""
        pipe = self._process.stdout
        line = pipe.readline(MAX_LINE) if pipe is not None else b""
        self._said = len(line)
        if not line.endswith(b"\n"):  # the end, or a line without one
            raise _Overrun
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _Overrun from error
        if not isinstance(answer, dict):
            raise _Overrun
        return answer

    def _items(self, file_id: str) -> Iterator[Document | Skipped]:
        said = 0
        for _ in range(MAX_ITEMS):
            answer = self._line()
            said += self._said
            if said > MAX_ANSWER:
                raise _Overrun
            if "document" in answer:
                yield _document(answer["document"], file_id)
            elif "skipped" in answer:
                yield Skipped(file_id, _text(answer["skipped"], MAX_REASON))
            elif "unreadable" in answer:
                self.is_last = answer.get("last") is True
                raise UnreadableDocument(_text(answer["unreadable"], MAX_REASON))
            elif "done" in answer:
                self.is_last = answer.get("last") is True
                return
            else:
                raise _Overrun
        raise _Overrun

    def _what_happened(self) -> str:
        """Why a worker did not give an answer, and what to do."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        code = self._process.poll()
        if self._late or code == TIME_EXCEEDED:
            return f"reading it took longer than {PROCESSOR_SECONDS} s; split it, or save it anew"
        if code == MEMORY_EXCEEDED:
            return "reading it took more than 1 GB of memory; split it, or save it anew"
        if code is None:
            return "what its reader said makes no sense; save the file anew"
        return f"its reader crashed (code {code}); open the file and save it anew"


class _Limit:
    """Within it, a worker has so many seconds."""

    def __init__(self, worker: Worker, seconds: float) -> None:
        self._timer = threading.Timer(seconds, worker.expire)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _document(fields: object, file_id: str) -> Document:
    """A document made anew from what a worker says of it. Raises `_Overrun`."""
    if not isinstance(fields, dict):
        raise _Overrun
    document_id = fields.get("id")
    text, title, source = (fields.get(name) for name in ("text", "title", "source"))
    published, locators = fields.get("published"), fields.get("locators")
    if not (
        isinstance(document_id, str)
        and (document_id == file_id or document_id.startswith(f"{file_id}#"))
        and isinstance(text, str)
        and isinstance(title, str)
        and isinstance(source, str)
        and (published is None or isinstance(published, str))
        and isinstance(locators, list)
    ):
        raise _Overrun
    # An iterator, also of none: the worker has repaired the text that these lead into.
    placed = _locators(locators, len(text))
    return make_document(document_id, text, Metadata(title, source, published), placed)


def _locators(found: list[object], length: int) -> Iterator[Locator]:
    """Locators in order, none reaching over another or beyond the text."""
    before = 0
    for each in found:
        match each:
            case [int(start), int(end), str(label)] if before <= start <= end <= length:
                yield Locator(start, end, label[:MAX_LABEL])
                before = end
            case _:
                raise _Overrun


def _text(value: object, limit: int) -> str:
    if not isinstance(value, str):
        raise _Overrun
    return value[:limit]


_lock = threading.Lock()
_idle: list[Worker] = []


def _take() -> Worker:
    """A worker that waits, or a new one: as many as there are threads that read."""
    while True:
        with _lock:
            worker = _idle.pop() if _idle else None
        if worker is None:
            return Worker()
        if worker.is_alive:
            return worker
        worker.close()


def _give_back(worker: Worker) -> None:
    with _lock:
        _idle.append(worker)


def _forget() -> None:
    """In a fork, the workers and the lock belong to the parent."""
    global _lock  # noqa: PLW0603
    _lock = threading.Lock()
    _idle.clear()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
