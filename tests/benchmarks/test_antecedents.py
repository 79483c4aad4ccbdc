"""Names that are put into claims, and who did not write them."""

from __future__ import annotations

import pytest

from benchmarks.antecedents import Named

SENTENCE = "He beat last year's winner, Konrad Vasey, by two lengths."
ALONE = "Jarek Umeh beat the winner of 2023, Konrad Vasey, by two lengths."


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Jarek Umeh beat 2023's winner, Konrad Vasey, by two lengths.", []),
        ("Tolliver's Ana Roe beat 2023's winner.", ["Tolliver", "Ana", "Roe"]),
        ("Leng beat Konrad Vasey.", ["Leng"]),  # no part of `lengths` is a name
        ("On Monday the two of them beat Konrad Vasey in May.", []),
    ],
)
def test_names_that_neither_the_sentence_nor_the_writer_has(
    statement: str, expected: list[str]
) -> None:
    named = Named(SENTENCE, "He beat last year's winner", ALONE, statement)
    assert named.put_in == expected
