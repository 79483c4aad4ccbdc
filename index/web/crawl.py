"""Many pages: hosts beside each other, the pages of one host after each other, in their order."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence

import httpx

from index.web.fetching import Fetcher
from index.web.records import Answer, Known, State

#: Hosts asked at the same time.
MAX_LANES = 8
#: Pages of a host that get no answer, one after the other, before the rest of them are left.
MAX_UNANSWERED = 3


def crawl(
    fetcher: Fetcher, urls: Sequence[str], known: Mapping[str, Known]
) -> Generator[Answer, None, None]:
    """An answer for every one of `urls`, in the order in which they come.

    Closing the generator calls off what is not yet asked for; a request under way is left behind.
    """
    waiting = _by_host(urls)
    answers: queue.SimpleQueue[Answer | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            while True:
                for answer in _host(fetcher, waiting.get_nowait(), known):
                    answers.put(answer)
        except queue.Empty:
            return
        except BaseException as error:  # raised below, if anybody still wants an answer
            answers.put(error)

    # Daemons, so that Ctrl-C does not wait for the slowest server.
    for _ in range(min(MAX_LANES, waiting.qsize())):
        threading.Thread(target=work, daemon=True).start()
    try:
        for _ in urls:
            yield _raised(answers.get())
    except BaseException:
        fetcher.clock.stop()
        raise


def _by_host(urls: Sequence[str]) -> queue.SimpleQueue[list[str]]:
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(httpx.URL(url).host, []).append(url)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for each in hosts.values():
        waiting.put(each)
    return waiting


def _raised(answer: Answer | BaseException) -> Answer:
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _host(fetcher: Fetcher, urls: Sequence[str], known: Mapping[str, Known]) -> Iterator[Answer]:
    unanswered = 0
    for url in urls:
        if unanswered < MAX_UNANSWERED:
            answer = fetcher.fetch(url, known.get(url))
            unanswered = unanswered + 1 if answer.no_answer else 0
            yield answer
        else:
            reason = f"its host gave no answer {MAX_UNANSWERED} times; build again later"
            yield Answer(url, State.FAILED, reason=reason, no_answer=True)
