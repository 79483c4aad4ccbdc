from __future__ import annotations

from factcheck.claims.names import settle
from factcheck.claims.syntax import Parse, Token
from index import Span


def people(*texts: str, found: dict[int, list[str]] | None = None) -> list[list[str]]:
    """The people of each text, when the pipeline has found those of `found` by text number."""
    parses = []
    for number, text in enumerate(texts):
        names = (found or {}).get(number, [])
        spans = tuple(Span(text.index(n), text.index(n) + len(n)) for n in names)
        words, at = [], 0
        for word in text.rstrip(".").split():
            at = text.index(word, at)
            words.append(Token(word, at, at + len(word), "NNP", "nsubj", 0))
        parses.append(Parse(tuple(words), spans, ()))
    return [[s.of(t) for s in p.people] for t, p in zip(texts, settle(texts, parses), strict=True)]


def test_what_is_a_person_once_is_one_everywhere() -> None:
    assert people("Ida Roe left", "We saw Ida Roe", found={0: ["Ida Roe"]}) == [["Ida Roe"]] * 2


def test_who_stands_beside_an_office_is_a_person() -> None:
    assert people("we asked Maud Kett, professor of economics") == [["Maud Kett"]]
    assert people("we asked stationmaster Tomas Erd about it") == [["Tomas Erd"]]
    assert people("In Port Veld, the mayor left") == [[]]
    assert people("On Wednesday, Mayor nobody") == [[]]


def test_ships_and_forces_are_none() -> None:
    assert people("we saw the Lady Orrin leave", found={0: ["Lady Orrin"]}) == [[]]
    assert people("the Syrian Democratic Forces, said nobody") == [[]]


def test_a_surname_alone_is_its_bearers() -> None:
    texts = ("we met Ida Roe", "then Roe left", "at the Roe bridge")
    assert people(*texts, found={0: ["Ida Roe"]}) == [["Ida Roe"], ["Roe"], []]


def test_nothing_gives_nothing() -> None:
    assert settle([], []) == []
    assert people("") == [[]]


def test_a_surname_in_the_name_of_a_firm_is_no_person() -> None:
    assert people(
        "Ursula Finch left", "Marlow & Finch fell", "Then Finch fell", found={0: ["Ursula Finch"]}
    ) == [["Ursula Finch"], [], ["Finch"]]


def test_where_something_is_is_no_person() -> None:
    assert people("In Harn nobody left", "Harn fell", found={1: ["Harn"]}) == [[], []]


def test_whose_own_something_is_is_a_person() -> None:
    assert people("Vida Marsh is on her knees", "asked Vida Marsh, 71, about it") == [
        ["Vida Marsh"],
        ["Vida Marsh"],
    ]


def test_a_first_name_alone_is_its_bearers() -> None:
    texts = ("we met Piers Holm", "then Piers left", "at Piers House", "the piers fell")
    found = {0: ["Piers Holm"]}
    assert people(*texts[:3], found=found) == [["Piers Holm"], ["Piers"], []]
    assert people(*texts, found=found)[1] == []  # a word of the text, too


def test_somebody_may_be_called_will() -> None:
    assert people("we asked Will Ferrow about it", found={0: ["Will Ferrow"]}) == [["Will Ferrow"]]
