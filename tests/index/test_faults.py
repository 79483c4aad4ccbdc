"""Full disks and broken writes: one sentence, and the last commit as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index import IndexUnusable, build_index, verify_index
from tests.fakes import WordEncoder
from tests.index.building import fingerprint

# The limit on a file's size is a process's own: a file that would grow over it cannot be written,
# as on a full disk. What is below it can.
LIMITED = """
import resource, signal, sys
sys.path.insert(0, {root!r})
from index import ReferenceIndexError, build_index
from tests.fakes import WordEncoder
path, corpus, *limits = sys.argv[1:]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for limit in limits:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
    try:
        build_index(path, [corpus], encoder=WordEncoder())
        print("built", flush=True)
    except ReferenceIndexError as error:
        print(error, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_wherever_a_disk_is_full_the_last_commit_stays(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    before = fingerprint(built)
    for number in range(60):
        (corpus / f"{number:02}.txt").write_text(f"Text {number}. " * 400)
    limits = [0, 3_000, 20_000, 60_000, 120_000, 200_000, 260_000]
    code = LIMITED.format(root=str(Path(__file__).parents[2]))
    done = subprocess.run(
        [sys.executable, "-c", code, str(built), str(corpus), *map(str, limits)],
        check=True,
        capture_output=True,
        text=True,
    )
    *sentences, last = done.stdout.splitlines()
    assert done.stderr == ""
    assert len(sentences) == len(limits) - 1
    for sentence in (*sentences, last):
        assert "cannot be used" in sentence or "cannot be written" in sentence
    assert fingerprint(built) == before
    encoder.encoded = 0
    report = build_index(built, [corpus], encoder=encoder)
    assert report.added == 60
    assert verify_index(built).damage == ()


@pytest.mark.parametrize(
    "step",
    [
        "index.vectors.write",
        "index.lexical.write",
        "index.generations.sync_tree",
        "index.generations.sync_folder",
        "index.generations.hash_tree",
        "index.durable.os.fsync",
        "index.seal.write_atomic",
    ],
)
def test_a_step_of_publishing_that_fails_changes_nothing(
    built: Path, corpus: Path, encoder: WordEncoder, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    before = fingerprint(built)
    (corpus / "more.txt").write_text("One more text.")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(step, fail)
        with pytest.raises(IndexUnusable, match=r"No space left on device; its last commit is as"):
            build_index(built, [corpus], encoder=encoder)
    assert fingerprint(built) == before
    assert [entry.name for entry in built.iterdir() if entry.is_dir()] == ["generation-000001"]
    assert build_index(built, [corpus], encoder=encoder).added == 1
    assert verify_index(built).damage == ()
