from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, Skipped, UnreadableDocument
from index.documents import MAX_TITLE
from index.readers import SUFFIXES
from index.readers import read_here as read

NAMES = ["a.txt", "a.md", "a.html", "a.jsonl", "a.csv"]


def documents(name: str, data: bytes | str) -> list[Document]:
    return [item for item in items(name, data) if isinstance(item, Document)]


def problems(name: str, data: bytes | str) -> list[str]:
    return [item.reason for item in items(name, data) if isinstance(item, Skipped)]


def items(name: str, data: bytes | str) -> list[Document | Skipped]:
    return list(read(name, data.encode() if isinstance(data, str) else data))


def one(name: str, data: bytes | str) -> Document:
    (document,) = documents(name, data)
    return document


def test_every_suffix_has_a_reader() -> None:
    for suffix in SUFFIXES:
        with pytest.raises(UnreadableDocument):
            items(f"a{suffix}", b"")


@pytest.mark.parametrize("name", NAMES)
def test_binary_content_is_refused(name: str) -> None:
    with pytest.raises(UnreadableDocument):
        items(name, b"\x7fELF\x02\x01\x01" + bytes(100))


def test_front_matter_tells_the_day_before_the_first_lines_do() -> None:
    assert one("a.md", "---\ndate: 2021-03-04\n---\n\n# Quay\n3 March 2022").published == (
        "2021-03-04"
    )


def test_markdown_with_front_matter() -> None:
    document = one(
        "a.md",
        "---\ntitle: Quay 4\ndate: 2021-03-04\nsource: https://port.example\n---\n\n# Other\nBody.",
    )
    assert document.title == "Quay 4"
    assert document.published == "2021-03-04"
    assert document.source == "https://port.example"
    assert document.text == "# Other\nBody."


def test_markdown_without_front_matter() -> None:
    document = one("a/b.md", "Intro.\n\n# The *quay* #\n\nBody.")
    assert (document.title, document.source) == ("The *quay*", "a/b.md")
    assert one("a/b.md", "Intro only.").title == "b"
    rules = "---\nprose between rules\n---\nmore"
    assert one("a.md", rules).text == rules


@pytest.mark.parametrize(
    "block",
    [
        "title: [unclosed",
        "a: &a [x]\n  b: *missing",
        "[" * 5000,
        "a: " + "[" * 60_000,
        "x: y\n" * 20000,
    ],
)
def test_bad_front_matter_is_reported_and_nothing_is_lost(block: str) -> None:
    text = f"---\n{block}\n---\nThe harbour grew."
    assert one("a.md", text).text == text
    (problem,) = problems("a.md", text)
    assert problem.startswith("front matter")
    assert problem.endswith("indexed as plain text without its title, date, source")


@pytest.mark.parametrize(
    ("block", "title", "published"),
    [
        ("title: 12:30\ndate: 2021-03-04", "12:30", "2021-03-04"),
        ("title: yes\ndate: 2021", "yes", "2021"),
        ("title: 007\ndate: 2021-03-04 10:00:00", "007", "2021-03-04"),
        ("title: 1984\ndate: 2021-02-30", "1984", None),
        ("title: null\ndate: ~", "a", None),
        ("title: ~", "a", None),
        ("title:", "a", None),
        ("title: 0x" + "f" * 5000, "0x" + "f" * (MAX_TITLE - 2), None),
        ("title: Quay\ndate: 0x" + "f" * 5000, "Quay", None),
        ("title: " + "1:" * 300 + "1.5", ("1:" * 300)[:MAX_TITLE], None),
        ("title: !!python/object/apply:os.system ['true']", "a", None),
        (
            "headline: Late: the trains: again\npublished: 4 March 2021",
            "Late: the trains: again",
            "2021-03-04",
        ),
        ('title: "Late": the trains\ndate: 2021-03-04', 'Late": the trains', "2021-03-04"),
    ],
)
def test_front_matter_is_read_as_it_is_written(
    block: str, title: str, published: str | None
) -> None:
    (document,) = items("a.md", f"---\n{block}\n---\nThe harbour grew.")
    assert isinstance(document, Document)
    assert (document.title, document.published) == (title, published)
    assert document.text == "The harbour grew."


def test_yaml_merge_keys_do_not_multiply() -> None:
    bomb = "a: &a {k: v}\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} {{<<: [{','.join(['*' + chr(97 + n)] * 9)}]}}\n"
        for n in range(9)
    )  # 9 ** 9 pairs
    assert one("bomb.md", f"---\n{bomb}title: Bomb\n---\nBody.").title == "Bomb"


def test_yaml_aliases_do_not_multiply() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(9)
    )
    document = one("bomb.md", f"---\n{bomb}title: *j\n---\nBody.")
    assert (document.title, document.text) == ("bomb", "Body.")


PAGE = """<html><head><title>Dam bursts at Velm | Velm Courier</title>
<meta charset="{charset}"><meta property="og:title" content="Dam bursts at Velm">
<meta property="article:published_time" content="2019-02-03T10:00:00Z">
<link rel="canonical" href="https://courier.example/dam"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Dam bursts at Velm</h1>
<p>The dam at Velm burst in spring and flooded four villages along the river Arn.</p>
<p>Nobody was hurt in the Café Zoë, officials said on Tuesday evening after a long search.</p>
</article><footer>Subscribe to our newsletter</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_html_main_text_and_metadata(charset: str) -> None:
    document = one("dam.html", PAGE.format(charset=charset).encode(charset))
    assert document.title == "Dam bursts at Velm"
    assert document.published == "2019-02-03"
    assert document.source == "https://courier.example/dam"
    assert "burst in spring" in document.text
    assert "Café Zoë" in document.text
    assert "newsletter" not in document.text
    assert "News" not in document.text


def test_html_without_text_is_unreadable() -> None:
    with pytest.raises(UnreadableDocument, match="no main text"):
        items("a.html", "<html><head><script>x()</script></head><body></body></html>")
    with pytest.raises(UnreadableDocument, match="9 MB of HTML, expected at most 8 MB"):
        items("a.html", "x" * (9 << 20))


def test_jsonl_rows() -> None:
    rows = [
        {"id": "x", "title": "One", "text": "First.", "date": "2020-01-02", "source": "s"},
        {"text": "Second."},
        {"id": 7, "text": "Third.", "title": 3},
    ]
    found = documents("t.jsonl", "\n\n".join(map(json.dumps, rows)))
    assert [d.id for d in found] == ["t.jsonl#x", "t.jsonl#2", "t.jsonl#7"]
    assert [d.title for d in found] == ["One", "t", "t"]
    assert (found[0].source, found[0].published) == ("s", "2020-01-02")
    assert found[1].source == "t.jsonl#2"


def test_bad_jsonl_rows_are_skipped_with_their_reasons() -> None:
    lines = [
        '{"id": 1, "text": "Kept\u2028whole."}',
        "{nonsense",
        "[1]",
        '{"id": 1, "text": "Twice."}',
        '{"id": 4}',
        '{"id": true, "text": "x"}',
        "[" * 100_000,
        '{"id": "' + "x" * 300 + '", "text": "x"}',
        '{"text": " "}',
        '{"text": "lone \\ud800 surrogate"}',
    ]
    text = "\n".join(lines)
    assert [d.text for d in documents("t.jsonl", text)] == [
        "Kept\u2028whole.",
        "lone \ufffd surrogate",
    ]
    assert problems("t.jsonl", text) == [
        "row 2: not valid JSON",
        "row 3: not a JSON object",
        "row 4: the id '1' is used by an earlier row",
        "row 5: no text",
        "row 6: the id is neither text nor a whole number",
        "row 7: not valid JSON",
        "row 8: the id has 300 characters, expected at most 200",
        "row 9: no text",
    ]


def test_many_bad_rows_are_counted() -> None:
    found = problems("t.jsonl", "x\n" * 1000)
    assert len(found) == 21
    assert found[-1] == "980 more bad rows"


def test_csv_rows() -> None:
    text = (
        'id,Title,TEXT,date\n1,One,"A, ""b""\nc",3 May 2021\n,Two,Second,\n\n1,Again,x,\n9,Short\n'
    )
    found = documents("t.csv", text)
    assert [(d.id, d.title, d.text, d.published) for d in found] == [
        ("t.csv#1", "One", 'A, "b"\nc', "2021-05-03"),
        ("t.csv#2", "Two", "Second", None),
    ]
    assert problems("t.csv", text) == [
        "row 3: the id '1' is used by an earlier row",
        "row 4: no text",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_delimiters(delimiter: str) -> None:
    text = f"id{delimiter}text\n1{delimiter}The harbour grew.\n"
    assert one("t.csv", text).text == "The harbour grew."


def test_bad_csv() -> None:
    with pytest.raises(UnreadableDocument, match="neither a column called 'text' nor a table"):
        items("t.csv", "body\nThe harbour grew.\n")
    text = 'id,text\n1,a,b\n2,"closed"x\n3,good\n4,"never closed\n5,lost\n'
    assert [d.text for d in documents("t.csv", text)] == ["good"]
    first, second, third = problems("t.csv", text)
    assert first == "row 1: 3 cells, expected 2; put texts in quotation marks"
    assert second.startswith("row 2: not valid CSV")
    assert third == (
        "row 4: a quotation mark is opened and never closed, so that the last 2 lines of the file "
        "cannot be read; close it"
    )
    long = "x" * 1_000_000
    assert one("t.csv", f"text\n{long}\n").text == long


@given(st.sampled_from(NAMES), st.text())
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    try:
        found = items(name, text.encode("utf-8", "surrogatepass"))
    except UnreadableDocument:
        return
    assert all(item.text.strip() for item in found if isinstance(item, Document))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.csv"])
@pytest.mark.parametrize("unit", ["a", '"', "-", "---\n", "# ", "{", ",", "\n", "a. ", "(“"])
def test_hostile_files_take_little_time(name: str, unit: str) -> None:
    data = (unit * (300_000 // len(unit))).encode()
    begin = time.process_time()
    for prefix in (b"", b"---\n", b"text\n"):
        try:
            items(name, prefix + data)
        except UnreadableDocument:
            continue
    assert time.process_time() - begin < 5
