from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.cached import CachedEncoder
from benchmarks.retrieval import Task, read_corpus, read_task, sets
from benchmarks.retrievalstudy import Searched, Variant
from tests.fakes import WordEncoder


def test_no_text_is_embedded_twice(tmp_path: Path) -> None:
    texts = ["one fish", "two fish", "one fish"]
    first = WordEncoder()
    cached = CachedEncoder(first, tmp_path)
    expected = WordEncoder().encode(texts)
    assert np.array_equal(cached.encode(texts), expected)
    assert first.encoded == cached.embedded == 2
    (file,) = tmp_path.iterdir()
    with file.open("ab") as stream:
        stream.write(b"cut short")  # as a killed run leaves it
    again = WordEncoder()
    reopened = CachedEncoder(again, tmp_path)
    assert np.array_equal(reopened.encode([*texts, "red fish"])[:3], expected)
    assert again.encoded == reopened.embedded == 1
    assert np.array_equal(CachedEncoder(WordEncoder(), tmp_path).encode(texts), expected)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of ten documents, of which the query asks for the fourth."""
    set_folder = tmp_path / "sets" / "fish"
    set_folder.mkdir(parents=True)
    rows = [{"id": str(n), "title": f"T{n}", "text": f"Fish number{n} swims."} for n in range(10)]
    for name, lines in (
        ("corpus", rows),
        ("queries.train", [{"id": "q", "text": "number4"}, {"id": "none", "text": "x"}]),
    ):
        with gzip.open(set_folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    (set_folder / "qrels.train.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq\t4\t1\nq\t5\t0\n", encoding="utf-8"
    )
    return set_folder


def test_a_sample_holds_what_is_relevant_and_so_many_others(folder: Path) -> None:
    task = read_task(folder, "train")
    assert task == Task(("q",), ("number4",), {"q": frozenset({"4"})})
    ids = [row["id"] for row in read_corpus(folder, task, 3)]
    assert "4" in ids
    assert len(ids) == 4
    assert ids == sorted(ids) == [row["id"] for row in read_corpus(folder, task, 3)]
    assert len(read_corpus(folder, task, None)) == len(read_corpus(folder, task, 99)) == 10


def test_sets_are_found_in_a_folder_of_them(folder: Path) -> None:
    assert sets(folder) == sets(folder.parent) == [folder]
    with pytest.raises(SystemExit, match="holds no corpus"):
        sets(folder.parent.parent)


def test_the_study_ranks_what_is_asked_for_first(folder: Path, tmp_path: Path) -> None:
    task = read_task(folder, "train")
    encoder = CachedEncoder(WordEncoder(), tmp_path / "kept")
    rows = read_corpus(folder, task, None)
    searched = Searched(rows, task, Variant(), encoder)
    assert searched.size == 10
    assert searched.measure(1.25) == searched.measure(np.inf) == (1.0, 1.0)
    # a copy counts once: the document asked for stands behind its copy
    copied = [{"id": "0", "title": "T4", "text": rows[4]["text"]}, *rows[1:]]
    searched = Searched(copied, task, Variant(), encoder)
    assert searched.measure(1.25)[1] == 1.0
    assert searched.measure(1.25, 0.99)[1] == 0.0
