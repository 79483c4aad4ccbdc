"""The report as JSON, in the fields other programs rely on; `report.schema.json` describes them.

Offsets are half-open and count code points: of `article.text` for a claim, a skipped sentence and
`claim_span`; of the source document for a passage, its sentence and `passage_span`. A lone
surrogate becomes U+FFFD, which leaves offsets as they are and makes the output valid UTF-8.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from factcheck.records import (
    Article,
    Claim,
    Evidence,
    Finding,
    Mismatch,
    Report,
    Ruling,
    Said,
    SkippedSentence,
)
from index import Hit, Span

#: Decimals of a probability or a score: beyond these is the noise of the arithmetic.
DECIMALS = 6

_SURROGATE = re.compile("[\ud800-\udfff]")
#: Control codes that JSON leaves as they are, and marks that turn the direction of what is shown.
_CONTROL = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def render_json(report: Report) -> str:
    """The report as one JSON object, indented, ending in a newline."""
    return dumps(report_to_dict(report))


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that `render_json` keeps to."""
    text = files("factcheck.render").joinpath("report.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def dumps(value: dict[str, Any]) -> str:
    """`value` as JSON text that any parser reads and any terminal may be shown.

    Raises `ValueError` on NaN or infinity.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    text = _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text) + "\n"


def report_to_dict(report: Report) -> dict[str, Any]:
    """The report as plain dicts, lists, strings and numbers."""
    return {
        "article": article_to_dict(report.article),
        "findings": [finding_to_dict(finding) for finding in report.findings],
        "skipped": [skipped_to_dict(sentence) for sentence in report.skipped],
        "excluded": [asdict(document) for document in report.excluded],
        "manifest": asdict(report.manifest),
    }


def claims_to_dict(
    article: Article, claims: Sequence[Claim], skipped: Sequence[SkippedSentence]
) -> dict[str, Any]:
    """What an article claims, unchecked: the same fields as in a report."""
    return {
        "article": article_to_dict(article),
        "claims": [claim_to_dict(claim) for claim in claims],
        "skipped": [skipped_to_dict(sentence) for sentence in skipped],
    }


def article_to_dict(article: Article) -> dict[str, Any]:
    """An article, its text included, so that offsets can be sliced."""
    return {
        "title": article.title,
        "source": article.source,
        "published": article.published,
        "author": article.author,
        "text": article.text,
    }


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """A claim."""
    return {
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "standalone": claim.standalone,
        "context": claim.context,
        "statement": claim.statement,
        "places": [_span(place) for place in claim.places],
        "speaker": claim.speaker,
        "kind": claim.kind.value,
        "checkworthiness": _number(claim.checkworthiness),
        "reason": claim.reason,
    }


def skipped_to_dict(sentence: SkippedSentence) -> dict[str, Any]:
    """A sentence that is not checked."""
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "reason": sentence.reason,
        "speaker": sentence.speaker,
    }


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """A claim with its verdict and all its evidence."""
    return {
        "claim": claim_to_dict(finding.claim),
        "verdict": finding.verdict.value,
        "reason": finding.reason.value if finding.reason else None,
        "confidence": _number(finding.confidence),
        "why": finding.why,
        "said": said_to_dict(finding.said) if finding.said else None,
        "ruling": ruling_to_dict(finding.ruling) if finding.ruling else None,
        "searches": list(finding.searches),
        "evidence": [evidence_to_dict(item) for item in finding.evidence],
    }


def said_to_dict(said: Said) -> dict[str, Any]:
    """Whether the speaker said it, and where a source has it."""
    return {
        "status": said.status.value,
        "document": said.document,
        "index": said.index,
        "start": said.start if said.document else None,
        "end": said.end if said.document else None,
        "speaker": said.speaker,
    }


def ruling_to_dict(ruling: Ruling) -> dict[str, Any]:
    """What the reader says of a claim."""
    return {
        "verdict": ruling.verdict.value if ruling.verdict else None,
        "note": ruling.note,
        "at": ruling.at,
    }


def evidence_to_dict(item: Evidence) -> dict[str, Any]:
    """A passage and what it says about the claim."""
    probabilities = item.probabilities
    return {
        **hit_to_dict(item.hit),
        "sentence": {**_span(item.sentence), "text": item.sentence_text},
        "stance": item.stance.value,
        "probabilities": {
            "supports": _number(probabilities.supports),
            "refutes": _number(probabilities.refutes),
            "nei": _number(probabilities.nei),
        },
        "dated": item.dated.value,
        "mismatches": [_mismatch(mismatch) for mismatch in item.mismatches],
        "agreements": [
            {"claim_span": _span(each.claim_span), "passage_span": _span(each.passage_span)}
            for each in item.agreements
        ],
    }


def hit_to_dict(hit: Hit) -> dict[str, Any]:
    """A passage that was found: `text` is `document_text[start:end]`."""
    return {
        "document": hit.passage.document_id,
        "index": hit.index,
        "source": hit.source,
        "title": hit.title,
        "published": hit.published,
        "page": hit.page,
        "retrieved": hit.retrieved,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.passage.text,
        "score": _number(hit.score),
        "found_by": hit.found_by.value,
    }


def _mismatch(mismatch: Mismatch) -> dict[str, Any]:
    return {
        "kind": mismatch.kind,
        "claim_span": _span(mismatch.claim_span),
        "passage_span": _span(mismatch.passage_span),
        "claim_value": mismatch.claim_value,
        "passage_value": mismatch.passage_value,
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _number(value: float) -> float:
    # float() first: a NumPy scalar is not JSON.
    return round(float(value), DECIMALS)
