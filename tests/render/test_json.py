"""The JSON report keeps to its schema, and every offset names the text beside it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, ValidationError

from factcheck.records import Report
from factcheck.render.json import (
    claim_to_dict,
    claims_to_dict,
    render_json,
    report_to_dict,
    schema,
)
from factcheck.rewriting import rewrite
from tests.render.reports import reports
from tests.render.sample import report


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def read(made: Report) -> Any:
    """The report as another program reads it: from UTF-8 bytes."""
    return json.loads(render_json(made).encode("utf-8"))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=reports())
def test_every_offset_slices_back(validator: Draft202012Validator, made: Report) -> None:
    data = read(made)
    validator.validate(data)
    text = data["article"]["text"]
    assert len(text) == len(made.article.text)
    for sentence in [*data["skipped"], *(finding["claim"] for finding in data["findings"])]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    for finding in data["findings"]:
        for item in finding["evidence"]:
            start, sentence = item["start"], item["sentence"]
            assert len(item["text"]) == item["end"] - start
            inside = item["text"][sentence["start"] - start : sentence["end"] - start]
            assert inside == sentence["text"]


def test_the_sample_in_full(validator: Draft202012Validator) -> None:
    data = read(report())
    validator.validate(data)
    finding = data["findings"][0]
    assert finding["verdict"] == "REFUTED"
    assert finding["reason"] is None
    assert finding["said"] == {
        "status": "absent",
        "document": None,
        "index": "",
        "start": None,
        "end": None,
        "speaker": None,
    }
    assert finding["claim"]["speaker"] == "the harbour master"
    first = finding["evidence"][0]
    assert first["document"] == "reports/harbour-board-2019.pdf"
    assert first["page"] == "12"
    assert first["stance"] == "REFUTES"
    assert first["probabilities"] == {"supports": 0.02, "refutes": 0.93, "nei": 0.05}
    assert first["sentence"]["text"].startswith("The wall was opened on 9 June 1987")
    mismatch = first["mismatches"][0]
    of, at = mismatch["claim_span"], mismatch["passage_span"]
    assert data["article"]["text"][of["start"] : of["end"]] == mismatch["claim_value"] == "1990"
    shift = first["start"]
    assert first["text"][at["start"] - shift : at["end"] - shift] == "1987"
    assert [item["verdict"] for item in data["findings"]].count("NOT_ENOUGH_EVIDENCE") == 3
    assert data["findings"][4]["reason"] == "nothing_found"
    assert data["findings"][4]["evidence"] == []
    assert [item["reason"] for item in data["skipped"]].count("furniture") == 2
    assert data["manifest"]["precision"] == {"encoder": "bf16", "verifier": "f32"}
    assert data["excluded"][1] == {
        "document": "notes.txt",
        "reason": "has no date, and only what was published by 2021-03-31 counts",
        "index": "",
    }


def test_what_was_said_is_the_documents_slice() -> None:
    finding = read(report())["findings"][-1]
    said, (item,) = finding["said"], finding["evidence"]
    assert (said["status"], said["speaker"]) == ("altered", "Velt")
    assert said["document"] == item["document"] == "minutes/2021-02.md"
    shift = item["start"]
    assert item["text"][said["start"] - shift : said["end"] - shift] == (
        "The lake has risen by two centimetres since my father ran the line, and it will rise again"
    )
    assert read(report())["findings"][4]["said"] is None


def test_agreements_are_slices_of_article_and_document() -> None:
    data = read(report())
    item = data["findings"][3]["evidence"][0]
    shared = [
        (
            data["article"]["text"][each["claim_span"]["start"] : each["claim_span"]["end"]],
            item["text"][
                each["passage_span"]["start"] - item["start"] : each["passage_span"]["end"]
                - item["start"]
            ],
        )
        for each in item["agreements"]
    ]
    assert shared == [("Silber spring", "Silber spring"), ("1874", "1874")]


def test_the_other_places_of_a_claim_and_what_was_verified() -> None:
    data = read(report())
    (place,) = data["findings"][2]["claim"]["places"]
    assert data["article"]["text"][place["start"] : place["end"]] == (
        "The ferry to Ostrea carries more passengers than any other ferry on the lake."
    )
    made = report().findings[2].claim
    assert data["findings"][2]["claim"]["statement"] == made.standalone
    wording = rewrite(made.text, ["The ferry to Ostrea sails."])
    assert claim_to_dict(replace(made, wording=wording))["statement"] == wording.text


def test_letters_stay_letters() -> None:
    assert "港の壁" in render_json(report())


def test_surrogates_become_one_replacement_each() -> None:
    made = report()
    made = replace(made, article=replace(made.article, text="\ud83d\ude00" + made.article.text))
    assert read(made)["article"]["text"].startswith("\ufffd\ufffdSign up")


def test_no_control_code_reaches_a_terminal_and_every_parser_reads_what_was_there() -> None:
    made = report()
    hostile = "\x1b[2J\x9b31m\x7f\u202eevil\u2066\u200f\u2028"
    made = replace(made, article=replace(made.article, text=hostile + made.article.text))
    shown = render_json(made)
    assert not set(hostile) - set("[2J31mevil") & set(shown)
    assert read(made)["article"]["text"].startswith(hostile)


def test_numbers_that_are_none_are_refused() -> None:
    made = report()
    bad = replace(made, findings=(replace(made.findings[0], confidence=math.nan),))
    with pytest.raises(ValueError, match="JSON compliant"):
        render_json(bad)


def test_claims_alone() -> None:
    made = report()
    claims = [finding.claim for finding in made.findings]
    data = claims_to_dict(made.article, claims, made.skipped)
    assert data["claims"] == [item["claim"] for item in report_to_dict(made)["findings"]]
    assert data["skipped"] == report_to_dict(made)["skipped"]


def break_it(data: dict[str, Any], path: list[str | int], value: object) -> None:
    for key in path[:-1]:
        data = data[key]  # type: ignore[index]
    data[path[-1]] = value  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["extra"], 1),
        (["findings", 0, "verdict"], "TRUE"),
        (["findings", 0, "reason"], "neutral"),  # only without enough evidence
        (["findings", 4, "reason"], None),
        (["findings", 0, "confidence"], 1.2),
        (["findings", 0, "claim", "start"], -1),
        (["findings", 0, "claim", "kind"], "rumour"),
        (["findings", 0, "evidence", 0, "stance"], "supports"),
        (["findings", 0, "evidence", 0, "published"], "2 April 2019"),
        (["findings", 0, "evidence", 0, "probabilities", "other"], 0.1),
        (["findings", 0, "evidence", 0, "mismatches", 0, "kind"], "mood"),
        (["findings", 0, "evidence", 0, "agreements", 0, "extra"], 1),
        (["findings", 0, "evidence", 0, "agreements"], None),
        (["findings", 0, "said", "status"], "maybe"),
        (["findings", 0, "said", "start"], -1),
        (["findings", 0, "claim", "kind"], "prediction"),  # is never checked
        (["findings", 0, "claim", "places"], None),
        (["findings", 0, "claim", "statement"], None),
        (["excluded", 0, "reason"], None),
        (["excluded"], None),
        (["article", "text"], None),
        (["skipped", 0, "reason"], None),
    ],
)
def test_the_schema_is_strict(
    validator: Draft202012Validator, path: list[str | int], value: object
) -> None:
    data = read(report())
    break_it(data, path, value)
    with pytest.raises(ValidationError):
        validator.validate(data)
