"""Two reports compared, as a person and as a program sees it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from factcheck.diff import Comparison, compare
from factcheck.records import Report, Ruling, Verdict
from factcheck.render.diff import comparison_to_dict, show_comparison
from tests.render.sample import altered, conflicting, hostile, report
from tests.render.test_terminal import SGR, console, expect, written


def comparison() -> Comparison:
    """A claim of every fate, with text of every awkward kind."""
    old = report()
    refuted, disputed, uncertain, supported, nothing, wide, right, bad, changed = old.findings
    evil = Ruling(Verdict.REFUTED, "[red]see[/] \x1b[2Jp. 3", "2026-01-02T03:04:05+00:00")
    new = replace(
        old,
        findings=(
            replace(refuted, ruling=Ruling(Verdict.SUPPORTED, "", "2026-01-02T03:04:05+00:00")),
            replace(disputed, evidence=disputed.evidence[:1], verdict=Verdict.REFUTED),
            replace(uncertain, confidence=0.9),
            replace(supported, claim=replace(supported.claim, text=supported.claim.text + "!")),
            wide,
            right,
            replace(bad, ruling=evil),
            replace(changed, claim=replace(changed.claim, text="Mara Velt keeps the keys.")),
        ),
        manifest=replace(old.manifest, index_fingerprint="bb"),
    )
    old = replace(old, findings=(*old.findings[:7], replace(bad, ruling=None), changed))
    assert nothing in old.findings
    return compare(old, new)


@pytest.mark.parametrize("width", [60, 100])
def test_what_a_person_sees(width: int) -> None:
    screen = console(width)
    show_comparison(screen, comparison())
    text = written(screen)
    expect(f"diff-{width}", text)
    assert max(len(line) for line in text.splitlines()) <= width
    assert "\x1b" not in text
    coloured = console(width, {"TERM": "xterm-256color"})
    show_comparison(coloured, comparison())
    assert SGR.sub("", written(coloured)) == text


def test_reports_of_two_articles() -> None:
    first, second = altered(), conflicting()
    made = report()
    old, new = replace(made, findings=(first,)), replace(made, findings=(second,))
    screen = console(80)
    show_comparison(screen, compare(old, new))
    assert "The two reports share no claim" in written(screen)


def test_nothing_changed() -> None:
    screen = console(80)
    show_comparison(screen, compare(report(), report()))
    assert written(screen) == "nothing changed · 9 claims as before\n"


def test_what_a_program_reads() -> None:
    data = json.loads(json.dumps(comparison_to_dict(comparison())))
    assert data["summary"] == comparison().summary()
    assert (data["related"], data["same"]) == (True, 2)
    what = [change["what"] for change in data["changes"]]
    assert what == [
        ["ruling"],
        ["verdict"],
        ["confidence"],
        ["edited"],
        ["ruling"],
        ["new"],
        ["gone"],
        ["gone"],
    ]
    verdict = data["changes"][1]
    assert (verdict["old"]["verdict"], verdict["new"]["verdict"]) == ("CONFLICTING", "REFUTED")
    assert verdict["causes"] == [{"kind": "gone", "source": "The Ostrea line"}]
    assert data["changes"][4]["new"]["ruling"]["note"] == "[red]see[/] \x1b[2Jp. 3"
    assert data["changes"][5]["old"] is None
    assert data["changes"][5]["new"]["claim"]["text"] == "Mara Velt keeps the keys."
    assert hostile().claim.text == data["changes"][4]["new"]["claim"]["text"]


def test_an_empty_report() -> None:
    made: Report = replace(report(), findings=())
    assert comparison_to_dict(compare(made, made)) == {
        "summary": "nothing changed",
        "related": True,
        "same": 0,
        "changes": [],
    }
