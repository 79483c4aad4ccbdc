"""The report as ClaimReview, the vocabulary of schema.org in which fact-checks are published.

What each field holds, how our verdicts become ratings, and what is left to whoever publishes it, is
in `docs/claimreview.md`. Nothing is made up: what the report does not know is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from factcheck.records import Article, Evidence, Finding, Report, SaidStatus, Stance, Verdict
from factcheck.render.address import web_address
from factcheck.render.json import dumps
from factcheck.render.safe import plain
from factcheck.stretches import iso_stretch

#: The ends of the scale, of which every verdict that is a rating at all is one.
BEST, WORST = 5, 1

#: What people read in place of a rating. A conflict and a silence have no number on a scale from
#: false to true: the middle of it says "half true", which is neither.
RATINGS: dict[Verdict, tuple[str, int | None]] = {
    Verdict.SUPPORTED: ("Supported by the sources", BEST),
    Verdict.REFUTED: ("Refuted by the sources", WORST),
    Verdict.CONFLICTING: ("Sources disagree", None),
    Verdict.NOT_ENOUGH_EVIDENCE: ("Not enough evidence", None),
}

#: Added to a verdict that no reader has given.
AUTOMATIC = "found automatically"
STATUS = "Draft: the verdict was found automatically, and no person has decided it"

_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")

_Node = dict[str, Any]


def render_claimreview(report: Report, everything: bool = False) -> str:
    """The report as one JSON-LD object: a `ClaimReview` in `@graph` for each claim decided.

    Decided is what a reader gave a verdict; `everything` adds the other claims, with the tool's
    verdict and words that say so. The text can stand in a `<script>` of a page as it is.
    """
    reviews = [
        _review(report.article, finding)
        for finding in report.findings
        if everything or (finding.ruling and finding.ruling.verdict)
    ]
    text = dumps({"@context": "https://schema.org", "@graph": reviews})
    # in JSON these stand in strings alone: nothing can end the script, or begin a comment in it
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _review(article: Article, finding: Finding) -> _Node:
    ruling = finding.ruling
    decided = ruling.verdict if ruling else None
    verdict = decided or finding.verdict
    attributed = _on_who_said_it(finding, verdict)
    return _known(
        {
            "@type": "ClaimReview",
            "claimReviewed": _text(
                finding.claim.sentence if attributed else finding.claim.statement
            ),
            "reviewRating": _rating(finding, verdict, automatic=decided is None),
            "itemReviewed": _claim(article, finding, attributed),
            "datePublished": _moment(ruling.at) if ruling and decided else None,
            "creativeWorkStatus": STATUS if decided is None else None,
            "citation": _citations(finding.evidence),
        }
    )


def _on_who_said_it(finding: Finding, verdict: Verdict) -> bool:
    """Whether `verdict` is on whether somebody said it, as against whether it is true.

    Then the claim is the article's, and the one it names is not its author: a quotation that was
    never said is no claim of theirs.
    """
    said = finding.said
    if said is None:
        return False
    verbatim = said.status is SaidStatus.VERBATIM
    return (said.refutes and verdict is Verdict.REFUTED) or (
        verbatim and verdict is Verdict.SUPPORTED
    )


def _rating(finding: Finding, verdict: Verdict, automatic: bool) -> _Node:
    """The rating. Why it is so is the tool's reason, where the verdict is the tool's, too."""
    words, value = RATINGS[verdict]
    return _known(
        {
            "@type": "Rating",
            "ratingValue": value,
            "bestRating": BEST if value is not None else None,
            "worstRating": WORST if value is not None else None,
            "alternateName": f"{words} ({AUTOMATIC})" if automatic else words,
            "ratingExplanation": _text(finding.why) if verdict is finding.verdict else None,
        }
    )


def _claim(article: Article, finding: Finding, attributed: bool) -> _Node:
    """The claim as it stands in the article; its author is the speaker, where they are its source.

    Its date is the article's if the article itself claims it: when somebody else did is not known.
    """
    speaker = None if attributed else _text(finding.claim.speaker)
    published = _day(article.published)
    address = web_address(article.source)
    appearance = _known(
        {
            "@type": "CreativeWork",
            "url": address,
            "headline": _text(article.title),
            "datePublished": published,
        }
    )
    return _known(
        {
            "@type": "Claim",
            "text": _text(finding.claim.text),
            "author": {"@type": "Person", "name": speaker} if speaker else None,
            "datePublished": published if not finding.claim.speaker else None,
            "appearance": appearance if address else None,
        }
    )


def _citations(evidence: Sequence[Evidence]) -> list[_Node]:
    """The documents that take a side, each once, strongest first."""
    found: dict[tuple[str, str], _Node] = {}
    for item in evidence:
        hit = item.hit
        document = hit.passage.document_id
        if item.stance is not Stance.NEI:
            node = {
                "@type": "CreativeWork",
                "name": _text(hit.title) or _text(document),
                "url": web_address(hit.source),
                "datePublished": _day(hit.published),
            }
            found.setdefault((hit.index, document), _known(node))
    return [node for node in found.values() if len(node) > 1]


def _known(node: _Node) -> _Node:
    """`node` without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _text(value: str | None) -> str | None:
    """Foreign text, inert and on one line; None when nothing is left of it."""
    return re.sub(" {2,}", " ", plain(value or "")).strip() or None


def _day(value: str | None) -> str | None:
    """A date as it is known, `2019` or `2019-04` too, which are dates in ISO 8601."""
    return value if value and _DAY.fullmatch(value) and iso_stretch(value) else None


def _moment(value: str) -> str | None:
    """A moment, if it is one."""
    try:
        return datetime.fromisoformat(value).isoformat().replace("+00:00", "Z")
    except ValueError:
        return None
