from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.furniture import find_furniture
from factcheck.head import read_head
from factcheck.records import Article
from index.sentences import split_sentences

PROSE = "The quay fell on Tuesday. It was built in 1931."


def around(line: str, author: str | None = "Ada Holm") -> list[tuple[str, str]]:
    """The furniture found in a line that stands behind two paragraphs of prose."""
    article = Article(f"A storm\n\n{PROSE}\n\n{PROSE}\n\n{line}", title="A storm", author=author)
    found = [(one.span.of(article.text), one.reason) for one in find_furniture(article)]
    assert found[0] == ("A storm", "the title")
    return found[1:]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Subscribe to our newsletter.", "a subscribe or share line"),
        ("*Sign up for our morning letter and never miss a story.*", "a subscribe or share line"),
        ("VISIT MY NEW WEB SITE: adaholm.example", "a subscribe or share line"),
        ("Follow us on Twitter.", "a subscribe or share line"),
        ("Share this article", "a subscribe or share line"),
        ("Become a member of the Veld Courier!", "a subscribe or share line"),
        ("Leave a comment below.", "a subscribe or share line"),
        ("Contact the newsroom at news@veld.example or +44 20 7946 0018.", "a contact line"),
        ("For media inquiries: press@veld.example", "links"),
        ("Bo Lindt can be reached at bo@veld.example.", "a contact line"),
        ("Media contact:", "a contact line"),
        ("Press office, Veld: Bo Lindt, 0555 010 224, press@veld.example", "a contact line"),
        ("The mayor is available for interview today.", "a contact line"),
        ("Press office: press@veld.example | +44 20 7946 0018", "a contact line"),
        ("Jon Ode, +44 20 7946 0018, jon@veld.example", "a contact line"),
        ("This announcement is not an offer to sell shares.", "a disclaimer"),
        ("Veld Steel undertakes no obligation to update them.", "a disclaimer"),
        ("Copyright © Veld Courier, 2019", "a copyright notice"),
        ("(c) 2019 Veld Courier", "a copyright notice"),
        ("The original source of this article is the Veld Courier.", "a note on the source"),
        ("This article was first published in May.", "a note on the source"),
        ("Additional reporting by Bo Lindt in Tarsk", "a note on the source"),
        ("Editor's note: names were changed.", "a note on the source"),
        ("Last updated on 4 May at 12:40", "a note on the source"),
        ("Some names have been changed to protect sources.", "a note on the source"),
        ("That's all for tonight, good night from Veld.", "a note on the source"),
        ("The Veld Courier, No. 12,480, evening edition", "a note on the source"),
        ("Photo: Bo Lindt / Veld Pictures", "a credit"),
        ("My new book is called “Storms”.", "self-promotion"),
        ("Disclaimer: Nothing here is advice. Do not rely on it.", "a disclaimer"),
        ("The views expressed in this article are those of the author alone.", "a disclaimer"),
        ("This release contains forward-looking statements. They may fail.", "a disclaimer"),
        ("About the author: Ada Holm lives in Veld.", "an author biography"),
        ("Ada Holm lives in Veld and writes about harbours.", "an author biography"),
        ("Holm is a reporter for the Courier. She likes boats.", "an author biography"),
        ("Articles by: Ada Holm", "navigation"),
        ("Region: [North](#), [South](#)", "navigation"),
        ("Tags: storm, quay", "navigation"),
        ("Advertisement", "navigation"),
        ("5 min read", "navigation"),
        ("Related articles: A late harvest | Trams for Veld", "a related list"),
        ("Read more: The storm in pictures", "a related list"),
        ("By [Ada Holm](#)", "a byline"),
        ("By Ada Holm, harbour correspondent", "a byline"),
        ("Veld Courier, October 13, 2017", "a dateline"),
        ("Last updated: 14:20 GMT", "a dateline"),
        ("## What happened next", "a heading"),
        ("What happened next", "a heading"),
        ("| a | b |", "a table"),
        ("[Become a friend of the Courier](#)", "links"),
        ("<https://veld.example/storm>", "no words"),
        ("* * *", "no words"),
        ("FOR IMMEDIATE RELEASE", "a procedural line"),
        ("(Applause)", "a procedural line"),
        ("*Bo Lindt reported from Tarsk for this paper.*", "a note"),
        ("[Some names have been changed.]", "a note"),
        ("Members may send corrections to the Editor by noon on Friday.", "a contact line"),
        ("Embargoed until 00:01 on Tuesday", "a procedural line"),
        ("You are receiving this because you signed up in May.", "a subscribe or share line"),
        ("By signing up you agree to our terms.", "a subscribe or share line"),
        ("Your email address will not be published.", "a subscribe or share line"),
        ("Box office: 7946 0018", "a contact line"),
        ("Anyone with information should call +44 20 7946 0018.", "a contact line"),
        ("Letters should reach the editor by Friday noon.", "a contact line"),
        ("Editors: this file replaces that of 12.00.", "a contact line"),
        ("Correction: the quay is 40 metres long, not 400.", "a note on the source"),
        ("An earlier version of this story gave another name.", "a note on the source"),
        ("A previous version misstated the length of the quay.", "a note on the source"),
        ("In episode 12 we said that the quay was built of oak.", "a note on the source"),
        ("Last updated: 3 February 2025, 16:20", "a dateline"),
        ("DOI: 10.5555/quay.2025.0147", "a note on the source"),
        ("Ada Holm photographed in 1975.", "a credit"),
        ("The trial continues.", "a note on the source"),
        ("VTV is not responsible for the content of external sites.", "a note on the source"),
        ("Credit: Veld Pictures", "a credit"),
        ("This podcast is sponsored by Holm Wool.", "self-promotion"),
        ("Match reports are brought to you by Holm Tyres.", "self-promotion"),
        ("Pictures of the quay can be downloaded until 31 July.", "self-promotion"),
        ("A replay of the call will be available for 90 days.", "self-promotion"),
        ("Next week: the trams of Veld", "navigation"),
        ("« Older post: Nine gates", "a related list"),
        ("1,204 votes so far", "navigation"),
        ("Printed by Holm & Sons, 12 Market Hill.", "a procedural line"),
        ("(Check against delivery)", "a procedural line"),
        ("(Reporting by Jon Ode in Tarsk; editing by Bo Lindt)", "a procedural line"),
    ],
)
def test_furniture_is_named(line: str, reason: str) -> None:
    assert around(line) == [(line, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "Subscribers to the service rose by 8 per cent.",
        "Share prices fell on Monday.",
        "Contact with the ferry was lost at 14:05.",
        "Copyright law was changed in 2015.",
        "The report was published on Monday by the ministry.",
        "The views expressed by the minister are not shared by his party.",
        "The government will not be held responsible for the flood, he said.",
        "Read the minister's letter to the council and you find no word of it.",
        "More by accident than by design, the town was spared.",
        "Her new novel won three prizes.",
        "The summit can be reached by cable car.",
        "By noon the storm had passed.",
        "Region after region reported floods.",
        "Related costs doubled.",
        "References to the storm were removed from the report.",
        "The press office: three rooms in Tarsk that nobody has entered since 2015.",
        "(Reporting by the union is poor, says the ministry.)",
        "Bo Lindt lives in Veld and writes about harbours, the police said.",
        "“Subscribe to our newsletter,” the firm's e-mails said.",
        "The e-mail came from press@veld.example, the court heard.",
        "[The mayor resigned on Monday after nine years in office.](https://veld.example/a)",
        "- Net profit rose by 12 per cent",
        "HOLM: We have closed two terminals",
        "14:05 The ferry has docked in Port Veld",
        "By signing up to the accord, 40 states agree to cut emissions by 30 per cent.",
        "Anyone with a valid licence can call himself an architect in Veld.",
        "Contributions to the pension scheme must reach 8 per cent of wages by 2026.",
        "Items worth more than 135 euros can be sent duty-free.",
        "Letters seen by the Courier show that prisoners may be sent to Tarsk.",
        "An earlier version gave ministers power to fine firms 4 per cent of turnover.",
        "Updated figures show 14.25 million people out of work.",
        "Lei Xiaoming, the mayor of Carrow, resigned on Monday.",
        "The suspect, photographed by police at the border, fled with 2m kroner.",
        "A shark was photographed in the harbour on Monday.",
        "This programme was supported by the bank with 40 million dollars.",
        "Sponsored by Senator Roe, the bill passed by 51 votes to 49.",
        "Images from the satellite can be obtained within 20 minutes.",
        "12,400 votes cast by post were rejected, the commission said.",
        "This month — the driest since 1976 — the reservoir fell to 12 per cent.",
        "»Next year we will build 400 homes in Carrow«, the mayor said.",
        "Edited by Ida Roe, the journal sold 4,000 copies.",
        "Compiled by Statistics Veld, the index rose to 104.",
        "The minister was secretly photographed at the casino.",
        "The planes photographed at the base had no markings.",
        "Holm had photographed at least 40 seals.",
        "This week: the council of Carrow voted by 12 votes to 3 to close the library.",
        "Tickets: prices rose by 12 per cent to 40 euros.",
        "Hotline: 40,000 calls were taken last year.",
        "Disclosure: firms must report emissions from 2026.",
        "Credit: the bank lent 40 million.",
        "A recording of the cockpit voices will be available to investigators, the agency said.",
        "An earlier version of this text, adopted in 2016, set the limit at 40 mg.",
        "A previous version said to be from 1604 sold for 2m.",
        "Published: 12.40 million copies in 2024.",
        "Updated on Friday, the list has 40 names.",
        "Published on 4 May, the report lists 40 names.",
        "Published at 10:30, the poll puts Holm ahead by 4.",
        "The name has been changed to Veld Steel.",
        "The names have been changed for privacy reasons in 40 registers.",
        "That is it for now, and 40 people left.",
        "The council undertakes no duty to revise the 2019 plan.",
        "This document is not an offer, the judge ruled in 2019.",
        "That is all for now, Holm told the court.",
        "Holm, no. 10, scored twice against Tarsk.",
        "Names have been changed in 12 of the registers, the court heard.",
        "That is all from the 40 pages the ministry released.",
        "He lived in Mill Street, no. 12, until 1950.",
        "Items stolen from the museum in 1944 should be sent to the office of restitution.",
        "Images of 40 planets can be downloaded in seconds, the agency said.",
        "Credits worth 40 million were granted to farmers.",
        "Tickets for the final sold out in nine minutes.",
    ],
)
def test_prose_is_left_alone(line: str) -> None:
    assert around(line) == []


def test_a_heading_opens_what_follows() -> None:
    assert around("About the author\n\nHe likes boats.") == [
        ("About the author", "an author biography"),
        ("He likes boats.", "an author biography"),
    ]
    assert around(f"Related stories\n\nTrams for Veld\n\n- A late harvest\n\n{PROSE}") == [
        ("Related stories", "a related list"),
        ("Trams for Veld", "a related list"),
        ("- A late harvest", "a related list"),
    ]


def test_a_reference_list_ends_with_its_items() -> None:
    assert around(f"## References\n\n1. Holm, A. (2019) Quays.\n[2] Ode, J.\n\n{PROSE}") == [
        ("## References", "a reference list"),
        ("1. Holm, A. (2019) Quays.", "a reference list"),
        ("[2] Ode, J.", "a reference list"),
    ]


def biographies(text: str) -> list[str]:
    found = find_furniture(Article(text, title="A storm"))
    return [one.span.of(text) for one in found if one.reason == "an author biography"]


def test_the_author_may_be_a_line_at_the_top_or_the_one_who_asks() -> None:
    line = "Ada Holm is a writer in Veld."
    assert biographies(f"A storm\n\nAda Holm\n\n{PROSE}\n\n{PROSE}\n\n{line}") == [line]
    asked = "ADA HOLM: Who fell?\n\nBO LINDT: The quay.\n\nADA HOLM: Why?"
    assert biographies(f"A storm\n\n{asked}\n\nBO LINDT: Age.\n\n{line}") == [line]
    # whom the article is about
    assert biographies(f"A storm\n\nAda Holm\n\n{line}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}") == []
    assert biographies(f"A storm\n\n{PROSE}\n\n{PROSE}\n\n{line}") == []


def test_italics_are_a_note_at_an_end_and_all_through_a_transcript() -> None:
    middle = f"*{PROSE}*"
    text = "\n\n".join([PROSE] * 5 + [middle] + [PROSE] * 5)
    assert find_furniture(Article(text)) == []
    debate = "\n\n".join(
        [f"**Mr Holm:** {PROSE}", f"**Ida Roe:** {PROSE}"] * 3
        + ["*Question put and agreed to.*"]
        + [f"**Mr Holm:** {PROSE}", f"**Ida Roe:** {PROSE}"] * 3
    )
    found = find_furniture(Article(debate))
    assert [(one.span.of(debate), one.reason) for one in found] == [
        ("*Question put and agreed to.*", "a note")
    ]
    emphasis = f"{PROSE}\n\n{PROSE}\n\n*The Ada* sank. It was *old*."
    assert find_furniture(Article(emphasis)) == []


def test_a_byline_may_say_where() -> None:
    text = f"A storm\n\nBy Bo Lindt at Mill Lane\n\n{PROSE}\n\n{PROSE}\n\nBo Lindt covers rowing."
    found = find_furniture(Article(text, title="A storm"))
    assert (found[-1].span.of(text), found[-1].reason) == (
        "Bo Lindt covers rowing.",
        "an author biography",
    )


def test_furniture_inside_a_paragraph() -> None:
    assert around("The quay fell. Contact us at news@veld.example. It was old.") == [
        ("Contact us at news@veld.example.", "a contact line")
    ]


def test_furniture_is_whole_sentences_of_the_article() -> None:
    # alone, the second block would be split at a place where the article is not
    text = (
        "The quay fell on Tuesday and it was built in 1931\nit was late.\n"
        "Follow us on Twitter. Mayor Brandt said\nSubscribe to our newsletter now."
    )
    sentences = split_sentences(text)
    assert all(one.span in sentences for one in find_furniture(Article(text)))


def test_front_matter() -> None:
    matter = "---\ntitle: A storm\n---"
    found = find_furniture(Article(f"{matter}\n\n{PROSE}", title="A storm"))
    assert [(one.span.start, one.span.end, one.reason) for one in found] == [
        (0, len(matter), "front matter")
    ]


def test_a_single_line_is_no_title() -> None:
    assert find_furniture(Article("The quay fell", title="The quay fell")) == []


def test_a_list_of_statements_has_no_headings() -> None:
    text = "The quay fell\n\nThe mayor resigned\n\nThe ferry has docked\n\nNobody was hurt"
    assert find_furniture(Article(text)) == []


@given(st.text(st.one_of(st.sampled_from("#|*[](). \nA©:"), st.characters()), max_size=200))
def test_spans_are_ordered_and_trimmed(text: str) -> None:
    spans = [one.span for one in find_furniture(Article(text, title="x", author="Ada Holm"))]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


def test_many_labels_take_linear_time() -> None:
    text = "".join(f"HOLM B{number}: We won.\n" * 2 for number in range(15_000))
    started = time.process_time()
    find_furniture(Article(text, author="Ada Holm, " * 15_000))
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "(“",
        "[a](b) ",
        "www.a.com ",
        "a@",
        "By A ",
        "© ",
        "+1 (2) ",
        "contact ",
        "A: b\n\n",
        "# a\n",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    find_furniture(Article(unit * (200_000 // len(unit)), title="x", author="Ada Holm"))
    assert time.process_time() - started < 10


PICTURE = "![A quay](quay.jpg)"
CAPTION = "The quay of Veld fell in May 2022. Photograph: Bo Lindt/Veld Pictures"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (f"{PICTURE}\n\n{CAPTION}", [(PICTURE, "links"), (CAPTION, "a caption")]),
        (f"{PICTURE}\n{CAPTION}", [(PICTURE, "links"), (CAPTION, "a caption")]),
        (f"*{CAPTION}*", [(f"*{CAPTION}*", "a caption")]),
        (
            f"{PICTURE}\n\nThe dam broke. Photo by Bo Lindt shows the gap. Veld will pay 4m.",
            [(PICTURE, "links"), ("Photo by Bo Lindt shows the gap.", "a credit")],
        ),
        (CAPTION, [("Photograph: Bo Lindt/Veld Pictures", "a credit")]),
        (f"{PICTURE}\n\n{PROSE}", [(PICTURE, "links")]),
    ],
)
def test_a_caption_stands_at_its_picture_and_has_a_credit(
    lines: str, found: list[tuple[str, str]]
) -> None:
    article = Article(f"A storm\n\n{PROSE}\n\n{lines}\n\n{PROSE}", title="A storm")
    furniture = [(one.span.of(article.text), one.reason) for one in find_furniture(article)]
    assert furniture[1:] == found


def test_what_stands_in_italics_below_the_title_is_a_note() -> None:
    deck = "*A recall and a lawsuit have landed on Veld Cycles*"
    text = f"*Sponsored by Veld.*\n\nBy Ada Holm\n\n4 May 2022\n\n# A storm\n\n{deck}\n\n{PROSE}"
    article = Article(text, title="A storm")
    assert (deck, "a note") in [(o.span.of(text), o.reason) for o in find_furniture(article)]


@pytest.mark.parametrize("line", ["Reporting by" + " In" * 4000 + " today.", "By" + " In" * 4000])
def test_who_reports_is_read_in_linear_time(line: str) -> None:
    started = time.monotonic()
    find_furniture(Article(f"A storm\n\n{PROSE}\n\n{line}"))
    assert time.monotonic() - started < 2


def test_an_interview_says_whose_it_is() -> None:
    text = f"A storm\n\nInterview by Bo Lindt\n\nPhotographs by Ada Holm\n\n{PROSE}"
    found = find_furniture(Article(text, title="A storm"))
    assert [one.reason for one in found] == ["the title", "a byline", "a credit"]
    assert read_head(text).author == "Bo Lindt"
