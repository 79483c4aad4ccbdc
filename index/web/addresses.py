"""Which addresses may be connected to: those of the public internet, unless more is allowed.

A page must not make this program talk to the user's own network. The connection goes to the address
that was checked, so a name that changes its address in between gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket

import httpx

from index.errors import UnreadableDocument


class HostNotFound(UnreadableDocument):
    """A name without an address: misspelt, or there is no connection."""


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
    """The addresses of `host`.

    Raises `HostNotFound` when there is none, `UnreadableDocument` when one is not public.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostNotFound(
            f"the host {host!r} cannot be found; check the address and the connection"
        ) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = [address for address in addresses if not is_public(address)]
    if private and not allow_private:
        raise UnreadableDocument(
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
