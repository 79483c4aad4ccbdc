from __future__ import annotations

import threading

import httpx
import pytest

from index.web.crawl import MAX_LANES, crawl
from index.web.politeness import Stopped
from index.web.records import Known, State
from tests.index.web.sites import OTHER, PUBLIC, Web, fetcher, page

HOSTS = [f"http://93.184.215.{number}" for number in range(1, 13)]


def test_every_address_gets_an_answer() -> None:
    web = Web({f"{host}/{name}": page(host) for host in HOSTS for name in "abc"})
    urls = [f"{host}/{name}" for name in "abcd" for host in HOSTS]
    answers = {answer.url: answer.state for answer in crawl(fetcher(web), urls, {})}
    assert answers == {url: State.GONE if url.endswith("d") else State.NEW for url in urls}
    # the pages of a host one after the other, in their order
    for host in HOSTS:
        asked = [url.removeprefix(host) for url, _ in web.asked if url.startswith(f"{host}/")]
        assert asked == ["/robots.txt", "/a", "/b", "/c", "/d"]


class Meeting:
    """Answers only when so many ask at the same time."""

    def __init__(self, size: int) -> None:
        self.barrier = threading.Barrier(size, timeout=10)

    def __call__(self, _: httpx.Request) -> httpx.Response:
        self.barrier.wait()
        return page()


def test_hosts_are_asked_beside_each_other() -> None:
    meeting = Meeting(MAX_LANES)
    urls = [f"{host}/a" for host in HOSTS[:MAX_LANES]]
    answers = list(crawl(fetcher(Web(dict.fromkeys(urls, meeting))), urls, {}))
    assert [answer.state for answer in answers] == [State.NEW] * MAX_LANES


def test_never_two_requests_to_a_host_at_once_whoever_leads_there() -> None:
    busy, most = 0, 0
    lock = threading.Lock()

    def count(_: httpx.Request) -> httpx.Response:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        threading.Event().wait(0.005)  # long enough for another to come, if it could
        with lock:
            busy -= 1
        return page()

    target = f"http://{OTHER}/"
    moved = httpx.Response(301, headers={"Location": target})
    urls = [f"{host}/a" for host in HOSTS if OTHER not in host]
    web = Web(dict.fromkeys(urls, moved) | {target: count})
    answers = list(crawl(fetcher(web), urls, {}))
    assert {answer.state for answer in answers} == {State.NEW}
    assert most == 1


def test_a_host_that_gives_no_answer_is_left() -> None:
    web = Web({f"/{n}": httpx.ConnectError("refused") for n in range(9)} | {"/2": page()})
    urls = [f"{PUBLIC}/{n}" for n in range(9)]
    answers = list(crawl(fetcher(web, retries=0), urls, {}))
    assert [answer.reason for answer in answers] == [
        *["it does not answer (refused)"] * 2,
        None,
        *["it does not answer (refused)"] * 3,
        *["its host gave no answer 3 times; build again later"] * 3,
    ]
    assert web.paths == [f"/{n}" for n in range(6)]


def test_what_is_known_is_asked_for_only_if_it_changed() -> None:
    web = Web({"/a": httpx.Response(304), "/b": httpx.Response(304)})
    known = {f"{PUBLIC}/a": Known(f"{PUBLIC}/a", "0", '"7"')}
    answers = list(crawl(fetcher(web), [f"{PUBLIC}/a", f"{PUBLIC}/b"], known))
    assert [answer.state for answer in answers] == [State.SAME, State.FAILED]


def test_closing_calls_off_the_rest() -> None:
    web = Web({f"/{n}": page() for n in range(9)})
    fetch = fetcher(web)
    answers = crawl(fetch, [f"{PUBLIC}/{n}" for n in range(9)], {})
    assert next(answers).url == f"{PUBLIC}/0"
    answers.close()
    with pytest.raises(Stopped):
        fetch.fetch(f"{PUBLIC}/8")


def test_a_fault_of_ours_is_seen() -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(crawl(fetcher(Web({"/a": fail})), [f"{PUBLIC}/a"], {}))


def test_no_address_no_answer() -> None:
    assert list(crawl(fetcher(Web({})), [], {})) == []
