"""Two wordings: the same statement, or another."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.wording import compatible, likeness, same_statement, same_values, wording

SAME = [
    ("Tolm has 4 ports.", "Tolm has four ports."),
    ("The town has thirty thousand people.", "The town has 30,000 people."),
    ("The wall **opened** in 1990 in Velmark.", "The wall opened in Velmark in 1990"),
    ("In 1990 the quay of Tolm handled 4 boats.", "The quay of Tolm handled 4 boats in 1990."),
    ("The ferry to Ostrea has never closed.", "The ferry to Ostrea never closed"),
    ("Brask's keeper “keeps” the keys.", 'Brask’s keeper "keeps" the [keys](a.html).'),
    ("The council of Velmark began the work.", "The council of Velmark started the work."),
    ("The dues of the harbor rose by 4 per cent.", "The dues of the harbour rose by 4 percent."),
    ("The board runs nine ferries on the lake near town.",
     "The board runs nine red ferries on the lake near town."),
    ("The port isn't open.", "The port is not open."),
    ("It cost 3 – 4 crowns", "It cost 3 - 4 crowns"),
    ("The lib\u00adrary is\u200b open.", "The library is open."),
]  # fmt: skip
OTHER = [
    ("Tolm has 4 ports.", "Tolm has 5 ports."),
    ("Tolm has four ports.", "Tolm has five ports."),
    ("It rose from 4 to 5 metres.", "It rose from 5 to 4 metres."),
    ("It covers 4.2 ha.", "It covers 42 ha."),
    ("Some 1.5 million came.", "Some 1.6 million came."),
    ("It opened on 3 May 2019.", "It opened on 4 May 2019."),
    ("It opened in May.", "It opened in June."),
    ("It was -5 degrees.", "It was 5 degrees."),
    ("It cost £4.", "It cost $4."),
    ("Road A4 is shut.", "Road A5 is shut."),
    ("Tolm beat Ostrel.", "Ostrel beat Tolm."),
    ("Mara Velt runs it.", "Mara Velk runs it."),
    ("Mara Velt runs it.", "Ivo Velt runs it."),
    ("The ferry closed.", "The ferry never closed."),
    ("It isn’t open.", "It is open."),
    ("Dues rose in Tolm.", "Dues fell in Tolm."),
    ("It is legal in the town.", "It is illegal in the town."),
    ("All ferries sail.", "Some ferries sail."),
    ("The mayor of Tolm left.", "The former mayor of Tolm left."),
    ("It cost 4 crowns.", "It cost 4 crowns a year."),
    ("It cost nearly 4 crowns.", "It cost 4 crowns."),
    ("He may resign.", "He will resign."),
    ("Tolm and Selm pay.", "Tolm or Selm pay."),
]
#: Neither a number nor a name tells these apart: they are matched, and no ruling goes with them.
REPLACED = [
    ("The harbour master of Tolm resigned.", "The harbour master of Tolm died."),
    ("The quay of Tolm was built and the mill burnt.", "The quay of Tolm was built."),
    ("町の人口は三万人を超えた。", "町の人口は四万人を超えた。"),
    ("बंदरगाह की दीवार", "बंदरगाह का दीवार"),
    ("The county paid.", "The city paid."),
    ("Ivo Lanz is the mayor of Tolm.", "Ivo Lanz was the mayor of Tolm."),
    ("The mill was sold to Tolm.", "The mill was sold by Tolm."),
    ("She paid for the quay.", "He paid for the quay."),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_statement(first: str, second: str) -> None:
    assert same_statement(first, second)
    assert same_statement(second, first)
    assert same_values(first, second)


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_another_value(first: str, second: str) -> None:
    assert not same_values(first, second)
    assert not same_values(second, first)
    assert not same_statement(first, second)


@pytest.mark.parametrize(("first", "second"), REPLACED)
def test_another_statement_with_the_same_values(first: str, second: str) -> None:
    assert same_values(first, second)
    assert not same_statement(first, second)
    assert not same_statement(second, first)


def test_a_wording_is_what_is_left_without_marks() -> None:
    made = wording("“The **Tolm** wall’s 4.2 m” — don't! [See](https://tolm.example) £5")
    assert made.tokens == (
        "the", "tolm", "wall's", "4.2", "m", "do", "not", "see", "£", "5",
    )  # fmt: skip
    assert made.names == ("tolm", "see")
    assert made.weighty == ("not",)
    assert made.content == ["tolm", "wall's", "4.2", "m", "not", "see", "£", "5"]


def test_who_is_meant() -> None:
    assert compatible("The town has a mill.", "Velmark has a mill.")
    assert compatible("Brask was fined in 2019.", "Teodor Brask was fined.")
    assert not compatible("Teodor Brask was fined.", "Ivo Lanz was fined.")
    assert not compatible("It sank in 2019.", "It sank in 2020.")


def test_likeness_is_the_share_of_words() -> None:
    assert likeness("the mill of Tolm", "The Mill of Tolm!") == 1.0
    assert likeness("the mill of Tolm", "the quay of Tolm") == 0.75
    assert likeness("mill", "quay") == 0.0
    assert likeness("", "") == 0.0


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_itself_and_compared_both_ways(first: str, second: str) -> None:
    assert same_statement(first, first)
    assert same_values(first, second) == same_values(second, first)
    assert same_statement(first, second) == same_statement(second, first)
    assert 0.0 <= likeness(first, second) <= 1.0


def test_long_text_takes_no_long_time() -> None:
    began = time.perf_counter()
    for text in ("[" * 20_000, "a'" * 20_000, "1," * 20_000, "not " * 10_000, "[a](" * 5_000):
        same_statement(text, text[:-1] + "b")
    assert time.perf_counter() - began < 3
