"""What a court page, a newsletter and a podcast of strangers left to be read."""

from __future__ import annotations

import pytest

from factcheck.claims import split_article
from factcheck.records import Article, Claim

pytestmark = pytest.mark.models


def claims(text: str) -> tuple[Claim, ...]:
    """The claims of an article of 19 March 2026, a Thursday."""
    return split_article(Article(text, published="2026-03-19")).claims


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what was done to somebody goes on being done
        (
            "The firm was convicted of three breaches, fined £7,500 and told to pay £1,860.",
            ["The firm was fined £7,500.", "The firm was told to pay £1,860."],
        ),
        (
            "Ida Roe was fined £540 and ordered to pay £85 in costs.",
            ["Ida Roe was ordered to pay £85 in costs."],
        ),
        # and who did it is who did it
        (
            "The regulator was set up in 2001 and fined the bank £3m.",
            ["The regulator fined the bank £3m."],
        ),
        (
            "The judge was appointed in 2019 and jailed 40 rioters.",
            ["The judge jailed 40 rioters."],
        ),
        (
            "The firm was founded in 1990 and found success abroad in 2001.",
            ["The firm found success abroad in 2001."],
        ),
        (
            "Ole Holm says the tank was inspected in May and found sound.",
            ["the tank was found sound."],
        ),
        # the paper's own mistakes are not stated
        (
            "In January we wrongly said that Veld Water had been fined $40,000.",
            ["In January 2026 we wrongly said that Veld Water had been fined $40,000."],
        ),
        (
            "We reported last week that Veld Mill had closed in May 2025.",
            ["We reported in the week of 9 March 2026 that Veld Mill had closed in May 2025."],
        ),
        # who is of what
        (
            "Pellow's Garden Centre took on 12 people. Its owner, Graham Pellow, laid off two.",
            ["Pellow's Garden Centre took on 12 people."],
        ),
        (
            "Crestholm Lettings owns 14 flats. The company was fined £2,000 in 2023.",
            ["Crestholm Lettings was fined £2,000 in 2023."],
        ),
        (
            "Two Greens voted against it. Norvane's manager, Leif Oduya, said the firm would pay "
            "£4,000.",
            ["said the firm would pay £4,000."],
        ),
        (
            "Helen Staddon was jailed in March. Marcus Ilsley, prosecuting, said she had made 63 "
            "transfers over three years, the first of them in May 2021.",
            ["Marcus Ilsley said that Helen Staddon had made 63 transfers"],
        ),
        (
            "Helen Staddon, 51, of Orchard Close, Little Marren, was jailed. Judge Judith Anstey "
            "told her in 2026 that 40 people were hurt.",
            ["told Helen Staddon in 2026 that 40 people were hurt."],
        ),
        ("Upper Senn fell in 2021. Ida Roe found the Senn gentian.", ["found the Senn gentian."]),
        (
            "Police stopped a van in Mill Road in 2021. Ole Holm was banned from the road for 22 "
            "months.",
            ["Ole Holm was banned from the road for 22 months."],
        ),
        (
            "I walked to Corrow in 2021. The county council approved 18 turbines.",
            ["The county council approved 18 turbines."],
        ),
        (
            "A decision is expected before May. It is the third such fire in five years.",
            ["It is the third such fire in five years."],
        ),
        # a firm that has a family's name, and the town where it stands
        (
            "The furnace at Tolliver & Sons in Marlingford went out. It was founded by Josiah "
            "Tolliver in Marlingford. By 2018 the company had 640 people, and Tolliver & Sons "
            "sold 40 stoves.",
            ["By 2018 Tolliver & Sons had 640 people."],
        ),
        (
            "Josiah Tolliver founded Tolliver & Sons in 1914. Varmhus lost £4m in every year that "
            "Tolliver owned it.",
            ["in every year that Tolliver owned it."],
        ),
        (
            "Veld Mill has 40 men. The biggest creditor is Orsk Bank, which is owed £38m. It was "
            "that refusal, two people said, that cost 40 jobs.",
            ["It was that refusal, two people said, that cost 40 jobs."],
        ),
        (
            "The firm had the “sudden loss” of its biggest customer, the retailer Hadleigh Home, "
            "which cancelled 40 orders.",
            ["Its biggest customer cancelled 40 orders."],
        ),
        # another story of a newsletter is of somebody else
        (
            "**1. Yes to Veld, by one vote.** Mira Tolland voted for 18 turbines.\\n\\n**2. Hanne "
            "Vesterby, 1934–2026.** The botanist died in May 2025. She joined the "
            "herbarium in 1955. She was 92.",
            ["Hanne Vesterby was 92."],
        ),
        # the parts of one story are of one person
        (
            "Anna Holt was fined £400 in 2019.\\n\\n**1. The charge.** Holt lied.\\n\\n**2. The "
            "trial.** She was tried in Leeds in 2018.",
            ["Anna Holt was tried in Leeds in 2018."],
        ),
        (
            "London Buses cancelled 40 routes. Rents in London rose by 4 per cent.",
            ["Rents in London rose by 4 per cent."],
        ),
        (
            "Shares in Fornelli fell by 4 per cent. Fornelli has 40 men. The company lost £3m.",
            ["Fornelli lost £3m."],
        ),
        # when it will be
        (
            "The first of them was in May 2021. A hearing will be held on June 12.",
            ["A hearing will be held on 12 June 2026."],
        ),
        (
            "Veld pool has 40 lanes. It should reopen by the end of June, according to a report.",
            ["should reopen by the end of June 2026"],
        ),
        (
            "The Veld ban will stay until at least the end of November.",
            ["until at least the end of November 2026."],
        ),
        (
            "Rain fell on Sunday.\\n\\nLakes stood at 52 per cent on Monday.\\n\\n- Corrow holds "
            "31 million litres. It was at 49 per cent.",
            ["19 March 2026: Corrow was at 49 per cent."],
        ),
        # a trial's: what is no date, no thing, and whose the lists are
        (
            "It began in 2021. In the year after healing, ulcers came back in 31 per cent.",
            ["In the year after healing, ulcers came back in 31 per cent."],
        ),
        (
            "Treating them swallows 1.4bn crowns a year. The drug blocks an enzyme as fast as the "
            "body can lay it down.",
            ["as fast as the body can lay it down."],
        ),
        (
            "Penvarrow Valleys Hospitals Trust enrolled 84 patients. The median wait was 14 weeks. "
            "Only at Veld, the shortest of its three lists, did the numbers fall.",
            ["the shortest of Penvarrow Valleys Hospitals Trust's three lists"],
        ),
        (
            "Penvarrow Valleys Hospitals Trust enrolled 84 patients. At the end of last month it "
            "had 1,140 people waiting.",
            ["At the end of February 2026 Penvarrow Valleys Hospitals Trust had 1,140 people"],
        ),
        ("The price was 4 crowns. It rose to 5 crowns.", ["The price rose to 5 crowns."]),
    ],
)
def test_what_strangers_papers_left_to_be_read(text: str, expected: list[str]) -> None:
    alone = [claim.standalone for claim in claims(text.replace("\\n", "\n"))]
    for one in expected:
        assert any(one in each for each in alone), alone


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            'The minister hailed "a turning point for Veld", and Mira Tolland said that the 40 '
            "turbines were out of reach.",
            ["minister", "Mira Tolland"],
        ),
        (
            'Cllr Peter Hask, who called it "a tax on the high street", said sales had dropped by '
            "11 per cent.",
            ["Peter Hask", "Peter Hask"],
        ),
        (
            "Dieter Kolb, formerly of the boiler group Ansgar, left in 2021. The appliance group "
            "Fornelli confirmed that it had 40 men.",
            [None, "Fornelli"],
        ),
        (
            "Ida Roe said sales had fallen by 4 per cent, but the firm had “a strong year ahead”.",
            ["Ida Roe", "Ida Roe"],
        ),
        ("Ida Roe described how 40 people had died.", ["Ida Roe"]),
        # a quay says nothing, and what is quoted before the verb is no judgement
        (
            "The “safe” quay fell in May, and Ida Roe said that 40 men were hurt.",
            ["Ida Roe", "Ida Roe"],
        ),
        ("Ida Roe joined in 1955. She described eleven species.", [None, None]),
        ("Ida Roe described the plan as a waste of 40 years.", ["Ida Roe"]),
        # who has said something when it happened tells of nothing else
        (
            'The clinic was rated "poor" in 2022, when inspectors found 40 faults were left; it '
            'was upgraded to "good" in 2023.',
            [None],
        ),
        ("The bridge was closed in 2018 after Ida Roe said that it had 40 cracks.", [None]),
        (
            'He resigned in 2018 after the board said that he had "lost its trust in every way".',
            ["board"],
        ),
        # the only one who was named
        (
            'Brenna Toll was ill for 11 years. "It was 40 stairs up and 40 down," says the retired '
            "bus driver.",
            [None, "Brenna Toll"],
        ),
        (
            'Brenna Toll was ill for 11 years. "It was 40 stairs up and 40 down," says a retired '
            "bus driver.",
            [None, "retired bus driver"],
        ),
    ],
)
def test_whose_words_they_are(text: str, speakers: list[str | None]) -> None:
    assert [claim.speaker for claim in claims(text)] == speakers
