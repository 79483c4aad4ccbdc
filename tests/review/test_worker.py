"""The worker: what is asked for goes before what goes on by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from factcheck.review.worker import Worker


def test_a_job_goes_before_the_next_step() -> None:
    worker, seen, gate, begun = Worker(), list[str](), threading.Event(), threading.Event()

    def steps() -> Iterator[None]:
        seen.append("step 1")
        begun.set()
        gate.wait(5)
        yield
        seen.append("step 2")
        yield

    worker.go_on_with(steps())
    assert begun.wait(5)
    job = worker.submit(lambda: seen.append("job"))
    gate.set()
    job.result(5)
    worker.submit(lambda: None).result(5)
    for _ in range(100):
        if len(seen) == 3:
            break
        worker.submit(lambda: None).result(5)
    assert seen == ["step 1", "job", "step 2"]
    assert worker.close()


def test_an_error_belongs_to_who_asked() -> None:
    worker = Worker()
    with pytest.raises(ZeroDivisionError):
        worker.submit(lambda: 1 // 0).result(5)
    assert worker.submit(lambda: 7).result(5) == 7
    assert worker.close()


def test_other_steps_take_the_place_of_those_before() -> None:
    worker, seen, done = Worker(), list[int](), threading.Event()

    def steps(number: int) -> Iterator[None]:
        while number == 1 or seen.count(2) < 3:
            seen.append(number)
            yield
        done.set()

    worker.go_on_with(steps(1))
    worker.submit(lambda: None).result(5)
    worker.go_on_with(steps(2))
    assert done.wait(5)
    assert seen[-3:] == [2, 2, 2]
    assert worker.close()


def test_it_says_when_it_cannot_end_in_time() -> None:
    worker, gate, begun = Worker(), threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        gate.wait(10)

    job = worker.submit(wait)
    waiting = worker.submit(lambda: None)
    assert begun.wait(5)
    assert not worker.close(patience=0.05)
    assert waiting.cancelled()
    gate.set()
    job.result(5)
    assert worker.close()


def test_what_is_asked_after_the_end_is_cancelled() -> None:
    worker = Worker()
    worker.close()
    assert worker.submit(lambda: 7).cancelled()
