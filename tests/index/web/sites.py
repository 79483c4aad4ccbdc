"""A web of a few hosts without a network, and a clock that nobody waits for."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from index.web.fetching import Fetcher
from index.web.politeness import Clock, Stopped
from index.web.records import FetchLimits

HOST = "93.184.215.14"  # an address, so that no test needs a name server
OTHER = "93.184.215.15"
PUBLIC = f"http://{HOST}"
START = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)

Said = httpx.Response | Exception
Handler = Callable[[httpx.Request], Said]


class FakeClock(Clock):
    """Stands still but for what is slept; `slept` keeps every waiting of some length."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: list[float] = []
        self._now = 100.0
        self._moving = threading.Lock()

    def now(self) -> float:
        return self._now

    def utc(self) -> dt.datetime:
        return START + dt.timedelta(seconds=self._now - 100.0)

    def sleep(self, seconds: float) -> None:
        if self._stopped.is_set():
            raise Stopped
        with self._moving:
            if seconds > 0:
                self.slept.append(round(seconds, 6))
                self._now += seconds


class Web(httpx.BaseTransport):
    """Answers by address; what is not there is a 404. `asked` keeps every request and its time.

    An answer may be a list: one after the other, the last one for ever.
    """

    def __init__(self, pages: Mapping[str, Any], clock: FakeClock | None = None) -> None:
        self.pages = dict(pages)
        self.clock = clock or FakeClock()
        self.asked: list[tuple[str, float]] = []
        self.requests: list[httpx.Request] = []
        self.open = 0
        self.most_open = 0
        self._lock = threading.Lock()

    @property
    def paths(self) -> list[str]:
        """What was asked for, without the robots.txt."""
        return [url.removeprefix(PUBLIC) for url, _ in self.asked if "robots.txt" not in url]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        with self._lock:
            self.asked.append((url, self.clock.now()))
            self.requests.append(request)
            said = self.pages.get(url.removeprefix(PUBLIC), httpx.Response(404))
            if isinstance(said, list):
                said = said.pop(0) if len(said) > 1 else said[0]
        if callable(said):
            said = said(request)
        if isinstance(said, Exception):
            raise said
        assert isinstance(said, httpx.Response)
        content = said.stream
        assert isinstance(content, httpx.SyncByteStream)
        return httpx.Response(said.status_code, headers=said.headers, stream=content)


def page(text: str = "The quay fell.", kind: str = "text/plain", **headers: str) -> httpx.Response:
    """A 200; `If_None_Match` and the like name headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, content=text.encode(), headers={"Content-Type": kind, **named})


def moved(to: str, status: int = 302, **headers: str) -> httpx.Response:
    """A redirect."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers={"Location": to, **named})


def fetcher(web: Web, **limits: Any) -> Fetcher:
    """A fetcher on that web and its clock."""
    return Fetcher(FetchLimits(**limits), web.clock, web)
