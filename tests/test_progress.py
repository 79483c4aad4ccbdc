from __future__ import annotations

import os
import signal
from io import StringIO

import pytest

from factcheck.output import BuildProgress, Pace
from index import Stage


def test_the_time_left_counts_the_passages_of_files_still_to_be_read() -> None:
    now = [100.0]
    pace = Pace(lambda: now[0])
    assert pace.note(Stage.EMBED, 0, 0) == ""
    assert pace.note(Stage.READ, 0, 40) == ""
    now[0] += 5
    pace.note(Stage.READ, 10, 40)
    now[0] += 5
    # 100 of the 200 passages of 10 files in ten seconds: 800 are to be expected of 40 files.
    assert pace.note(Stage.EMBED, 100, 200) == "10 passages/s, 0:01:10 left"
    pace.note(Stage.READ, 40, 40)
    now[0] += 10
    assert pace.note(Stage.EMBED, 300, 300) == "15 passages/s, 0:00:00 left"
    assert pace.note(Stage.WRITE, 0, 1) == ""


def test_ctrl_c_ends_a_build_behind_its_commit_and_a_second_one_at_once() -> None:
    handler = signal.getsignal(signal.SIGINT)
    with BuildProgress() as progress:
        progress(Stage.EMBED, 1, 2)
        os.kill(os.getpid(), signal.SIGINT)  # in the middle of a commit
        with pytest.raises(KeyboardInterrupt):
            progress(Stage.EMBED, 2, 2)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is handler


def test_where_ctrl_c_is_ignored_it_stays_so() -> None:
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with BuildProgress() as progress:
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
            progress(Stage.READ, 1, 2)
    finally:
        signal.signal(signal.SIGINT, handler)


def test_a_pipe_gets_no_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with BuildProgress() as progress:
        progress(Stage.READ, 1, 2)
        progress(Stage.EMBED, 1, 2)
    assert stream.getvalue() == ""
