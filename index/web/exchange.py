"""One request and its answer, bounded: in time, and in bytes after decompression."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TypeVar

import httpx

from index.errors import UnreadableDocument

#: Redirects followed from one address; each is checked as the first was.
MAX_REDIRECTS = 5
#: The one encoding asked for. Several on top of each other unpack to any size at once.
ACCEPT_ENCODING = "gzip"

_PIECE = 1 << 16
_GZIP = 31  # zlib's name for a gzip stream: 15 bits of window, 16 for the header

T = TypeVar("T")


class TooLarge(UnreadableDocument):
    """A body is larger than its limit."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns or raises; `TimeoutError` when it takes longer.

    In a thread, for neither name resolution nor dripping headers can be bounded otherwise. One that
    is late is left behind, and ends by the bounds of its own or with the process.
    """
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # handed to the caller
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return outcome.result(seconds)


def body(response: httpx.Response, max_bytes: int, deadline: float) -> Iterator[bytes]:
    """The body in pieces, decompressed; `deadline` in seconds of `time.monotonic`.

    No more is ever unpacked than is allowed, whatever a few bytes would unpack to. Raises
    `TooLarge`, `TimeoutError`, and `UnreadableDocument` for a compression that is damaged or was
    not asked for.
    """
    declared = response.headers.get("Content-Length", "")
    if declared.isascii() and declared.isdecimal() and int(declared[:20]) > max_bytes:
        raise _too_large(max_bytes)
    size = 0
    for piece in _unpacked(response):
        size += len(piece)
        if size > max_bytes:
            raise _too_large(max_bytes)
        if time.monotonic() > deadline:
            raise TimeoutError
        yield piece


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(f"larger than {max_bytes / 2**20:g} MB")


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    stream = response.stream
    if not isinstance(stream, httpx.SyncByteStream):
        raise TypeError("the response of an asynchronous client")
    if encoding == "identity":
        yield from stream
    elif encoding in {"gzip", "x-gzip"}:
        yield from _gunzipped(stream)
    else:
        raise UnreadableDocument("compressed in a way not asked for")


def _gunzipped(packed: httpx.SyncByteStream) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for piece in packed:
            pending = piece
            while pending and not unpacker.eof:
                yield unpacker.decompress(pending, _PIECE)
                pending = unpacker.unconsumed_tail
        while not unpacker.eof and (rest := unpacker.decompress(b"", _PIECE)):
            yield rest
    except zlib.error as error:
        raise UnreadableDocument("its compression is damaged") from error
    if not unpacker.eof:
        raise UnreadableDocument("its compression is damaged: the end is missing")
