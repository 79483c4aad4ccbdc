"""The examples of the Python API run, and print what the bundled sources say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "docs" / "examples"


def output(script: str, *arguments: str) -> str:
    """What an example prints; warnings are errors, and nothing stands on standard error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(FOLDER / script), *arguments],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.models
def test_check_article(tmp_path: Path) -> None:
    article = tmp_path / "article.md"
    article.write_text(
        "# Neighbours\n\nRussia, Iran and Egypt are the guarantors of the Astana talks. "
        "Islamic State had held Raqqa since 2014.\n"
    )
    first, *rest = output("check_article.py", str(article)).split("\n\n")
    assert first == "Neighbours: 2 claims"
    (refuted,) = rest
    claim, why, *evidence = refuted.splitlines()
    assert claim == "line 3: Russia, Iran and Egypt are the guarantors of the Astana talks."
    assert why.startswith("  Refuted: the claim says Egypt; ")
    assert (
        "  idlib/2017-09-astana-zone.md: Three states act as guarantors of the Astana talks on "
        "Syria: Russia, Iran and Turkey."
    ) in evidence


@pytest.mark.models
def test_search_index() -> None:
    built, convoy, zone = output("search_index.py").split("\n\n")
    assert built.splitlines() == [
        "14 documents, 23 passages",
        "16 added, 14 unchanged, 30 documents",
    ]
    question, best, *_ = convoy.splitlines()
    assert question == "Who negotiated the convoy?"
    assert re.fullmatch(r"  1\.\d\d \(both\) 2017-11-14-pentagon\.html: The Pentagon on .*", best)
    question, best, *_ = zone.splitlines()
    assert question == "size of the zone around al-Tanf"
    assert re.fullmatch(r"  1\.\d\d \(both\) al-tanf/2019-garrison\.html: The garrison at .*", best)


@pytest.mark.models
def test_own_pipeline() -> None:
    claims, stances, findings = output("own_pipeline.py").split("\n\n")
    scores = [float(score) for score in re.findall(r"worth checking (\d\.\d\d): ", claims)]
    assert len(scores) == 2  # and not what is no claim
    assert all(0.5 < score <= 1 for score in scores)
    numbers = [float(number) for number in re.findall(r"\d\.\d\d", stances)]
    assert numbers[1] == max(numbers) > 0.5  # it refutes
    assert sum(numbers) == pytest.approx(1, abs=0.02)
    refuted, supported = findings.splitlines()
    assert re.match(r"REFUTED \(0\.\d\d\): Refuted: .*The garrison at al-Tanf", refuted)
    assert re.match(r"SUPPORTED \(0\.\d\d\): Supported: .*Raqqa", supported)


def test_they_are_short_and_listed() -> None:
    scripts = sorted(FOLDER.glob("*.py"))
    assert len(scripts) == 3
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for script in scripts:
        assert len(script.read_text(encoding="utf-8").splitlines()) < 40
        assert f"]({script.name})" in readme
