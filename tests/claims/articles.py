"""Invented articles of several kinds, and what should be found in them."""

# A paragraph is one line here, as in the files the tool reads.
# ruff: noqa: E501

from __future__ import annotations

NEWS = """A Storm and Its Price

By [Jon Ode](#)

Veld Courier, October 13, 2017

The storm of Tuesday night closed the harbour of Port Veld for three days.

On Wednesday, Mayor **Ida Brandt** met with **Emil Kovar** in Tarsk to discuss the damage.

“We consider the ministry's report false,” she stressed. “The ministry has known of the cracks since 2018.”

“It paid nothing for repairs. That is why the quay fell.”

Separately, Brandt blasted the builders, saying they had used cheap sand.

According to Bo Lindt of the drivers' union, 240 lorries are stuck. The union said that its members have lost a week's pay. It added that the ferry carried nobody.

General Igor Radek denied that soldiers had left. He asked "the council to name a single soldier who had left his post."

"The army stayed at the quay for nine days" while others slept.

Who will pay? What a sad week it was!

Subscribe to our newsletter.

About the author: Jon Ode lives in Veld.

© 2017 Veld Courier. All rights reserved.
"""

NEWS_CLAIMS = [
    (None, "The storm of 10 October 2017 closed the harbour of Port Veld for three days."),
    (
        None,
        "On 11 October 2017, Mayor Ida Brandt met with Emil Kovar in Tarsk to discuss the damage.",
    ),
    (None, "Ida Brandt is mayor."),
    ("Ida Brandt", "We consider the ministry's report false."),
    ("Ida Brandt", "The ministry has known of the cracks since 2018."),
    ("Ida Brandt", "It paid nothing for repairs."),
    ("Ida Brandt", "That is why the quay fell."),
    ("Ida Brandt", "Ida Brandt blasted the builders, saying they had used cheap sand."),
    ("Bo Lindt", "According to Bo Lindt of the drivers' union, 240 lorries are stuck."),
    ("union", "The union's members have lost a week's pay."),
    ("union", "The ferry carried nobody."),
    ("Igor Radek", "General Igor Radek denied that soldiers had left."),
    (
        "Igor Radek",
        'Igor Radek asked "the council to name a single soldier who had left his post."',
    ),
    ("Igor Radek", '"The army stayed at the quay for nine days" while others slept.'),
]

PRESS_RELEASE = """FOR IMMEDIATE RELEASE

Tarsk Mining Opens Second Shaft at Kelm Valley

Tarsk Mining today opened its second shaft at Kelm Valley. The shaft is 900 metres deep.

“It creates 240 jobs in the valley,” said Ada Holm, chief executive of Tarsk Mining.

• Output of 1.2 million tonnes in 2021, up 8% on the year
• No fatal accident since 2015

Forward-looking statements
This press release contains forward-looking statements that are subject to risks.

Media contact:
Ivo Radek, +44 20 7946 0018, press@tarsk.example

###
"""

PRESS_RELEASE_CLAIMS = [
    (None, "Tarsk Mining today opened its second shaft at Kelm Valley."),
    (None, "The shaft is 900 metres deep."),
    ("Ada Holm", "It creates 240 jobs in Kelm Valley."),
    (None, "Ada Holm is chief executive of Tarsk Mining."),
    (None, "Output of 1.2 million tonnes in 2021, up 8% on the year."),
    (None, "No fatal accident since 2015."),
]

TRANSCRIPT = """Interview: the harbour after the storm

ANNA KELM: Good evening, Minister. How bad is the damage?

IDA BRANDT: Good evening. The storm destroyed forty metres of the eastern quay.

It was about the western breakwater, and that was repaired in 2020.

ANNA KELM: Will you resign?

IDA BRANDT: The report of 2018 never mentioned the eastern quay.
"""

TRANSCRIPT_CLAIMS = [
    ("Ida Brandt", "The storm destroyed forty metres of the eastern quay."),
    ("Ida Brandt", "The storm was about the western breakwater."),
    ("Ida Brandt", "That was repaired in 2020."),
    ("Ida Brandt", "The report of 2018 never mentioned the eastern quay."),
]

LIVE_BLOG = """Storm in Port Veld: live updates

Last updated: 14:20 GMT

14:05 The ferry Astrid has docked safely with 212 passengers on board

13:40 Stay with us for the latest.

12:55 The coastguard says it has rescued nine people from two fishing boats.

Follow us on Twitter for more.
"""

LIVE_BLOG_CLAIMS = [
    (None, "The ferry Astrid has docked safely with 212 passengers on board."),
    ("coastguard", "The coastguard has rescued nine people from two fishing boats."),
]

RESULTS = """# Ostrava Steel: second-quarter results

*Lindhaven, 4 August 2021*

**Ostrava Steel** reported a net profit of 41 million crowns, down 12 per cent from a year earlier.

> "Orders from carmakers have doubled since January," Chief Executive Piet Marlow said.

Marlow denied that the company plans to sell its tube business. He added that capital spending will be cut by a quarter.

| | Q2 2021 | Q2 2020 |
|---|---|---|
| Revenue | 2,300 | 2,130 |

Analysts had expected a profit of 47 million. They said the shares are overvalued.
"""

RESULTS_CLAIMS = [
    (
        None,
        "Ostrava Steel reported a net profit of 41 million crowns, "
        "down 12 per cent from a year earlier.",
    ),
    ("Piet Marlow", "Orders from carmakers have doubled since January 2021."),
    (None, "Piet Marlow is Chief Executive."),
    ("Piet Marlow", "Piet Marlow denied that Ostrava Steel plans to sell its tube business."),
    ("Piet Marlow", "Capital spending will be cut by a quarter."),
    (None, "Analysts had expected a profit of 47 million."),
    ("Analysts", "The shares are overvalued."),
]

OBITUARY = """Marta Vidal, painter of the harbour, dies at 87

By JON ODE

Marta Vidal died on Friday at her home in Lindhaven. Her death was confirmed by her daughter, Lea Vidal, who said the cause was pneumonia.

Vidal was born in Tarsk in 1931. "I left school at fourteen to work in a bakery," she told the Veld Courier in 1988.

The critic Emil Brand called her "a postcard painter," but her pictures sold for up to 400,000 crowns.

Jon Ode is a reporter for the Veld Courier. He can be reached at jon@veldcourier.example.
"""

OBITUARY_CLAIMS = [
    (None, "Marta Vidal died on Friday at her home in Lindhaven."),
    (
        "Lea Vidal",
        "Marta Vidal's death was confirmed by her daughter, Lea Vidal, who said the cause was "
        "pneumonia.",
    ),
    (None, "Lea Vidal is Marta Vidal's daughter."),
    (None, "Marta Vidal was born in Tarsk in 1931."),
    ("Marta Vidal", "Marta Vidal left school at fourteen to work in a bakery."),
    ("Emil Brand", 'The critic Emil Brand called Marta Vidal "a postcard painter,"'),
    (None, "Marta Vidal's pictures sold for up to 400,000 crowns."),
]

SPEECH = """Remarks by President Ivo Radek on the Opening of Parliament

Mr. Speaker, members of parliament, ladies and gentlemen,

It is a great honour to stand before you today. Let me begin by thanking my predecessor.

We have built 12,000 homes and opened 46 schools. (Applause)

We must do more. What will we tell our children?

Crime has fallen for six years in a row. My friends, our best days are still ahead of us.
"""

SPEECH_CLAIMS = [
    ("Ivo Radek", "We have built 12,000 homes."),
    ("Ivo Radek", "We opened 46 schools."),
    ("Ivo Radek", "Crime has fallen for six years in a row."),
]

ALL = {
    "news": (NEWS, NEWS_CLAIMS),
    "press release": (PRESS_RELEASE, PRESS_RELEASE_CLAIMS),
    "transcript": (TRANSCRIPT, TRANSCRIPT_CLAIMS),
    "live blog": (LIVE_BLOG, LIVE_BLOG_CLAIMS),
    "results": (RESULTS, RESULTS_CLAIMS),
    "obituary": (OBITUARY, OBITUARY_CLAIMS),
    "speech": (SPEECH, SPEECH_CLAIMS),
}
