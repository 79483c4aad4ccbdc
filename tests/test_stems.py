from __future__ import annotations

import pytest

from factcheck.stems import covered, ordered_stems, share


def test_words_are_shared_whatever_their_endings() -> None:
    assert covered("The ferries landed at noon", "A ferry landing, eel") == pytest.approx(2 / 3)
    assert covered("The price of houses", "Prices of a house that closed") == 1.0
    assert covered("It closes the bridge", "Closing bridges") == 1.0
    assert covered("the of and", "cod") == 0.0


def test_stems_keep_their_order() -> None:
    assert ordered_stems("The boats were landing cod, boats!") == ["boat", "land", "cod", "boat"]


def test_of_nothing_nothing_is_shared() -> None:
    assert share(set(), {"cod"}) == 0.0
    assert share({"cod", "eel"}, {"cod"}) == 0.5
