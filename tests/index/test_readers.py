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
from index.readers.firstlines import date_line

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


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Harbour bulletin\n\nThe harbour grew.", "Harbour bulletin"),
        ("\ufeffWhat now?\r\n\r\nThe harbour grew.", "What now?"),
        ("Only a line", "Only a line"),
        ("The harbour grew.\n\nIt did.", "notes"),
        ("A first line\nthat goes on\n\nText.", "notes"),
        ("12 / 34\n\nText.", "notes"),
        ("word " * 17 + "\n\nText.", "notes"),
        ("Harbour bulletin\n3 March 2022\n\nThe harbour grew.", "Harbour bulletin"),
        ("3 March 2022\n\nThe harbour grew.", "notes"),
        (
            "VELD REGISTER OF TRIALS\nRecord 44\nSponsor: Veld\n\nIt grew.",
            "VELD REGISTER OF TRIALS",
        ),
        ("ERROR\nRecord 44\n\nIt grew.", "notes"),
        ("Hiroshima, 6 August 1945\n\nIt fell.", "Hiroshima, 6 August 1945"),
        (" " * 200_000 + "\n\nText.", "notes"),
    ],
)
def test_title_of_plain_text(text: str, title: str) -> None:
    assert one("folder/notes.txt", text).title == title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Harbour bulletin\n3 March 2022\n\nThe harbour grew.", "2022-03-03"),
        ("Harbour bulletin\n\nPublished: March 3rd, 2022\n\nIt grew.", "2022-03-03"),
        ("Letter\nVeld, 3 March 2022.\n\nIt grew.", "2022-03-03"),
        ("Veld Courier | 2022-03-03\n\nIt grew.", "2022-03-03"),
        ("Bulletin\nMarch 2022\n\nIt grew.", "2022-03"),
        ("Bulletin\nVeld, 3 March 2022, 14.00\n\nIt grew.", "2022-03-03"),
        ("Bulletin\n*Thursday, 3 March 2022*\nIt grew.", "2022-03-03"),
        # a day in a sentence, and in a title, is what they tell of
        ("The flood of 3 March 1922\n\nIt grew.", None),
        ("Hiroshima, 6 August 1945\n\nIt fell.", None),
        ("The battle of Veld. 3 May 1808\n\nIt fell.", None),
        ("Thursday, 3 March 2022\n\nIt grew.", "2022-03-03"),
        ("Published: Thursday, 3 March 2022\n\nIt grew.", "2022-03-03"),
        ("Marathon 2019\n\nIt grew.", None),
        ("On 3 March 2022\nit grew.", None),
        # nor is it that of another text, of what is to come, or of what was
        ("The Titanic\nA report from the hearing on 3 May 1912\n\nIt sank.", None),
        ("Correction to the issue of 3 May 2021\n\nIt fell.", None),
        ("Veld Council\nDate of next meeting 3 May 2026\n\nIt grew.", None),
        ("Veld Council\nAgenda for the meeting on 3 May 2026\n\nIt grew.", None),
        ("Appeal hearing, 3 May 2027\nVeld Court\n\nIt grew.", None),
        ("The Treaty of Veld\nSigned in Veld, Monday 3 May 1808\n\nIt fell.", None),
        ("Timeline\n\nTuesday 3 May 2022. The dam fails.\n\nIt fell.", None),
        # of a chronicle none is its own, nor is one far down
        ("Diary\n3 March 2022\nIt grew.\n4 March 2022\nIt fell.", None),
        ("Bulletin\n" + "It grew.\n" * 9 + "3 March 2022", None),
        ("Bulletin\n31 February 2022\n\nIt grew.", None),  # no day
        ("Bulletin\n3/4/2022\n\nIt grew.", None),  # nothing says which is the month
        ("Bulletin\n3/4/2022\n\nIt grew until 14/4/2022.", "2022-04-03"),
        ("Bulletin\n3/4/2022\n\nIt grew until 4/14/2022.", "2022-03-04"),
        ("Bulletin\n3/4/2022\n\nFrom 4/14/2022 to 14/5/2022.", None),
        ("Bulletin\n03.04.2022\n\nIt grew.", "2022-04-03"),
        ("Bulletin\n31.02.2022\n\nIt grew.", None),
        ("", None),
    ],
)
def test_the_day_is_that_of_the_first_lines(text: str, date: str | None) -> None:
    assert date_line(text) == date
    if text:
        assert one("a/b.txt", text).published == date
        assert one("a/b.md", f"# {text}").published == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Minutes of the meeting of 3 March 2022", "2022-03-03"),
        ("Extract from the minutes, ordinary meeting of Tuesday 3 March 2022", "2022-03-03"),
        (
            "Minutes of the meeting, held at the Drovers Inn, on 3 March 2022 at 7.30 pm",
            "2022-03-03",
        ),
        ("Minutes of the council, Veld, Thursday 3 March 2022 at 6 p.m.", "2022-03-03"),
        ("Veld Trains press release, 3 March 2022", "2022-03-03"),
        ("Newsletter no. 52, March 2022", "2022-03"),
        ("Notice to shareholders, 3 March 2022", "2022-03-03"),
        ("Statement of 3 March 2022", "2022-03-03"),
        ("Report of the Head of Leisure, dated 3 March 2022", "2022-03-03"),
        ("Record Office, leaflet 31. Revised 3 March 2022", "2022-03-03"),
        ("Veld County Council, Transport. 3 March 2022", "2022-03-03"),
        ("Published 3 March 2022. Figures are in pounds.", "2022-03-03"),
        ("Published by the company for its centenary, March 2022", "2022-03"),
        ("Thursday, 3 March 2022, 11.00. Typed from a recording.", "2022-03-03"),
        ("House of Representatives, Thursday 3 March 2022, 3.34 p.m.", "2022-03-03"),
        ("Schedule B: creditors, as at 3 March 2022", "2022-03-03"),
        ("Thursday 3 March 2022, 1.30pm, Education Centre, Veld General", "2022-03-03"),
        ("Tues 8 Mar 2022, 10.30. Machine transcript, lightly checked.", "2022-03-08"),
        ("MEDIA RELEASE - NOT FOR RELEASE BEFORE 00.01 THURSDAY 3 MARCH 2022", "2022-03-03"),
        ("Embargoed until 6pm, Thursday 3 March 2022", None),
        ("Embargoed until 18:00 on 3 March 2022", "2022-03-03"),
        ("Published online 3 March 2022        doi:vjm.2022.391.1207", "2022-03-03"),
        ("Record VR-2020-044      Last updated 3 March 2022 (version 9)", "2022-03-03"),
        # what it is on, or when something was
        ("Report on the flood of 3 March 1922", None),
        ("Veld v Orsk, 3 March 2022", None),
        ("The next meeting is on 3 March 2022.", None),
        ("The report was published on 3 March 2022.", None),
        ("The council met on 3 March 2022", None),
        ("Thank you for your letter of 3 March 2022", None),
        ("The mill closed on 3 March 2022", None),
        ("Accounts for the year ended 31 December 2025", None),
    ],
)
def test_the_day_of_a_text_may_end_a_line_that_tells_what_it_is(
    line: str, date: str | None
) -> None:
    assert date_line(f"The harbour\n{line}\n\nIt grew.") == date
    assert date_line(f"# The harbour\n\n{line}\n\nIt grew.") == date
    assert date_line("The harbour\n" + "It grew.\n" * 9 + line) is None
    # of several none is its own
    assert date_line(f"Statement of 4 May 2021\n{line}\n\nIt grew.") == (
        "2021-05-04" if date is None else None
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "VELD COUNCIL\nMinutes of 3 May 2021\n\nPresent: Ida Roe.",
            "VELD COUNCIL: Minutes",
        ),
        (
            "PRESS RELEASE\nVeld Energy: a green light\n3 May 2021\n\nIt grew.",
            "Veld Energy: a green light",
        ),
        (
            "REPUBLIC OF VELD\nMINISTRY OF DEFENCE\nCommuniqué No. 4\n3 May 2021, 13.30\n\nIt.",
            "REPUBLIC OF VELD: MINISTRY OF DEFENCE: Communiqué No. 4",
        ),
        # what a text is about has its month
        (
            "Statistics Office\nFigures for January 2021\n3 May 2021\n\nIt grew.",
            "Statistics Office: Figures for January 2021",
        ),
        # a newspaper's name stands over its headline
        (
            "VELD COURIER\nThursday 3 May 2021\n\nCouncil leader resigns\n\nBy Ole Holm\n\nIt.",
            "VELD COURIER: Council leader resigns",
        ),
        ("VELD COURIER\nThursday 3 May 2021\n\nThe council grew.\n\nIt fell.", "VELD COURIER"),
        ("Fire kills two\n3 May 2021\n\nPolice named the dead\n\nIt grew.", "Fire kills two"),
        ("To: Ida Roe\nSubject: Bridge\n3 May 2021\n\nIt grew.", "notes"),
        # lines that no day tells to be a head
        ("Eggs\nMilk\n\nBread.", "notes"),
        ("It grew a lot\nThen it fell.\n\n3 May 2021\n\nIt grew.", "notes"),
        (
            "CORRIN BIO\nMEDIA RELEASE - NOT FOR RELEASE BEFORE 00.01 THURSDAY 3 MARCH 2022\n\n"
            "Trial meets its aim\n\nIt grew.",
            "CORRIN BIO: Trial meets its aim",
        ),
        (
            "VELD MEDICINES AUTHORITY\nAssay House, 4 Mint Row, Veld\n\nDate: 3 October 2024\n",
            "VELD MEDICINES AUTHORITY",
        ),
        (
            "Veld Journal of Medicine  2024; 391: 1207-18\nPublished online 3 May 2024    doi:v.2"
            "\n\nIt grew.",
            "Veld Journal of Medicine 2024; 391: 1207-18",
        ),
        (
            "VELD PRESS OFFICE\nEmbargoed briefing: ulcers\nTues 8 Oct 2024, 10.30. A transcript."
            "\n\nAH: It grew.",
            "VELD PRESS OFFICE: Embargoed briefing: ulcers",
        ),
    ],
)
def test_the_title_of_plain_text_with_a_head_of_several_lines(text: str, title: str) -> None:
    assert one("folder/notes.txt", text).title == title


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
