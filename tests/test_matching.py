"""Who succeeds whom when an article is edited."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.matching import Match, match_claims
from factcheck.records import Claim
from tests.builders import a_claim
from tests.session.articles import case, read

A, B, C, D = (
    "Tolm has a mill.",
    "The ferry to Quint sank.",
    "Selm burnt to the ground.",
    "Nobody paid the keeper.",
)


def claims(*texts: str) -> list[Claim]:
    return [a_claim(text) for text in texts]


def pairs(old: list[Claim], new: list[Claim]) -> dict[int, int]:
    return {
        match.old: match.new
        for match in match_claims(old, new)
        if match.old is not None and match.new is not None
    }


def test_inserted_and_deleted() -> None:
    assert match_claims(claims(A, B, C), claims(A, D, C)) == (
        Match(0, 0, exact=True),
        Match(None, 1),
        Match(2, 2, exact=True),
        Match(1, None),
    )
    assert match_claims([], []) == ()
    assert match_claims(claims(A), []) == (Match(0, None),)
    assert match_claims([], claims(A)) == (Match(None, 0),)


def test_moved() -> None:
    assert pairs(claims(A, B, C, D), claims(D, C, A, B)) == {0: 2, 1: 3, 2: 1, 3: 0}


def test_a_small_edit_is_no_exact_match() -> None:
    (match,) = match_claims(claims(A), claims("tolm has a **mill**"))
    assert match == Match(0, 0, exact=False)


def test_reworded() -> None:
    reworded = "The ferry to Quint, a lake boat, sank."
    assert pairs(claims(A, B, C), claims(reworded, A)) == {0: 1, 1: 0}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The quay has 4 cranes.", "The quay has 5 cranes."),
        ("The quay belongs to Tolm.", "The quay belongs to Selm."),
        ("The quay is not safe.", "The quay is safe."),
        ("The dues of the quay rose.", "The dues of the quay fell."),
    ],
)
def test_another_value_is_another_claim(old: str, new: str) -> None:
    assert pairs(claims(A, old, C), claims(A, new, C)) == {0: 0, 2: 2}


def test_another_speaker_is_another_claim() -> None:
    assert pairs([a_claim(A, speaker="Mara Velt")], [a_claim(A, speaker="Ivo Lanz")]) == {}
    assert pairs([a_claim(A, speaker="Mara Velt")], [a_claim(A)]) == {}


def test_the_same_words_go_by_what_they_mean() -> None:
    def fined(who: str) -> Claim:
        return replace(a_claim("He was fined."), standalone=f"{who} was fined.")

    old, new = [fined("Ivo Lanz"), fined("Teodor Brask")], [fined("Teodor Brask")]
    assert pairs(old, new) == {1: 0}
    assert pairs([fined("Ivo Lanz")], new) == {}


def test_twins_go_by_what_stands_around_them() -> None:
    assert pairs(claims(A, B, C, B, D), claims(A, C, B, D)) == {0: 0, 2: 1, 3: 2, 4: 3}
    assert pairs(claims(A, B, C, B, D), claims(C, B, D, A, B)) == {0: 3, 1: 4, 2: 0, 3: 1, 4: 2}
    assert pairs(claims(B, B, B), claims(B, B)) == {0: 0, 2: 1}  # both ends of the article
    assert pairs(claims(*[A] * 60), claims(*[A] * 50)) == {n: n for n in range(50)}  # in order


def test_a_split_claim_goes_on_in_its_likest_part() -> None:
    old = claims("The mill of Tolm burnt down at night and a keeper lost the keys.")
    new = claims("The mill of Tolm burnt down at night and is gone.", "A keeper lost the keys.")
    assert pairs(old, new) == {0: 0}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_every_claim_stands_in_one_match(seed: int) -> None:
    made = case(seed)
    old, new = read(made.old)[1].claims, read(made.new)[1].claims
    matches = match_claims(old, new)
    assert sorted(m.old for m in matches if m.old is not None) == list(range(len(old)))
    assert [m.new for m in matches if m.new is not None] == list(range(len(new)))
    for match in matches:
        if match.exact:
            assert match.old is not None
            assert match.new is not None
            assert old[match.old].text == new[match.new].text


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([A, B, C, D]), max_size=12))
def test_an_article_matches_itself_in_place(texts: list[str]) -> None:
    same = claims(*texts)
    assert pairs(same, claims(*texts)) == {number: number for number in range(len(texts))}
    assert pairs(same, same) == {number: number for number in range(len(texts))}


def test_two_thousand_claims_take_no_long_time() -> None:
    chance = random.Random(2)
    words = [f"word{number}" for number in range(300)]
    many = claims(*(" ".join(chance.choices(words, k=12)) for _ in range(2000)))
    edited = claims(
        *(claim.text.replace(" ", f" and {chr(97 + n % 26)} ", 1) for n, claim in enumerate(many))
    )
    began = time.perf_counter()
    assert pairs(many, edited) == {number: number for number in range(2000)}
    match_claims(claims(*[A, B] * 1000), claims(*[B, A] * 1000))
    assert time.perf_counter() - began < 10
