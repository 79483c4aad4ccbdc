"""A reader that does what the file says, to see what becomes of its process."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator

from index import Document, Skipped, UnreadableDocument
from index.documents import Metadata, make_document
from index.readers import worker


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """Hang, swell, crash, print, raise, or read, as `data` says."""
    what = data.decode()
    if what == "hang":
        re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter's lock for years
    elif what == "sleep":
        time.sleep(600)
    elif what == "swell":
        held = [bytearray(b"x" * (1 << 20)) for _ in range(1000)]
        yield Skipped(file_id, str(len(held)))
    elif what == "grow":
        worker.GROWN = 0
    elif what == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif what == "print":
        os.write(1, b'{"done": true}\n')
        print("noise")  # noqa: T201
    elif what == "raise":
        raise ZeroDivisionError
    elif what == "refuse":
        raise UnreadableDocument("no text")
    yield Skipped(file_id, "a part")
    yield make_document(file_id, f"{what} {os.getpid()}", Metadata("Title", None, "2021-03-04"))


def serve() -> None:
    """Serve with this reader, and with limits that are soon reached."""
    from index import readers

    readers.read_here = read  # type: ignore[assignment]
    worker.PROCESSOR_SECONDS = 0
    worker.MAX_MEMORY = 200 << 20
    worker.serve()
