"""The HTML report: what stands in it, and that nothing in it can do anything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings

import factcheck.render.html
from factcheck.records import Article, Finding, Report, Ruling, Verdict
from factcheck.render.html import render_html
from factcheck.render.html.marks import inert
from index import IndexUsed
from tests.render import sample
from tests.render.reports import reports

SVG = "{http://www.w3.org/2000/svg}"
SIGNS = {"sup": "✓", "ref": "✗", "con": "⇄", "nei": "?"}


def parsed(html: str) -> Element:
    """The page as a tree; fails on any error of HTML5, and on what UTF-8 cannot carry."""
    html.encode("utf-8")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page = parser.parse(html)
    assert isinstance(page, Element)
    return page


def elements(page: Element, tag: str, name: str = "") -> list[Element]:
    """All elements of a tag, in the page's order, with class `name` if it is given."""
    found = page.iter(tag)
    return [each for each in found if not name or name in each.get("class", "").split()]


def by_id(page: Element, name: str) -> Element:
    return next(each for each in page.iter() if each.get("id") == name)


def words(element: Element) -> str:
    """The text of an element, with white space as one space."""
    return " ".join("".join(element.itertext()).split())


def read(element: Element) -> Iterator[str]:
    """The text of an element without the signs of claims."""
    yield element.text or ""
    for child in element:
        if child.get("class") != "s":
            yield from read(child)
        yield child.tail or ""


def article_of(page: Element) -> str:
    return "".join(read(elements(page, "div", "text")[0]))


def card(page: Element, number: int) -> str:
    return words(by_id(page, f"claim-{number}"))


@pytest.fixture(scope="module")
def page() -> Element:
    return parsed(render_html(sample.report()))


def with_rulings() -> Report:
    report = sample.report()
    first = replace(
        report.findings[0],
        ruling=Ruling(
            Verdict.SUPPORTED, "Rang the board:\n1987 <b>is</b> it.", "2026-03-04T09:05:00Z"
        ),
        searches=("harbour wall", "wall </q><script>"),
    )
    third = replace(report.findings[2], ruling=Ruling(None, "Ask for the tables."))
    return replace(report, findings=(first, report.findings[1], third, *report.findings[3:]))


def test_the_head_says_whose_article_it_is(page: Element) -> None:
    header = elements(page, "header")[0]
    assert words(elements(page, "title")[0]) == "The wall, the ferry and the keeper · fact check"
    assert words(elements(page, "h1")[0]) == "The wall, the ferry and the keeper"
    assert words(elements(header, "p", "meta")[0]) == "by Ada Nerin 4 March 2021 velmark.md"


def test_the_summary_counts_and_draws_the_verdicts(page: Element) -> None:
    tally = [words(each) for each in elements(page, "ul", "tally")[0]]
    assert tally == [
        "2 ✓ Supported",
        "3 ✗ Refuted",
        "1 ⇄ Conflicting",
        "3 ? Not enough evidence",
    ]
    (bar,) = elements(page, f"{SVG}svg", "bar")
    assert bar.get("aria-label") == (
        "Found: 2 supported, 3 refuted, 1 conflicting, 3 not enough evidence"
    )
    drawn = [(each.get("class"), each.get("x"), each.get("width")) for each in bar]
    assert [each for each in drawn if each[0] in SIGNS] == [
        ("sup", "0.00%", "22.22%"),
        ("ref", "22.22%", "33.33%"),
        ("con", "55.56%", "11.11%"),
        ("nei", "66.67%", "33.33%"),
    ]
    assert words(elements(page, "p", "note")[0]) == (
        "9 claims, 4 sentences not checked. Not enough evidence: 1 nothing found, 1 no source "
        "takes a side, 1 too uncertain to count."
    )


def test_claims_are_marked_in_place_and_lead_to_their_cards(page: Element) -> None:
    marks = [each for each in elements(page, "a", "c") if each.get("id")]
    assert [
        (each.get("id"), each.get("href"), (each.get("class") or "")[2:]) for each in marks
    ] == [
        ("at-1", "#claim-1", "ref"),
        ("at-2", "#claim-2", "con"),
        ("at-3", "#claim-3", "nei"),
        ("at-4", "#claim-4", "sup"),
        ("at-5", "#claim-5", "nei"),
        ("at-6", "#claim-6", "nei"),
        ("at-7", "#claim-7", "sup"),
        ("at-8", "#claim-8", "ref"),
        ("at-9", "#claim-9", "ref"),
        ("at-3-1", "#claim-3", "nei"),
    ]
    assert words(marks[3]) == (
        "✓4 supported: The town has drawn its water from the Silber spring since 1874."
    )


def test_the_article_reads_as_it_does(page: Element) -> None:
    assert article_of(page) == sample.TEXT


def test_a_card_holds_claim_verdict_evidence_and_why(page: Element) -> None:
    assert card(page, 1).startswith(
        "1 ✗ Refuted 93% Velmark's new harbour wall opened in 1990 and cost 4.2 million crowns, "
        "the harbour master said. line 3 said by the harbour master → Refuted: the claim says "
        "1990; Harbour Board: annual report (2 April 2019) says 1987 (and 3 more). Said: no source "
        "has it ✗ refutes 93% Harbour Board: annual report 2 April 2019 p. 12 older than the claim "
        "reports/harbour-board-2019.pdf Work began in the spring"
    )
    first = by_id(page, "claim-1")
    assert [words(each) for each in elements(first, "mark")] == ["1990", "1987"]
    assert [words(each) for each in elements(first, "i")] == ["opened", "opened"]
    assert words(elements(first, "strong")[0]) == (
        "The wall was opened on 9 June 1987, three years ahead of the railway."
    )
    assert words(elements(first, "p", "diff")[0]) == "≠ date: 1990 in the article, 1987 here"


def test_neutral_passages_are_folded_away(page: Element) -> None:
    (folded,) = elements(by_id(page, "claim-1"), "details")
    assert words(folded) == (
        "1 more passage, neutral ? neutral 80% note.txt note.txt The harbour has one wall."
    )
    assert elements(by_id(page, "claim-5"), "details") == []
    assert card(page, 5).endswith("No passage.")


def test_a_claim_names_its_other_places_and_its_reading(page: Element) -> None:
    assert "line 5 and line 16" in card(page, 3)
    assert "Read as: Velmark has drawn its water" in card(page, 4)
    assert "? uncertain, supports 52% Lake traffic 2022 row 3" in card(page, 3)
    assert "Read as" not in card(page, 5)


def test_rulings_and_notes_are_the_readers_own() -> None:
    page = parsed(render_html(with_rulings()))
    (ruling,) = elements(by_id(page, "claim-1"), "div", "ruling")
    assert words(ruling) == (
        "The reader’s verdict ✓ Supported 4 March 2026, 09:05 UTC Rang the board: 1987 "
        "<b>is</b> it."
    )
    assert "1 ✗ Refuted 93%" in card(page, 1)
    assert "Searched again with: harbour wall, wall </q><script>" in card(page, 1)
    (note,) = elements(by_id(page, "claim-3"), "div", "ruling")
    assert words(note) == "The reader’s note Ask for the tables."
    labels = [each.get("aria-label") for each in elements(page, f"{SVG}svg", "bar")]
    assert labels[1] == "Decided by a reader: 1 supported, 8 not decided"
    assert words(elements(page, "ul", "tally")[0][0]) == "2 ✓ Supported reader: 1"


def test_what_is_not_covered_not_checked_and_left_out_is_told(page: Element) -> None:
    uncovered = elements(page, "ul", "uncovered")[0]
    assert [words(each)[:32] for each in uncovered] == [
        "5 The keeper is paid 300 crowns ",
        "6 一九九〇年に新しい港の壁が開通し、町の人口は三万人を超えた。",
    ]
    text = words(page)
    assert "4 sentences: 2 furniture, 1 opinion, 1 not check-worthy" in text
    assert "What a sight it is. line 8 opinion said by Mara Velt" in text
    assert "drafts/␛[2Jdraft.md excluded by the user" in text
    assert "index lake/srv/lake (3f9a12c0d1e2b4a59687)" in text
    assert "threshold of stance0.6" in text


def test_what_stands_in_front_of_a_claim_is_not_shown() -> None:
    made = sample.nothing()
    said = made.claim.standalone
    claim = replace(
        made.claim, standalone=f"Velmark, ferries: {said}", context="Velmark, ferries: "
    )
    html = render_html(replace(sample.report(), findings=(replace(made, claim=claim),)))
    assert said in html
    assert "Velmark, ferries" not in html


def test_headings_are_in_order(page: Element) -> None:
    levels = [int(each.tag[1]) for each in page.iter() if re.fullmatch("h[1-6]", each.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [words(each) for each in elements(page, "h2")] == [
        "Summary",
        "Not covered by your sources",
        "The article",
        "The claims",
        "Not checked",
        "Left out",
        "How this report was made",
    ]


#: Elements and attributes that fetch, run or send something.
FETCHING = {"script", "img", "iframe", "object", "embed", "audio", "video", "form", "base", "use"}
ATTRIBUTES = {"src", "srcset", "action", "formaction", "data", "poster", "ping", "style"}


def nothing_happens(page: Element) -> None:
    """Nothing of the page runs or loads, every name is unique, every link leads somewhere."""
    names = Counter(each.get("id") for each in page.iter() if each.get("id"))
    assert all(number == 1 for number in names.values())
    for each in page.iter():
        assert each.tag not in FETCHING
        assert not ATTRIBUTES & set(each.attrib)
        assert not [name for name in each.attrib if name.lower().startswith("on")]
        href = each.get("href", "#summary")
        if each.tag == "link":
            assert (each.get("rel"), href) == ("icon", "data:,")
        elif href.startswith("#"):
            assert names[href[1:]] == 1 or href == "#summary"
        else:
            assert href.startswith(("http://", "https://"))
            assert each.get("rel") == "noopener noreferrer nofollow"
        assert "aria-labelledby" not in each.attrib or names[each.get("aria-labelledby")] == 1


def test_nothing_in_it_runs_loads_or_leads_nowhere(page: Element) -> None:
    nothing_happens(page)
    html = render_html(sample.report())
    assert "<script" not in html
    assert "url(" not in re.sub(r"url\(#p-(ref|con|nei)\)", "", html)
    assert "@import" not in html
    assert '''content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"''' in html


def test_hostile_text_is_inert() -> None:
    hostile = (
        '"><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[2J\u202e\ud800\ufffe{{ 7*7 }}'
    )
    report = with_rulings()
    first = report.findings[0]
    hit = replace(
        first.evidence[0].hit,
        title=hostile,
        source="javascript:alert(1)",
        index=hostile,
        page=hostile,
        published=hostile,
    )
    claim = replace(first.claim, speaker=hostile, standalone=hostile)
    finding = replace(
        first,
        claim=claim,
        why=hostile,
        evidence=(replace(first.evidence[0], hit=hit), *first.evidence[1:]),
        ruling=Ruling(Verdict.REFUTED, hostile, hostile),
        searches=(hostile,),
    )
    html = render_html(
        replace(
            report,
            article=replace(
                report.article, title=hostile, source='https://a.example/"onx=1', author=hostile
            ),
            findings=(finding, *report.findings[1:]),
            manifest=replace(report.manifest, indexes=(IndexUsed(hostile, hostile, hostile),)),
        )
    )
    nothing_happens(parsed(html))
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html
    )
    assert "<script" not in html
    assert "javascript" not in [each.split(":")[0] for each in re.findall('href="([^"]*)"', html)]
    assert "{{ 7*7 }}" in html
    assert 'href="https://a.example/%22onx=1"' in html


def test_only_pages_of_the_web_become_links() -> None:
    report = sample.report()
    item = report.findings[3].evidence[0]
    hit = replace(item.hit, source="https://water.example/a?b=1&c=2")
    finding = replace(report.findings[3], evidence=(replace(item, hit=hit),))
    page = parsed(render_html(replace(report, findings=(finding,))))
    links = [each.get("href") for each in elements(elements(page, "main")[0], "a")]
    assert [each for each in links if each and not each.startswith("#")] == [
        "https://water.example/a?b=1&c=2"
    ]


def test_a_report_on_nothing() -> None:
    report = replace(sample.report(), article=Article(""), findings=(), skipped=(), excluded=())
    page = parsed(render_html(report))
    nothing_happens(page)
    assert "Nothing in it can be checked." in words(page)
    assert article_of(page) == ""


def test_two_hundred_claims_take_less_than_a_megabyte() -> None:
    passage = "The harbour wall of Velmark was opened again & mended by the board. " * 10
    item = sample.evidence(passage[:300], "It was opened in 1987 " * 3, passage[:330], (0, 1, 0))
    made, text = [], ""
    for number in range(200):
        sentence = f"The harbour wall number {number} of Velmark opened in 1990 and cost 4 crowns. "
        claim = replace(
            sample.nothing().claim,
            text=sentence.strip(),
            start=len(text),
            end=len(text) + len(sentence.strip()),
            standalone=sentence,
        )
        text += sentence
        found = replace(
            item,
            mismatches=(sample.mismatch("date", sample.refuted().claim, "1990", item, "1987"),),
        )
        made.append(
            Finding(
                claim, (found, item, item, item), Verdict.REFUTED, 0.9, None, sample.refuted().why
            )
        )
    report = replace(sample.report(), article=Article(text), findings=tuple(made), skipped=())
    assert len(item.hit.passage.text) >= 690
    assert len(render_html(report).encode()) < 1_000_000


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports())
def test_any_report_is_a_valid_page_that_does_nothing(report: Report) -> None:
    page = parsed(render_html(report))
    nothing_happens(page)
    assert article_of(page) == inert(report.article.text)


def luminance(colour: str) -> float:
    """The relative luminance of `#rgb` or `#rrggbb`, as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_colours_can_be_read_in_both_schemes(scheme: int) -> None:
    style = (Path(factcheck.render.html.__file__).parent / "document.css").read_text("utf-8")
    block = re.findall(r":root \{(.*?)\}", style, flags=re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", block))
    grounds = [colours["paper"], colours["card"]]
    for kind in ("sup", "ref", "con", "nei"):
        for ground in (*grounds, colours[f"{kind}-bg"]):
            assert contrast(colours[kind], ground) >= 4.5
            assert contrast(colours["ink"], ground) >= 7
    for ground in (*grounds, colours["reader"]):
        assert contrast(colours["soft"], ground) >= 4.5
        assert contrast(colours["link"], ground) >= 4.5


def test_a_claim_that_the_article_does_not_hold_has_no_mark() -> None:
    report = sample.report()
    claim = replace(report.findings[4].claim, text="Typed by hand.")
    typed = replace(report.findings[4], claim=claim)
    page = parsed(render_html(replace(report, findings=(typed,))))
    nothing_happens(page)
    assert elements(page, "a", "c") == []
    assert "1 ? Not enough evidence nothing found Typed by hand. → Not" in card(page, 1)
