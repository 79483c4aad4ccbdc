"""Check what an article claims against your own sources.

```python
import factcheck, index

with index.ReferenceIndex.open("my-index") as reference:
    report = factcheck.check(factcheck.read_article("article.md"), reference)
for finding in report.findings:
    print(finding.verdict.value, finding.claim.text, finding.why)
```

Everything is imported when it is first asked for, so that `import factcheck` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.article import ArticleOptions, read_article
    from factcheck.claims import extract_claims, score_checkworthiness
    from factcheck.deciding import Choice
    from factcheck.errors import ArticleError, FactcheckError, ModelError, UsageError
    from factcheck.pipeline import CheckOptions, check, check_claims
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
    from factcheck.stance import Verifier, load_verifier

__version__ = "0.1.0"

_HOMES = {
    "factcheck.article": ("ArticleOptions", "read_article"),
    "factcheck.claims": ("extract_claims", "score_checkworthiness"),
    "factcheck.deciding": ("Choice",),
    "factcheck.errors": ("ArticleError", "FactcheckError", "ModelError", "UsageError"),
    "factcheck.pipeline": ("CheckOptions", "check", "check_claims"),
    "factcheck.records": (
        "Abstention",
        "Agreement",
        "Article",
        "Claim",
        "ClaimKind",
        "Dated",
        "Evidence",
        "Excluded",
        "Finding",
        "Manifest",
        "Mismatch",
        "Probabilities",
        "Report",
        "Ruling",
        "Said",
        "SaidStatus",
        "Settings",
        "SkippedSentence",
        "Stance",
        "Verdict",
    ),
    "factcheck.stance": ("Verifier", "load_verifier"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Abstention",
    "Agreement",
    "Article",
    "ArticleError",
    "ArticleOptions",
    "CheckOptions",
    "Choice",
    "Claim",
    "ClaimKind",
    "Dated",
    "Evidence",
    "Excluded",
    "FactcheckError",
    "Finding",
    "Manifest",
    "Mismatch",
    "ModelError",
    "Probabilities",
    "Report",
    "Ruling",
    "Said",
    "SaidStatus",
    "Settings",
    "SkippedSentence",
    "Stance",
    "UsageError",
    "Verdict",
    "Verifier",
    "check",
    "check_claims",
    "extract_claims",
    "load_verifier",
    "read_article",
    "score_checkworthiness",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)
