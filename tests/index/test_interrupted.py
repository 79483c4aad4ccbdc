from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import (
    IndexEmpty,
    IndexLocked,
    ReferenceIndex,
    build_index,
)
from tests.fakes import WordEncoder
from tests.index.building import counts, fingerprint, rows


def commit_each_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.embedding.GIVEN", 1)
    monkeypatch.setattr("index.embedding.MOST", 1)


class Interrupting(WordEncoder):
    """Ctrl-C after `limit` texts."""

    limit = 3

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.encoded >= self.limit:
            raise KeyboardInterrupt
        return super().encode(texts)


def test_ctrl_c_keeps_the_last_commit_and_what_was_embedded(
    built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_each_text(monkeypatch)
    before = fingerprint(built)
    for number in range(8):
        (corpus / f"{number}.txt").write_text(f"Text number {number}.")
    with pytest.raises(KeyboardInterrupt):
        build_index(built, [corpus], encoder=Interrupting())
    assert fingerprint(built) == before
    encoder = WordEncoder()
    report = build_index(built, [corpus], encoder=encoder)
    assert (counts(report), encoder.encoded) == ((8, 0, 4, 0, 0), 5)


def test_an_interrupted_first_build_is_completed_later(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_each_text(monkeypatch)
    path = tmp_path / "index"
    with pytest.raises(KeyboardInterrupt):
        build_index(path, [corpus], encoder=Interrupting())
    with pytest.raises(IndexEmpty, match="first build did not end"):
        ReferenceIndex.open(path)
    encoder = WordEncoder()
    assert counts(build_index(path, [corpus], encoder=encoder)) == (4, 0, 0, 0, 0)
    assert encoder.encoded == 2


def test_an_interrupted_first_build_may_change_its_encoder(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_each_text(monkeypatch)
    path = tmp_path / "index"
    with pytest.raises(KeyboardInterrupt):
        build_index(path, [corpus], encoder=Interrupting())
    other = WordEncoder("other", dimension=32)
    build_index(path, [corpus], encoder=other)
    assert other.encoded == 5
    with ReferenceIndex.open(path, other) as reference:
        assert reference.info().dimension == 32


CHILD = """
import itertools, os, shutil, signal, sys
from pathlib import Path
from index import build_index, embedding, store
from tests.fakes import WordEncoder

path, corpus, log, instant = sys.argv[1:5]
embedding.GIVEN = embedding.MOST = 4
steps = itertools.count()

def deadly(function):
    def call(*args, **kwargs):
        if next(steps) == int(instant):
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    return call

class Logging(WordEncoder):
    def encode(self, texts):
        with open(log, "a") as file:
            file.write("x\\n" * len(texts))
        return super().encode(texts)

store.Database.execute = deadly(store.Database.execute)
store.Database.execute_each = deadly(store.Database.execute_each)
Logging.encode = deadly(Logging.encode)
Path.replace = deadly(Path.replace)
shutil.rmtree = deadly(shutil.rmtree)
if instant == "wait":
    Logging.encode = lambda self, texts: (print("ready", flush=True), sys.stdin.read())
    instant = -1
build_index(path, [corpus], encoder=Logging())
print("steps", next(steps))
"""


def run_child(path: Path, corpus: Path, log: Path, instant: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(corpus), str(log), instant],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )


def test_killed_at_any_instant_it_serves_the_last_commit(
    built: Path, corpus: Path, tmp_path: Path
) -> None:
    (corpus / "rows.csv").unlink()
    (corpus / "harbour.md").write_text("# Harbour\nThe harbour shrank.")
    for number in range(12):
        (corpus / f"{number}.txt").write_text(f"Text number {number} of twelve.")
    log, before = tmp_path / "log", fingerprint(built)
    shutil.copytree(built, tmp_path / "whole")
    child = run_child(tmp_path / "whole", corpus, log, "-1")
    steps = int(child.communicate()[0].split()[1])
    needed, after = len(log.read_text().splitlines()), fingerprint(tmp_path / "whole")
    assert needed == 13

    served = set()
    # Nine instants all over the build, and its last four: publishing, committing, tidying up.
    for instant in [steps * part // 10 for part in range(1, 10)] + [steps - n for n in range(1, 5)]:
        trial = tmp_path / f"trial-{instant}"
        shutil.copytree(built, trial)
        log.write_text("")
        child = run_child(trial, corpus, log, str(instant))
        child.communicate()
        assert child.returncode == -9
        serves = fingerprint(trial)
        assert serves in {before, after}
        served.add(serves)
        ((held,),) = rows(trial, "SELECT count(*) FROM embeddings")
        encoder = WordEncoder()
        build_index(trial, [corpus], encoder=encoder)
        missing = 0 if serves == after else needed - (int(str(held)) - 5)
        assert encoder.encoded == missing  # what was committed is not embedded again
        assert fingerprint(trial) == after
        assert len([entry for entry in trial.iterdir() if entry.is_dir()]) == 1
    assert served == {before, after}


def test_a_second_writer_is_refused_and_readers_are_not(
    built: Path, corpus: Path, tmp_path: Path, encoder: WordEncoder
) -> None:
    (corpus / "more.txt").write_text("One more text.")
    child = run_child(built, corpus, tmp_path / "log", "wait")
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        with pytest.raises(IndexLocked, match=f"process {child.pid} is at work on the index"):
            build_index(built, [corpus], encoder=encoder)
        with ReferenceIndex.open(built, encoder) as reference:
            assert reference.info().documents == 4
    finally:
        child.kill()
        child.communicate()
    assert build_index(built, [corpus], encoder=encoder).added == 1
