"""What is written as JSON is read back as the same report, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from factcheck.errors import UsageError
from factcheck.records import Report
from factcheck.render.json import render_json, report_to_dict
from factcheck.reportfile import read_report, report_from_dict
from tests.render.reports import reports
from tests.render.sample import report


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=reports())
def test_what_is_written_is_read_back(made: Report) -> None:
    data = json.loads(render_json(made))
    assert json.loads(render_json(report_from_dict(data))) == data


def test_the_sample_comes_back_whole(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(render_json(report()), encoding="utf-8")
    again = read_report(file)
    assert again.article == report().article
    assert [f.verdict for f in again.findings] == [f.verdict for f in report().findings]
    assert again.findings[0].evidence[0].hit.title == report().findings[0].evidence[0].hit.title
    assert again.manifest == report().manifest


def _broken(how: str) -> Any:
    data: Any = json.loads(render_json(report()))
    if how == "moved":
        data["findings"][0]["claim"]["start"] += 1
    elif how == "long":
        data["findings"][0]["evidence"][0]["end"] += 1
    elif how == "outside":
        data["findings"][0]["evidence"][0]["sentence"]["start"] = 0
    elif how == "verdict":
        data["findings"][0]["verdict"] = "MAYBE"
    else:
        del data["manifest"]
    return data


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("moved", "claim 1 does not stand where it says"),
        ("long", "a passage of claim 1 is not as long as it says"),
        ("outside", "a passage of claim 1 is not as long as it says"),
        ("verdict", "at findings/0/verdict"),
        ("absent", "manifest"),
    ],
)
def test_a_report_that_contradicts_itself_is_refused(how: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        report_from_dict(_broken(how))


def test_whole_numbers_may_be_written_with_a_point() -> None:
    data: Any = json.loads(render_json(report()))
    finding = data["findings"][0]
    for place in (finding["claim"], finding["evidence"][0]["sentence"], data["skipped"][0]):
        place["start"] = float(place["start"])
    made = report_from_dict(data)
    assert render_json(made) == render_json(report_from_dict(json.loads(render_json(report()))))
    assert type(made.skipped[0].start) is int
    assert type(made.findings[0].confidence) is float


@pytest.mark.parametrize("where", ["score", "thresholds"])
def test_numbers_beyond_all_bounds_are_refused(where: str) -> None:
    data: Any = json.loads(render_json(report()))
    holder = data["manifest"]["thresholds"]
    if where == "score":
        holder = data["findings"][0]["evidence"][0]
    holder["score"] = 10**400
    with pytest.raises(ValueError, match=f"at .*{where}"):
        report_from_dict(data)


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 100_000, "\xff"])
def test_a_file_that_is_no_report_says_what_to_do(tmp_path: Path, text: str) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match=r"is no factcheck report .*--format json"):
        read_report(file)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be opened .*check the path"):
        read_report(tmp_path / "none.json")


def test_dicts_of_the_sample_are_those_of_the_file() -> None:
    assert report_from_dict(json.loads(render_json(report()))).findings[0].claim.statement
    assert report_to_dict(report())["findings"][0]["ruling"] is None
