"""Bodies, deadlines and turns: what holds whatever a server does."""

from __future__ import annotations

import gzip
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import UnreadableDocument
from index.web.addresses import CheckedTransport
from index.web.exchange import TooLarge, body, within
from index.web.politeness import Clock, Stopped, Turns
from tests.index.web.sites import FakeClock


def read(response: httpx.Response, max_bytes: int = 1000) -> bytes:
    return b"".join(body(response, max_bytes, float("inf")))


class Raw(httpx.SyncByteStream):
    """A body in pieces, as it comes over the wire; `taken` counts those that were asked for."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces
        self.taken = 0

    def __iter__(self) -> Any:
        for each in self.pieces:
            self.taken += 1
            yield each


def streamed(stream: Raw, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, stream=stream, headers=named)


@given(st.binary(max_size=3000), st.integers(1, 40), st.sampled_from(["identity", "gzip"]))
def test_a_body_comes_whole_or_not_at_all(data: bytes, size: int, encoding: str) -> None:
    raw = gzip.compress(data, mtime=0) if encoding == "gzip" else data
    pieces = [raw[at : at + size] for at in range(0, len(raw), size)]
    response = streamed(Raw(*pieces), Content_Encoding=encoding)
    if len(data) <= 1000:
        assert read(response) == data
    else:
        with pytest.raises(TooLarge, match="larger than"):
            read(response)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(20_000_000))
    pieces = body(streamed(Raw(bomb), Content_Encoding="gzip"), 200_000, float("inf"))
    sizes: list[int] = []
    with pytest.raises(TooLarge):
        sizes.extend(len(piece) for piece in pieces)
    assert max(sizes) <= 1 << 16
    assert sum(sizes) <= 200_000


def test_what_is_announced_as_too_large_is_not_read() -> None:
    stream = Raw(b"x")
    with pytest.raises(TooLarge):
        read(streamed(stream, Content_Length="1001"))
    assert stream.taken == 0


@pytest.mark.parametrize(
    ("raw", "encoding", "reason"),
    [
        (b"no gzip", "gzip", "its compression is damaged"),
        (gzip.compress(b"a long text" * 50, mtime=0)[:-9], "gzip", "the end is missing"),
        (b"", "gzip", "the end is missing"),
        (b"x", "br", "compressed in a way not asked for"),
        (
            gzip.compress(gzip.compress(b"x", mtime=0), mtime=0),
            "gzip, gzip",
            "compressed in a way not asked for",
        ),
    ],
)
def test_bodies_that_cannot_be_unpacked(raw: bytes, encoding: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read(streamed(Raw(raw), Content_Encoding=encoding))


def test_a_body_that_does_not_end_ends() -> None:
    with pytest.raises(TimeoutError):
        list(body(streamed(Raw(b"x", b"y")), 1000, deadline=0.0))


def test_work_that_takes_too_long_is_left() -> None:
    clock = Clock()
    with pytest.raises(TimeoutError):
        within(0.01, lambda: clock.sleep(60))
    clock.stop()
    assert within(5, lambda: 7) == 7
    with pytest.raises(ValueError, match="odd"):
        within(5, lambda: int("odd"))


# --- turns


def test_a_pause_lies_behind_every_request() -> None:
    clock = FakeClock()
    turns = Turns(clock, 2.0)
    times = []
    for host in ("a", "b", "a", "a", "b"):
        with turns.turn(host):
            times.append(clock.now())
            clock.sleep(0.5)
    assert times == [100.0, 100.5, 102.5, 105.0, 105.5]
    assert clock.slept == [0.5, 0.5, 1.5, 0.5, 2.0, 0.5, 0.5]


def test_a_stopped_clock_lets_nobody_wait() -> None:
    clock = Clock()
    clock.stop()
    with pytest.raises(Stopped):
        clock.sleep(1000)
    with pytest.raises(Stopped), Turns(clock, 1000).turn("a"):
        pass


def test_the_transport_closes_its_inner_one() -> None:
    closed = []

    class Inner(httpx.BaseTransport):
        def close(self) -> None:
            closed.append(self)

    inner = Inner()
    CheckedTransport(inner, allow_private=False).close()
    assert closed == [inner]
