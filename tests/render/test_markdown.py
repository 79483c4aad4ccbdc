"""The Markdown report, as a CommonMark parser reads it.

`golden/markdown-report.md` is what it looks like; write it anew with `UPDATE_GOLDEN=1`.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from factcheck.records import Article, Finding, Report, Ruling, Verdict
from factcheck.render.address import web_address
from factcheck.render.finding import choose
from factcheck.render.markdown import render_markdown
from factcheck.render.safe import plain
from tests.render.reports import reports, words
from tests.render.sample import nothing, refuted, report, supported, uncertain

GOLDEN = Path(__file__).parent / "golden" / "markdown-report.md"

#: GitHub's tables and strike-through, and addresses in text made links as it does.
JUDGE = MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough", "linkify"])
assert JUDGE.linkify
JUDGE.linkify.tlds("example", keep_old=True)
JUDGE.linkify.set({"fuzzy_link": False})  # GitHub links no bare `name.tld`
JUDGE.linkify.add("www.", {"validate": re.compile(r"[\w.-]+")})

NASTY = [
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "===",
    "---",
    "```code```",
    "~~~",
    "    indented",
    "> quote",
    "[!NOTE] call",
    "[link](https://evil.example)",
    "![picture](https://evil.example/a.png)",
    "[[wiki]] ![[embed]]",
    "<script>alert(1)</script>",
    "<!-- hidden -->",
    "<https://evil.example>",
    "https://evil.example/path_with_lines",
    "www.evil.example",
    "ada@evil.example",
    "&lt;b&gt; &#60; &amp",
    "**bold** __bold__ *it* _it_ ~~gone~~ ==high==",
    "a | b | c",
    "|---|---|",
    "a | b\n|---|---|",
    "heading\n---",
    ":--: | :--",
    "trailing \\",
    "`tick` ``two``",
    "$x^2$ %%hidden%% #tag ^block",
    "[ref]: https://evil.example",
    "line\n\n# two\n\n<b>x</b>",
    "\u00a0\u3000 wide \u2028 # x",
    "tab\tand\x1b[2J\x00",
    "5 * 3 * 2 and snake_case_name",
]
nasty = st.sampled_from(NASTY)


def shown(text: str) -> str:
    """What a reader sees of foreign text: inert, white space in one piece."""
    return " ".join(plain(text).split())


class Read:
    """A document as the parser sees it."""

    def __init__(self, text: str) -> None:
        self.tokens: list[Token] = []
        self.texts: dict[str, list[str]] = {}
        under: list[str] = []
        for token in JUDGE.parse(text):
            self.tokens += [token, *(token.children or [])]
            if token.type.endswith("_open"):
                under.append(token.tag)
            elif token.type.endswith("_close"):
                under.pop()
            elif token.type == "inline":
                kind = "quote" if "blockquote" in under else under[-1]
                self.texts.setdefault(kind, []).append(_text(token))

    def count(self) -> Counter[str]:
        return Counter(token.type for token in self.tokens)

    @property
    def links(self) -> list[str]:
        found = [token for token in self.tokens if token.type == "link_open"]
        return [str(token.attrs["href"]) for token in found]


def _text(token: Token) -> str:
    parts = [
        " " if child.type.endswith("break") else child.content for child in token.children or []
    ]
    return " ".join("".join(parts).split())


def foreign(report: Report) -> list[tuple[str, str]]:
    """Claims and deciding sentences as they should be read, in order."""
    found = []
    for finding in report.findings:
        found.append(("claim", shown(finding.claim.text)))
        items = choose(finding, len(finding.evidence), neutral=False)
        found += [("sentence", shown(item.sentence_text)) for item in items]
    return found


def expected_links(report: Report) -> int:
    shown_items = [
        item
        for finding in report.findings
        for item in choose(finding, len(finding.evidence), neutral=False)
    ]
    sources = [report.article.source, *(item.hit.source for item in shown_items)]
    return sum(web_address(source) is not None for source in sources)


def check_inert(made: Report) -> Read:
    """Nothing foreign became markup, and every claim and sentence reads as it is."""
    text = render_markdown(made)
    read = Read(text)
    kinds = read.count()
    for kind in ("html_block", "html_inline", "image", "fence", "code_block", "em_open", "s_open"):
        assert kinds[kind] == 0, (kind, text)
    rest = {"Not covered by your sources", "Not checked", "Left out"}
    titles = [*read.texts.get("h2", [])]
    own = [title for title in titles if title not in rest]
    assert [title.split(".")[0] for title in own] == [
        str(number) for number in range(1, len(made.findings) + 1)
    ]
    assert kinds["heading_open"] == 1 + len(titles)
    assert kinds["hr"] == 1
    assert kinds["table_open"] == bool(made.findings)
    assert len(read.links) == expected_links(made)
    assert read.texts["h1"] == [shown(made.article.title) or "Untitled"]
    quotes = iter(read.texts.get("quote", []))
    for _, words_of in foreign(made):
        if words_of:
            assert any(quote == words_of for quote in quotes), (words_of, read.texts, text)
    _, *paragraphs = read.texts["p"]  # the first has where the article is from, which may be `→`
    whys = [each for each in paragraphs if each.startswith("→")]
    assert whys == [f"→ {shown(f.why)}" for f in made.findings if shown(f.why)]
    return read


def ruled() -> Report:
    """The sample, with a reader's verdicts, notes and searches."""
    made = report()
    first, second, *rest = made.findings
    note = "Ask the *board* again.\n- they have the <b>deeds</b>\n\n# really"
    first = replace(
        first,
        ruling=Ruling(Verdict.SUPPORTED, note, "2026-11-02T10:15:00Z"),
        searches=("harbour wall `opening`", "wall 1987"),
    )
    second = replace(second, ruling=Ruling(None, "Call the ferry line."))
    return replace(made, findings=(first, second, *rest))


def test_the_report() -> None:
    text = render_markdown(ruled())
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8", newline="\n")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_the_sample_is_inert() -> None:
    check_inert(ruled())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=reports())
def test_any_text_is_inert(made: Report) -> None:
    check_inert(made)


def test_an_article_from_a_file_named_like_a_mark_is_inert() -> None:
    made = ruled()
    check_inert(replace(made, article=replace(made.article, source="→")))


def with_text(finding: Finding, text: str, start: int = 0) -> Finding:
    """`finding` with `text` for its claim, its evidence and all that is said of them."""
    claim = replace(
        finding.claim, text=text, start=start, end=start + len(text), standalone=text, speaker=text
    )
    evidence = []
    for item in finding.evidence:
        passage = replace(item.hit.passage, document_id=text, text=text, start=0, end=len(text))
        hit = replace(item.hit, passage=passage, title=text, source=text, page=text, index=text)
        sentence = replace(item.sentence, start=0, end=len(text))
        width = (len(text) + 1) // 2
        mismatches = tuple(
            replace(
                each,
                kind=text,
                claim_value=text,
                passage_value=text,
                claim_span=replace(each.claim_span, start=start, end=start + width),
                passage_span=replace(each.passage_span, start=width - 1, end=len(text)),
            )
            for each in item.mismatches
        )
        evidence.append(replace(item, hit=hit, sentence=sentence, mismatches=mismatches))
    return replace(
        finding,
        claim=claim,
        evidence=tuple(evidence),
        why=text,
        ruling=Ruling(Verdict.CONFLICTING, text, text),
        searches=(text,),
    )


def test_the_judge_sees_what_is_not_escaped() -> None:
    read = Read(
        "www.evil.example, ada@evil.example, https://evil.example\n\nNote: a | b\\\n|--|--|"
    )
    assert (len(read.links), read.count()["table_open"]) == (3, 1)


@pytest.mark.parametrize("text", NASTY)
def test_markdown_everywhere_is_inert(text: str) -> None:
    everywhere(text)


@settings(max_examples=60, deadline=None)
@given(text=st.builds(lambda a, b, c: a + b + c, nasty, words, nasty))
def test_markdown_beside_anything_is_inert(text: str) -> None:
    everywhere(text)


def everywhere(text: str) -> None:
    """A report all of whose texts are `text` is inert."""
    made = report()
    findings = [with_text(f, text, i * len(text)) for i, f in enumerate([refuted(), uncertain()])]
    excluded = tuple(replace(each, document=text, reason=text) for each in made.excluded)
    skipped = tuple(replace(each, reason=text) for each in made.skipped)
    manifest = replace(
        made.manifest,
        index_fingerprint=text,
        precision={text: text},
        indexes=tuple(replace(each, name=text) for each in made.manifest.indexes),
    )
    article = Article(text * 2, text, text, None, text)
    check_inert(Report(article, tuple(findings), manifest, skipped, excluded))


def one(finding: Finding) -> str:
    return render_markdown(replace(report(), findings=(finding,)))


def test_differing_words_are_bold_in_claim_and_sentence() -> None:
    text = one(refuted())
    assert "> Velmark's new harbour wall opened in **1990** and cost 4.2 million crowns" in text
    assert "  > The wall was opened on 9 June **1987**, three years ahead of the railway." in text
    assert "  - ≠ date: 1990 in the article, 1987 here" in text


@pytest.mark.parametrize(
    ("claim", "marked", "line"),
    [
        ("It cost 300 crowns.", "300 crowns", "It cost **300 crowns**."),
        ("It cost “300” crowns.", "“300”", "It cost **“300”** crowns."),
        ("It cost x“300”y crowns.", "“300”", "It cost **x“300”y** crowns."),
        ("It cost  300 crowns.", " 300 ", "It cost **300** crowns."),
        ("町の人口は三万人を超えた。", "三万人", "町の人口は**三万人**を超えた。"),
        ("-5 degrees", "-5", "**-5** degrees"),
        ("- 5 degrees", "5", r"\- **5** degrees"),
        ("1. the wall", "wall", r"1\. the **wall**"),
        ("1.5 crowns", "1.5", "**1.5** crowns"),
        ("0.1.0 crowns", "crowns", "0.1.0 **crowns**"),
        ("A 2*3 grid", "2*3", r"A **2\*3** grid"),
    ],
)
def test_bold_begins_and_ends_where_it_can(claim: str, marked: str, line: str) -> None:
    finding = refuted()
    (first, *_) = finding.evidence
    at = claim.index(marked)
    (known,) = first.mismatches
    span = replace(known.claim_span, start=at, end=at + len(marked))
    first = replace(first, mismatches=(replace(known, claim_span=span),))
    made = replace(
        finding,
        evidence=(first,),
        claim=replace(finding.claim, text=claim, start=0, end=len(claim)),
    )
    text = one(made)
    assert f"\n> {line}\n" in text
    read = Read(text)
    strong = [token for token in read.tokens if token.type == "strong_open"]
    assert len(strong) == 3  # the stance, and a stretch on each side
    assert read.texts["quote"][0] == shown(claim)


def test_sources_on_the_web_are_links_and_others_text() -> None:
    finding = supported()
    first = finding.evidence[0]

    def cited(source: str) -> Read:
        hit = replace(first.hit, source=source, title="A history [of] our water")
        return Read(one(replace(finding, evidence=(replace(first, hit=hit),))))

    page = cited("https://water.example/a(b)?x=1&copy=2&lt;#e")
    assert page.links == ["https://water.example/a%28b%29?x=1&copy=2&lt%3B#e"]
    for source in ["javascript:alert(1)", "file:///etc/passwd", "//evil.example", "water.pdf"]:
        read = cited(source)
        assert read.links == []
        assert any(f" · {source}" in text for text in read.texts["p"])


def test_the_readers_verdict_and_note_stand_beside_the_tools() -> None:
    read = Read(render_markdown(ruled()))
    paragraphs = read.texts["p"]
    assert "Reader: ✓ supported (2026-11-02T10:15:00Z)" in paragraphs
    note = "Note: Ask the *board* again. - they have the <b>deeds</b> # really"
    assert note in paragraphs
    assert "Note: Call the ferry line." in paragraphs
    assert "Searched again with: harbour wall `opening`, wall 1987" in paragraphs
    assert read.texts["th"] == ["verdict", "claims", "decided by a reader"]
    assert read.texts["td"] == [
        "✓ supported", "2", "1",
        "✗ refuted", "3", "0",
        "⇄ conflicting", "1", "0",
        "? not enough evidence", "3", "0",
    ]  # fmt: skip


def test_without_claims_it_says_so() -> None:
    read = check_inert(replace(report(), findings=()))
    assert "Nothing in it can be checked." in read.texts["p"]


def test_what_is_not_shown_is_counted() -> None:
    assert "Not shown: 1 neutral." in one(refuted())
    assert "No passage." in one(nothing())
    assert "Not shown: 1 neutral." in one(uncertain())


def test_a_text_of_a_megabyte_takes_no_time() -> None:
    finding = nothing()
    text = "*`[<" * 250_000
    text = one(replace(finding, claim=replace(finding.claim, text=text, standalone="x")))
    assert len(text) > 2_000_000
