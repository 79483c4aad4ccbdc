"""What a person sees.

The expected views are in `golden/`. After a change that is meant, write them anew with
`UPDATE_GOLDEN=1 pytest tests/render` and read the diff.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from factcheck.records import (
    Agreement,
    Article,
    Excluded,
    Finding,
    Report,
    Said,
    SaidStatus,
    Verdict,
)
from factcheck.render.claims import place, show_claims
from factcheck.render.finding import choose
from factcheck.render.layout import percent
from factcheck.render.search import show_build, show_facts, show_hits
from factcheck.render.terminal import TerminalOptions, TerminalReport, render_report
from index import Skipped
from index.progress import BuildReport
from tests.render.reports import reports
from tests.render.sample import (
    TEXT,
    altered,
    conflicting,
    evidence,
    nothing,
    refuted,
    report,
    supported,
    uncertain,
)

GOLDEN = Path(__file__).parent / "golden"
#: Styles, the only control codes we write ourselves.
SGR = re.compile(r"\x1b\[[0-9;]*m")
EVERYTHING = TerminalOptions(neutral=True, skipped=True)


def expect(name: str, text: str) -> None:
    """`text` is what `golden/<name>.txt` holds."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def console(width: int = 80, environment: dict[str, str] | None = None) -> Console:
    return Console(
        file=StringIO(),
        width=width,
        force_terminal=environment is not None,
        legacy_windows=False,
        _environ=environment or {},
    )


def written(to: Console) -> str:
    assert isinstance(to.file, StringIO)
    return to.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("colour", [False, True])
def test_report(width: int, colour: bool) -> None:
    expect(f"report-{width}{'-colour' * colour}", render_report(report(), width, colour))


def test_report_with_everything() -> None:
    expect("report-everything", render_report(report(), 100, False, EVERYTHING))


def test_report_without_claims() -> None:
    expect("report-empty", render_report(replace(report(), findings=()), 80, False))


def test_report_in_ascii() -> None:
    file = BytesIO()
    stream = TextIOWrapper(file, encoding="ascii")
    view = TerminalReport(Console(file=stream, width=80, _environ={}), EVERYTHING)
    stream_report(view, report())
    stream.flush()
    expect("report-ascii", file.getvalue().decode("ascii"))


def stream_report(view: TerminalReport, made: Report) -> None:
    view.start(made.article, len(made.findings), len(made.skipped))
    for finding in made.findings:
        view.finding(finding)
    view.finish(made)


def test_each_finding_is_written_at_once() -> None:
    to, made = console(), report()
    view = TerminalReport(to)
    view.start(made.article, len(made.findings), len(made.skipped))
    assert written(to).startswith("The wall, the ferry and the keeper\n")
    for number, finding in enumerate(made.findings, 1):
        view.finding(finding)
        assert f"{number} of 9" in written(to)
        assert f"{number + 1} of 9" not in written(to)
    assert "not checked\n       2  furniture" not in written(to)
    view.finish(made)
    assert written(to) == render_report(made, 80, False)


def test_no_color_keeps_weight_and_drops_colour() -> None:
    to = console(environment={"NO_COLOR": "1", "TERM": "xterm"})
    stream_report(TerminalReport(to), report())
    codes = {
        code for found in re.findall(r"\x1b\[([0-9;]*)m", written(to)) for code in found.split(";")
    }
    assert codes == {"0", "1", "3", "4"}
    coloured = console(environment={"TERM": "xterm"})
    stream_report(TerminalReport(coloured), report())
    assert "\x1b[1;31mREFUTED" in written(coloured) or "\x1b[1;31m✗ REFUTED" in written(coloured)
    assert SGR.sub("", written(coloured)) == SGR.sub("", written(to))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=reports(), width=st.integers(48, 130), colour=st.booleans())
def test_hostile_text_neither_commands_nor_overflows(
    made: Report, width: int, colour: bool
) -> None:
    text = SGR.sub("", render_report(made, width, colour, EVERYTHING))
    for line in text.split("\n"):
        assert not re.search(
            "[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069]", line
        )
        assert cell_len(line) <= min(width, 120)
        assert colour or line == line.rstrip()


def test_a_very_long_claim_and_passage_are_cut() -> None:
    made = nothing()
    claim = replace(made.claim, text="a" * 1_000_000, standalone="a" * 1_000_000)
    huge = evidence("(“" * 500_000, "b" * 1_000_000, "c. " * 300_000, (0.9, 0.05, 0.05))
    finding = replace(made, claim=claim, evidence=(huge,))
    text = render_report(replace(report(), findings=(finding,)), 80, False)
    assert text.count("a") < 1000
    assert text.count("b") < 1000
    assert len(text) < 6000


def stances(finding: Finding, passages: int = 3, neutral: bool = False) -> list[str]:
    return [item.hit.passage.document_id for item in choose(finding, passages, neutral)]


def test_the_decisive_passages_are_chosen() -> None:
    first = "reports/harbour-board-2019.pdf"
    assert stances(refuted()) == [first, "walls.csv#7", "storms.md"]
    assert stances(refuted(), 1) == [first]
    assert stances(refuted(), 9) == [first, "walls.csv#7", "storms.md", "listed.html"]
    assert stances(refuted(), 1, neutral=True) == [first, "note.txt"]


def test_both_sides_are_shown_however_few_are_asked_for() -> None:
    assert stances(conflicting(), 1) == ["almanac-2016.txt", "lines/ostrea.html"]
    weak = conflicting().evidence[1]
    finding = refuted()
    mixed = replace(finding, evidence=(*finding.evidence[:4], weak))
    assert stances(mixed) == ["reports/harbour-board-2019.pdf", "walls.csv#7", "lines/ostrea.html"]


def test_without_a_decisive_passage_the_most_telling_is_shown() -> None:
    assert stances(uncertain()) == ["traffic.csv#3"]
    swapped = replace(uncertain(), evidence=uncertain().evidence[::-1])
    assert stances(swapped) == ["traffic.csv#3"]
    assert stances(swapped, neutral=True) == ["a.txt", "traffic.csv#3"]
    assert stances(nothing()) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", "line 8"),
        ("notes/velmark.MD", "line 8"),
        ("https://velmark.example/wall.md", "paragraph 5"),
        ("velmark.html", "paragraph 5"),
    ],
)
def test_place(source: str, expected: str) -> None:
    assert (
        place(Article(TEXT, source=source), "What a sight", TEXT.index("What a sight")) == expected
    )


def test_place_of_what_the_article_does_not_hold() -> None:
    assert place(Article("One claim."), "Another.", 0) == ""
    assert place(Article("One claim."), "One", 0) == "line 1"
    assert place(Article(""), "", 0) == ""


def test_percent() -> None:
    assert [percent(p) for p in (0, 0.009, 0.01, 0.934, 0.99, 0.996, 1)] == [
        "<1%",
        "<1%",
        "1%",
        "93%",
        "99%",
        ">99%",
        ">99%",
    ]


def test_the_summary_counts() -> None:
    text = render_report(report(), 80, False)
    for verdict, name in [
        (Verdict.SUPPORTED, "✓ supported"),
        (Verdict.REFUTED, "✗ refuted"),
        (Verdict.CONFLICTING, "⇄ conflicting"),
        (Verdict.NOT_ENOUGH_EVIDENCE, "? not enough evidence"),
    ]:
        number = sum(finding.verdict is verdict for finding in report().findings)
        assert f"\n{number:>4}  {name}\n" in text


def test_claims() -> None:
    to, made = console(), report()
    show_claims(to, made.article, [finding.claim for finding in made.findings], made.skipped)
    expect("claims-80", written(to))


def test_search() -> None:
    to = console()
    show_hits(to, [item.hit for finding in report().findings for item in finding.evidence])
    show_hits(to, [])
    expect("search-80", written(to))


def test_build() -> None:
    to = console()
    skipped = Skipped("evil\x1b[2J.txt", "not text: it holds null bytes")
    show_build(to, BuildReport(3, 1, 12, (), ("gone.md",), (skipped,), 16, 1204, 7))
    expect("build-80", written(to))


def test_a_build_says_which_columns_took_the_place_of_which() -> None:
    to = console()
    now, before = (("text", "sum\x1bmary"), ("date", "day")), (("text", "body"),)
    show_build(to, BuildReport(0, 1, 0, (), (), (), 1, 1, 2, now, before))
    show_build(to, BuildReport(0, 0, 1, (), (), (), 1, 1, 2, now))
    assert written(to) == (
        "   1  changed\n"
        "columns text=sum␛mary, date=day from now on, in place of text=body\n"
        "1 document · 1 passage · generation 2\n"
        "   1  unchanged\n"
        "1 document · 1 passage · generation 2\n"
    )


def test_facts() -> None:
    to = console()
    show_facts(to, {"documents": "16", "encoder": "all-MiniLM-L6-v2\x1b[0m"})
    show_facts(to, {})
    assert written(to) == "documents  16\nencoder    all-MiniLM-L6-v2␛[0m\n\n"


def test_a_heading_too_long_for_its_line_is_cut() -> None:
    text = render_report(replace(report(), findings=(nothing(),)), 48, False)
    (line,) = (
        line for line in text.split("\n") if "NOT ENOUGH EVIDENCE" in line and "1 of 1" in line
    )
    assert cell_len(line) <= 48
    assert line.endswith(" 1 of 1")


def one(finding: Finding, colour: bool = False, width: int = 80) -> str:
    """A report of one finding."""
    return render_report(replace(report(), findings=(finding,)), width, colour)


def test_what_differs_is_in_brackets_without_styles_and_underlined_with_them() -> None:
    plain = one(altered(), width=120)
    assert "by two [metres] since" in plain
    assert "risen by two [centimetres] since" in plain
    coloured = one(altered(), True, 120)
    assert "[metres]" not in coloured
    assert coloured.count("\x1b[1;4mmetres\x1b[0m") == 1
    assert coloured.count("\x1b[1;4mcentimetres\x1b[0m") == 1


def test_what_agrees_is_green_with_colour_and_plain_without() -> None:
    coloured = one(supported(), True, 120)
    # in the claim and in the deciding sentence, which are bold
    assert coloured.count("\x1b[1;32m1874\x1b[0m") == 2
    assert coloured.count("\x1b[1;32mSilber") == 2
    assert "[1874]" not in one(supported())
    assert SGR.sub("", coloured) == one(supported(), width=120)


def test_what_differs_is_never_called_shared() -> None:
    finding = altered()
    item = finding.evidence[0]
    span = item.mismatches[0]
    both = (*item.agreements, Agreement(span.claim_span, span.passage_span))
    made = replace(finding, evidence=(replace(item, agreements=both),))
    assert one(made, True) == one(finding, True)


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (SaidStatus.VERBATIM, "Said: yes, a source has it"),
        (SaidStatus.ALTERED, "Said: not in these words"),
        (SaidStatus.OPPOSITE, "Said: the opposite"),
        (SaidStatus.MISATTRIBUTED, "Said: by somebody else"),
        (SaidStatus.ABSENT, "Said: no source has it"),
    ],
)
def test_whether_it_was_said_has_a_line(status: SaidStatus, line: str) -> None:
    shown = one(replace(altered(), said=Said(status, "minutes.md")), width=60)
    assert f"\n{line}\n" in shown
    assert "\nSaid:" not in one(replace(altered(), said=None), width=60)


def test_the_other_places_of_a_claim_are_counted() -> None:
    assert "\nline 5 and 1 other place\n" in one(uncertain(), width=60)
    twice = replace(uncertain().claim, places=uncertain().claim.places * 2)
    assert "\nline 5 and 2 other places\n" in one(replace(uncertain(), claim=twice), width=60)
    assert "other place" not in one(supported())


def test_a_quotation_is_not_shown_again_for_who_says_it() -> None:
    assert "Read as" not in one(altered())
    assert "\nRead as: Velmark has drawn its water" in one(supported(), width=60)
    bare = replace(altered().claim, speaker=None)
    assert "\nRead as: Mara Velt said:" in one(replace(altered(), claim=bare), width=60)


def test_what_stands_in_front_of_a_claim_is_not_shown() -> None:
    made = nothing()
    said = made.claim.standalone
    claim = replace(
        made.claim, standalone=f"Velmark, ferries: {said}", context="Velmark, ferries: "
    )
    fronted = replace(made, claim=claim)
    assert f"· {said}" in one(made)
    assert one(fronted) == one(made)


def test_what_the_sources_do_not_cover_is_listed_and_the_rest_counted() -> None:
    shown = render_report(report(), 80, False)
    section = shown[shown.index("Not covered by your sources:") : shown.index("Left out:")]
    assert section == (
        "Not covered by your sources:\n"
        "  · The keeper is paid 300 crowns a year.\n"
        "  · 一九九〇年に新しい港の壁が開通し、町の人口は三万人を超えた。\n\n"
    )
    many = render_report(replace(report(), findings=(nothing(),) * 15), 80, False)
    assert many.count("  · The keeper is paid") == 12
    assert "\n  and 3 more\n" in many
    assert "Not covered" not in one(uncertain())  # a source leans, too weakly


def test_documents_left_out_are_listed_and_the_rest_counted() -> None:
    shown = render_report(report(), 80, False)
    assert "\nLeft out:\n  · drafts/␛[2Jdraft.md (excluded by the user)\n" in shown
    many = replace(report(), excluded=tuple(Excluded(f"{n}.md", "because") for n in range(14)))
    shown = render_report(many, 80, False)
    assert shown.count(".md (because)") == 12
    assert "\n  and 2 more\n" in shown
    assert "Left out" not in render_report(replace(report(), excluded=()), 80, False)
