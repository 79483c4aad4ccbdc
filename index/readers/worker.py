"""The process that reads hostile files: takes bytes, says lines of JSON, obeys limits.

Asked is one line, `{"file": ID, "bytes": N}`, and N bytes. Said is `{"begun": true}`, then for each
item `{"document": {…}}` or `{"skipped": REASON}`, and `{"done": true}` or
`{"unreadable": REASON}`, with `"last": true` when the process has grown and is to be replaced.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from io import BufferedReader, BufferedWriter
from typing import Any

from index import readers
from index.errors import UnreadableDocument
from index.records import Document, Skipped

#: Processor time a file may take. By the clock it may be more: a busy machine is no one's fault.
PROCESSOR_SECONDS = 10
#: Memory a worker may have, in bytes, and what makes it ask to be replaced.
MAX_MEMORY = 1024**3
GROWN = MAX_MEMORY * 2 // 5
#: Exit codes.
MEMORY_EXCEEDED = 77
TIME_EXCEEDED = -int(getattr(signal, "SIGXCPU", 0)) or 78

#: Seconds by the clock after which a worker ends itself, in case nobody is left who would.
_ABANDONED = 60
_WATCH_SECONDS = 0.05


def serve() -> None:
    """Read files until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which ends this process
    asked = os.fdopen(os.dup(0), "rb")
    said = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):  # a library that prints must not be heard as an answer
        os.dup2(nothing, stream)
    # openpyxl imports it where it is there, and has no need of it: 0.4 s and 50 MB.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    limit_memory(MAX_MEMORY)
    while header := asked.readline():
        _serve_one(json.loads(header), asked, said)


def _serve_one(header: dict[str, Any], asked: BufferedReader, said: BufferedWriter) -> None:
    file_id = str(header["file"])
    data = asked.read(int(header["bytes"]))
    readers.prepare(file_id)
    _say(said, {"begun": True})
    limit_time(PROCESSOR_SECONDS)
    last: dict[str, object] = {"done": True}
    try:
        for item in readers.read_here(file_id, data):
            _say(said, _as_json(item))
    except UnreadableDocument as error:
        last = {"unreadable": str(error)}
    except MemoryError:
        os._exit(MEMORY_EXCEEDED)
    except Exception as error:  # parsers raise whatever a file leads them into
        kind = type(error).__name__
        last = {"unreadable": f"a damaged file ({kind}); open it and save it anew"}
    _say(said, last | {"last": True} if resident() > GROWN else last)


def _as_json(item: Document | Skipped) -> dict[str, object]:
    if isinstance(item, Skipped):
        return {"skipped": item.reason}
    locators = [(each.start, each.end, each.label) for each in item.locators]
    fields = {
        "id": item.id,
        "text": item.text,
        "title": item.title,
        "source": item.source,
        "published": item.published,
        "locators": locators,
    }
    return {"document": fields}


def _say(said: BufferedWriter, answer: dict[str, object]) -> None:
    said.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    said.flush()


def limit_time(seconds: int) -> None:
    """End this process when it uses `seconds` of processor time from now on, where POSIX is.

    The system's own signals end it in the middle of a regular expression too.
    """
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, hard))
    signal.alarm(_ABANDONED)


def limit_memory(limit: int) -> None:
    """End this process when it holds more than `limit` bytes.

    Linux refuses what a process asks beyond it. RLIMIT_AS would count what libraries only reserve,
    and macOS knows neither, so a thread watches as well.
    """
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    start = 0 if sys.platform == "linux" else resident()
    thread = threading.Thread(target=_watch, args=(start + limit,), daemon=True)
    thread.start()


def _watch(limit: int) -> None:
    while resident() <= limit:
        time.sleep(_WATCH_SECONDS)
    os._exit(MEMORY_EXCEEDED)


def resident() -> int:
    """Bytes of memory this process holds; on macOS the most it ever held, elsewhere unknown: 0.

    On Linux the most it ever held counts what the parent held before, so /proc is asked.
    """
    held = 0
    if sys.platform == "linux":
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - twenty times a second
            held = int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    elif sys.platform == "darwin":
        import resource

        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held
