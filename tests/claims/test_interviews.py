"""Interviews printed as questions and answers: who answers, and that questions state nothing."""

from __future__ import annotations

import pytest

from factcheck.claims import split_article
from factcheck.claims.interviews import read_interview
from factcheck.records import Article
from index.sentences import split_blocks

BOLD = """# The woman who rebuilt Skarle's ferry

By Jon Lunde

Ida Roe took over the Skarle ferry in 2019. Roe grew up on the island.

**Nobody wanted the firm. Why did you?**

Because my father was a deckhand there for 31 years.

He retired in 2004.

**The board wanted to sell two ships.**

I said no. Per Holm chaired the board then.

**What comes next?** We open a line to Veld, and the county pays half of it.

**Do you sleep?**

I sleep seven hours a night.

*The interview has been edited.*
"""


def labels(text: str, *named: tuple[int, str]) -> list[str | None] | None:
    blocks = [block.of(text) for block in split_blocks(text)]
    interview = read_interview(blocks, named)
    return None if interview is None else list(interview.labels)


def test_answers_are_given_to_whom_the_introduction_names_most() -> None:
    assert labels(BOLD, (2, "Ida Roe"), (2, "Ida Roe"), (2, "Jon Lunde"), (7, "Per Holm")) == [
        None,
        None,
        None,
        "",
        "Ida Roe",
        None,
        "",
        "Ida Roe",
        "Ida Roe",
        "",
        "Ida Roe",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (BOLD, ()),  # nobody is named above
        (BOLD, ((7, "Per Holm"),)),  # or only below
        (BOLD, ((2, "Ida Roe"), (2, "Per Holm"))),  # or two as often
        # two questions are headings
        (BOLD.replace("Do you sleep?", "Sleep"), ((2, "Ida Roe"),)),
        # and what nobody answers for himself are the author's own
        (
            "Ida Roe ran it.\n\n## What happened?\n\nIt sank.\n\n## Who is to blame?\n\n"
            "Nobody knows. I asked her.\n\n## And now?\n\nDivers went down.\n\n## When?\n\nIn May.",
            ((0, "Ida Roe"),),
        ),
        # a firm answers in the plural, and not by whom it is led
        (
            "Ida Roe runs it.\n\n## Is it safe?\n\nWe test it.\n\n## Is it cheap?\n\nOur price is "
            "low.\n\n## Is it new?\n\nWe made it in 2020.",
            ((0, "Ida Roe"),),
        ),
    ],
)
def test_no_answers_are_given_to_anybody_where_it_is_unclear(
    text: str, named: tuple[tuple[int, str], ...]
) -> None:
    assert labels(text, *named) is None


@pytest.mark.models
@pytest.mark.parametrize(
    "text",
    [
        BOLD,
        BOLD.replace("**", "__"),
        "\n".join(
            f"### {line.strip('*')}" if line.endswith("?**") else line for line in BOLD.split("\n")
        ),
    ],
)
def test_who_answers_says_it_and_who_asks_states_nothing(text: str) -> None:
    extraction = split_article(Article(text))
    said = {claim.text: claim.speaker for claim in extraction.claims}
    assert said["Because my father was a deckhand there for 31 years."] == "Ida Roe"
    assert said["He retired in 2004."] == "Ida Roe"
    assert said["I sleep seven hours a night."] == "Ida Roe"
    assert said["Ida Roe took over the Skarle ferry in 2019."] is None
    assert not any("Nobody wanted" in claim.text for claim in extraction.claims)
    asked = {skipped.text.strip("#*_ "): skipped for skipped in extraction.skipped}
    assert asked["What comes next?"].speaker is None
    assert asked["What comes next?"].reason in {"a question", "a heading"}


@pytest.mark.models
def test_behind_q_and_a_the_answers_are_whose_the_introduction_tells() -> None:
    text = "Ida Roe has led the harbour since 2019.\n\n" + "".join(
        f"Q: {question}\n\nA: {answer}\n\n"
        for question, answer in (
            ("What did you find?", "I found 40 metres of broken quay."),
            ("And who paid?", "The county paid 3 million crowns for it."),
            ("Will you stay?", "I signed for five years in 2024."),
        )
    )
    said = {claim.text: claim.speaker for claim in split_article(Article(text)).claims}
    assert said["The county paid 3 million crowns for it."] == "Ida Roe"
    assert said["I signed for five years in 2024."] == "Ida Roe"
