"""What a profile of a politician and two obituaries left to be read."""

from __future__ import annotations

import pytest

from factcheck.claims import split_article
from factcheck.records import Article, Claim

pytestmark = pytest.mark.models


def claims(text: str, title: str = "") -> tuple[Claim, ...]:
    """The claims of an article of 21 March 2025, a Friday."""
    return split_article(Article(text, title, published="2025-03-21")).claims


PROFILE = """The rain was going sideways when Ilse Tormand climbed on to a pallet on Tuesday.

Tormand, 47, is one of three candidates to replace Henrik Ovesen.

Fell-Marchetti, at 39 the youngest in the field, was brisker: “Competence is not a strategy.”

She was born here in June 1977. Her father kept the sea lock.

By October 2019 Tormand was back, at water and housing.
"""


def test_who_is_called_by_a_surname_is_somebody_whatever_the_pipeline_takes_her_for() -> None:
    told = [claim.statement for claim in claims(PROFILE)]
    assert "Ilse Tormand was born here in June 1977." in told
    assert "Ilse Tormand's father kept the sea lock." in told
    assert "By October 2019 Ilse Tormand was back, at water and housing." in told


OBITUARY = """Perpetua Lindgaard, who died on Friday, played 140 parts at the Harbour Theatre.

Her teacher was Anatol Schreyer, who called her "the laziest genius I have taught".

The Harbour Theatre engaged her in the autumn of 1958.

The union's representative, Gaspard Wey, said that 40 actors had left Port Aldous in 1984.

She received a gold medal in 1996, together with the rower Ib Castellan.

She is survived by her daughters and four grandchildren.
"""


def test_an_obituary_is_about_whom_it_names_once() -> None:
    title = "Perpetua Lindgaard, the actress who would not leave Port Aldous"
    told = [claim.statement for claim in claims(OBITUARY, title)]
    assert "The Harbour Theatre engaged Perpetua Lindgaard in the autumn of 1958." in told
    assert any(each.startswith("Perpetua Lindgaard received a gold medal") for each in told)
    assert any(each.startswith("Perpetua Lindgaard is survived by her") for each in told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # days to come, and days counted from others
        ("Voting shuts at noon on 4 April.", "Voting shuts at noon on 4 April 2025."),
        ("The polls close at 10 p.m. on 4 April.", "The polls close at 10 p.m. on 4 April 2025."),
        ("Ilse Roe resigned on 4 April.", "Ilse Roe resigned on 4 April 2024."),
        (
            "On 11 February Ilse Roe resigned. Five days earlier her party had lost Port Carrow.",
            "On 6 February 2025 Ilse Roe's party had lost Port Carrow.",
        ),
        (
            "On 11 February Ilse Roe resigned. The following Monday she left Port Carrow.",
            "On 17 February 2025 Ilse Roe left Port Carrow.",
        ),
        (
            "In 2016 Ilse Roe resigned. The following Monday she voted against the bill.",
            "The following Monday Ilse Roe voted against the bill.",
        ),
        (
            "Critics talk about 2021, when Ilse Roe abstained. Two years later she backed a "
            "pension age of 67.",
            "In 2023 Ilse Roe backed a pension age of 67.",
        ),
        (
            "Ilse Roe was deputy mayor in January 2010. Bram Oskarsen wrote last month that he had "
            "found her there. The following year she took Grenmark North by 312 votes.",
            "In 2011 Ilse Roe took Grenmark North by 312 votes.",
        ),
        (
            "It was 2023. Greta Holm, prime minister at the time, gave Ilse Roe a job in 2016.",
            "Greta Holm was prime minister in 2016.",
        ),
        # whose words
        (
            "Ilse Roe left in 2018. Ilse Roe's letter said that hauliers would pay 14 crowns.",
            "Hauliers would pay 14 crowns.",
        ),
        # what is told of who speaks
        (
            '"Ilse wins the rooms," Pavel Dresk, 58, who sits for Sollenby West, said on Monday.',
            "Pavel Dresk sits for Sollenby West.",
        ),
        # what no name has been given
        (
            "PORT RENLY, 21 March 2025 (Wire) – Ambulances went past the hospital at Perrin on "
            "Friday.",
            "Ambulances went past the hospital at Perrin on 21 March 2025.",
        ),
        (
            "Ida Roe spoke of the New Year. The council ended the year with 12 million crowns.",
            "The council ended the year with 12 million crowns.",
        ),
        (
            "Calyphor Group tested the drug in 2024. The drug helped 61 per cent of patients, "
            "against 22 per cent in the control group.",
            "The drug helped 61 per cent of patients, against 22 per cent in the control group.",
        ),
        # what is his own
        (
            "Lucian Mbarak led the school. A caretaker lost his life in the fire of 2019.",
            "A caretaker lost his life in the fire of 2019.",
        ),
        (
            "Lucian Mbarak led the school. The court turned down his appeal in 2019.",
            "The court turned down Lucian Mbarak's appeal in 2019.",
        ),
        (
            "Declan Mbeki leads the force. His Majesty's inspectors came in 2019.",
            "His Majesty's inspectors came in 2019.",
        ),
        (
            "Abel Nakamura kept goal because the first choice, Denny Okoro, had hurt his wrist in "
            "May 2024.",
            "Abel Nakamura kept goal because the first choice, Denny Okoro, had hurt his wrist in "
            "May 2024.",
        ),
        # what stands before the first words
        ("**14.50** The judge excused nine jurors.", "The judge excused nine jurors."),
        ("**ARDELLA** - A bank sacked 40 clerks.", "A bank sacked 40 clerks."),
        (
            "**Bicycles.** The bicycle maker Rovella will move its assembly to Ostrava Bay.",
            "The bicycle maker Rovella will move its assembly to Ostrava Bay.",
        ),
    ],
)
def test_statement(text: str, expected: str) -> None:
    assert expected in [claim.statement for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Oona Fell leads the committee. Fell, the youngest of all, was brisker: “Competence "
            "alone is not a strategy for a party.”",
            "Oona Fell",
        ),
        (
            "Ilse Roe resigned in 2018. “I cannot defend what I am asked to vote for,” her "
            "resignation letter read.",
            "Ilse Roe",
        ),
        ("Ilse Roe’s letter said that the bill would cost 14 crowns.", "Ilse Roe"),
        ("The result was clear: “No member will pay,” Ida Roe said.", "Ida Roe"),
    ],
)
def test_speaker(text: str, speaker: str) -> None:
    assert claims(text)[-1].speaker == speaker


def test_a_letter_that_says_nothing_is_nobodys_words() -> None:
    text = "Ida Roe: I would ask all of you to read his letter of 4 May 2024.\n\nOle Holm: No."
    assert {claim.speaker for claim in claims(text)} <= {"Ida Roe"}
