"""Opening a document elsewhere: documents alone, and never a word to a shell."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from factcheck.errors import UsageError
from factcheck.review.outside import open_outside


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been started."""
    started: list[list[str]] = []

    def start(command: list[str], **how: Any) -> None:
        assert how["stdin"] == how["stdout"] == how["stderr"] == subprocess.DEVNULL
        started.append(command)

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setenv("DISPLAY", ":0")
    return started


def test_a_file_and_a_page_are_opened(tmp_path: Path, opened: list[list[str]]) -> None:
    file = tmp_path / "-rf $(touch x).pdf"
    file.write_bytes(b"%PDF-1.7")
    assert open_outside(str(file)) == f"opened {file}"
    open_outside("https://velmark.example/a?b=c")
    assert opened == [
        ["/usr/bin/xdg-open", str(file)],
        ["/usr/bin/xdg-open", "https://velmark.example/a?b=c"],
    ]


@pytest.mark.parametrize(
    "place", ["notes.md", "file:///etc/passwd", "javascript:alert(1)", "--help"]
)
def test_what_is_no_full_path_is_not_opened(place: str, opened: list[list[str]]) -> None:
    with pytest.raises(UsageError, match="is not a kind of document that is opened from here"):
        open_outside(place)
    assert opened == []


def test_a_program_is_not_opened(tmp_path: Path, opened: list[list[str]]) -> None:
    for name in ("run.sh", "run.desktop", "run"):
        (tmp_path / name).write_text("x")
        with pytest.raises(UsageError, match="is not a kind of document"):
            open_outside(str(tmp_path / name))
    assert opened == []


def test_a_file_that_is_gone_says_so(tmp_path: Path, opened: list[list[str]]) -> None:
    with pytest.raises(UsageError, match="is no longer there; put it back"):
        open_outside(str(tmp_path / "gone.md"))
    assert opened == []


def test_without_a_display_the_place_is_told(
    tmp_path: Path, opened: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    file = tmp_path / "a.md"
    file.write_text("x")
    with pytest.raises(
        UsageError, match=r"nothing here can open a window; the document is /.*a\.md"
    ):
        open_outside(str(file))
    assert opened == []
