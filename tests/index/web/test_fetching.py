from __future__ import annotations

import hashlib
import zlib
from typing import Any

import httpx
import pytest

from index.readers import SUFFIXES
from index.web.asking import retry_after
from index.web.exchange import MAX_REDIRECTS
from index.web.kinds import suffix_of
from index.web.politeness import Clock
from index.web.records import Answer, Known, State
from tests.index.web.sites import OTHER, PUBLIC, FakeClock, Said, Web, fetcher, moved, page

URL = f"{PUBLIC}/storm"


def one(said: Said | list[Said], known: Known | None = None, **limits: Any) -> Answer:
    return fetcher(Web({"/storm": said}), **limits).fetch(URL, known)


def unpacked(answer: Answer) -> bytes:
    assert answer.copy
    return zlib.decompress(answer.copy.packed)


# --- what comes


def test_a_page_with_all_that_is_kept_of_it() -> None:
    said = page("Quay.", "text/html; charset=ISO-8859-2", ETag='"7"', Last_Modified="Tue")
    answer = one(said)
    copy = answer.copy
    assert copy
    assert (answer.state, answer.reason, answer.url) == (State.NEW, None, URL)
    assert copy.retrieved == "2026-03-04T12:00:01+00:00"  # behind the pause after robots.txt
    assert (copy.final_url, copy.status, copy.suffix) == (URL, 200, ".html")
    assert (copy.content_type, copy.charset) == ("text/html; charset=ISO-8859-2", "iso-8859-2")
    assert (copy.etag, copy.modified, copy.size) == ('"7"', "Tue", 5)
    assert copy.hash == hashlib.sha256(b".html\niso-8859-2\nQuay.").hexdigest()
    assert unpacked(answer) == b"Quay."


def test_what_is_sent() -> None:
    web = Web({"/storm": page()})
    fetcher(web).fetch(URL)
    headers = web.requests[-1].headers
    assert headers["User-Agent"] == "factcheck (reads sources for the index of one user)"
    assert headers["Accept-Encoding"] == "gzip"
    for name in ("Cookie", "Referer", "Authorization", "If-None-Match", "If-Modified-Since"):
        assert name not in headers


@pytest.mark.parametrize(
    ("content_type", "path", "suffix"),
    [
        ("text/html; charset=utf-8", "/a", ".html"),
        ("TEXT/HTML", "/a.pdf", ".html"),
        ("application/xhtml+xml", "/a", ".html"),
        ("text/plain", "/a", ".txt"),
        ("text/plain", "/notes.md", ".md"),
        ("text/plain", "/rows.csv", ".csv"),
        ("text/plain", "/page.html", ".txt"),
        ("text/plain", "/run.exe", ".txt"),
        ("text/markdown", "/a", ".md"),
        ("text/csv", "/export?format=csv", ".csv"),
        ("application/x-ndjson", "/a", ".jsonl"),
        ("application/json", "/rows.jsonl", ".jsonl"),
        ("application/json", "/rows.json", None),
        ("", "/a.html", ".html"),
        ("", "/a", None),
        ("application/octet-stream", "/rows.csv", ".csv"),
        ("application/octet-stream", "/a.exe", None),
        ("image/png", "/a.txt", None),
        ("video/mp4", "/a", None),
    ],
)
def test_the_reader_of_a_type(content_type: str, path: str, suffix: str | None) -> None:
    assert suffix_of(content_type, httpx.URL(PUBLIC + path)) == suffix


@pytest.mark.parametrize(
    ("said", "state", "reason"),
    [
        (httpx.Response(404), State.GONE, "it answered 404 Not Found"),
        (httpx.Response(410), State.GONE, "it answered 410 Gone"),
        (httpx.Response(403), State.FAILED, "it answered 403 Forbidden"),
        (httpx.Response(500), State.FAILED, "it answered 500 Internal Server Error"),
        (httpx.Response(204), State.FAILED, "it answered 204 No Content"),
        (httpx.Response(304), State.FAILED, "it answered 304 Not Modified"),
        (httpx.Response(799), State.FAILED, "it answered 799"),
        (moved("/storm"), State.FAILED, "it redirects more than 5 times"),
        (moved("ftp://veld.example/"), State.FAILED, "it leads to no web address"),
        (moved("file:///etc/passwd"), State.FAILED, "it leads to no web address"),
        (
            moved("http://10.0.0.1/"),
            State.FAILED,
            "10.0.0.1 leads to 10.0.0.1, which is not a public address; "
            "use --allow-private if you trust it",
        ),
        (
            moved(f"http://ida:secret@{OTHER}/"),
            State.FAILED,
            "it leads to an address with a name or a password",
        ),
        (page(kind="image/png"), State.FAILED, "it is image/png, expected a page in "),
        (page(kind=""), State.FAILED, "it is of no type, expected a page in "),
        (page(Content_Length="9" * 30), State.FAILED, "larger than 64 MB"),
    ],
)
def test_what_is_no_page(said: httpx.Response, state: State, reason: str) -> None:
    answer = one(said)
    assert (answer.state, answer.copy) == (state, None)
    assert answer.reason is not None
    if reason.endswith(" in "):
        reason += ", ".join(sorted(SUFFIXES))
    assert answer.reason == reason


def test_private_addresses_are_refused_unless_allowed() -> None:
    web = Web({"http://127.0.0.1/a": page()})
    refused = fetcher(web).fetch("http://127.0.0.1/a")
    assert refused.reason is not None
    assert "is not a public address" in refused.reason
    assert web.asked == []
    assert fetcher(web, allow_private=True).fetch("http://127.0.0.1/a").state is State.NEW


# --- redirects


def test_redirects_are_followed_up_to_the_limit() -> None:
    hops: dict[str, Any] = {f"/{n}": moved(f"/{n + 1}#part") for n in range(MAX_REDIRECTS + 1)}
    end = f"/{MAX_REDIRECTS}"
    web = Web(hops | {end: page()})
    answer = fetcher(web).fetch(f"{PUBLIC}/0")
    assert answer.copy
    assert (answer.url, answer.copy.final_url) == (f"{PUBLIC}/0", PUBLIC + end)
    assert fetcher(Web(hops)).fetch(f"{PUBLIC}/0").reason == "it redirects more than 5 times"


def test_cookies_stay_with_their_host_and_page() -> None:
    consent = moved("/storm?ok", Set_Cookie="consent=yes; Path=/")
    web = Web(
        {
            "/storm": consent,
            "/storm?ok": moved(f"http://{OTHER}/storm"),
            f"http://{OTHER}/storm": moved(URL + "?end"),
            "/storm?end": page(),
            "/other": page(),
        }
    )
    fetch = fetcher(web)
    assert fetch.fetch(URL).state is State.NEW
    fetch.fetch(f"{PUBLIC}/other")
    cookies = {str(request.url): request.headers.get("Cookie") for request in web.requests}
    assert {url: cookie for url, cookie in cookies.items() if cookie} == {
        f"{PUBLIC}/storm?ok": "consent=yes"
    }


# --- only what changed


def test_what_is_known_is_asked_for_only_if_it_changed() -> None:
    def unless_known(request: httpx.Request) -> httpx.Response:
        told = request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")
        return httpx.Response(304) if told == ('"7"', "Tue") else page("New.")

    web = Web({"/storm": unless_known, "/a": moved("/storm")})
    known = Known(URL, "0" * 64, '"7"', "Tue")
    for url in (URL, f"{PUBLIC}/a"):  # a redirect's target is known by its own address
        answer = fetcher(web).fetch(url, known)
        assert answer == Answer(url, State.SAME)
    elsewhere = Known(f"{PUBLIC}/before", "0" * 64, '"7"', "Tue")
    assert fetcher(web).fetch(URL, elsewhere).state is State.NEW


def test_the_same_bytes_with_the_same_validators_are_the_same_page() -> None:
    copy = one(page("Quay.", ETag='"1"')).copy
    assert copy
    answer = one(page("Quay.", ETag='"1"'), copy.known)
    assert (answer.state, answer.copy) == (State.SAME, None)
    for other in (
        page("Quay.", ETag='"2"'),
        page("Quay!", ETag='"1"'),
        page("Quay.", "text/markdown", ETag='"1"'),
    ):
        assert one(other, copy.known).state is State.NEW


@pytest.mark.parametrize("etag", ["x" * 600, '"\u00e9"', '"\x01"'])
def test_validators_that_cannot_be_sent_back_are_not_kept(etag: str) -> None:
    said = httpx.Response(200, headers=[(b"Content-Type", b"text/plain"), (b"ETag", etag.encode())])
    copy = one(said).copy
    assert copy
    assert copy.etag is None


# --- retries


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_passing_trouble_is_waited_for(status: int) -> None:
    web = Web({"/storm": [httpx.Response(status), httpx.ReadError("cut"), page()]})
    assert fetcher(web).fetch(URL).state is State.NEW
    pause, first, second = web.clock.slept
    assert pause == 1
    assert 1 <= first <= 1.5  # never sooner than the pause of a host
    assert 1 <= second <= 3
    assert web.paths == ["/storm"] * 3


def test_waits_double_and_end() -> None:
    web = Web({"/storm": httpx.ConnectError("refused")})
    answer = fetcher(web, pause=0).fetch(URL)
    assert (answer.state, answer.no_answer) == (State.FAILED, True)
    assert answer.reason == "it does not answer (refused)"
    assert len(web.clock.slept) == 3
    for attempt, wait in enumerate(web.clock.slept):
        assert 0.5 * 2**attempt <= wait <= 1.5 * 2**attempt
    busy = one(httpx.Response(503))
    assert (busy.state, busy.no_answer) == (State.FAILED, True)
    assert busy.reason == "it answered 503 Service Unavailable"


def test_a_name_that_is_not_found_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def fail(*args: object, **_: object) -> None:
        calls.append(args)
        raise OSError("no network")

    monkeypatch.setattr("socket.getaddrinfo", fail)
    web = Web({})
    answer = fetcher(web).fetch("http://veld.example/storm")
    assert answer.reason == (
        "the host 'veld.example' cannot be found; check the address and the connection"
    )
    assert (len(calls), web.clock.slept) == (1, [])


def test_a_server_says_when_to_come_back() -> None:
    later = httpx.Response(503, headers={"Retry-After": "20"})
    web = Web({"/storm": [later, page()]})
    assert fetcher(web).fetch(URL).state is State.NEW
    assert web.clock.slept == [1, 20]
    much_later = httpx.Response(429, headers={"Retry-After": "3600"})
    web = Web({"/storm": [much_later, page()]})
    answer = fetcher(web).fetch(URL)
    assert answer.reason == "it answered 429 Too Many Requests, and wants to be asked in 3600 s"
    assert web.clock.slept == [1]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20", 20),
        (" 0 ", 0),
        ("Wed, 04 Mar 2026 12:00:30 GMT", 30),
        ("Wed, 04 Mar 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("٣", None),
        ("Wed, 04 Mar 2026 12:00:30", None),
        ("Wed, 99 Mar 2026 12:00:30 GMT", None),
        ("9" * 400, 9999999999),
    ],
)
def test_retry_after(text: str, seconds: float | None) -> None:
    headers = httpx.Headers([(b"Retry-After", text.encode())])
    assert retry_after(headers, FakeClock()) == seconds


def test_a_page_has_so_much_time_and_no_more() -> None:
    hops: dict[str, Any] = {
        f"/{n}": [httpx.Response(503, headers={"Retry-After": "50"}), moved(f"/{n + 1}")]
        for n in range(MAX_REDIRECTS)
    }
    web = Web(hops | {f"/{MAX_REDIRECTS}": page()})
    answer = fetcher(web, pause=0).fetch(f"{PUBLIC}/0")
    assert (answer.state, answer.no_answer) == (State.FAILED, True)
    assert web.clock.slept == [50] * 4
    assert fetcher(Web(web.pages | hops), pause=0, patience=500).fetch(f"{PUBLIC}/0").copy


def test_a_request_that_takes_too_long_is_told() -> None:
    waiting = Clock()

    def slow(_: httpx.Request) -> httpx.Response:
        waiting.sleep(60)
        return page()

    answer = one(slow, deadline=0.05)  # type: ignore[arg-type]
    waiting.stop()
    assert (answer.reason, answer.no_answer) == ("it did not answer within 0.05 s", True)
