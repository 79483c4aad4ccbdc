"""Requests to hosts that are busy, slow or away: in turn, again after a while, and not for ever."""

from __future__ import annotations

import email.utils
import http
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import httpx

from index.errors import UnreadableDocument
from index.web.addresses import HostNotFound
from index.web.exchange import ACCEPT_ENCODING, within
from index.web.politeness import Clock, Turns
from index.web.records import FetchLimits
from index.web.robots import PRODUCT

#: Answers that may be others in a moment.
PASSING = frozenset({429, 502, 503, 504})
_FAILURES = (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError)
_HEADERS = {
    "User-Agent": f"{PRODUCT} (reads sources for the index of one user)",
    "Accept": "text/html, text/*;q=0.9, */*;q=0.8",
    "Accept-Encoding": ACCEPT_ENCODING,
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Visit:
    """The requests for one page: their cookies, and the time (`Clock.now`) they end by."""

    client: httpx.Client
    until: float


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """A server's answer; `content` is what was read of it, where it was a 200."""

    status: int
    headers: httpx.Headers
    location: httpx.URL | None = None
    content: T | None = None

    @property
    def spoken(self) -> str:
        """The status as a person reads it: `503 Service Unavailable`."""
        try:
            return f"{self.status} {http.HTTPStatus(self.status).phrase}"
        except ValueError:
            return str(self.status)


class Unreachable(UnreadableDocument):
    """A host that does not answer, or not in time."""


class Asker:
    """Sends requests. May be used from several threads."""

    def __init__(self, limits: FetchLimits, clock: Clock, transport: httpx.BaseTransport) -> None:
        self.turns = Turns(clock, limits.pause)
        self._limits = limits
        self._clock = clock
        self._transport = transport
        self._random = random.Random()  # noqa: S311 - spreads retries, guards nothing

    def visit(self) -> Visit:
        """Begin with a page. Its client is not to be closed: that would close the transport."""
        client = httpx.Client(
            transport=self._transport,
            timeout=self._limits.timeout,
            headers=_HEADERS,
            trust_env=False,
        )
        return Visit(client, self._clock.now() + self._limits.patience)

    def ask(
        self,
        visit: Visit,
        url: httpx.URL,
        take: Callable[[httpx.Response, float], T],
        headers: Mapping[str, str] | None = None,
    ) -> Reply[T]:
        """The answer to a GET; the last one where there were several.

        `take` reads a 200, by a deadline of `time.monotonic`. Raises `Unreachable`,
        `UnreadableDocument`, what `take` raises, and `Stopped`.
        """
        request = visit.client.build_request("GET", url, headers=headers)
        for attempt in range(self._limits.retries + 1):
            reply, failure = None, None
            with self.turns.turn(url.host):
                try:
                    reply = self._exchange(visit, request, take)
                except _FAILURES as error:
                    failure = error
            if reply and reply.status not in PASSING:
                return reply
            wait = self._wait(attempt, reply)
            if attempt == self._limits.retries or self._clock.now() + wait > visit.until:
                break
            if wait > self._limits.longest_wait:
                break
            self.turns.hold(url.host, wait)
        if reply:
            return reply
        raise Unreachable(_spoken(failure)) from failure

    def _exchange(
        self,
        visit: Visit,
        request: httpx.Request,
        take: Callable[[httpx.Response, float], T],
    ) -> Reply[T]:
        seconds = min(self._limits.deadline, visit.until - self._clock.now())
        deadline = time.monotonic() + seconds

        def send() -> Reply[T]:
            response = visit.client.send(request, stream=True)
            try:
                following = response.next_request
                return Reply(
                    response.status_code,
                    response.headers,
                    following.url.copy_with(fragment=None) if following else None,
                    take(response, deadline) if response.status_code == 200 else None,
                )
            finally:
                response.close()

        try:
            return within(max(seconds, 0.0), send)
        except TimeoutError as error:
            raise Unreachable(f"it did not answer within {seconds:.3g} s") from error
        except HostNotFound as error:  # asking once more finds no other name
            raise Unreachable(str(error)) from error
        except _FAILURES:
            raise
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise UnreadableDocument("it leads to no web address") from error
        except httpx.HTTPError as error:
            raise UnreadableDocument(_spoken(error)) from error

    def _wait(self, attempt: int, reply: Reply[T] | None) -> float:
        """Seconds until the next attempt: what the server says, else longer each time."""
        said = retry_after(reply.headers, self._clock) if reply else None
        if said is not None:
            return said
        # spread, so that many clients that failed at once do not come back at once
        return self._limits.backoff * 2.0**attempt * self._random.uniform(0.5, 1.5)


def retry_after(headers: httpx.Headers, clock: Clock) -> float | None:
    """Seconds the server wants to be left alone; None where it does not say so intelligibly."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:10])
    try:
        moment = email.utils.parsedate_to_datetime(text)
        return max((moment - clock.utc()).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):  # TypeError: without a time zone
        return None


def _spoken(error: Exception | None) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it did not answer in time"
    reason = " ".join(str(error).split()) or type(error).__name__
    return f"it does not answer ({reason[:200]})"
