"""What is asked of the web and what comes back. Imports no network: every build knows these."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How a host is treated and how long is waited, all in seconds.

    `timeout` holds for connecting and for each read, `deadline` for one request with its answer,
    `patience` for a page with all its redirects and retries. The n-th retry (from 0) comes after
    about 2 ** n · `backoff`, or when the server says; a server that asks for more than
    `longest_wait` is not asked again.
    """

    allow_private: bool = False
    pause: float = 1.0
    timeout: float = 10.0
    deadline: float = 60.0
    patience: float = 240.0
    retries: int = 3
    backoff: float = 1.0
    longest_wait: float = 60.0


DEFAULT_LIMITS = FetchLimits()


@dataclass(frozen=True, slots=True)
class Known:
    """The copy of a page from an earlier time, and its validators."""

    final_url: str
    hash: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A page as it was retrieved, at a time in ISO 8601, UTC.

    `packed` is the body, compressed by zlib, and `size` its bytes before that; `suffix` names its
    reader, and `charset` its encoding where the server does. `hash` is the SHA-256 (hex) of suffix,
    charset and body.
    """

    final_url: str
    status: int
    content_type: str
    suffix: str
    charset: str | None
    etag: str | None
    modified: str | None
    retrieved: str
    hash: str
    size: int
    packed: bytes = field(repr=False)

    @property
    def known(self) -> Known:
        """What to ask for it with the next time."""
        return Known(self.final_url, self.hash, self.etag, self.modified)


class State(Enum):
    """What became of a page. One is new, too, when only its validators are."""

    NEW = "new"
    SAME = "same"
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of the page at `url`.

    A new one has a `copy`, one that is gone or could not be fetched a `reason`. `no_answer` says
    that the host gave none of any use.
    """

    url: str
    state: State
    copy: Copy | None = None
    reason: str | None = None
    no_answer: bool = False
