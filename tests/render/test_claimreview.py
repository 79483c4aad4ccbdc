"""The ClaimReview export, held against the published vocabulary by two libraries that carry it.

`rdflib` reads the JSON-LD into a graph and holds the names of schema.org; `msgspec-schemaorg` is
generated from schema.org and says which type has which property, and which values it takes.
`golden/claimreview.json` is what it looks like; write it anew with `UPDATE_GOLDEN=1`.
"""

from __future__ import annotations

import json
import os
import re
import warnings
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import RDF, SDO, Graph

from factcheck.records import Finding, Report, Ruling, Said, SaidStatus, Verdict
from factcheck.render.address import web_address
from factcheck.render.claimreview import RATINGS, STATUS, render_claimreview
from tests.render.reports import reports
from tests.render.sample import altered, conflicting, hostile, nothing, refuted, report, supported

GOLDEN = Path(__file__).parent / "golden" / "claimreview.json"
AT = "2026-11-02T10:15:00Z"
ARTICLE = "https://velmark.example/lantern/wall?x=1&y=<2>"

MODELS = import_module("msgspec_schemaorg.models")

Node = dict[str, Any]


def ruled(finding: Finding, verdict: Verdict | None, note: str = "") -> Finding:
    return replace(finding, ruling=Ruling(verdict, note, AT))


def online(*findings: Finding) -> Report:
    """A report on an article that is on the web."""
    made = report()
    return replace(made, article=replace(made.article, source=ARTICLE), findings=findings)


def reviews(made: Report, everything: bool = False) -> list[Node]:
    data = json.loads(render_claimreview(made, everything))
    assert set(data) == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    graph: list[Node] = data["@graph"]
    return graph


def nodes(value: Any) -> list[Node]:
    """Every node in it."""
    if isinstance(value, list):
        return [node for item in value for node in nodes(item)]
    if isinstance(value, dict):
        return [value, *(node for item in value.values() for node in nodes(item))]
    return []


def allowed(kind: str, name: str) -> set[str] | None:
    """The types of value that schema.org lets a property of a type have; None if it has none."""
    for base in getattr(MODELS, kind).__mro__:
        annotation = vars(base).get("__annotations__", {}).get(name)
        if annotation:
            return set(re.findall(r"\w+", str(annotation))) - {"Union", "List", "None"}
    return None


def takes(types: set[str], value: Any) -> bool:
    if isinstance(value, list):
        return all(takes(types, item) for item in value)
    if isinstance(value, dict):
        kinds = {base.__name__ for base in getattr(MODELS, value["@type"]).__mro__}
        return bool(kinds & types)
    if isinstance(value, str):
        return bool(types & {"str", "URL"}) or ("date" in types and is_date(value))
    return type(value) is int and "int" in types


def is_date(value: str) -> bool:
    if re.fullmatch(r"\d{4}(-\d{2})?", value):  # a year, a month
        return True
    return bool(datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value))


def hold_to_the_vocabulary(text: str) -> None:
    """Every type, property and value is schema.org's, and a JSON-LD reader loses none of them."""
    data = json.loads(text)
    found = nodes(data["@graph"])
    for node in found:
        kind = node["@type"]
        assert hasattr(MODELS, kind), kind
        assert kind in SDO
        for name, value in node.items():
            if name != "@type":
                types = allowed(kind, name)
                assert types, f"{kind} has no {name}"
                assert name in SDO
                assert takes(types, value), f"{kind}.{name} takes no {value!r}"
    # the context lies on the network; what it says of these names is that they are schema.org's
    offline = json.dumps({**data, "@context": {"@vocab": str(SDO)}})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, about itself
        graph = Graph().parse(data=offline, format="json-ld")
    assert len(set(graph.subjects(RDF.type, None))) == len(found)
    for predicate in set(graph.predicates()) - {RDF.type}:
        assert str(predicate).removeprefix(str(SDO)) in SDO


def everything_decided() -> Report:
    found = [ruled(f, f.verdict, "My <b>note</b>") for f in report().findings]
    return online(*found)


def test_the_export() -> None:
    made = online(
        ruled(refuted(), Verdict.REFUTED),
        ruled(conflicting(), Verdict.CONFLICTING),
        ruled(supported(), Verdict.NOT_ENOUGH_EVIDENCE),
        nothing(),
    )
    text = render_claimreview(made, everything=True)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8", newline="\n")
    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("everything", [False, True])
def test_the_sample_keeps_to_the_vocabulary(everything: bool) -> None:
    hold_to_the_vocabulary(render_claimreview(everything_decided(), everything))
    hold_to_the_vocabulary(render_claimreview(report(), everything))


def test_the_judge_refuses_what_is_not_in_the_vocabulary() -> None:
    made = json.loads(render_claimreview(everything_decided()))
    broken = [
        ("@type", "ClaimRevue", "ClaimRevue"),
        ("claimReviewd", "x", "no claimReviewd"),
        ("ratingValue", 5, "no ratingValue"),
        ("reviewRating", "true", "takes no"),
        ("itemReviewed", "true", "takes no"),
        ("citation", [{"@type": "Person", "name": "Ada Nerin"}], "takes no"),
    ]
    for name, value, told in broken:
        first = {**made["@graph"][0], name: value}
        with pytest.raises(AssertionError, match=told):
            hold_to_the_vocabulary(json.dumps({**made, "@graph": [first]}))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=reports())
def test_any_report_keeps_to_the_vocabulary(made: Report) -> None:
    text = render_claimreview(made, everything=True)
    hold_to_the_vocabulary(text)
    assert len(json.loads(text)["@graph"]) == len(made.findings)
    assert not set("<>&\u2028\u2029\x7f\ufeff") & set(text)
    assert not re.search("[\x00-\x09\x0b-\x1f]", text)


def test_only_what_a_reader_decided_is_exported() -> None:
    made = online(ruled(refuted(), Verdict.SUPPORTED), ruled(supported(), None), nothing())
    (review,) = reviews(made)
    assert review["reviewRating"]["alternateName"] == "Supported by the sources"
    assert [r["reviewRating"]["alternateName"] for r in reviews(made, everything=True)] == [
        "Supported by the sources",
        "Supported by the sources (found automatically)",
        "Not enough evidence (found automatically)",
    ]
    assert [r.get("creativeWorkStatus") for r in reviews(made, everything=True)] == [
        None,
        STATUS,
        STATUS,
    ]
    assert reviews(online(nothing())) == []


def test_a_review_of_a_decided_claim() -> None:
    (review,) = reviews(online(ruled(refuted(), Verdict.REFUTED, "off the record: ask Odo")))
    assert review == {
        "@type": "ClaimReview",
        "claimReviewed": "Velmark's new harbour wall opened in 1990 and cost 4.2 million crowns, "
        "the harbour master said.",
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": "Refuted by the sources",
            "ratingExplanation": "Refuted: the claim says 1990; Harbour Board: annual report "
            "(2 April 2019) says 1987 (and 3 more).",
        },
        "itemReviewed": {
            "@type": "Claim",
            "text": "Velmark's new harbour wall opened in 1990 and cost 4.2 million crowns, "
            "the harbour master said.",
            "author": {"@type": "Person", "name": "the harbour master"},
            "appearance": {
                "@type": "CreativeWork",
                "url": "https://velmark.example/lantern/wall?x=1&y=%3C2%3E",
                "headline": "The wall, the ferry and the keeper",
                "datePublished": "2021-03-04",
            },
        },
        "datePublished": AT,
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Harbour Board: annual report",
                "datePublished": "2019-04-02",
            },
            {"@type": "CreativeWork", "name": "Walls", "datePublished": "2020"},
            {"@type": "CreativeWork", "name": "Storms of the lake"},
            {"@type": "CreativeWork", "name": "Listed buildings", "datePublished": "2019-04-02"},
        ],
    }


def test_nothing_is_made_up() -> None:
    """No author of the review, no address of it, no date without a decision, no local path."""
    for review in reviews(report(), everything=True):
        assert not {"author", "url", "datePublished", "publisher"} & set(review)
        assert "appearance" not in review["itemReviewed"]
    assert "velmark.md" not in render_claimreview(report(), everything=True)
    (own,) = reviews(online(nothing()), everything=True)
    assert own["itemReviewed"]["datePublished"] == "2021-03-04"
    assert "author" not in own["itemReviewed"]


@pytest.mark.parametrize(
    ("verdict", "value", "words"),
    [
        (Verdict.SUPPORTED, 5, "Supported by the sources"),
        (Verdict.REFUTED, 1, "Refuted by the sources"),
        (Verdict.CONFLICTING, None, "Sources disagree"),
        (Verdict.NOT_ENOUGH_EVIDENCE, None, "Not enough evidence"),
    ],
)
def test_a_verdict_is_a_number_only_where_it_says_true_or_false(
    verdict: Verdict, value: int | None, words: str
) -> None:
    (review,) = reviews(online(ruled(nothing(), verdict)))
    rating = review["reviewRating"]
    assert (rating.get("ratingValue"), rating["alternateName"]) == (value, words)
    assert ("bestRating" in rating, "worstRating" in rating) == (value is not None,) * 2
    assert RATINGS[verdict] == (words, value)


def test_the_tools_reason_stands_only_under_its_own_verdict() -> None:
    same, other = reviews(
        online(ruled(refuted(), Verdict.REFUTED), ruled(refuted(), Verdict.CONFLICTING))
    )
    assert same["reviewRating"]["ratingExplanation"] == refuted().why
    assert "ratingExplanation" not in other["reviewRating"]


def test_words_that_are_not_theirs_are_no_claim_of_theirs() -> None:
    """The altered quotation is the article's claim about Mara Velt, and not hers."""
    (review,) = reviews(online(ruled(altered(), Verdict.REFUTED)))
    assert "author" not in review["itemReviewed"]
    assert review["claimReviewed"].startswith("Mara Velt said: “The lake has risen")
    said_so = replace(
        altered(), verdict=Verdict.SUPPORTED, said=Said(SaidStatus.VERBATIM, "minutes.md", 0, 9)
    )
    (review,) = reviews(online(ruled(said_so, Verdict.SUPPORTED)))
    assert "author" not in review["itemReviewed"]
    (review,) = reviews(online(ruled(said_so, Verdict.REFUTED)))  # she said it, and it is not so
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Mara Velt"}
    (review,) = reviews(online(ruled(altered(), Verdict.SUPPORTED)))
    assert review["itemReviewed"]["author"]["name"] == "Mara Velt"


class Scripts(HTMLParser):
    """What a browser takes for the text of the scripts of a page, and for the rest of it."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.inside.append(data)


def test_it_can_stand_in_a_page_whatever_it_holds() -> None:
    evil = "</script><script>alert(1)</script><!-- <script> ]]> &amp; \u2028"
    finding = hostile()
    claim = replace(finding.claim, text=evil, standalone=evil, speaker=evil)
    text = render_claimreview(
        online(ruled(replace(finding, claim=claim, why=evil), finding.verdict))
    )
    page = Scripts()
    page.feed(f'<script type="application/ld+json">{text}</script>')
    assert page.tags == ["script"]
    (review,) = json.loads("".join(page.inside))["@graph"]
    assert review["itemReviewed"]["text"] == evil.replace("\u2028", " ").strip()


@pytest.mark.parametrize("at", ["", "yesterday", "2026-13-01", "<b>"])
def test_a_moment_that_is_none_is_left_out(at: str) -> None:
    finding = replace(nothing(), ruling=Ruling(Verdict.SUPPORTED, "", at))
    (review,) = reviews(online(finding))
    assert "datePublished" not in review


def test_which_sources_are_addresses() -> None:
    assert web_address("https://a.example/b") == "https://a.example/b"
    assert web_address(" HTTP://A.example ") == "HTTP://A.example"
    assert web_address("https://a.example/ü?q=a(b)") == "https://a.example/%C3%BC?q=a%28b%29"
    assert web_address("https://a.example/%20\"'<>`\\^{}|;") == (
        "https://a.example/%20%22%27%3C%3E%60%5C%5E%7B%7D%7C%3B"
    )
    for other in [
        "",
        "a.example",
        "https://",
        "https:///a",
        "https://[::1]/",
        "https://[",
        "ftp://a.example",
        "javascript://a.example/%0aalert(1)",
        "data:text/html,x",
        "https://a.example/\nb",
        "https://a.example/ b",
        "https://a.example/\u202eb",
        "//a.example",
        "/etc/passwd",
    ]:
        assert web_address(other) is None, other
