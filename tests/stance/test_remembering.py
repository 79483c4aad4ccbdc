from __future__ import annotations

import numpy as np

from factcheck.stance.remembering import RememberingEncoder
from tests.fakes import WordEncoder


def test_each_text_is_encoded_once() -> None:
    encoder = WordEncoder()
    remembering = RememberingEncoder(encoder)
    texts = ["cod", "eel", "cod"]
    assert np.array_equal(remembering.encode(texts), WordEncoder().encode(texts))
    assert encoder.encoded == 2
    assert np.array_equal(
        remembering.encode(["hake", "eel"]), WordEncoder().encode(["hake", "eel"])
    )
    assert encoder.encoded == 3


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    encoder = WordEncoder()
    remembering = RememberingEncoder(encoder, limit=2)
    for text in ("cod", "eel", "cod", "hake"):  # eel is forgotten
        remembering.encode([text])
    assert encoder.encoded == 3
    remembering.encode(["cod", "hake"])
    assert encoder.encoded == 3
    remembering.encode(["eel"])
    assert encoder.encoded == 4


def test_more_than_are_remembered_are_encoded_all_the_same() -> None:
    texts = [str(number) for number in range(9)]
    found = RememberingEncoder(WordEncoder(), limit=2).encode(texts)
    assert np.array_equal(found, WordEncoder().encode(texts))


def test_no_texts_have_no_vectors() -> None:
    assert RememberingEncoder(WordEncoder()).encode([]).shape == (0, 64)


def test_it_is_known_as_what_it_asks() -> None:
    encoder = WordEncoder("other", 8)
    remembering = RememberingEncoder(encoder)
    assert remembering.weights_hash == encoder.weights_hash
    assert (remembering.name, remembering.dimension, remembering.precision) == ("other", 8, "f32")


def test_a_vector_does_not_hold_on_to_its_batch() -> None:
    remembering = RememberingEncoder(WordEncoder())
    remembering.encode([str(number) for number in range(9)])
    assert all(vector.base is None for vector in remembering._vectors.values())
