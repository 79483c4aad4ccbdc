"""A URL → its bytes, without hanging, without filling memory, and without leaving the public web.

Only http and https, at most five redirects, every hop's address checked: a page must not make this
program talk to the user's own network. The connection goes to the address that was checked, so a
name that changes its address in between gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from dataclasses import dataclass

import httpx

from factcheck.errors import ArticleError

MAX_REDIRECTS = 5
_HEADERS = {
    "User-Agent": "factcheck (reads one article for its reader)",
    "Accept": "text/html, text/plain, text/markdown, application/xhtml+xml",
    "Accept-Encoding": "gzip",
}
_HTML = {"text/html", "application/xhtml+xml"}
_TEXT = {"text/plain", "text/markdown", "text/x-markdown", ""}


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


class CheckedTransport(httpx.BaseTransport):
    """Sends requests by `inner`, after resolving the host and refusing addresses not public."""

    def __init__(self, inner: httpx.BaseTransport, allow_private: bool) -> None:
        self._inner = inner
        self._allow_private = allow_private

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Connect to the checked address; the Host header and TLS keep the name."""
        host = request.url.host
        if request.url.scheme not in {"http", "https"} or not host:
            raise httpx.UnsupportedProtocol(str(request.url))
        failure: httpx.ConnectError | None = None
        for address in resolve(host, self._allow_private):
            # a request of its own: a relative redirect is resolved against the original's URL
            checked = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return self._inner.handle_request(checked)
            except httpx.ConnectError as error:
                failure = error
        raise failure or httpx.ConnectError(f"no address of {host} answers")

    def close(self) -> None:
        """Close the inner transport."""
        self._inner.close()


def resolve(host: str, allow_private: bool) -> list[str]:
    """The addresses of `host`; raises `ArticleError` when there is none or one is not public."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ArticleError(
            f"the host {host!r} cannot be found; check the address and the connection"
        ) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = [address for address in addresses if not is_public(address)]
    if private and not allow_private:
        raise ArticleError(
            f"{host} leads to {private[0]}, which is not a public address; "
            "use --allow-private if you trust it"
        )
    return addresses


def is_public(address: str) -> bool:
    """Whether an address is on the public internet: `"93.184.216.34"` → True, `"::1"` → False."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        # an IPv4 address in IPv6 clothes: mapped, 6to4, Teredo or NAT64
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if parsed in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved)


def fetch(
    url: str, options: FetchOptions | None = None, transport: httpx.BaseTransport | None = None
) -> Page:
    """The page at `url`. `transport` replaces the network in tests.

    Raises `ArticleError` with one sentence for everything that can go wrong.
    """
    options = options or FetchOptions()
    outcome: list[Page | BaseException] = []

    def work() -> None:
        try:
            outcome.append(_fetch(url, options, transport))
        except BaseException as error:  # handed to the caller below
            outcome.append(error)

    # A thread, for neither name resolution nor dripping headers can be bounded otherwise.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(options.deadline)
    if not outcome:
        raise ArticleError(_too_slow(url, options.deadline))
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _fetch(url: str, options: FetchOptions, transport: httpx.BaseTransport | None) -> Page:
    checked = CheckedTransport(transport or httpx.HTTPTransport(), options.allow_private)
    try:
        with (
            httpx.Client(
                transport=checked,
                timeout=options.timeout,
                headers=_HEADERS,
                follow_redirects=True,
                max_redirects=MAX_REDIRECTS,
            ) as client,
            client.stream("GET", url) as response,
        ):
            return _read(response, options)
    except httpx.TimeoutException as error:
        raise ArticleError(_too_slow(url, options.timeout)) from error
    except httpx.TooManyRedirects as error:
        raise ArticleError(
            f"{url} redirects more than {MAX_REDIRECTS} times; give the final address"
        ) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise ArticleError(
            f"{url} is, or leads to, no web address; expected http:// or https://"
        ) from error
    except httpx.HTTPError as error:
        reason = str(error).strip() or type(error).__name__
        raise ArticleError(f"{url} cannot be fetched ({reason}); try again or save it") from error


def _read(response: httpx.Response, options: FetchOptions) -> Page:
    url = str(response.url)
    if response.is_error:
        raise ArticleError(
            f"{url} answered {response.status_code} {response.reason_phrase}; check the address"
        )
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in _HTML | _TEXT:
        what = "a PDF, which is not yet read" if kind == "application/pdf" else kind
        raise ArticleError(f"{url} is {what}, expected HTML or plain text; save it as text")
    # Several encodings on top of each other unpack to any size at once.
    if response.headers.get("Content-Encoding", "gzip").lower() not in {"gzip", "identity"}:
        raise ArticleError(f"{url} is compressed in a way not asked for; save it as text")
    started, data = time.monotonic(), bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > options.max_bytes:
            limit = options.max_bytes // 2**20
            raise ArticleError(f"{url} is larger than {limit} MB; save the part to check as text")
        if time.monotonic() - started > options.deadline:
            raise ArticleError(_too_slow(url, options.deadline))
    return Page(bytes(data), kind in _HTML, response.charset_encoding, url)


def _too_slow(url: str, seconds: float) -> str:
    return f"{url} did not answer within {seconds:g} s; try again, or save it and give the file"
