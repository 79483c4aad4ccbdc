"""The CSV report, as Python's own reader takes it.

`golden/csv-report.csv` is what it looks like; write it anew with `UPDATE_GOLDEN=1`.
"""

from __future__ import annotations

import csv
import os
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from factcheck.records import Claim, Report, Ruling, Verdict
from factcheck.render.csv import COLUMNS, render_csv
from factcheck.render.safe import plain
from tests.render.reports import reports
from tests.render.sample import conflicting, nothing, refuted, report, uncertain

GOLDEN = Path(__file__).parent / "golden" / "csv-report.csv"
#: What a spreadsheet would run, at the beginning of a field or of a cell begun by `;`.
FORMULA = re.compile('(?:^|;)["]*[=+@＝＋－＠-]')


def read(made: Report) -> list[dict[str, str]]:
    """The rows, by column, as a program gets them that reads the file as `utf-8-sig`."""
    text = render_csv(made).encode().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def ruled() -> Report:
    first, second, *rest = report().findings
    note = "Ask the board;\nthey have the “deeds”"
    first = replace(first, ruling=Ruling(Verdict.SUPPORTED, note, "2026-11-02T10:15:00Z"))
    second = replace(second, ruling=Ruling(None, "Call the ferry line."))
    return replace(report(), findings=(first, second, *rest))


def test_the_report() -> None:
    text = render_csv(ruled())
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8", newline="")
    assert text.encode() == GOLDEN.read_bytes()


def test_the_columns_are_these() -> None:
    assert COLUMNS == (
        "number", "place", "speaker", "claim", "standalone", "kind", "verdict", "confidence",
        "reason", "why", "said", "reader_verdict", "reader_note", "reader_at", "supporting",
        "refuting", "neutral", "stance", "probability", "document", "index", "title", "source",
        "published", "page", "sentence", "mismatches",
    )  # fmt: skip


def test_a_claim_is_a_row() -> None:
    row = read(ruled())[0]
    assert row == {
        "number": "1",
        "place": "line 3",
        "speaker": "the harbour master",
        "claim": "Velmark's new harbour wall opened in 1990 and cost 4.2 million crowns, the "
        "harbour master said.",
        "standalone": "Velmark's new harbour wall opened in 1990 and cost 4.2 million crowns, the "
        "harbour master said.",
        "kind": "assertion",
        "verdict": "REFUTED",
        "confidence": "0.93",
        "reason": "",
        "why": "Refuted: the claim says 1990; Harbour Board: annual report (2 April 2019) says "
        "1987 (and 3 more).",
        "said": "absent",
        "reader_verdict": "SUPPORTED",
        "reader_note": "Ask the board; they have the “deeds”",
        "reader_at": "2026-11-02T10:15:00Z",
        "supporting": "0",
        "refuting": "4",
        "neutral": "1",
        "stance": "REFUTES",
        "probability": "0.93",
        "document": "reports/harbour-board-2019.pdf",
        "index": "",
        "title": "Harbour Board: annual report",
        "source": "corpus/reports/harbour-board-2019.pdf",
        "published": "2019-04-02",
        "page": "12",
        "sentence": "The wall was opened on 9 June 1987, three years ahead of the railway.",
        "mismatches": "date: 1990 ≠ 1987",
    }


def test_a_note_without_a_verdict_and_a_claim_without_evidence() -> None:
    rows = read(replace(ruled(), findings=(ruled().findings[1], nothing(), uncertain())))
    assert (rows[0]["reader_verdict"], rows[0]["reader_note"], rows[0]["reader_at"]) == (
        "",
        "Call the ferry line.",
        "",
    )
    assert rows[1]["reason"] == "nothing_found"
    assert {rows[1][name] for name in COLUMNS[COLUMNS.index("stance") :]} == {""}
    assert (rows[2]["document"], rows[2]["stance"], rows[2]["probability"]) == (
        "traffic.csv#3",
        "NEI",
        "0.37",
    )


def test_both_sides_are_counted() -> None:
    (row,) = read(replace(report(), findings=(conflicting(),)))
    assert (row["supporting"], row["refuting"], row["neutral"]) == ("1", "1", "0")
    assert row["document"] == "almanac-2016.txt"


def test_without_claims_there_is_the_header() -> None:
    text = render_csv(replace(report(), findings=()))
    assert text == "\ufeff" + ",".join(COLUMNS) + "\r\n"


def claiming(text: str) -> Claim:
    return replace(nothing().claim, text=text, standalone=text)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("=1+1", "'=1+1"),
        ("+47 55", "'+47 55"),
        ("-5 degrees", "'-5 degrees"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'=1+1"),
        ("\r=1+1", "'=1+1"),
        ("\x00=1+1", "\u2400=1+1"),
        ("\u200b=1+1", "'=1+1"),
        ('"=1+1"', '\'"=1+1"'),
        *((f"{sign}1+1", f"'{sign}1+1") for sign in "＝＋－＠"),
        ("a;=1+1", "a;'=1+1"),
        ('a;"=1+1"', 'a;\'"=1+1"'),
        ("a; b = c - d", "a; b = c - d"),
        ("'quoted'", "'quoted'"),
        ("one\r\ntwo\n\nthree", "one two three"),
        ("\x1b[31mred\u202e", "␛[31mred\ufffd"),
        ("\ud800", "\ufffd"),
        ('a "b", c', 'a "b", c'),
    ],
)
def test_a_field_is_text_and_never_a_formula(text: str, field: str) -> None:
    finding = replace(nothing(), claim=claiming(text))
    (row,) = read(replace(report(), findings=(finding,)))
    assert row["claim"] == row["standalone"] == field


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=reports())
def test_any_text_stays_in_its_field(made: Report) -> None:
    text = render_csv(made)
    lines = text.split("\r\n")
    assert len(lines) == len(made.findings) + 2
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", "".join(lines))
    for row, finding in zip(read(made), made.findings, strict=True):
        assert set(row) == set(COLUMNS)
        assert not any(FORMULA.search(value) for value in row.values())
        shown = " ".join(plain(finding.claim.text).split())
        assert " ".join(row["claim"].split()).replace("'", "") == shown.replace("'", "")
        assert row["verdict"] == finding.verdict.value


def test_the_sample_of_every_finding_reads_back() -> None:
    rows = read(report())
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 10)]
    assert [row["verdict"] for row in rows] == [f.verdict.value for f in report().findings]
    assert rows[0]["mismatches"] == "date: 1990 ≠ 1987"
    assert len(refuted().evidence) == 5
