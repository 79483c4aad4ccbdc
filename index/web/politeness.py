"""Time, and turns: one request at a time to a host, and a pause behind each."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class Stopped(Exception):
    """Whoever wanted the pages wants no more."""


class Clock:
    """What time it is, and waiting that can be called off."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def now(self) -> float:
        """Seconds since some moment, never going back."""
        return time.monotonic()

    def utc(self) -> dt.datetime:
        """The time of day."""
        return dt.datetime.now(dt.UTC)

    def sleep(self, seconds: float) -> None:
        """Wait. Raises `Stopped` once `stop` was called, before or meanwhile."""
        if self._stopped.wait(max(seconds, 0.0)):
            raise Stopped

    def stop(self) -> None:
        """Call off every waiting, now and to come."""
        self._stopped.set()


@dataclass
class _Host:
    """When a host may be asked again, by `Clock.now`, and the pause that it wants."""

    pause: float
    free: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Turns:
    """Who may ask a host now."""

    def __init__(self, clock: Clock, pause: float) -> None:
        """`pause` in seconds between the end of a request and the beginning of the next."""
        self._clock = clock
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def slow_down(self, host: str, pause: float) -> None:
        """Pause at least so many seconds between requests to `host`."""
        known = self._host(host)
        with known.lock:
            more = max(pause - known.pause, 0.0)
            known.pause += more
            known.free += more

    def hold(self, host: str, seconds: float) -> None:
        """Leave `host` alone for so long."""
        known = self._host(host)
        with known.lock:
            known.free = max(known.free, self._clock.now() + seconds)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the host to be free, and keep it while the request goes on."""
        known = self._host(host)
        with known.lock:
            self._clock.sleep(known.free - self._clock.now())
            try:
                yield
            finally:
                known.free = self._clock.now() + known.pause

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host(self._pause))
