from __future__ import annotations

import pytest

from factcheck.claims.clauses import split_clauses
from factcheck.claims.quotes import find_quotations
from factcheck.claims.syntax import parse
from factcheck.claims.tails import MAX_TAILS

pytestmark = pytest.mark.models


def clauses(text: str) -> list[tuple[str, str, bool]]:
    """Each clause's stretch, the words it takes from its neighbour, and whether it is reported."""
    (parsed,) = parse([text])
    found = split_clauses(text, parsed, find_quotations(text))
    return [
        (one.span.of(text), " ".join(b.of(text) for b in one.before), one.reported) for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill employs 340 people.", [("The mill employs 340 people.", "", False)]),
        # a condition holds for all that follows it
        (
            "If demand falls, prices drop by 4 per cent, and the firm closes a plant.",
            [
                (
                    "If demand falls, prices drop by 4 per cent, and the firm closes a plant.",
                    "",
                    False,
                )
            ],
        ),
        # a shared subject, a shared auxiliary
        (
            "The mill employed 340 people and sold cloth to nine countries.",
            [
                ("The mill employed 340 people", "", False),
                ("sold cloth to nine countries.", "The mill", False),
            ],
        ),
        (
            "The bridge was built in 1931 and torn down in 1978.",
            [
                ("The bridge was built in 1931", "", False),
                ("torn down in 1978.", "The bridge was", False),
            ],
        ),
        # each its own subject
        (
            "The mill employs 340 people, but the yard lost 90 jobs.",
            [
                ("The mill employs 340 people", "", False),
                ("the yard lost 90 jobs.", "", False),
            ],
        ),
        # below a clause nothing is split
        (
            "The boats landed salt and fish in May.",
            [("The boats landed salt and fish in May.", "", False)],
        ),
        # a tail that says something exact, and one that does not
        (
            "The river stood at 4.1 metres, the highest level since 1934.",
            [
                ("The river stood at 4.1 metres", "", False),
                ("the highest level since 1934.", "", False),
            ],
        ),
        (
            "The offensive began on 6 September, with American aircraft overhead.",
            [("The offensive began on 6 September, with American aircraft overhead.", "", False)],
        ),
        # what is reported
        (
            "Ida Roe said that the quay fell in 2017.",
            [("Ida Roe said that the quay fell in 2017.", "", True)],
        ),
        # a colon and a semicolon
        (
            "The road was closed in May; the bridge stayed open.",
            [("The road was closed in May", "", False), ("the bridge stayed open.", "", False)],
        ),
        # a verb that the parser takes for a second object, and a second object
        (
            "The yard employs 90 people and exports to nine countries.",
            [
                ("The yard employs 90 people", "", False),
                ("exports to nine countries.", "The yard", False),
            ],
        ),
        (
            "The farm grows 40 apples and pears in two counties.",
            [("The farm grows 40 apples and pears in two counties.", "", False)],
        ),
        (
            "The yard handles the imports and exports of nine countries.",
            [("The yard handles the imports and exports of nine countries.", "", False)],
        ),
        # a short second fact, for it has its subject from the first
        (
            "The storm sank four boats and damaged 11.",
            [("The storm sank four boats", "", False), ("damaged 11.", "The storm", False)],
        ),
        ("", [("", "", False)]),
    ],
)
def test_hand_worked(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert clauses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the clause goes on behind it, and both have the noun
        (
            "The mill, which opened in 1921, employs 340 people.",
            [("which opened in 1921", "The mill"), ("employs 340 people.", "The mill")],
        ),
        # nothing exact, but words enough
        (
            "The mill, which stands behind the old chapel, employs 340 people.",
            [
                ("which stands behind the old chapel", "The mill"),
                ("employs 340 people.", "The mill"),
            ],
        ),
        (
            "The mill, which stands empty, employed 340 people.",
            [("The mill, which stands empty, employed 340 people.", "")],
        ),
        # the pronoun is not the subject: it is read with all before it
        (
            "Ida Roe, whose father built the mill, runs 40 shops.",
            [("whose father built the mill", "Ida Roe"), ("runs 40 shops.", "Ida Roe")],
        ),
        (
            "The yard moved to Veld, where the mill closed in 1998.",
            [("The yard moved to Veld", ""), ("where the mill closed in 1998.", "")],
        ),
        (
            "Spine Rail, whose lead engineer is Ida Roe, laid 119 miles.",
            [("whose lead engineer is Ida Roe", "Spine Rail"), ("laid 119 miles.", "Spine Rail")],
        ),
        (
            "Ida Roe, the mayor, who has led Veld since 2016, runs 40 shops.",
            [
                ("who has led Veld since 2016", "Ida Roe"),
                ("runs 40 shops.", "Ida Roe"),
            ],
        ),
        # what is published is a text, and nobody who wrote it
        (
            "A report by the Veld agency, which was published in 2021, makes 40 demands.",
            [
                ("A report by the Veld agency, which was published in 2021, makes 40 demands.", ""),
                ("which was published in 2021", "A report by the Veld agency"),
            ],
        ),
        # who reports may be told of, too, and what is reported
        (
            "Ida Roe, who took over in 2023, said that the firm, which has 40 boats, left Veld.",
            [
                (
                    "Ida Roe, who took over in 2023, said that the firm, which has 40 boats, left "
                    "Veld.",
                    "",
                ),
                ("who took over in 2023", "Ida Roe"),
                ("which has 40 boats", "the firm"),
            ],
        ),
        # whoever reports keeps all of the sentence
        (
            "Ida Roe, who came to Veld in 2011, told us of the quay.",
            [
                ("Ida Roe, who came to Veld in 2011, told us of the quay.", ""),
                ("who came to Veld in 2011", "Ida Roe"),
            ],
        ),
    ],
)
def test_relative_clauses(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(span, before) for span, before, _ in clauses(text)] == expected


@pytest.mark.parametrize(
    ("text", "tails"),
    [
        ("Holm swam nine miles, more than anybody else in the bay.", 1),
        ("The win takes Veld to 41 points, six more than Tarsk.", 1),
        ("A berth costs 900 crowns, three times as much as in Tarsk.", 1),
        ("Sales came to £9 million, £2 million less than forecast but more than in 2019.", 2),
        ("The grant paid for 40 boats, nine of which have sunk.", 1),
        ("Nobody found the leak, the fault that had sunk two ships.", 1),
        ("The band played in Veld, in front of 9,000 people.", 1),
        ("The boats left on Friday, carrying 40 tonnes of salt.", 1),
        # one behind the other, two in one, and a source behind
        ("A wave hit the quay, sinking two boats and damaging nine, the worst since 1934.", 3),
        ("The river rose to 4 metres, the highest since 1934, according to the council.", 1),
        # no tail: words that say too little, a figure that is none, the sentence's own verb
        ("They are the best rowers of all, with 68 medals.", 1),
        ("They are the best rowers of all, with medals.", 0),
        ("If the council agrees, the first boats sail in May.", 0),
        ("The books show that the line, founded in 1921, lost £2m in 2022.", 0),
        ("At least nine people, including two children, were hurt.", 0),
    ],
)
def test_what_is_set_off_behind_a_clause(text: str, tails: int) -> None:
    found = clauses(text)
    assert len(found) == 1 + tails
    # side by side, and nothing lost but the marks and the `and` between
    spans = [span for span, _, _ in found]
    assert text.startswith(spans[0])
    assert text.endswith(spans[-1])
    rest = text
    for span in spans:
        rest = rest.replace(span, "", 1)
    assert set(rest.split()) <= {",", "and", "but"}


def test_who_says_it_stays_with_the_nearer_of_two_facts() -> None:
    assert clauses("The storm sank four boats and damaged 11, the mayor said.") == [
        ("The storm sank four boats", "", True),
        ("damaged 11, the mayor said.", "The storm", True),
    ]
    assert clauses("The mayor said the storm sank four boats and damaged 11.") == [
        ("The mayor said the storm sank four boats", "", True),
        ("damaged 11.", "the storm", True),
    ]
    assert clauses("The storm hurt four people, two of them nurses, the mayor said.") == [
        ("The storm hurt four people", "", True),
        ("two of them nurses, the mayor said.", "", True),
    ]


def test_both_facts_under_one_report_are_reported() -> None:
    found = clauses("Ida Roe said that the quay fell in 2017 and the bridge sank in 2018.")
    assert [reported for _, _, reported in found] == [True, True]
    assert found[0][0].startswith("Ida Roe said")
    assert not found[1][0].startswith("Ida Roe")


def test_no_clause_is_cut_inside_a_quotation() -> None:
    text = 'He called it "a lie," but the quay fell in 2017.'
    assert clauses(text)[0][0] == 'He called it "a lie,"'


def test_a_quotation_is_one_with_what_introduces_it() -> None:
    text = "Ida Roe, who came in 2011, told us: “Two hours more and it would have been over.”"
    assert clauses(text)[0][0] == text
    assert not any(span.startswith("it would") for span, _, _ in clauses(text))


def test_a_sentence_of_nothing_but_tails_is_cut_a_few_times_only() -> None:
    text = "The mill fell in May" + ", killing 12 people" * 60 + "."
    assert len(clauses(text)) == 1 + MAX_TAILS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Its gross margin widened by 200 points, and its operating profit rose 27 percent.",
            ["Its gross margin widened by 200 points", "its operating profit rose 27 percent."],
        ),
        (
            "The moving slab covers some 64 acres, and a dozen GPS stations followed it.",
            ["The moving slab covers some 64 acres", "a dozen GPS stations followed it."],
        ),
        (
            "The council sold the quay to the mayor, the port, and the army.",
            ["The council sold the quay to the mayor, the port, and the army."],
        ),
        (
            "If the quay falls in May, and the mayor leaves Veld, the port will close.",
            ["If the quay falls in May, and the mayor leaves Veld, the port will close."],
        ),
    ],
)
def test_two_statements_that_a_comma_parts(text: str, expected: list[str]) -> None:
    assert [span for span, _, _ in clauses(text)] == expected
