"""What is said in turns, in a transcript: by whom, of whose words, and what is no statement."""

from __future__ import annotations

import pytest

from factcheck.claims import split_article
from factcheck.records import Article, Claim

pytestmark = pytest.mark.models

_TURNS = (
    "**NELL GARRITY:** The line opened in 1871.\n\n**RUTH MELLISH:** It carried 40,000 people in "
    "1900.\n\n**NELL GARRITY:** It shut in 1964.\n\n**RUTH MELLISH:** "
)


def told(text: str) -> list[Claim]:
    """The claims of Ruth Mellish's last turn."""
    article = Article(f"{_TURNS}{text}", published="2026-03-19")
    return [claim for claim in split_article(article).claims if claim.start >= len(_TURNS) - 20]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # who tells what others said says that they did
        (
            "The department said the ratio was 1.3.",
            "Ruth Mellish said that the department said the ratio was 1.3.",
        ),
        (
            "The Brackwell Courier reported last Thursday that the 07:42 was full.",
            "Ruth Mellish said that the Brackwell Courier reported on 12 March 2026 that the 07:42 "
            "was full.",
        ),
        (
            "A spokeswoman said that the firm had added six trains and that 94 per cent ran on "
            "time in 2025.",
            "Ruth Mellish said that a spokeswoman said that the firm had added six trains",
        ),
        ("I said that the ratio was 1.3.", "Ruth Mellish said that the ratio was 1.3."),
        # whom one wrote to is who answered
        (
            "I wrote to Northmoor's managing director, Simon Achterberg, on 2 March and he told me "
            "more carriages would come in May 2027.",
            "Simon Achterberg told Ruth Mellish more carriages would come in May 2027.",
        ),
        # what was done then is told of, and not the month
        (
            "The council commissioned a study in January, which is due in September.",
            "Ruth Mellish said that a study is due in September 2026.",
        ),
        # and what a train does is no bus
        (
            "The bus, the X14, took eighty minutes. The train does it in thirty-four.",
            "Ruth Mellish said that the train does it in thirty-four.",
        ),
    ],
)
def test_what_is_told_in_a_turn(text: str, expected: str) -> None:
    alone = [claim.standalone for claim in told(text)]
    assert any(expected in one for one in alone), alone
    assert {claim.speaker for claim in told(text)} <= {"Ruth Mellish", None}


@pytest.mark.parametrize(
    "text",
    [
        # what answers or goes on with another's words says nothing alone
        "More than sixty per cent above forecast.",
        "On the 07:42 to Veld, yes.",
        "And then spent £60,000 mending the fences.",
        "Hello and welcome to Ghost Platforms, the podcast about railways that went away.",
        "I'm Ruth Mellish.",
    ],
)
def test_what_states_nothing_in_a_turn(text: str) -> None:
    assert [claim.standalone for claim in told(text)] == []


def test_what_begins_with_its_verb_has_its_subject_behind() -> None:
    alone = [claim.standalone for claim in told("Then came the flood of 1998, with 40 dead.")]
    assert any("came the flood of 1998" in one for one in alone), alone


def test_a_fragment_in_a_list_may_still_state_something() -> None:
    article = Article("- More than sixty per cent above the forecast of 2019\n", published=None)
    assert len(split_article(article).claims) == 1
