"""The pictures in the documentation show what the code draws today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.pictures import FOLDER, PAGE, REPORT, drawings, page_hash, ruled, words
from factcheck.reportfile import read_report

ROOT = Path(__file__).parent.parent
STALE = "is not what the code draws; make it anew with `make pictures`"


@pytest.mark.parametrize("name", list(drawings(ruled(read_report(ROOT / REPORT)))))
def test_a_drawing_is_current(name: str) -> None:
    draw = drawings(ruled(read_report(ROOT / REPORT)))[name]
    kept = (ROOT / FOLDER / name).read_text(encoding="utf-8")
    assert words(kept) == words(draw()), f"{name} {STALE}"
    assert len(words(kept)) > 20


def test_the_photographs_are_of_the_page_as_it_is() -> None:
    report = ruled(read_report(ROOT / REPORT))
    assert (ROOT / PAGE).read_text(encoding="ascii").strip() == page_hash(report), STALE


@pytest.mark.parametrize("text", ["README.md", "docs/tutorial.md"])
def test_every_picture_that_is_named_is_there(text: str) -> None:
    path = ROOT / text
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
    assert named
    for name in named:
        assert (path.parent / name).is_file(), name


def test_a_picture_holds_no_path_of_a_machine() -> None:
    for path in (ROOT / FOLDER).iterdir():
        if path.suffix in {".svg", ".json"}:
            assert not re.search(r"/(?:home|root|tmp|work|Users)/", path.read_text("utf-8")), path
