"""Who is he and who is she, and whom a pronoun means then."""

from __future__ import annotations

import re

import pytest

from factcheck.claims import split_article
from factcheck.claims.genders import Told, acting_person, find_genders
from factcheck.claims.given import given_names
from factcheck.claims.syntax import Parse, Tree, parse
from factcheck.records import Article
from index import Span
from tests.claims.statements import last

pytestmark = pytest.mark.models


def told(*sentences: str, names: str = r"\w+ Roe|\w+ Lund", block: int = 0) -> list[Told]:
    return [
        Told(text, with_people(text, grammar, names), (), block)
        for text, grammar in zip(sentences, parse(sentences), strict=True)
    ]


def with_people(text: str, grammar: Parse, names: str) -> Parse:
    people = tuple(Span(*match.span()) for match in re.finditer(names, text))
    return Parse(grammar.tokens, people, (), ())


def genders(*sentences: str) -> dict[str, str]:
    return find_genders(told(*sentences), lambda name: name)


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["Ana Roe runs the port."], {"Ana Roe": "she"}),  # the given name
        (["Kim Roe runs the port."], {}),  # borne by both
        (["Mr Kim Roe runs the port."], {"Kim Roe": "he"}),
        (["His sister, Kim Roe, runs the port."], {"Kim Roe": "she"}),
        (["Kim Roe, a grandmother of four, runs the port."], {"Kim Roe": "she"}),
        (["Kim Roe said that he would resign."], {"Kim Roe": "he"}),
        (["Kim Roe runs the port.", "She took office in May."], {"Kim Roe": "she"}),
        (["Kim Roe runs the port.", "In May she beat Tom Lund."], {
            "Kim Roe": "she", "Tom Lund": "he",
        }),
        (["Kim Roe, a German politician, met 12 men."], {}),
        (["Kim Roe, the woman's lawyer, met 12 men."], {}),
        (["She was beaten by her husband, Kim Roe told the court."], {}),
        (["She was beaten by her husband, Kim Roe, in May."], {"Kim Roe": "he"}),
        (["Kim Roe, whose wife is Sam Lund, has 14 goals."], {"Sam Lund": "she"}),
        # two may be meant
        (["Kim Roe and Kim Lund run the port.", "She took office in May."], {}),
        # a title says more than a name that is mostly a man's
        (["Mrs Tom Roe runs the port."], {"Tom Roe": "she"}),
    ],
)  # fmt: skip
def test_genders(sentences: list[str], expected: dict[str, str]) -> None:
    assert genders(*sentences) == expected


def test_the_next_paragraph_may_speak_of_somebody_else() -> None:
    one, other = told("Kim Roe runs the port."), told("She took office in May.", block=1)
    assert find_genders([*one, *other], lambda name: name) == {}


def test_given_names_of_many_countries() -> None:
    known = given_names()
    assert [known[name] for name in ("Odalys", "Agnieszka", "Fatima")] == ["she"] * 3
    assert [known[name] for name in ("Hamish", "Josip", "Vladimir", "Karim")] == ["he"] * 4
    assert known["Andrea"] == ""
    assert known["Li"] == ""  # of one country, where elsewhere it is a surname
    assert not {"Turnout", "Red", "Delta", "Sunday"} & known.keys()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A track worker, Tom Roe, had noticed the bolts.", "Tom Roe"),
        ("Tom Roe was praised by Ana Lund.", "Tom Roe"),
        ("The bridge was built by Ana Lund.", None),
        ("The brother of Tom Roe found the bolts.", None),
    ],
)
def test_who_acts(text: str, expected: str | None) -> None:
    (each,) = told(text)
    span = acting_person(Tree(each.parse), each.parse.people)
    assert (span.of(text) if span else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ida Roe led the inquiry in Veld. A track worker, Hamish Obuya, found 12 loose bolts. "
            "He had been trained for six weeks.",
            "Hamish Obuya had been trained for six weeks.",
        ),
        (
            "Josias Penn chairs the council of Veld. The head librarian, Odalys Brent, learnt of "
            "it from a newspaper. She has worked in the library for 22 years.",
            "Odalys Brent has worked in the library for 22 years.",
        ),
        (
            "Ivo Lund won the race in Veld by 14 seconds from Ana Roe. She was out for five months "
            "in 2022.",
            "Ana Roe was out for five months in 2022.",
        ),
        (
            "Ivo Lund runs the fish hall of Veld. A skipper pays the hall 4.5 per cent of what his "
            "fish is sold for.",
            "A skipper pays the fish hall of Veld 4.5 per cent of what his fish is sold for.",
        ),
        (
            "Ivo Lund runs the airport of Veld. The driver of a minibus survived the crash. He had "
            "been on the road for 12 hours.",
            "He had been on the road for 12 hours.",
        ),
        (
            "King Pelo met Joel Roe in Veld in May. He asked for 300 tents.",
            "Pelo asked for 300 tents.",
        ),
        (
            "Serena Roe beat Naomi Lund in 2014. Her coach, Patrick Lund, said she had practised "
            "for 6 weeks. He had trained her since 2012.",
            "Patrick Lund had trained Serena Roe since 2012.",
        ),
        (
            "Peter Roe met a nurse in Veld in May. She gave him 40 pounds.",
            "She gave Peter Roe 40 pounds.",
        ),
        (
            "The inspectors of Veld criticised Piet Lund in 12 points. The report did not surprise "
            "her, says Ana Roe.",
            "The report did not surprise Ana Roe.",
        ),
    ],
)
def test_a_pronoun_means_whom_it_fits(text: str, expected: str) -> None:
    assert last(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A stone from a barn in Veld is a meteorite, the University of Tarsk said in May. "
            "It weighs 1.3 kilograms.",
            "A stone from a barn in Veld weighs 1.3 kilograms.",
        ),
        (
            "The *Marigold*, the oldest ferry of Veld, made 93 crossings in May. Her captain, "
            "Tobin Roe, retired in June. She was built in Tarsk in 1930.",
            "The Marigold was built in Tarsk in 1930.",
        ),
        (
            "Ivo Lund owns the yard of Veld. A fire investigator, Magnus Teale, found petrol in "
            "four places. Lund's telephone was near the yard at 2.40 a.m., and he was seen by 12 "
            "men.",
            "Ivo Lund was seen by 12 men.",
        ),
        (
            "The brewery of Veld raised its forecast because demand for bottles had recovered. "
            "It expects a profit of 200 million ducats.",
            "The brewery of Veld expects a profit of 200 million ducats.",
        ),
        (
            "Ivo Lund studied 400 visitors of the cinema in Veld. After 40 minutes, hardly anyone "
            "of the 400 had changed his mind.",
            "After 40 minutes, hardly anyone of the 400 had changed his mind.",
        ),
    ],
)
def test_a_pronoun_means_what_its_sentence_is_of(text: str, expected: str) -> None:
    assert last(text) == expected


def test_an_obituary_gives_what_is_said_to_its_subject() -> None:
    title = "Ilka Roe, who painted one window, dies at 92"
    text = (
        f"# {title}\n\nIlka Roe of Veld painted 212 pictures. Roe sold 40 of them, and burnt 9.\n\n"
        "Her daughter, Judit Lund, keeps 12 of them.\n\nIn 1986 a fire destroyed 27 pictures. "
        "She said that she did not miss any of the 27."
    )
    claims = split_article(Article(text, title=title, published="2023-11-14")).claims
    assert [claim.speaker for claim in claims][-1] == "Ilka Roe"


def test_what_happened_is_no_firm() -> None:
    text = (
        "Orsa Bank of Veld lost 12 million crowns from July to September. "
        "It was the bank's weakest quarter since the summer of 2016."
    )
    assert not last(text).startswith("Orsa Bank was")
