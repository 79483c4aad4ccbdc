"""One page: robots.txt, redirects and limits → an answer, never an exception.

What a server need not know is not sent: cookies live as long as one page is fetched and one host is
asked, there is no referrer, and there are no credentials.
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from functools import partial

import httpx

from index.errors import UnreadableDocument
from index.web.addresses import CheckedTransport
from index.web.asking import PASSING, Asker, Reply, Unreachable, Visit, retry_after
from index.web.exchange import MAX_REDIRECTS, body
from index.web.kinds import expected, max_bytes, suffix_of
from index.web.politeness import Clock
from index.web.records import Answer, Copy, FetchLimits, Known, State
from index.web.robots import MAX_CRAWL_DELAY, MAX_ROBOTS_BYTES, Rules, parse_robots

_GONE = {404, 410}
#: Longer ones are not sent back: a server chose them.
_MAX_VALIDATOR = 512


class Fetcher:
    """Fetches pages. May be used from several threads; they share turns, rules and connections."""

    def __init__(
        self,
        limits: FetchLimits | None = None,
        clock: Clock | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`clock` and `transport` replace time and network in tests."""
        limits = limits or FetchLimits()
        self.clock = clock or Clock()
        self._transport = CheckedTransport(transport or httpx.HTTPTransport(), limits.allow_private)
        self._asker = Asker(limits, self.clock, self._transport)
        self._rules: dict[str, Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let the connections go."""
        self._transport.close()

    def fetch(self, url: str, known: Known | None = None) -> Answer:
        """The page at `url`; asked for only if it has changed since it was `known`.

        Raises `Stopped` when the clock is stopped, and nothing for whatever a server does.
        """
        try:
            reply = self._page(self._asker.visit(), httpx.URL(url), known)
        except UnreadableDocument as error:
            no_answer = isinstance(error, Unreachable)
            return Answer(url, State.FAILED, reason=str(error), no_answer=no_answer)
        if reply.content and reply.content.known != known:
            return Answer(url, State.NEW, reply.content)
        if reply.content or (reply.status == 304 and known):
            return Answer(url, State.SAME)
        later = retry_after(reply.headers, self.clock) if reply.status in PASSING else None
        wish = f", and wants to be asked in {later:.0f} s" if later else ""
        reason = f"it answered {reply.spoken}{wish}"
        if reply.status in _GONE:
            return Answer(url, State.GONE, reason=reason)
        no_answer = reply.status in PASSING
        return Answer(url, State.FAILED, reason=reason, no_answer=no_answer)

    def _now(self) -> str:
        return self.clock.utc().isoformat(timespec="seconds")

    def _page(self, visit: Visit, url: httpx.URL, known: Known | None) -> Reply[Copy]:
        for _ in range(MAX_REDIRECTS + 1):
            if url.userinfo:
                raise UnreadableDocument("it leads to an address with a name or a password")
            refusal = self._rules_for(url).refusal(str(url))
            if refusal:
                raise UnreadableDocument(refusal)
            # validators are those of one address, not of all that lead to it
            headers = _conditions(known) if known and known.final_url == str(url) else {}
            reply = self._asker.ask(visit, url, partial(self._take, url), headers)
            if reply.location is None:
                return reply
            if reply.location.host != url.host:
                visit.client.cookies.clear()
            url = reply.location
        raise UnreadableDocument(f"it redirects more than {MAX_REDIRECTS} times")

    def _take(self, url: httpx.URL, response: httpx.Response, deadline: float) -> Copy:
        content_type = response.headers.get("Content-Type", "")[:200]
        suffix = suffix_of(content_type, url)
        if suffix is None:
            kind = content_type.partition(";")[0].strip() or "of no type"
            raise UnreadableDocument(f"it is {kind}, expected {expected()}")
        charset = response.charset_encoding
        digest, packer = hashlib.sha256(f"{suffix}\n{charset}\n".encode()), zlib.compressobj()
        packed, size = bytearray(), 0
        # packed as it comes, so that no thread holds a body
        for piece in body(response, max_bytes(suffix), deadline):
            digest.update(piece)
            packed += packer.compress(piece)
            size += len(piece)
        packed += packer.flush()
        return Copy(
            final_url=str(url),
            status=response.status_code,
            content_type=content_type,
            suffix=suffix,
            charset=charset,
            etag=_validator(response, "ETag"),
            modified=_validator(response, "Last-Modified"),
            retrieved=self._now(),
            hash=digest.hexdigest(),
            size=size,
            packed=bytes(packed),
        )

    def _rules_for(self, url: httpx.URL) -> Rules:
        """What the robots.txt beside `url` says; it is asked once for every host and port."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._rules:
                self._rules[origin] = rules = self._fetch_rules(httpx.URL(f"{origin}/robots.txt"))
                self._asker.turns.slow_down(url.host, min(rules.delay, MAX_CRAWL_DELAY))
            return self._rules[origin]

    def _fetch_rules(self, url: httpx.URL) -> Rules:
        visit = self._asker.visit()
        try:
            for _ in range(MAX_REDIRECTS + 1):
                reply = self._asker.ask(visit, url, _take_robots)
                if reply.location is None:
                    break
                url = reply.location
        except UnreadableDocument as error:
            return Rules(refused=str(error))
        if reply.content is not None:
            return parse_robots(reply.content)
        if reply.status >= 500 or reply.status in PASSING:
            return Rules(
                refused=f"its robots.txt answered {reply.spoken}, so nothing is fetched for now; "
                "build again later"
            )
        return Rules()


def _take_robots(response: httpx.Response, deadline: float) -> bytes:
    data = bytearray()
    for piece in body(response, 1 << 62, deadline):
        data += piece
        if len(data) >= MAX_ROBOTS_BYTES:
            break
    return bytes(data[:MAX_ROBOTS_BYTES])


def _conditions(known: Known) -> dict[str, str]:
    headers = {}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.modified:
        headers["If-Modified-Since"] = known.modified
    return headers


def _validator(response: httpx.Response, name: str) -> str | None:
    value = response.headers.get(name, "")
    usable = value.isascii() and value.isprintable() and len(value) <= _MAX_VALIDATOR
    return value if value and usable else None
