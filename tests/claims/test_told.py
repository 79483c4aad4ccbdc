"""Who says which part of a sentence, and what each part states: sentences that mislead a grammar.

The article is of Thursday, 14 May 2026.
"""

from __future__ import annotations

import pytest

from factcheck.claims import split_article
from factcheck.records import Article, ClaimKind

pytestmark = pytest.mark.models


def told(text: str) -> list[tuple[str | None, str]]:
    """Each claim's speaker and statement, roles apart."""
    claims = split_article(Article(text, published="2026-05-14")).claims
    return [(c.speaker, c.statement) for c in claims if c.kind is not ClaimKind.ROLE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what somebody denies, or does not say, is not his, and not parted
        (
            "Greta Sowell denied that she had met the developer or taken 400 crowns from him.",
            [
                (
                    "Greta Sowell",
                    "Greta Sowell denied that she had met the developer or taken 400 crowns from "
                    "him.",
                )
            ],
        ),
        (
            "The report does not say that the dam was unsafe, nor that it was safe, only that "
            "nobody had checked it since 1998.",
            [
                (
                    None,
                    "The report does not say that the dam was unsafe, nor that it was safe, only "
                    "that nobody had checked it since 1998.",
                )
            ],
        ),
        # a condition holds for all that follows
        (
            "If the vote goes against her, Ana Brill said, she will resign and return her £9,000 "
            "bonus.",
            [
                (
                    "Ana Brill",
                    "If the vote goes against her, Ana Brill said, she will resign and return her "
                    "£9,000 bonus.",
                )
            ],
        ),
        # who says it may stand in between
        (
            "The clinic treated 4,100 patients last year, its director, Paul Imrie, said, and "
            "turned away about 300 more.",
            [
                ("Paul Imrie", "The clinic treated 4,100 patients in 2025."),
                ("Paul Imrie", "The clinic turned away about 300 more."),
            ],
        ),
        # two say something
        (
            "The union says 800 workers left Ardle Steel on Monday; the company puts the number "
            "at 350 and says all were back by noon on Tuesday.",
            [
                (None, "The union says 800 workers left Ardle Steel on 11 May 2026."),
                (None, "Ardle Steel puts the number at 350."),
                ("Ardle Steel", "All were back by noon on 12 May 2026."),
            ],
        ),
        (
            "The board told Mr Sayle it had lost confidence in him, and he told it that it was "
            "making a mistake.",
            [
                ("board", "The board had lost confidence in Sayle."),
                ("Sayle", "The board was making a mistake."),
            ],
        ),
        (
            "Hilde Sand told her sister that police wanted to see her husband; he was held on "
            "Tuesday.",
            [
                ("Hilde Sand", "Hilde Sand told her sister that police wanted to see her husband."),
                (None, "He was held on 12 May 2026."),
            ],
        ),
        (
            "Attendance, according to the club, was 18,400; according to police, 12,000.",
            [(None, "Attendance, according to the club, was 18,400; according to police, 12,000.")],
        ),
        (
            "Wages at the mill rose according to age: the over-50s got 2 per cent.",
            [
                (None, "Wages at the mill rose according to age."),
                (None, "The over-50s got 2 per cent."),
            ],
        ),
        # of whom something is told
        (
            "Ida Roe and Jon Lunde, who have led the choir since 2011, are to retire in July.",
            [
                (
                    None,
                    "Ida Roe and Jon Lunde, who have led the choir since 2011, are to retire in "
                    "July 2026.",
                ),
                (None, "Ida Roe and Jon Lunde have led the choir since 2011."),
            ],
        ),
        (
            "The owner of the two cafés that closed in March, who lives in Ostrey, has 40 chairs.",
            [
                (
                    None,
                    "The owner of the two cafés that closed in March 2026, who lives in Ostrey, "
                    "has 40 chairs.",
                ),
                (None, "The owner of the two cafés that closed in March 2026 lives in Ostrey."),
            ],
        ),
        (
            "Visitors rose to 212,000 in 2025, of whom 60 per cent (previously 55) were foreign.",
            [
                (None, "Visitors rose to 212,000 in 2025."),
                (
                    None,
                    "Visitors rose to 212,000 in 2025, of whom 60 per cent (previously 55) were "
                    "foreign.",
                ),
            ],
        ),
        # what belongs to a sentence's parts
        (
            "Operating profit fell to €38.9m (€41.7m), and the margin narrowed to 9.4 per cent.",
            [
                (None, "Operating profit fell to €38.9m (€41.7m)."),
                (None, "The margin narrowed to 9.4 per cent."),
            ],
        ),
        (
            "Jem Astley owns the Red Hen and last year opened a second pub in Pell.",
            [
                (None, "Jem Astley owns the Red Hen."),
                (None, "Jem Astley in 2025 opened a second pub in Pell."),
            ],
        ),
        # names that others have, too
        (
            "Brandt, the furniture maker run by Klaus Brandt, employs 900 people in Arle.",
            [
                (
                    None,
                    "Brandt, the furniture maker run by Klaus Brandt, employs 900 people in Arle.",
                )
            ],
        ),
        (
            "Joost van der Meer bought the yard in 2010. Van der Meer sold it in 2012.",
            [
                (None, "Joost van der Meer bought the yard in 2010."),
                (None, "Joost van der Meer sold it in 2012."),
            ],
        ),
        (
            "Orrin Group's profit rose 6 per cent to £41m. Its brake unit made a loss of £2m.",
            [
                (None, "Orrin Group's profit rose 6 per cent to £41m."),
                (None, "Orrin Group's brake unit made a loss of £2m."),
            ],
        ),
        # what is held with tongs is no statement, and a name before a colon speaks
        (
            "A contractor who once called her “dear” had to repour 40 slabs.",
            [(None, "A contractor who once called her “dear” had to repour 40 slabs.")],
        ),
        (
            "Police closed it for 40 days. Supt Nuala Crewe: “It fell on our 12 officers.”",
            [
                (None, "Police closed it for 40 days."),
                ("Nuala Crewe", "Supt Nuala Crewe: “It fell on our 12 officers.”"),
            ],
        ),
        (
            "Bea Holm has 40 boats. The man killed when a tree fell on his van had 12.",
            [
                (None, "Bea Holm has 40 boats."),
                (None, "The man killed when a tree fell on his van had 12."),
            ],
        ),
        (
            "A few residents said the dam had lost 12 gates.",
            [("A few residents", "The dam had lost 12 gates.")],
        ),
        (
            "Few residents said the dam had lost 12 gates.",
            [(None, "Few residents said the dam had lost 12 gates.")],
        ),
        # days
        (
            "She taught 12 boys on Wednesday afternoons.",
            [(None, "She taught 12 boys on Wednesday afternoons.")],
        ),
        (
            "He made 214 payments until October 2020. Joanne Toome took over the previous summer.",
            [
                (None, "He made 214 payments until October 2020."),
                (None, "Joanne Toome took over the previous summer."),
            ],
        ),
        (
            "The fund rose to 12m crowns. In the year to March 1.2m people used it.",
            [
                (None, "The fund rose to 12m crowns."),
                (None, "In the year to March 1.2m people used the fund."),
            ],
        ),
        ("The strike began on Easter Monday.", [(None, "The strike began on Easter Monday.")]),
        (
            "Lily Farr resigned the Monday before last.",
            [(None, "Lily Farr resigned the Monday before last.")],
        ),
        (
            "Police were told at noon the next day, Sunday.",
            [(None, "Police were told at noon the next day, on 10 May 2026.")],
        ),
        (
            "The merger may be announced as early as Monday.",
            [(None, "The merger may be announced as early as 18 May 2026.")],
        ),
        (
            "Petrol cost 142p a litre; by Wednesday it was 129p.",
            [(None, "Petrol cost 142p a litre."), (None, "By 13 May 2026 it was 129p.")],
        ),
    ],
)
def test_sentences(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council leased it to Lark Estates, whose founder, Glyn Hale, paid 4m crowns.", []),
        (
            "The minister, Ilse Brandt, her deputy, Marc Ode, and the envoy to Veld, Denis Cole, "
            "left.",
            ["Ilse Brandt is the minister.", "Marc Ode is Ilse Brandt's deputy."],
        ),
        (
            "Penn Security lost it after its founder, Hugh Penn, became a minister.",
            ["Hugh Penn is its founder."],
        ),
        ("The other, Jo Keel, is now its coach.", []),
        (
            "Harbour master Ida Roe, whose deputy is head of planning, said it fell in 2019.",
            ["Ida Roe is harbour master."],
        ),
    ],
)
def test_no_role_is_made_of_a_verb_or_of_two(text: str, expected: list[str]) -> None:
    claims = split_article(Article(text)).claims
    roles = [claim.statement for claim in claims if claim.kind is ClaimKind.ROLE]
    assert roles == expected


def test_a_firm_is_none_of_its_people_and_no_bridge() -> None:
    text = (
        "# Margaret Ruddick, engineer of the Ness Viaduct, dies\n\nMargaret Ruddick led the works "
        "on the Ness Viaduct. Her employers, Haldane Voyce, kept her report for 4 months. When she "
        "threatened 12 papers the company gave way. The Ness Viaduct was shut.\n\nTheir daughter, "
        "Frances Holm, died in 2019. She is survived by 3 grandchildren."
    )
    claims = split_article(Article(text, title="Margaret Ruddick, engineer, dies")).claims
    found = [claim.statement for claim in claims]
    assert any(one.startswith("When Margaret Ruddick threatened") for one in found)
    assert not any("Viaduct gave way" in one for one in found)
    assert "Margaret Ruddick is survived by 3 grandchildren." in found
