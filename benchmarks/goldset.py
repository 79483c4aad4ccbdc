"""The gold set in `tests/gold/`: articles, what they claim, and what their corpora say of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from factcheck.article import read_article
from factcheck.records import Article, Verdict
from index import Encoder, Hit, ReferenceIndex, Span, build_index
from training.data import written_rows

FOLDER = Path(__file__).parent.parent / "tests" / "gold"
#: One to develop on, one to score, looked at once per release.
HALVES = ("dev", "scoring")
#: More articles to develop on, of which only the claims are written down.
FURTHER = "further"


@dataclass(frozen=True)
class GoldMismatch:
    """An exact disagreement: its kind, the piece of the claim and the piece of the document."""

    kind: str
    claim: str
    passage: str


@dataclass(frozen=True)
class GoldClaim:
    """A claim as a careful reader sees it; the fields are explained in `tests/gold/README.md`."""

    span: Span
    text: str
    standalone: str
    names: tuple[str, ...]
    speaker: str | None
    kind: str
    verdict: Verdict | None
    documents: tuple[str, ...]
    mismatches: tuple[GoldMismatch, ...]
    said: str | None
    trap: bool


@dataclass(frozen=True)
class GoldArticle:
    """An article with its gold and its corpus."""

    name: str
    article: Article
    claims: tuple[GoldClaim, ...]
    others: tuple[Span, ...]
    corpus: Path


def read_half(half: str) -> list[GoldArticle]:
    """The articles of a half, or of `FURTHER`, by name."""
    return [read_folder(path) for path in sorted((FOLDER / half).iterdir()) if path.is_dir()]


def read_folder(folder: Path) -> GoldArticle:
    """One article. Raises `ValueError` where a gold text does not stand in it."""
    article = read_article(str(folder / "article.md"))
    claims = tuple(_claim(row, article.text) for row in _rows(folder / "claims.jsonl"))
    listed = folder / "other.jsonl"
    rows = _rows(listed) if listed.exists() else []
    others = tuple(_find(article.text, str(row["text"])) for row in rows)
    return GoldArticle(folder.name, article, claims, others, folder / "corpus")


def _claim(row: dict[str, object], text: str) -> GoldClaim:
    mismatches, documents = row.get("mismatches", []), row.get("documents", [])
    said, verdict, names = row.get("said"), row.get("verdict"), row["names"]
    assert isinstance(mismatches, list)
    assert isinstance(names, list)
    assert isinstance(documents, list)
    return GoldClaim(
        span=_find(text, str(row["text"]), int(str(row.get("occurrence", 1)))),
        text=str(row["text"]),
        standalone=str(row["standalone"]),
        names=tuple(names),
        speaker=None if row["speaker"] is None else str(row["speaker"]),
        kind=str(row["kind"]),
        verdict=None if verdict is None else Verdict(verdict),
        documents=tuple(documents),
        mismatches=tuple(GoldMismatch(m["kind"], m["claim"], m["passage"]) for m in mismatches),
        said=str(said["status"]) if isinstance(said, dict) else None,
        trap=bool(row.get("trap")),
    )


def _find(text: str, piece: str, occurrence: int = 1) -> Span:
    at = -1
    for _ in range(occurrence):
        at = text.index(piece, at + 1)
    return Span(at, at + len(piece))


def _rows(path: Path) -> list[dict[str, object]]:
    return [row for _, row in written_rows(path)]


@contextmanager
def indexed(articles: Sequence[GoldArticle], encoder: Encoder) -> Iterator[ReferenceIndex]:
    """An index of the articles' corpora, each in a folder of the article's name."""
    with tempfile.TemporaryDirectory() as beside:
        folder = Path(beside)
        for gold in articles:
            shutil.copytree(gold.corpus, folder / "corpora" / gold.name)
        build_index(folder / "index", [folder / "corpora"], encoder=encoder)
        with ReferenceIndex.open(folder / "index", encoder) as reference:
            yield reference


def file_of(gold: GoldArticle, hit: Hit) -> str:
    """The name of a document's file; nothing where it is of another article's corpus."""
    folder, *_, name = hit.passage.document_id.split("/")
    return name if folder == gold.name else ""


def overlap(first: Span, second: Span) -> float:
    """Shared characters by all characters of the two, in [0, 1]."""
    shared = min(first.end, second.end) - max(first.start, second.start)
    if shared <= 0:
        return 0.0
    return shared / (first.end - first.start + second.end - second.start - shared)


def pair_up(gold: Sequence[Span], found: Sequence[Span], least: float = 0.5) -> dict[int, int]:
    """Which gold span is which found one, best overlap first, each at most once."""
    options = sorted(
        (
            (overlap(a, b), i, j)
            for i, a in enumerate(gold)
            for j, b in enumerate(found)
            if a.start < b.end and b.start < a.end
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for share, i, j in options:
        if share >= least and i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs
