from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factcheck.batch import DEVICES, LONGEST, Batch, Outcome, check_many, output_names
from factcheck.errors import ArticleError, ModelError, UsageError
from factcheck.records import Report, Verdict
from index import IndexUnusable
from tests.render import sample

SUPPORTED, REFUTED = Verdict.SUPPORTED, Verdict.REFUTED


def report_of(*verdicts: Verdict) -> Report:
    """A report with these verdicts."""
    report = sample.report()
    finding = report.findings[0]
    return replace(report, findings=tuple(replace(finding, verdict=each) for each in verdicts))


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("port.md", "port.html"),
        ("a/b/The harbour, closed.docx", "The-harbour-closed.html"),
        ("Überblick 2024.txt", "Überblick-2024.html"),
        ("नमस्ते.md", "नमस्ते.html"),
        ("v1.2.final.md", "v1.2.final.html"),
        ("-", "standard-input.html"),
        ("https://news.example/2024/flood.html?id=3", "flood.html"),
        ("https://news.example/", "news.example.html"),
        ("HTTP://News.Example:80", "news.example.html"),
        ("https://news.example/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "passwd.html"),
        ("https://[bad", "https-bad.html"),
        ("../../etc/passwd", "passwd.html"),
        ("..", "article.html"),
        ("/", "article.html"),
        ("", "article.html"),
        (".hidden.md", "hidden.html"),
        ("--output.md", "output.html"),
        ("C:\\news\\port.md", "C-news-port.html"),
        ("a\x00b\nc.md", "a-b-c.html"),
        ("\x1b[2Jport\u202egpj.md", "2Jport-gpj.html"),
        ("／etc／x.md", "etc-x.html"),
        ("\u3164.md", "article.html"),
        ("\u0301x.md", "x.html"),
        ("a\udcff.md", "a.html"),
        ("CON.md", "article-CON.html"),
        ("nul", "article-nul.html"),
        ("com¹.tar.gz", "article-com1.tar.html"),
        ("console.md", "console.html"),
        ("[bold]x[/bold].md", "bold.html"),
    ],
)
def test_a_name_is_readable_and_safe(where: str, name: str) -> None:
    assert output_names([where], ".html") == [name]


@pytest.mark.parametrize(
    ("wheres", "names"),
    [
        (["a/port.md", "b/port.md", "c/ship.md"], ["a-port.html", "b-port.html", "ship.html"]),
        (["port.md", "port.txt"], ["port.md.html", "port.txt.html"]),
        (["port.md", "PORT.md", "port.md"], ["port.html", "PORT-2.html", "port-3.html"]),
        (["é.md", "e\u0301.md"], ["é.html", "é-2.html"]),
        (
            ["https://a.example/x?id=1", "https://a.example/x?id=2", "https://b.example/x"],
            ["x-id-1.html", "x-id-2.html", "b.example-x.html"],
        ),
        (["-", "standard-input.md"], ["standard-input.html", "standard-input.md.html"]),
        (["x-2.md", "d/x.md", "d/x.md"], ["x-2.html", "x.html", "x-3.html"]),
    ],
)
def test_names_are_told_apart(wheres: list[str], names: list[str]) -> None:
    assert output_names(wheres, ".html") == names


def test_no_report_takes_the_place_of_an_article() -> None:
    wheres = ["a.md", "b.txt", "A-report.md"]
    names = output_names(wheres, ".md")
    assert names[1] == "b.md"
    assert not {name.casefold() for name in names} & {where.casefold() for where in wheres}
    assert output_names(["b.md", "c.txt"], ".md") == ["b-report.md", "c.md"]


def test_a_long_name_is_cut_and_still_told_apart() -> None:
    wheres = ["é" * 500 + f"{n}.md" for n in range(12)]
    names = output_names(wheres, ".html")
    assert len(set(names)) == 12
    assert all(len(name.encode()) <= LONGEST + len(".html") for name in names)
    assert names[0] == "é" * (LONGEST // 2) + ".html"


PARTS = st.sampled_from(["a", "A", "é", "e\u0301", "..", "/", ".", "-", "con", " ", "?", "\\", "ß"])
PATHS = st.lists(PARTS, max_size=6).map("".join) | st.text(max_size=20)


@given(st.lists(PATHS | PATHS.map("https://x.example/".__add__), max_size=12))
@example(["https://]", "https://[::1]/a"])
def test_names_are_always_unique_and_lead_nowhere(wheres: list[str]) -> None:
    names = output_names(wheres, ".md")
    assert len(names) == len(wheres)
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(names)
    local = {Path(where).name.casefold() for where in wheres if not where.startswith("https://")}
    for name in names:
        assert name.endswith(".md")
        assert Path(name).name == name
        assert not re.search(r"[^\w.\-\u0300-\u036f]", name) or not name.isascii()
        assert name[0] not in ".-"
        assert name.split(".")[0].casefold() not in DEVICES
        assert name.casefold() not in local
    assert output_names(wheres, ".md") == names


def test_each_article_is_checked_and_written_before_the_next() -> None:
    steps: list[str] = []

    def check_one(where: str) -> Report:
        steps.append(f"check {where}")
        return report_of(SUPPORTED, REFUTED, REFUTED) if where == "a.md" else report_of()

    batch = check_many(
        ["a.md", "b.md"], ".json", check_one, lambda name, _: steps.append(f"write {name}")
    )
    assert steps == ["check a.md", "write a.json", "check b.md", "write b.json"]
    assert batch == Batch(
        (Outcome("a.md", "a.json", (SUPPORTED, REFUTED, REFUTED)), Outcome("b.md", "b.json", ()))
    )
    assert (batch.failed, batch.refuted, batch.count(SUPPORTED)) == (0, 2, 1)


def test_an_article_that_fails_is_told_of_and_the_rest_goes_on() -> None:
    written = []

    def check_one(where: str) -> Report:
        if where == "b.md":
            raise ArticleError("'b.md' is empty")
        return report_of(SUPPORTED)

    def write(name: str, report: Report) -> None:
        if name == "c.html":
            raise UsageError("it cannot be written")
        written.append((name, report))

    batch = check_many(["a.md", "b.md", "c.md", "d.md"], ".html", check_one, write)
    assert [(each.file, each.error) for each in batch.outcomes] == [
        ("a.html", None),
        (None, "'b.md' is empty"),
        (None, "it cannot be written"),
        ("d.html", None),
    ]
    assert [name for name, _ in written] == ["a.html", "d.html"]
    assert batch.failed == 2
    assert batch.outcomes[2].verdicts == ()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ModelError("gone"), IndexUnusable("gone")])
def test_what_no_article_is_to_blame_for_ends_the_batch(error: BaseException) -> None:
    written = []

    def check_one(where: str) -> Report:
        if where == "b.md":
            raise error
        return report_of(SUPPORTED)

    with pytest.raises(type(error)):
        check_many(
            ["a.md", "b.md", "c.md"], ".html", check_one, lambda name, _: written.append(name)
        )
    assert written == ["a.html"]
