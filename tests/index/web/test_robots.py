from __future__ import annotations

import time

import httpx
import pytest

from index.web.records import State
from index.web.robots import MAX_ROBOTS_BYTES, Rules, parse_robots
from tests.index.web.sites import OTHER, PUBLIC, Web, fetcher, moved, page

ALONE = "its robots.txt asks robots to leave it alone; save the page and give the file"


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /private", "/public", True),
        ("User-agent: *\nDisallow: /private", "/private/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /open", "/open/a", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("user-agent : FactCheck\ndisallow : /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: factcheck\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: factcheck\nDisallow: /a", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: factchecker\nDisallow: /", "/a", True),
        ("User-agent: other # *\nDisallow: /", "/a", True),
        ("\ufeffUser-agent: *\rDisallow: /a\r", "/a", False),
        ("User-agent:\nDisallow: /", "/a", True),
        ("<html>not found</html>", "/a", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
    ],
)
def test_rules(robots: str, path: str, allowed: bool) -> None:
    refusal = parse_robots(robots.encode()).refusal(f"http://veld.example{path}")
    assert refusal == (None if allowed else ALONE)


def test_crawl_delay() -> None:
    def rules(delay: str) -> Rules:
        return parse_robots(f"User-agent: *\nCrawl-delay: {delay}\n".encode())

    assert (rules("2.5").delay, rules("2.5").refusal("http://a.example/")) == (2.5, None)
    assert rules("soon").delay == rules("-1").delay == rules("nan").delay == 0
    assert rules("3600").refusal("http://a.example/") == (
        "its robots.txt asks for 3600 s between requests, expected at most 30 s; save the page "
        "and give the file"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "".join(f"User-agent: a{n}\n" for n in range(15_000))
        + "".join(f"Disallow: /{n}\n" for n in range(15_000)),
        "".join(f"User-agent: fact{'*' * (n % 300)}\n" for n in range(5_000))
        + "".join(f"Disallow: /{n}\n" for n in range(15_000)),
        "User-agent: *\nDisallow: /" + "*a" * 200_000 + "b",
        "User-agent: *\n" + "Disallow: /*a*a*a*a*a*a*a*a*b$\n" * 10_000,
        " " * 400_000,
        "user-agent" + " " * 400_000,
        "User-agent: *\nDisallow: /x" + "$" * 400_000,
    ],
)
def test_hostile_rules_take_little_time(hostile: str) -> None:
    started = time.process_time()
    parse_robots(hostile.encode()).refusal("http://veld.example/" + "a" * 2000)
    assert time.process_time() - started < 2


def test_only_the_beginning_is_read() -> None:
    late = b"#" * MAX_ROBOTS_BYTES + b"\nUser-agent: *\nDisallow: /\n"
    assert parse_robots(late).refusal("http://a.example/a") is None


@pytest.mark.parametrize(
    ("robots", "state", "reason"),
    [
        (page("User-agent: *\nDisallow: /storm"), State.FAILED, ALONE),
        (page("User-agent: *\nDisallow: /other"), State.NEW, None),
        (page("x" * (MAX_ROBOTS_BYTES + 5)), State.NEW, None),
        (httpx.Response(404), State.NEW, None),
        (httpx.Response(403), State.NEW, None),
        (moved("/robots.txt"), State.NEW, None),
        (
            httpx.Response(500),
            State.FAILED,
            "its robots.txt answered 500 Internal Server Error, so nothing is fetched for now; "
            "build again later",
        ),
        (
            httpx.Response(429),
            State.FAILED,
            "its robots.txt answered 429 Too Many Requests, so nothing is fetched for now; "
            "build again later",
        ),
        (httpx.ConnectError("refused"), State.FAILED, "it does not answer (refused)"),
        (httpx.ReadTimeout("slow"), State.FAILED, "it did not answer in time"),
        (
            moved("http://127.0.0.1/robots.txt"),
            State.FAILED,
            "127.0.0.1 leads to 127.0.0.1, which is not a public address; "
            "use --allow-private if you trust it",
        ),
    ],
)
def test_what_a_robots_txt_decides(
    robots: httpx.Response | Exception, state: State, reason: str | None
) -> None:
    web = Web({"/robots.txt": robots, "/storm": page()})
    answer = fetcher(web).fetch(f"{PUBLIC}/storm")
    assert (answer.state, answer.reason) == (state, reason)
    assert web.paths == (["/storm"] if state is State.NEW else [])


def test_a_robots_txt_is_asked_once_for_a_host_and_port() -> None:
    web = Web({"/a": page(), "/b": page(), ":8080/a": page()})
    fetch = fetcher(web)
    for url in (f"{PUBLIC}/a", f"{PUBLIC}/b", f"{PUBLIC}:8080/a"):
        assert fetch.fetch(url).state is State.NEW
    robots = [url for url, _ in web.asked if "robots.txt" in url]
    assert robots == [f"{PUBLIC}/robots.txt", f"{PUBLIC}:8080/robots.txt"]


def test_the_robots_txt_of_a_redirects_target_counts() -> None:
    web = Web(
        {
            "/a": moved(f"http://{OTHER}/b"),
            f"http://{OTHER}/robots.txt": page("User-agent: *\nDisallow: /b"),
            f"http://{OTHER}/b": page(),
        }
    )
    assert fetcher(web).fetch(f"{PUBLIC}/a").reason == ALONE
    assert web.paths == ["/a"]


def test_a_crawl_delay_is_kept() -> None:
    robots = page("User-agent: *\nCrawl-delay: 7")
    web = Web({"/robots.txt": robots, "/a": page(), "/b": page()})
    fetch = fetcher(web)
    fetch.fetch(f"{PUBLIC}/a")
    fetch.fetch(f"{PUBLIC}/b")
    assert [moment for _, moment in web.asked] == [100.0, 107.0, 114.0]
