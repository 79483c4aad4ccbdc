"""Every key gets the vector of its text, whatever is read, encoded and handed out at one time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index import EncoderError
from index.embedding import Embedded, embed
from index.encoder import PackagedEncoder, load_encoder
from tests.fakes import WordEncoder

Vectors = NDArray[np.float32]

#: Texts of 1 to 23 words, no two alike.
TEXTS = [f"passage {n} " + "word " * (n * 7 % 23) for n in range(100)]
#: Seconds after which a thread that waits for another is stuck.
STUCK = 20


class ActingEncoder(WordEncoder):
    """Does something to the vectors of each call, which is given its number from 0."""

    def __init__(self, act: Callable[[int, Vectors], Vectors]) -> None:
        super().__init__()
        self.act = act
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = self.act(self.calls, super().encode(texts))
        self.calls += 1
        return vectors


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several windows, several calls in each, and every call handed out."""
    monkeypatch.setattr("index.embedding.FIRST_WINDOW", 8)
    monkeypatch.setattr("index.embedding.WINDOW", 32)
    monkeypatch.setattr("index.embedding.GIVEN", 5)
    monkeypatch.setattr("index.embedding.SECONDS", 0.0)


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) == before


def pairs(texts: Sequence[str] = TEXTS) -> list[tuple[bytes, str]]:
    return [(f"key {number}".encode(), text) for number, text in enumerate(texts)]


def collect(parts: Iterator[Embedded]) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    for keys, vectors in parts:
        assert len(keys) == len(vectors) > 0
        assert found.keys().isdisjoint(keys)
        found.update(zip(keys, vectors, strict=True))
    return found


@pytest.mark.parametrize("count", [0, 1, 8, 9, 24, 100])
@pytest.mark.parametrize("seconds", [0.0, STUCK])
def test_each_key_gets_the_vector_of_its_text(
    count: int, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.embedding.SECONDS", seconds)
    encoder = WordEncoder()
    found = collect(embed(encoder, iter(pairs()[:count])))
    assert encoder.encoded == count
    assert found.keys() == {key for key, _ in pairs()[:count]}
    for key, text in pairs()[:count]:
        assert found[key] == pytest.approx(encoder.encode([text])[0], abs=1e-6)


def test_hand_outs_are_no_larger_than_they_need_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.embedding.SECONDS", STUCK)
    monkeypatch.setattr("index.embedding.MOST", 10)
    sizes = [len(keys) for keys, _ in embed(WordEncoder(), pairs())]
    assert sum(sizes) == 100
    assert max(sizes) < 10 + 5  # the last call of a hand-out may go over


def test_the_source_is_not_read_further_than_two_windows() -> None:
    handed_out, ahead = 0, []
    caller = threading.current_thread()

    def source() -> Iterator[tuple[bytes, str]]:
        for number, pair in enumerate(pairs() * 5):
            assert threading.current_thread() is caller  # a database may allow no other
            ahead.append(number + 1 - handed_out)
            yield pair

    for keys, _ in embed(WordEncoder(), source()):
        handed_out += len(keys)
    assert handed_out == 500
    assert 32 < max(ahead) <= 64


def test_vectors_are_handed_out_and_texts_read_while_the_encoder_works() -> None:
    handed_out, read = threading.Event(), threading.Event()

    def act(call: int, vectors: Vectors) -> Vectors:
        # The first call ends once the second window is read, a late one once the first came out.
        assert call != 0 or read.wait(STUCK)
        assert call != 15 or handed_out.wait(STUCK)
        return vectors

    def source() -> Iterator[tuple[bytes, str]]:
        for number, pair in enumerate(pairs()):
            if number == 8:
                read.set()
            yield pair

    done = 0
    for keys, _ in embed(ActingEncoder(act), source()):
        done += len(keys)
        handed_out.set()
    assert done == 100


def failing(call: int, vectors: Vectors) -> Vectors:
    if call == 3:
        raise RuntimeError("out of order\nand more lines")
    return vectors


def refusing(call: int, vectors: Vectors) -> Vectors:
    if call == 3:
        raise EncoderError("the model is gone; get another")
    return vectors


def narrow(call: int, vectors: Vectors) -> Vectors:
    return vectors[:, :9] if call == 3 else vectors


def short(call: int, vectors: Vectors) -> Vectors:
    return vectors[1:] if call == 3 else vectors


def not_a_number(call: int, vectors: Vectors) -> Vectors:
    return np.where(vectors > 0.5, np.nan, vectors) if call == 3 else vectors


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (failing, r"^the encoder 'words' failed \(out of order\); build again .*encoder$"),
        (refusing, "^the model is gone; get another$"),
        (narrow, r"vectors of shape \(5, 9\), some perhaps not finite, expected \(5, 64\)"),
        (short, r"vectors of shape \(4, 64\), some perhaps not finite, expected \(5, 64\)"),
        (not_a_number, r"vectors of shape \(5, 64\), some perhaps not finite, expected"),
    ],
)
@pytest.mark.parametrize("seconds", [0.0, STUCK])
def test_a_failing_encoder_is_one_sentence_after_what_it_did(
    act: Callable[[int, Vectors], Vectors],
    message: str,
    seconds: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.embedding.SECONDS", seconds)
    sizes: list[int] = []
    parts = embed(ActingEncoder(act), pairs())
    with pytest.raises(EncoderError, match=message):
        sizes.extend(len(keys) for keys, _ in parts)
    assert sum(sizes) > 0
    assert list(parts) == []


def test_a_failing_source_fails_as_it_is() -> None:
    def source() -> Iterator[tuple[bytes, str]]:
        yield from pairs()[:50]
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        list(embed(WordEncoder(), source()))


def test_leaving_early_stops_the_encoder() -> None:
    left = threading.Event()

    def act(call: int, vectors: Vectors) -> Vectors:
        assert call == 0 or left.wait(STUCK)
        return vectors

    encoder = ActingEncoder(act)
    parts = embed(encoder, pairs())
    keys, _ = next(parts)
    assert len(keys) == 5
    leaving = threading.Timer(0.05, left.set)  # close() waits for the second call
    leaving.start()
    parts.close()
    assert left.is_set()
    leaving.join()
    assert encoder.calls == 2


def test_nothing_starts_before_the_first_is_asked_for() -> None:
    parts = embed(WordEncoder(), pairs())
    assert "embedding" not in {thread.name for thread in threading.enumerate()}
    del parts


@pytest.mark.models
def test_the_packaged_encoder_gives_the_same_vectors_in_any_company(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    encoder = PackagedEncoder(precision="f32")
    expected = np.concatenate([encoder.encode([text]) for text in TEXTS])
    found = collect(embed(encoder, pairs()))  # few at a time: the way of queries
    ready = [encoder.network.compiled_for_many]
    assert np.stack([found[key] for key, _ in pairs()]) == pytest.approx(expected, abs=1e-5)
    monkeypatch.setattr("index.encoder.FEW", 4)
    monkeypatch.setattr("index.encoder.BATCH_TOKENS", 64)
    found = collect(embed(encoder, pairs()))
    assert [*ready, encoder.network.compiled_for_many] == [False, True]
    assert np.stack([found[key] for key, _ in pairs()]) == pytest.approx(expected, abs=1e-5)
    assert encoder.encode(TEXTS) == pytest.approx(expected, abs=1e-5)


@pytest.mark.models
def test_leaving_the_packaged_encoder_early_leaves_it_usable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.encoder.FEW", 4)
    encoder = load_encoder()
    parts = embed(encoder, pairs())
    keys, vectors = next(parts)
    parts.close()
    assert collect(embed(encoder, pairs())).keys() == {key for key, _ in pairs()}
    again = encoder.encode([dict(pairs())[key] for key in keys])
    assert again == pytest.approx(vectors, abs=0.02)


@pytest.mark.models
def test_a_network_that_fails_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = PackagedEncoder()

    def refuse(_batches: object) -> Iterator[Vectors]:
        yield np.full((1, 384), 0.05, dtype=np.float32)
        raise RuntimeError("[ CPU ] not enough memory\nat line 3")

    monkeypatch.setattr("index.encoder.BATCH_TOKENS", 1)  # each text by itself
    monkeypatch.setattr(encoder.network, "run_in_turn", refuse)
    with pytest.raises(EncoderError, match=r"'all-MiniLM-L6-v2' failed \(\[ CPU \] not enough"):
        list(embed(encoder, pairs()[:3]))
