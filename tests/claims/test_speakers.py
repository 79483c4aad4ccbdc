from __future__ import annotations

import time

import pytest

from factcheck.claims import split_article
from factcheck.claims.people import People, bare_name, surname
from factcheck.claims.speakers import read_labels
from factcheck.records import Article, ClaimKind


def speakers(text: str) -> list[str | None]:
    """The speaker of every sentence, claim or not; what people are has none and is left out."""
    extraction = split_article(Article(text))
    claims = [claim for claim in extraction.claims if claim.kind is not ClaimKind.ROLE]
    found = [(claim.start, claim.speaker) for claim in claims]
    found += [(skipped.start, skipped.speaker) for skipped in extraction.skipped]
    return [speaker for _, speaker in sorted(found, key=lambda pair: pair[0])]


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the author's own voice
        ("The quay fell on Tuesday night.", [None]),
        ("Ida Brandt closed the quay on Tuesday.", [None]),
        ("Ida Brandt asked the army how many men had left.", [None]),
        ("Ida Brandt did not say when the quay fell.", [None]),
        # reported
        ("Mayor Ida Brandt said that the quay fell on Tuesday.", ["Ida Brandt"]),
        ("The mayor, Ida Brandt, said the quay fell on Tuesday.", ["Ida Brandt"]),
        ("The quay fell on Tuesday, said Ida Brandt, the mayor.", ["Ida Brandt"]),
        ("The quay, Ida Brandt added, fell on Tuesday.", ["Ida Brandt"]),
        ("According to Ida Brandt, the quay fell on Tuesday.", ["Ida Brandt"]),
        ("The quay fell on Tuesday, according to the ministry.", ["ministry"]),
        ("The drivers' union said that 240 lorries are stuck.", ["drivers' union"]),
        ("Ida Brandt accused the builders of using cheap sand.", ["Ida Brandt"]),
        ("Ida Brandt called the report false.", ["Ida Brandt"]),
        ("Ida Brandt, who left, points out that the quay fell.", ["Ida Brandt"]),
        ("Ida Brandt pointed at the “quay of shame” in Veld.", [None]),
        ("On 3 May **General Igor Radek** said that nobody left.", ["Igor Radek"]),
        # quoted
        ("“The quay fell on Tuesday,” Ida Brandt said.", ["Ida Brandt"]),
        ('"The quay fell on Tuesday," said Ida Brandt.', ["Ida Brandt"]),
        ("« The quay fell on Tuesday », said Ida Brandt.", ["Ida Brandt"]),
        ("“The quay fell. Nobody was hurt,” Ida Brandt said.", ["Ida Brandt"] * 2),
        ("Ida Brandt said: “The quay fell. Nobody was hurt.”", ["Ida Brandt"] * 2),
        ("“It fell,” Ida Brandt said. “Nobody was hurt there.”", ["Ida Brandt"] * 2),
        ("“It's a lie”, shouted a man in the crowd.", ["man"]),
        ("“It's a lie”, shouted the drivers' leader, Ida Brandt.", ["Ida Brandt"]),
        ("“That is not so,” one of the drivers shouted.", ["one of the drivers"]),
        ("Two of the drivers said that the quay fell.", ["Two of the drivers"]),
        # a place in capitals says nothing
        ("TARSK, 4 May 2021 – Veld Foods announced that it has cut the sugar.", ["Veld Foods"]),
        ("PORT VELD (Wire) — Ida Brandt said that the quay fell.", ["Ida Brandt"]),
        ("PORT VELD — The quay fell on Tuesday, Ida Brandt said.", ["Ida Brandt"]),
        ("NATO – a club of thirty – said that the quay fell.", ["NATO"]),
        # over paragraphs
        (
            'Ida Brandt left. "It fell," she said. "It sank.\n\n"Nobody was hurt there."',
            [None, *["Ida Brandt"] * 3],
        ),
        (
            "“The quay fell,” Ida Brandt said.\n\n“Nobody was hurt on that night.”",
            ["Ida Brandt"] * 2,
        ),
        (
            "Ida Brandt said: “The quay fell.\n\n“Nobody was hurt on that night.”",
            ["Ida Brandt"] * 2,
        ),
        # pronouns and short names
        (
            "Ida Brandt met Emil Kovar in Tarsk. “The quay fell,” she said.",
            [None, "Ida Brandt"],
        ),
        (
            "Ida Brandt closed the quay. Emil Kovar opened it. “It is safe now,” he said.",
            [None, None, "Emil Kovar"],
        ),
        (
            "Ida Brandt closed the quay. Later Brandt said that it fell on Tuesday.",
            [None, "Ida Brandt"],
        ),
        (
            "The foreign minister, Walid al-Karim, left. Karim said that he was tired of it.",
            [None, "Walid al-Karim"],
        ),
        (
            "The ministry said the quay fell. It added that nobody was hurt.",
            ["ministry", "ministry"],
        ),
        # words held with tongs say nothing of a speaker
        ("Ida Brandt said it is safe. The “safe” quay fell then.", ["Ida Brandt", None]),
    ],
)
def test_hand_worked(text: str, expected: list[str | None]) -> None:
    assert speakers(text) == expected


def test_names_lose_titles_and_shouting() -> None:
    assert bare_name("General Igor Radek's") == "Igor Radek"
    assert bare_name("Foreign Minister Walid\nal-Karim") == "Walid al-Karim"
    assert bare_name("IDA BRANDT") == "Ida Brandt"
    assert bare_name("Mr. Ode") == "Ode"
    assert bare_name("Councillor Greta Aal") == "Greta Aal"
    assert bare_name("CFO Dan Ruiz") == "Dan Ruiz"
    assert bare_name("") == ""
    assert (surname("Walid al-Karim"), surname("Karim"), surname("")) == ("karim", "karim", "")


def test_a_surname_means_its_first_bearer() -> None:
    people = People(["Marta Vidal", "Lea Vidal", "Vidal", "Dr. Emil Kovar"])
    assert people.find("Vidal") == "Marta Vidal"
    assert people.find("Lea Vidal") == "Lea Vidal"
    assert people.find("Kovar") == "Emil Kovar"
    assert people.find("Nobody") is None


def test_many_people_of_one_surname_take_linear_time() -> None:
    names = [f"Aa B{number} Smith" for number in range(30_000)]
    started = time.process_time()
    people = People(names)
    assert [people.find(name) for name in names] == names
    assert {people.find("Smith") for _ in names} == {names[0]}
    assert time.process_time() - started < 5  # 0.3 s here; quadratic takes half an hour


def test_a_pronoun_once_used_holds() -> None:
    people = People(["Ida Brandt"])
    assert people.accepts("Ida Brandt", "she")
    assert not people.accepts("Ida Brandt", "he")
    assert people.accepts("Ida Brandt", "they")


def test_transcript_labels_come_twice() -> None:
    blocks = ["HOLM: We won.", "Q: Why?", "So.", "HOLM: Yes.", "Q: Really?", "Once: no label."]
    assert read_labels(blocks) == ["HOLM", "", None, "HOLM", "", None]
