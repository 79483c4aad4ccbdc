"""A URL → its bytes, without hanging, without filling memory, and without leaving the public web.

Only http and https, at most five redirects, every hop's address checked by `index.web.addresses`:
a page must not make this program talk to the user's own network.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import httpx

from factcheck.errors import ArticleError
from index.errors import UnreadableDocument
from index.web.addresses import CheckedTransport
from index.web.exchange import ACCEPT_ENCODING, MAX_REDIRECTS, TooLarge, body, within

_HEADERS = {
    "User-Agent": "factcheck (reads one article for its reader)",
    "Accept": "text/html, text/plain, text/markdown, application/xhtml+xml, application/pdf;q=0.9",
    "Accept-Encoding": ACCEPT_ENCODING,
}
_HTML = {"text/html", "application/xhtml+xml"}
_TEXT = {"text/plain", "text/markdown", "text/x-markdown", ""}
_FILES = {
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """Limits on a fetch. Times are in seconds, sizes in bytes after decompression."""

    allow_private: bool = False
    timeout: float = 10.0
    deadline: float = 30.0
    max_bytes: int = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the body, whether it says it is HTML, its declared encoding, its address."""

    data: bytes
    is_html: bool
    encoding: str | None
    url: str


def fetch(
    url: str, options: FetchOptions | None = None, transport: httpx.BaseTransport | None = None
) -> Page:
    """The page at `url`. `transport` replaces the network in tests.

    Raises `ArticleError` with one sentence for everything that can go wrong.
    """
    options = options or FetchOptions()
    try:
        return within(options.deadline, lambda: _fetch(url, options, transport))
    except TimeoutError as error:
        raise ArticleError(_too_slow(url, options.deadline)) from error


def _fetch(url: str, options: FetchOptions, transport: httpx.BaseTransport | None) -> Page:
    checked = CheckedTransport(transport or httpx.HTTPTransport(), options.allow_private)
    try:
        with httpx.Client(transport=checked, timeout=options.timeout, headers=_HEADERS) as client:
            return _follow(client, url, options)
    except httpx.TimeoutException as error:
        raise ArticleError(_too_slow(url, options.timeout)) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise ArticleError(
            f"{url} is, or leads to, no web address; expected http:// or https://"
        ) from error
    except httpx.HTTPError as error:
        reason = str(error).strip() or type(error).__name__
        raise ArticleError(f"{url} cannot be fetched ({reason}); try again or save it") from error
    except UnreadableDocument as error:  # of an address: no host, or a private one
        raise ArticleError(str(error)) from error


def _follow(client: httpx.Client, url: str, options: FetchOptions) -> Page:
    deadline = time.monotonic() + options.deadline
    request = client.build_request("GET", url)
    for _ in range(MAX_REDIRECTS + 1):
        response = client.send(request, stream=True)
        try:
            if response.next_request is None:
                return _read(response, options.max_bytes, deadline)
            request = response.next_request  # the body of a redirect is of no use, and of any size
        finally:
            response.close()
    raise ArticleError(f"{url} redirects more than {MAX_REDIRECTS} times; give the final address")


def _read(response: httpx.Response, max_bytes: int, deadline: float) -> Page:
    url = str(response.url)
    if response.is_error:
        raise ArticleError(
            f"{url} answered {response.status_code} {response.reason_phrase}; check the address"
        )
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in _HTML | _TEXT | _FILES:
        raise ArticleError(f"{url} is {kind}, expected HTML, text, PDF or DOCX; save it as text")
    try:
        data = b"".join(body(response, max_bytes, deadline))
    except TooLarge as error:
        raise ArticleError(f"{url} is {error}; save the part to check as text") from error
    except UnreadableDocument as error:
        raise ArticleError(f"{url} cannot be read ({error}); save it as text") from error
    return Page(data, kind in _HTML, response.charset_encoding, url)


def _too_slow(url: str, seconds: float) -> str:
    return f"{url} did not answer within {seconds:g} s; try again, or save it and give the file"
