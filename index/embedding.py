"""A stream of texts → a stream of vectors: the encoder never waits for reading or writing.

The caller's thread takes texts from their source, tokenises them and hands vectors out; one more
thread keeps the encoder at work. Texts of like length are read together, out of a window of
thousands, so that next to nothing is spent on padding.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoded, Encoder, PackagedEncoder
from index.errors import EncoderError, ReferenceIndexError
from index.inference import first_line

#: Texts that are ordered by length together.
WINDOW = 4096
#: Texts in the first window: the encoder is to start at once. Each further one is twice as long,
#: unless the encoder is idle, because texts come slowly.
FIRST_WINDOW = 64
#: Vectors are handed out, to be committed, after so many seconds of work or so many of them.
SECONDS, MOST = 2.0, 1024
#: Texts given at a time to an encoder that is not ours: its work can be stopped between two calls.
GIVEN = 128

#: Keys (n) and their vectors (n, dimension).
Embedded = tuple[list[bytes], NDArray[np.float32]]


def embed(encoder: Encoder, pairs: Iterable[tuple[bytes, str]]) -> Generator[Embedded, None, None]:
    """The vectors of `pairs` of key and text, handed out every few seconds, in any order.

    Each key comes once for each pair. At most two windows of `pairs` are read ahead of what was
    handed out, always by the thread that iterates. Close the iterator (`contextlib.closing`) when
    leaving early: it ends after the batch at work, and then no thread is left.

    Raises `EncoderError` when the encoder fails or gives what cannot be vectors; what was done
    before is handed out first.
    """
    size, window = FIRST_WINDOW, list[tuple[bytes, str]]()
    with closing(_Worker(encoder)) as worker:
        for pair in pairs:
            window.append(pair)
            if len(window) >= size or (len(window) >= FIRST_WINDOW and worker.is_idle):
                worker.give(window)
                size, window = min(2 * size, WINDOW), []
            while worker.waiting > WINDOW or worker.is_due:
                yield worker.take()
        if window:
            worker.give(window)
        while worker.waiting:
            yield worker.take()


@dataclass(frozen=True, slots=True)
class _Window:
    """Keys, and an iterator that does the work of embedding their texts."""

    keys: Sequence[bytes]
    work: Iterator[Encoded]


class _Worker:
    """A thread that runs an encoder, and what goes in and out of it."""

    def __init__(self, encoder: Encoder) -> None:
        self.waiting = 0  # texts given and not yet taken
        self._given = self._finished = 0
        self._encoder = encoder
        self._windows: SimpleQueue[_Window | None] = SimpleQueue()
        self._done: SimpleQueue[Embedded | BaseException] = SimpleQueue()
        self._failure: BaseException | None = None
        self._taken_at = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="embedding", daemon=True)
        self._thread.start()

    @property
    def is_idle(self) -> bool:
        """Whether every text given is done."""
        return self._finished == self._given

    @property
    def is_due(self) -> bool:
        """Whether something can be taken that waits for long enough, or the encoder has failed."""
        ready = not self._done.empty() and time.monotonic() >= self._taken_at + SECONDS
        return ready or self._failure is not None

    def give(self, pairs: Sequence[tuple[bytes, str]]) -> None:
        """Tokenise texts and queue them."""
        texts = [text for _, text in pairs]
        encoder = self._encoder
        try:
            if isinstance(encoder, PackagedEncoder):
                work = encoder.encode_each(texts)
            else:
                work = _encode_some(encoder, texts)
        except Exception as error:
            raise self._explained(error) from error
        self.waiting += len(pairs)
        self._given += len(pairs)
        self._windows.put(_Window([key for key, _ in pairs], work))

    def take(self) -> Embedded:
        """What is done once it is worth a commit; waits for it. Raises `EncoderError`."""
        parts: list[Embedded] = []
        count = 0
        while count < min(self.waiting, MOST) and self._failure is None:
            left = max(0.0, self._taken_at + SECONDS - time.monotonic())
            try:
                part = self._done.get(timeout=left if parts else None)
            except Empty:
                break
            if isinstance(part, BaseException):
                self._failure = part
            else:
                parts.append(part)
                count += len(part[0])
        if self._failure and not parts:
            raise self._explained(self._failure) from self._failure
        self._taken_at = time.monotonic()
        self.waiting -= count
        return [key for keys, _ in parts for key in keys], np.concatenate([v for _, v in parts])

    def close(self) -> None:
        """End the thread, after the batch it is at."""
        self._stop.set()
        self._windows.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            while (window := self._windows.get()) is not None and not self._stop.is_set():
                for positions, vectors in window.work:
                    self._check(vectors, len(positions))
                    self._done.put(([window.keys[i] for i in positions], vectors))
                    self._finished += len(positions)
                    if self._stop.is_set():
                        return
        except BaseException as error:  # raised again in the caller's thread
            self._done.put(error)

    def _check(self, vectors: NDArray[np.float32], count: int) -> None:
        expected = (count, self._encoder.dimension)
        if vectors.shape != expected or not np.isfinite(vectors).all():
            raise EncoderError(
                f"the encoder {self._encoder.name!r} gave vectors of shape {vectors.shape}, some "
                f"perhaps not finite, expected {expected}; use another encoder"
            )

    def _explained(self, error: BaseException) -> BaseException:
        if isinstance(error, ReferenceIndexError) or not isinstance(error, Exception):
            return error
        return EncoderError(
            f"the encoder {self._encoder.name!r} failed ({first_line(error)}); build again to go "
            "on from here, or use another encoder"
        )


def _encode_some(encoder: Encoder, texts: Sequence[str]) -> Iterator[Encoded]:
    """Encode texts of like length together, the longest first."""
    order = np.argsort([-len(text) for text in texts], kind="stable")
    for start in range(0, len(order), GIVEN):
        positions = order[start : start + GIVEN]
        yield positions, encoder.encode([texts[i] for i in positions])
