from __future__ import annotations

import pytest

from factcheck.claims import split_article
from factcheck.records import Article, ClaimKind

pytestmark = pytest.mark.models


def roles(text: str) -> list[tuple[str, str]]:
    """Each role's stretch and statement."""
    claims = split_article(Article(text)).claims
    return [(c.text, c.statement) for c in claims if c.kind is ClaimKind.ROLE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Harbour master Tilda Roe said that the quay fell in 2017.",
            [("Harbour master Tilda Roe", "Tilda Roe is harbour master.")],
        ),
        (
            "The quay fell in 2017, said Ada Holm, chief executive of Tarsk Mining.",
            [
                (
                    "Ada Holm, chief executive of Tarsk Mining",
                    "Ada Holm is chief executive of Tarsk Mining.",
                )
            ],
        ),
        (  # a verb before the article belongs to no office
            "The quay fell in 2017. The port was wrong to dismiss the engineer, Ada Holm.",
            [("the engineer, Ada Holm", "Ada Holm is the engineer.")],
        ),
        (  # nor is the office again in what it is of
            "The quay fell. The inquiry heard the chair of the chair makers, Ada Holm.",
            [
                (
                    "the chair of the chair makers, Ada Holm",
                    "Ada Holm is the chair of the chair makers.",
                )
            ],
        ),
        (
            "Ida Roe, who leads the drivers' union, said that the quay fell in 2017.",
            [("Ida Roe, who leads the drivers' union", "Ida Roe leads the drivers' union.")],
        ),
        (
            "“It fell in 2017,” said Professor Ada Fenn of the University of Carrow.",
            [
                (
                    "Professor Ada Fenn of the University of Carrow",
                    "Ada Fenn is professor of the University of Carrow.",
                )
            ],
        ),
        # several people are not what one of them is
        ("Ana Roe and Bo Ode, teachers at the school, said that the quay fell in 2017.", []),
        (
            "In 1958 Ida Roe married the geologist Emil Venn.",
            [("geologist Emil Venn", "Emil Venn is a geologist.")],
        ),
        # where somebody is from, or her party, may stand between
        (
            "Ida Roe of the University of Carrow, who leads the trial, left in 2017.",
            [
                (
                    "Ida Roe of the University of Carrow, who leads the trial",
                    "Ida Roe leads the trial.",
                )
            ],
        ),
        (
            "Ida Roe (Green), who chairs the harbour committee, left in 2017.",
            [
                (
                    "Ida Roe (Green), who chairs the harbour committee",
                    "Ida Roe chairs the harbour committee.",
                )
            ],
        ),
        # of several words
        (
            "The treasurer of the ferry pilots' union, Ida Roe, left in 2017.",
            [
                (
                    "The treasurer of the ferry pilots' union, Ida Roe",
                    "Ida Roe is the treasurer of the ferry pilots' union.",
                )
            ],
        ),
        # a title that the pipeline takes for a part of the name
        (
            "Coxswain Ida Roe said that the quay fell in 2017.",
            [("Coxswain Ida Roe", "Ida Roe is a coxswain.")],
        ),
        # a form of address, and no office at all
        ("General Igor Radek said that nobody left in 2017.", []),
        ("Ida Roe left the port of Veld in 2017.", []),
    ],
)
def test_hand_worked(text: str, expected: list[tuple[str, str]]) -> None:
    assert roles(text) == expected


def test_a_role_is_claimed_once() -> None:
    text = "Mayor Ida Roe left Veld in 2017. In 2018 Mayor Ida Roe came back to Veld."
    assert len(roles(text)) == 1


def alone(text: str) -> list[str]:
    """The roles as they stand alone."""
    claims = split_article(Article(text)).claims
    return [claim.standalone for claim in claims if claim.kind is ClaimKind.ROLE]


def test_its_director_serves_the_nearest_body() -> None:
    text = (
        "# Tarsk Mining strike\n\nTarsk Mining lost 4 million crowns in 2019. Tarsk Mining said so "
        "in Veld.\n\nVeld Transit has hired 55 buses. Its managing director, Paul Estry, said "
        "that the buses were full.\n"
    )
    assert alone(text) == ["Paul Estry is managing director of Veld Transit."]


def test_a_mayor_serves_the_nearest_place() -> None:
    text = (
        "# Talks in Orrenland\n\nThe army of Orrenland left the village of Harn in 2019, and "
        "Orrenland signed in May.\n\nIn Harn, 45 people have come back. Mayor Ulrik Tane said "
        "that the school was burned.\n"
    )
    assert alone(text) == ["Ulrik Tane is mayor of Harn."]


def test_a_list_of_those_present_names_the_body_behind_the_office() -> None:
    text = "Present: Oskar Lind, managing director, Tarsk Coaches; the clerk."
    assert alone(text) == ["Oskar Lind is managing director of Tarsk Coaches."]


def test_an_office_goes_to_a_body_that_has_it() -> None:
    text = (
        "Caldwater raises its dam. Caldwater is a firm. The school closed in 2019, said the head "
        "teacher, Marit Quill. Caldwater said so, too."
    )
    assert ("the head teacher, Marit Quill", "Marit Quill is the head teacher.") in roles(text)
    alone = {c.text: c.standalone for c in split_article(Article(text)).claims}
    assert "of Caldwater" not in alone["the head teacher, Marit Quill"]


def test_our_is_nobody_s_in_a_role() -> None:
    text = (
        "VELD: We lost 40 reels.\n\nORSK: Thanks to Ruta Ansgar, our head of transfer, we did not."
    )
    alone = {c.text: c.standalone for c in split_article(Article(text)).claims}
    assert alone["Ruta Ansgar, our head of transfer"].endswith("Ruta Ansgar is head of transfer.")
