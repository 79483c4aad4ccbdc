from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.several
from index import (
    EncoderMismatch,
    Hit,
    IndexEmpty,
    IndexMissing,
    IndexUnusable,
    ReferenceIndex,
    ReferenceIndexError,
    SeveralIndexes,
    build_index,
    open_all,
)
from index.layout import Layout
from index.several import unique_names
from tests.fakes import WordEncoder

QUERIES = ["the bridge at Lune", "fish market", "zebra nine", "port of Ostrel 40"]
WORDS = "bridge Lune fish market zebra nine port Ostrel ferry 40 mayor flood the of at".split()


def made(place: Path, texts: dict[str, str], encoder: WordEncoder | None = None) -> Path:
    """An index of these documents at `place`."""
    corpus = place.parent / f"{place.name}-corpus"
    corpus.mkdir(parents=True)
    for name, text in texts.items():
        (corpus / name).write_text(text, encoding="utf-8")
    build_index(place, [corpus], encoder=encoder or WordEncoder())
    return place


def some_texts(seed: int, count: int) -> dict[str, str]:
    draw = random.Random(seed)
    return {f"{n}.txt": " ".join(draw.choices(WORDS, k=9)) for n in range(count)}


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    return [
        made(tmp_path / "press", some_texts(1, 40)),
        made(tmp_path / "laws", some_texts(2, 7)),
        made(tmp_path / "talks", some_texts(3, 23)),
    ]


def key(hit: Hit) -> tuple[str, str, int]:
    return hit.index, hit.passage.document_id, hit.passage.start


@pytest.mark.parametrize("k", [1, 5, 20, 1000])
def test_the_best_of_the_union_by_brute_force(paths: list[Path], k: int) -> None:
    every: list[list[tuple[float, tuple[str, str, int]]]] = [[] for _ in QUERIES]
    for path in paths:
        with ReferenceIndex.open(path, WordEncoder()) as alone:
            for all_hits, hits in zip(every, alone.search(QUERIES, k=10**6), strict=True):
                all_hits += [
                    (hit.score, (path.name, hit.passage.document_id, hit.passage.start))
                    for hit in hits
                ]
    with open_all(paths, WordEncoder()) as several:
        found = several.search(QUERIES, k=k)
    for hits, scored in zip(found, every, strict=True):
        assert len(scored) == 70
        expected = sorted(scored, key=lambda pair: -pair[0])
        assert [hit.score for hit in hits] == [score for score, _ in expected][:k]
        scores = {place: score for score, place in scored}
        assert len({key(hit) for hit in hits}) == len(hits) == min(k, 70)
        assert all(scores[key(hit)] == hit.score for hit in hits)


def test_queries_without_text_and_none(paths: list[Path]) -> None:
    with open_all(paths, WordEncoder()) as several:
        assert several.search([]) == []
        nothing, something = several.search([" ", "fish"], k=3)
        assert (nothing, len(something)) == ([], 3)
        with pytest.raises(ValueError, match="k is 0"):
            several.search(["fish"], k=0)


def test_an_id_that_two_indexes_hold_is_two_documents(tmp_path: Path) -> None:
    one = made(tmp_path / "one", {"a.txt": "The bridge is open."})
    two = made(tmp_path / "two", {"a.txt": "The bridge is closed for years."})
    with open_all([one, two], WordEncoder()) as several:
        (hits,) = several.search(["bridge"])
        assert {(hit.index, hit.passage.document_id) for hit in hits} == {
            ("one", "a.txt"),
            ("two", "a.txt"),
        }
        texts = {hit.index: several.document_of(hit).text for hit in hits}
        places = {hit.index: several.place_of(hit) for hit in hits}
    assert texts == {"one": "The bridge is open.", "two": "The bridge is closed for years."}
    assert places == {name: str(tmp_path / f"{name}-corpus" / "a.txt") for name in ("one", "two")}


def test_a_hit_of_another_index_is_not_held(paths: list[Path]) -> None:
    with ReferenceIndex.open(paths[0], WordEncoder()) as alone:
        ((hit,),) = alone.search(["fish"], k=1)
    with open_all(paths, WordEncoder()) as several, pytest.raises(KeyError):
        several.document_of(hit)


def test_one_path_is_the_plain_index(paths: list[Path]) -> None:
    with open_all(paths[:1], WordEncoder()) as reference:
        assert isinstance(reference, ReferenceIndex)
        assert {hit.index for hit in reference.search(["fish"])[0]} == {""}


def test_another_index_changes_no_score(paths: list[Path]) -> None:
    with open_all(paths[:2], WordEncoder()) as two, open_all(paths, WordEncoder()) as three:
        for query in QUERIES:
            (fewer,), (more,) = two.search([query], k=1000), three.search([query], k=1000)
            scores = {key(hit): hit.score for hit in more}
            assert all(scores[key(hit)] == hit.score for hit in fewer)


def test_what_they_hold_together(paths: list[Path]) -> None:
    alone = []
    for path in paths:
        with ReferenceIndex.open(path) as each:
            alone.append(each.info())
    with open_all(paths) as several:
        info, members = several.info(), several.members
        fingerprint = several.fingerprint
    with open_all(paths[::-1]) as turned:
        assert turned.fingerprint == fingerprint
        assert [member.name for member in turned.members] == ["talks", "laws", "press"]
    assert (info.documents, info.passages) == (70, 70)
    assert info.bytes == sum(each.bytes for each in alone)
    assert (info.encoder, info.dimension, info.precision) == ("words", 64, "f32")
    assert info.weights_hash == alone[0].weights_hash
    assert (info.vectors.kind, info.vectors.recall_at_10) == ("exact", 1.0)
    assert info.created == min(each.created for each in alone)
    assert info.updated == max(each.updated for each in alone)
    prints = sorted(each.fingerprint for each in alone)
    assert fingerprint == info.fingerprint == hashlib.sha256("\n".join(prints).encode()).hexdigest()
    assert [(m.name, m.path, m.fingerprint) for m in members] == [
        (path.name, str(path), each.fingerprint) for path, each in zip(paths, alone, strict=True)
    ]


def test_the_encoder_is_loaded_once_and_encodes_once(
    paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[WordEncoder] = []

    def load(name: str, fetch: bool) -> WordEncoder:
        assert not fetch  # the index names it, not its reader
        loaded.append(WordEncoder(name))
        return loaded[-1]

    monkeypatch.setattr(index.several, "load_encoder", load)
    with open_all(paths) as several:
        several.info()
        assert loaded == []
        first = several.search(QUERIES, k=3)
        assert several.search(QUERIES, k=3) == first
        assert several.search(QUERIES[1:], k=3) == first[1:]
    (encoder,) = loaded
    assert encoder.encoded == len(QUERIES) + len(QUERIES[1:])


def test_an_encoder_that_has_changed_since_is_refused(
    paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.several, "load_encoder", lambda _, **_so: WordEncoder("changed"))
    with open_all(paths) as several, pytest.raises(EncoderMismatch, match=r"press.*got 'changed'"):
        several.search(["fish"])
    with pytest.raises(EncoderMismatch, match=r"press.*got 'other'"):
        open_all(paths, WordEncoder("other"))


def test_indexes_of_different_encoders_are_refused_with_both_named(
    tmp_path: Path, paths: list[Path]
) -> None:
    other = made(tmp_path / "other", {"a.txt": "A port."}, WordEncoder("letters"))
    wanted = (
        r"press' was built with the encoder 'words' .*other' with 'letters' .*"
        r"factcheck index build NEW_INDEX CORPUS… --encoder words`"
    )
    with pytest.raises(EncoderMismatch, match=wanted):
        open_all([*paths, other])
    opened = [ReferenceIndex.open(path) for path in (paths[0], other)]
    with pytest.raises(EncoderMismatch, match=wanted):
        SeveralIndexes(opened)
    for each in opened:
        each.close()


def test_an_index_given_twice_is_refused_however_it_is_written(
    tmp_path: Path, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(paths[0], target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    for again in (paths[0], Path("press"), Path("laws/../press"), Path("link")):
        with pytest.raises(ReferenceIndexError, match=r"press' is given 2 times.*give it once"):
            open_all([paths[0], paths[1], again])
    with (
        ReferenceIndex.open("press") as one,
        ReferenceIndex.open("link") as same,
        pytest.raises(ReferenceIndexError, match="is given 2 times"),
    ):
        SeveralIndexes([one, same])


def test_two_copies_of_an_index_are_refused(tmp_path: Path, paths: list[Path]) -> None:
    copy = made(tmp_path / "copy", some_texts(2, 7))
    with pytest.raises(ReferenceIndexError, match=r"laws' and .*copy' hold the same documents"):
        open_all([*paths, copy])


def test_nothing_given_is_a_mistake() -> None:
    for attempt in (open_all, SeveralIndexes):
        with pytest.raises(ValueError, match="no index is given"):
            attempt([])


class Watched(ReferenceIndex):
    """An index that remembers which of its kind are open."""

    now: ClassVar[list[str]] = []

    @classmethod
    def open(cls, path: Path | str, encoder: object = None) -> ReferenceIndex:  # noqa: ARG003
        opened = ReferenceIndex.open(path)
        cls.now.append(Path(path).name)
        close = opened.close

        def closing() -> None:
            cls.now.remove(Path(path).name)
            close()

        opened.close = closing  # type: ignore[method-assign]
        return opened


def test_one_that_cannot_serve_is_named_and_no_other_stays_open(
    tmp_path: Path, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Watched, "now", [])
    monkeypatch.setattr(index.several, "ReferenceIndex", Watched)
    empty = made(tmp_path / "empty", {})
    damaged = made(tmp_path / "damaged", {"a.txt": "A port."})
    Layout(damaged).generation(1).vectors.write_bytes(b"no vectors")
    cases: list[tuple[Path, type[Exception], str]] = [
        (tmp_path / "gone", IndexMissing, r"no index at .*gone"),
        (empty, IndexEmpty, "empty"),
        (damaged, IndexUnusable, r"damaged/generation-000001 is missing or damaged"),
    ]
    for path, kind, words in cases:
        with pytest.raises(kind, match=words):
            open_all([paths[0], path, paths[1]])
        assert Watched.now == []
    with open_all(paths):
        assert Watched.now == ["press", "laws", "talks"]
    assert Watched.now == []


def test_all_are_closed_though_one_fails(
    paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Watched, "now", [])
    opened = [Watched.open(path) for path in paths]
    last = opened[-1].close

    def failing() -> None:
        last()
        raise OSError("gone")

    monkeypatch.setattr(opened[-1], "close", failing)
    with pytest.raises(OSError, match="gone"):
        SeveralIndexes(opened).close()
    assert Watched.now == []


def test_names_are_folders_and_as_much_above_as_tells_them_apart() -> None:
    def names(*paths: str) -> list[str]:
        return unique_names([Path(path) for path in paths])

    assert names("/a/press", "/a/laws") == ["press", "laws"]
    assert names("/a/index", "/b/index", "/a/laws") == ["a/index", "b/index", "laws"]
    assert names("/x/a/i", "/y/a/i", "/z/i") == ["x/a/i", "y/a/i", "z/i"]
    assert names("/i", "/i/i") == ["/i", "i/i"]
    assert names("/") == ["/"]


FOLDERS = st.lists(st.sampled_from(["a", "b", "index"]), min_size=1, max_size=5)


@given(st.lists(FOLDERS, min_size=1, max_size=8, unique_by=tuple))
def test_names_are_unique_and_end_a_path(folders: list[list[str]]) -> None:
    paths = [Path("/", *parts) for parts in folders]
    names = unique_names(paths)
    assert len(set(names)) == len(paths)
    assert all(str(path).endswith(name) for path, name in zip(paths, names, strict=True))
