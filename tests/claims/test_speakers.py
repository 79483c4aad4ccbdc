from __future__ import annotations

import re
import time

import pytest

from factcheck.capitals import CAPITAL
from factcheck.claims import split_article
from factcheck.claims.labels import match_label, spoken_name
from factcheck.claims.people import (
    Impersonal,
    People,
    bare_name,
    doubtful_names,
    surname,
    titled_names,
)
from factcheck.claims.phrases import may_say
from factcheck.claims.roles import go_together, is_office
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
        ("Ida Brandt told a briefing that the quay had fallen.", ["Ida Brandt"]),
        ("Ida Brandt said at a meeting in Veld that the quay had fallen.", ["Ida Brandt"]),
        ("Ida Brandt announced a plan that had cost 41 million.", [None]),
        ("Ida Brandt told a story that the children loved.", [None]),
        ("Ida Brandt told the man that she had hired last year about the flood.", [None]),
        ("Ida Brandt accused the builders of using cheap sand.", ["Ida Brandt"]),
        ("Ida Brandt called the report false.", ["Ida Brandt"]),
        ("Ida Brandt, who left, points out that the quay fell.", ["Ida Brandt"]),
        ("Ida Brandt pointed at the “quay of shame” in Veld.", [None]),
        ("On 3 May **General Igor Radek** said that nobody left.", ["Igor Radek"]),
        (
            "Ida Brandt should be worried more by this than by anything the other leader said.",
            [None],
        ),
        ("The slab covers 64 acres. Its pace had doubled, they reported.", [None, None]),
        ("Four relatives own the firm. Sales, it reported, had doubled.", [None, None]),
        ("The union met in Veld. Sales, it said, had doubled.", [None, "union"]),
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
        # what is told by its object alone
        ("Ida Brandt left. She recalled a flood in the valley.", [None, "Ida Brandt"]),
        ("Ida Brandt promised a new quay by May.", ["Ida Brandt"]),
        ("Ida Brandt did not promise a new quay by May.", [None]),
        ("The brochure promised a new quay by May.", [None]),
        # parts of those who were asked
        ("A quarter said they had lost a boat.", [None]),
        # a title that the pipeline takes for a part of the name
        ("Coxswain Ida Brandt said that the quay fell on Tuesday.", ["Ida Brandt"]),
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


def test_full_names_with_a_title() -> None:
    text = "The Minister (Mrs Odette Marchbank) thanked Dr. Ole van Holm and Mrs Roe."
    assert titled_names(text) == ["Odette Marchbank", "Ole van Holm"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Orla Hospice", "Orla Hospice is full.", True),
        ("Corvane", "Corvane Refrigeration grew. Corvane hired.", True),
        ("Melk Herons", "It was the best season the Herons have had.", True),
        ("Corvane", "Ida Corvane grew old.", False),
        ("Ida Rivers", "They saw the Rivers’ house.", False),
        ("Rachel Reeves", "The Reeves plan failed.", False),
        ("", "", False),
    ],
)
def test_what_is_no_person(name: str, text: str, expected: bool) -> None:
    assert (name in Impersonal(text)) is expected


def test_a_surname_is_somebodys_whatever_begins_with_it() -> None:
    assert "Roe" in Impersonal("Roe Union grew.")
    assert "Roe" not in Impersonal("Ida Roe Quits Union", ["Ida Roe", "Roe"])


def test_long_words_take_linear_time() -> None:
    started = time.process_time()
    assert "A" not in Impersonal("Aa" * 100_000)
    assert "A" not in Impersonal("A-" * 100_000)
    assert doubtful_names("A-" * 100_000, ["A"]) == {"A"}  # nothing says that it is a person's
    assert time.process_time() - started < 2  # quadratic takes a minute


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


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("HOLM: We won.", "HOLM"),
        ("IDA HOLM, HOST: We won.", "IDA HOLM"),
        ("Ida Holm, the mayor: We won.", "Ida Holm"),
        ("Mr Holm (Veld North) (Reform): We won.", "Mr Holm"),
        ("The Minister for Roads and Water (Ida Roe): We won.", "Ida Roe"),
        ("Deputy Speaker (Ida Roe): Order.", "Ida Roe"),
        ("The Minister for Roads: We won.", "The Minister for Roads"),
        ("12. Mr Ole Holm (Veld): We won.", "Mr Ole Holm"),
        # a sentence with a colon
        ("On Monday, she said: We won.", None),
        ("We won: nobody else did.", None),
        ("HOLM (in a very long remark that nobody would ever put into brackets here): Yes.", None),
    ],
)
def test_labels(line: str, name: str | None) -> None:
    label = match_label(line)
    assert (label.name if label else None) == name
    if label:
        assert line[label.end :] in {"We won.", "Order."}


def test_in_a_transcript_who_speaks_once_has_a_label_too() -> None:
    debate = ["Mr Holm: Yes.", "Ida Roe (Green): No."] * 2
    once = ["Jon Ode (Tarsk) (Reform): Why?", "Note: it rained.", "He said: why?", "So: no."]
    assert read_labels([*debate, *once]) == [
        *["Mr Holm", "Ida Roe"] * 2,
        *["Jon Ode", None, None, None],
    ]
    assert read_labels([*debate[:2], *once]) == [None] * 6


def test_in_a_transcript_who_is_greeted_by_name_has_a_label_of_one_word() -> None:
    show = ["HOST: With me is Ida Roe.", "HOLM: Hello.", "HOST: And?", "HOLM: Nothing."]
    once = ["ROE: Good evening.", "Note: it rained.", "ODE: Why?"]
    notes = ["Weather: rain.", "Price: two crowns.", "So it goes."]
    assert read_labels([*show, *once, *notes]) == [
        *["HOST", "HOLM"] * 2,
        *["ROE", None, None],
        *[None] * 3,
    ]
    assert read_labels([*show[:2], *once]) == [None] * 5


def test_where_all_is_told_in_turns_every_label_in_capitals_counts() -> None:
    show = ["NELL: Hello.", "**RUTH:** Hello.", "NELL: And?", "TOBI: Nothing.", "He left: so what?"]
    assert read_labels(show) == ["NELL", "RUTH", "NELL", "TOBI", None]
    assert read_labels([*show, "So it goes.", "It went."]) == ["NELL", None, "NELL", *[None] * 4]


def test_a_label_is_a_longer_one_too() -> None:
    blocks = ["IDA ROE: Hello.", "OLE HOLM: Hello.", "ROE: So?", "HOLM: Nothing.", "ODE: I see."]
    assert read_labels(blocks) == ["IDA ROE", "OLE HOLM", "ROE", "HOLM", None]
    both = ["IDA ROE: Hello.", "JON ROE: Hello.", "ROE: So?", "HOLT: No.", "HOLT: It went."]
    assert read_labels([*both, "JON ROE: Bye."]) == [
        *["IDA ROE", "JON ROE", "", "HOLT", "HOLT", "JON ROE"]
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        ["FOUNDED: In 1950.", "STAFF: 300.", "SALES: They rose.", "SALES: Up.", "OWNER: Ida Roe."],
        ["WHO: Ida.", "WHAT: A fair.", "WHERE: Veld.", "WHEN: In May.", "WHEN: In June."],
        ["Labour: It won 40 seats.", "Young Labour: It has 3,000 members.", "It rained."],
        ["London: It rained.", "East London: It snowed.", "It rained."],
    ],
)
def test_what_is_printed_under_words_with_a_colon_is_nobodys(blocks: list[str]) -> None:
    once = [label for label in read_labels(blocks) if label]
    assert set(once) <= {"SALES", "WHEN"}  # as any label that comes twice


@pytest.mark.models
def test_who_holds_an_office_and_is_not_named_is_no_other_person() -> None:
    chair, moved = "In the chair: Cllr Mara Velt.", "The leader moved that £12 be paid."
    minutes = f"{chair}\n\n{moved} He said: “It is well spent.”"
    assert speakers(minutes)[-1] == "leader"
    assert speakers(minutes.replace("The leader", "Cllr Ida Roe"))[-1] == "Ida Roe"
    # whom the paragraph names may be meant as well
    thanked = "The chairman thanked Ida Roe. She said: “It is well spent.”"
    assert speakers(thanked)[-1] == "Ida Roe"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("council leader", True),
        ("Leader", True),
        ("Head of Transport", True),
        ("minister for roads", True),
        ("John Major", False),
        ("Kate Bishop", False),
        ("drivers' union", False),
        ("", False),
    ],
)
def test_an_office_is_no_name(phrase: str, expected: bool) -> None:
    assert is_office(phrase) is expected


@pytest.mark.models
def test_a_part_of_those_who_were_asked_is_nobody() -> None:
    text = "A third of those who answered the survey said that they would cross 12 times a year."
    assert speakers(text) == [None]


def test_a_label_of_a_surname_keeps_its_title() -> None:
    assert spoken_name("Mr Holm", "Holm") == "Mr Holm"
    assert spoken_name("MR HOLM", "Holm") == "Mr Holm"
    assert spoken_name("Mr Holm", "Emil Holm") == "Emil Holm"
    assert spoken_name("HOLM", None) == "Holm"


@pytest.mark.models
def test_a_debate() -> None:
    text = (
        "**Ida Roe (Veld North) (Green):** The base opened in 1987.\n\n"
        "**Mr Holm (Tarsk) (Union):** I closed the base in 2011.\n\n"
        "**Ida Roe:** In May the right hon. Member for Tarsk opened it again.\n\n"
        "**Mr Holm:** That cost 40 million crowns.\n\n"
        "**The Minister for Roads (Jon Ode):** Winchman Bo Lindt said that 90 people drowned."
    )
    claims = split_article(Article(text)).claims
    stated = [(c.text, c.speaker) for c in claims if c.kind is not ClaimKind.ROLE]
    assert stated == [
        ("The base opened in 1987.", "Ida Roe"),
        ("I closed the base in 2011.", "Mr Holm"),
        ("In May the right hon. Member for Tarsk opened it again.", "Ida Roe"),
        ("That cost 40 million crowns.", "Mr Holm"),
        ("Winchman Bo Lindt said that 90 people drowned.", "Jon Ode"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("superintendent", "deputy", True),
        ("mayor", "councillor", True),
        ("superintendent", "deputy superintendent", False),
        ("nurse", "paramedic", False),
        ("mayor", "chair of the board", False),
    ],
)
def test_what_one_person_may_be_at_once(first: str, second: str, expected: bool) -> None:
    assert go_together(first, second) is expected


@pytest.mark.parametrize(
    ("words", "plural", "expected"),
    [
        ("union of drivers", False, True),
        ("union of drivers", True, True),
        ("four relatives", True, True),
        ("four relatives", False, False),
        ("dozen stations", True, False),
        ("most of the nurses", True, True),
        ("watchdog", True, True),
        ("witnesses", True, True),
        ("moving slab", True, False),
        ("study", False, True),
        ("police", True, True),
        ("Veld Forge", True, True),
    ],
)
def test_who_may_say_something(words: str, plural: bool, expected: bool) -> None:
    assert may_say(words, plural) is expected


@pytest.mark.parametrize(
    ("letter", "expected"),
    [("A", True), ("Ł", True), ("É", True), ("Š", True), ("é", False), ("ł", False), ("1", False)],
)
def test_what_is_a_capital(letter: str, expected: bool) -> None:
    assert bool(re.fullmatch(CAPITAL, letter)) is expected
    label = match_label(f"{letter}da: We won.")
    assert (label is not None) is expected


def test_initials_are_whose_the_text_says() -> None:
    panel = "Panel: Prof Aurel Hestrin (AH), Odile Marchbank (OM), Brenna Toll (XY). Chair: CH"
    turns = ["AH: It fell.", "CH: Thanks.", "OM: It rose.", "AH: Did it?", "CH: It did.", "XY: No."]
    assert read_labels([panel, *turns]) == [
        None, "Aurel Hestrin", "CH", "Odile Marchbank", "Aurel Hestrin", "CH", None,
    ]  # fmt: skip
    assert read_labels([panel, "AH: It fell.", "It rose."]) == [None] * 3  # no transcript
