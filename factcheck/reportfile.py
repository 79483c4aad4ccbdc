"""A saved report → `Report`: what `factcheck.render.json` writes, read back.

Nothing in a file is believed: it is bounded, checked against the schema and against itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from factcheck.errors import UsageError
from factcheck.records import (
    Abstention,
    Agreement,
    Article,
    Claim,
    ClaimKind,
    Dated,
    Evidence,
    Excluded,
    Finding,
    Manifest,
    Mismatch,
    Probabilities,
    Report,
    Ruling,
    Said,
    SaidStatus,
    Settings,
    SkippedSentence,
    Stance,
    Verdict,
)
from factcheck.render.json import schema
from factcheck.rewriting import Rewriting
from index import FoundBy, Hit, IndexUsed, Passage, Span

#: A report of 2,000 claims with ten passages each takes some 40 MB.
MAX_BYTES = 200 * 1024 * 1024

_Json = Mapping[str, Any]


def read_report(path: Path) -> Report:
    """The report in a file that `--format json` wrote.

    Raises `UsageError` for a file that cannot be read, or is no such report.
    """
    try:
        return report_from_dict(read_json(path))
    except ValueError as error:
        raise UsageError(
            f"{str(path)!r} is no factcheck report ({error}); make one with "
            "`factcheck check ARTICLE --index INDEX --format json -o FILE`"
        ) from error


def read_json(path: Path) -> Any:
    """What a JSON file of bounded size holds.

    Raises `ValueError` when it is no JSON, and `UsageError` when it cannot be read or is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(f"{str(path)!r} cannot be opened ({reason}); check the path") from error
    if len(data) > MAX_BYTES:
        raise UsageError(
            f"{str(path)!r} is larger than {MAX_BYTES >> 20} MB, expected a report or a session; "
            "check the path"
        )
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON, at line {error.lineno}") from error
    except UnicodeDecodeError as error:
        raise ValueError("it is not in UTF-8") from error
    except ValueError as error:  # Python bounds the digits it reads
        raise ValueError("a number in it is too long") from error


def report_from_dict(data: Any) -> Report:
    """The report that `report_to_dict` made `data` of, but for what only a check needs.

    Raises `ValueError` when `data` does not keep to the schema or contradicts itself.
    """
    validate(_validator(), data)
    make_whole(data, schema())
    article = Article(**data["article"])
    findings = tuple(finding_from_dict(item) for item in data["findings"])
    report = Report(
        article,
        findings,
        manifest_from_dict(data["manifest"]),
        tuple(SkippedSentence(**item) for item in data["skipped"]),
        tuple(Excluded(**item) for item in data["excluded"]),
    )
    hold_together(article, findings)
    return report


@cache
def _validator() -> Any:
    from jsonschema_rs import validator_for

    return validator_for(schema())


def validate(validator: Any, data: Any) -> None:
    """Hold `data` to the schema of `validator`. Raises `ValueError`, which names the place."""
    from jsonschema_rs import ValidationError

    try:
        validator.validate(data)
    except ValidationError as error:
        where = "/".join(str(step) for step in error.instance_path) or "the file"
        raise ValueError(f"at {where}: {error.message[:200]}") from error


def make_whole(data: Any, schema: dict[str, Any]) -> None:
    """Turn numbers that `schema` has as whole ones into `int`: `7.0` keeps to it, and is a float.

    They are known by their names, wherever they stand.
    """
    names = frozenset(_whole(schema, schema["$defs"]))
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            value |= {
                name: int(each)
                for name, each in value.items()
                if name in names and isinstance(each, float) and each.is_integer()
            }
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _whole(schema: Any, defined: dict[str, Any]) -> Iterator[str]:
    """The names of what is a whole number in a schema."""
    if isinstance(schema, list):
        for each in schema:
            yield from _whole(each, defined)
    elif isinstance(schema, dict):
        for name, each in schema.items():
            if isinstance(each, dict):
                kind = defined.get(str(each.get("$ref")).rpartition("/")[2], each).get("type", "")
                if "integer" in kind:  # one type, or a list of them
                    yield name
            yield from _whole(each, defined)


def hold_together(article: Article, findings: Sequence[Finding]) -> None:
    """Spans of findings name what they say they name. Raises `ValueError`."""
    text = article.text
    for number, finding in enumerate(findings, 1):
        claim = finding.claim
        if claim.span.of(text) != claim.text:
            raise ValueError(f"claim {number} does not stand where it says")
        for item in finding.evidence:
            passage, sentence = item.hit.passage, item.sentence
            inside = passage.start <= sentence.start <= sentence.end <= passage.end
            if passage.end - passage.start != len(passage.text) or not inside:
                raise ValueError(f"a passage of claim {number} is not as long as it says")


def finding_from_dict(data: _Json) -> Finding:
    """A finding, as `finding_to_dict` writes it, held to the schema already."""
    return Finding(
        claim=claim_from_dict(data["claim"]),
        evidence=tuple(_evidence(item) for item in data["evidence"]),
        verdict=Verdict(data["verdict"]),
        confidence=data["confidence"],
        reason=Abstention(data["reason"]) if data["reason"] else None,
        why=data["why"],
        said=_said(data["said"]) if data["said"] else None,
        ruling=ruling_from_dict(data["ruling"]) if data["ruling"] else None,
        searches=tuple(data["searches"]),
    )


def ruling_from_dict(data: _Json) -> Ruling:
    """A ruling, as `ruling_to_dict` writes it."""
    verdict = Verdict(data["verdict"]) if data["verdict"] else None
    return Ruling(verdict, data["note"], data["at"])


def claim_from_dict(data: _Json) -> Claim:
    """A claim, as `claim_to_dict` writes it, held to the schema already."""
    statement, standalone = data["statement"], data["standalone"]
    return Claim(
        text=data["text"],
        start=data["start"],
        end=data["end"],
        standalone=standalone,
        speaker=data["speaker"],
        kind=ClaimKind(data["kind"]),
        checkworthiness=data["checkworthiness"],
        reason=data["reason"],
        wording=Rewriting(statement, ()) if statement != standalone else None,
        context=data.get("context", ""),
        places=_spans(data["places"]),
    )


def _said(data: _Json) -> Said:
    return Said(
        SaidStatus(data["status"]),
        data["document"],
        data["start"] or 0,
        data["end"] or 0,
        data["speaker"],
        data["index"],
    )


def _evidence(data: _Json) -> Evidence:
    return Evidence(
        hit=_hit(data),
        stance=Stance(data["stance"]),
        probabilities=Probabilities(**data["probabilities"]),
        sentence=Span(data["sentence"]["start"], data["sentence"]["end"]),
        dated=Dated(data["dated"]),
        mismatches=tuple(
            Mismatch(
                item["kind"],
                Span(**item["claim_span"]),
                Span(**item["passage_span"]),
                item["claim_value"],
                item["passage_value"],
            )
            for item in data["mismatches"]
        ),
        agreements=tuple(
            Agreement(Span(**item["claim_span"]), Span(**item["passage_span"]))
            for item in data["agreements"]
        ),
    )


def _hit(data: _Json) -> Hit:
    passage = Passage(data["document"], data["start"], data["end"], data["text"], context="")
    return Hit(
        passage=passage,
        score=data["score"],
        found_by=FoundBy(data["found_by"]),
        title=data["title"],
        source=data["source"],
        published=data["published"],
        page=data["page"],
        retrieved=data["retrieved"],
        index=data["index"],
    )


def manifest_from_dict(data: _Json) -> Manifest:
    """A manifest, as a report has it, held to the schema already."""
    known = {
        **data,
        "indexes": tuple(IndexUsed(**item) for item in data["indexes"]),
        "settings": _settings(data["settings"]),
    }
    return Manifest(**known)


def _settings(data: _Json) -> Settings:
    return Settings(
        **{**data, "sources": tuple(data["sources"]), "excluded": tuple(data["excluded"])}
    )


def _spans(data: Sequence[_Json]) -> tuple[Span, ...]:
    return tuple(Span(**item) for item in data)
