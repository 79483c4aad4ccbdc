"""Articles we wrote, each with a corpus and what every document says of every claim.

One JSON object a line:

    {"name": …, "article": Markdown, "documents": {file: Markdown with title and date, …},
     "claims": [{"text": piece of the article, "statement": …, "labels": [
         {"document": file, "stance": "SUPPORTS" or "REFUTES", "piece": piece of it}, …]}, …]}

A document without a label decides nothing. Dossiers (`training.dossiers`) are claims and documents
as a writer puts them side by side; here the pipeline itself takes the claims from the article,
searches the corpus, and chooses where to read: a verifier learns from what it will be asked.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.goldset import pair_up
from factcheck.article import read_article
from factcheck.claims import split_article
from factcheck.deciding import Gate
from factcheck.pipeline import Checker, claims_from
from factcheck.records import Article, Claim
from factcheck.stance import Verifier, load_verifier, placing
from factcheck.stance.placing import around, find_places, headed, sentences_of
from index import Encoder, Hit, ReferenceIndex, Span, build_index, load_encoder
from training.data import LABELS, Pair
from training.rewritten import rewritings, turned

FOLDER = Path(__file__).parent / "articles"
#: Passages of each claim that are read, as many as a check reads and two more.
PASSAGES = 6
#: From this overlap up a claim that is extracted is the labelled one: with less it may leave out
#: the very words that differ.
SAME = 0.7


@dataclass(frozen=True)
class Share:
    """How much is made of what the pipeline reads.

    Of the windows that decide nothing, which are most, the share `undecided` is kept. Beside each
    window that is kept the whole passage is read with the chance `whole`, whatever its label: a
    verifier must not learn that whole passages decide. Of what supports a claim the share
    `rewritten` is taken as refuting it rewritten; where that is more than 0, what refutes a claim
    is taken as supporting it so, wherever a verifier believes it.
    """

    undecided: float = 0.5
    whole: float = 0.5
    rewritten: float = 0.0


@dataclass(frozen=True)
class Label:
    """What a document says of a claim, and where: `piece` stands in it, exactly."""

    document: str
    stance: str
    piece: str


@dataclass(frozen=True)
class Labelled:
    """A claim: a piece of its article, how it reads alone, and what documents say of it."""

    text: str
    statement: str
    labels: tuple[Label, ...]

    def side(self, document: str, passage: str) -> str | None:
        """What a passage of a document says of it; None where that is not known.

        A passage of a deciding document without the deciding piece may say a part of it.
        """
        mine = [label for label in self.labels if label.document == document]
        if not mine:
            return "NEI"
        sides = {label.stance for label in mine if label.piece in passage}
        return sides.pop() if len(sides) == 1 else None

    def pieces(self, document: str) -> list[str]:
        """The pieces of a document that decide."""
        return [label.piece for label in self.labels if label.document == document]


@dataclass(frozen=True)
class Written:
    """An article, its corpus by file name, and its claims."""

    name: str
    article: str
    documents: dict[str, str]
    claims: tuple[Labelled, ...]


def read_articles(path: Path) -> list[Written]:
    """The articles in `path`. Raises `ValueError` that names the line and what is wrong with it."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n"), 1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}, line {number}: {error}") from error
        claims = tuple(
            Labelled(
                each["text"],
                each["statement"],
                tuple(Label(**label) for label in each["labels"]),
            )
            for each in row["claims"]
        )
        written = Written(row["name"], row["article"], row["documents"], claims)
        if wrong := next(_wrong(written), None):
            raise ValueError(f"{path}, line {number}, {written.name}: {wrong}")
        found.append(written)
    return found


def _wrong(written: Written) -> Iterator[str]:
    """What does not stand where it should."""
    for claim in written.claims:
        if claim.text not in written.article:
            yield f"no {claim.text!r} in the article"
        for label in claim.labels:
            if label.stance not in LABELS[:2]:
                yield f"expected SUPPORTS or REFUTES, got {label.stance!r}"
            if label.piece not in written.documents.get(label.document, ""):
                yield f"no {label.piece!r} in {label.document}"


def article_pairs(pattern: str, seed: int, share: Share, folder: Path = FOLDER) -> list[Pair]:
    """The pairs of the articles in the files of `folder` that match, in the order of the files."""
    random = Random(seed)
    encoder, verifier = load_encoder(), load_verifier()
    pairs: list[Pair] = []
    for path in sorted(folder.glob(pattern)):
        for written in read_articles(path):
            asked = readings(written, encoder, verifier)
            pairs += drawn(asked, random, share)
            if share.rewritten:
                decided = [(each.pair, each.rewritten) for each in asked if each.rewritten]
                pairs += turned(decided, verifier, random, share.rewritten)
    return pairs


@dataclass(frozen=True)
class Asked:
    """A claim and a passage as they are read: in windows, and whole; `label` is what both say.

    `rewritten` is the claim as a check may rewrite it beside the first window; nothing where that
    decides nothing.
    """

    claim: str
    windows: tuple[str, ...]
    whole: str
    label: str
    rewritten: tuple[str, ...] = ()

    @property
    def pair(self) -> Pair:
        """The claim beside the first window."""
        return Pair(self.claim, self.windows[0], self.label, "article")


def drawn(asked: Sequence[Asked], random: Random, share: Share) -> Iterator[Pair]:
    """The pairs that are kept, of every kind as `share` says."""
    for each in asked:
        if each.label == "NEI" and random.random() > share.undecided:
            continue
        for window in each.windows:
            yield Pair(each.claim, window, each.label, "article")
        if random.random() < share.whole and each.whole not in each.windows:
            yield Pair(each.claim, each.whole, each.label, "article")


def readings(written: Written, encoder: Encoder, verifier: Verifier) -> list[Asked]:
    """What a check of the article would read, and a little more, where its side is known.

    A claim that is not extracted is asked as it stands alone. The verifier reads nothing. They come
    claim by claim, in the order of the search.
    """
    found = [
        (labelled, claim.statement, hit, side)
        for labelled, claim, hits in _searched(written, encoder, verifier)
        for hit in hits[:PASSAGES]
        if (side := labelled.side(_file(hit), hit.passage.text))
    ]
    nearest = find_places(
        encoder,
        [placing.Asked(words, hit.passage.text, hit.passage.context) for _, words, hit, _ in found],
    )
    windows = [
        _windows(hit.passage.text, place.window, labelled.pieces(_file(hit)))
        for (labelled, _, hit, _), place in zip(found, nearest, strict=True)
    ]
    decided = [number for number, (*_, side) in enumerate(found) if side != "NEI"]
    made = rewritings([(found[n][1], found[n][2], windows[n][0]) for n in decided])
    rewritten = dict(zip(decided, made, strict=True))
    return [
        Asked(
            words,
            tuple(dict.fromkeys(_read(hit, window) for window in windows[number])),
            _read(hit),
            side,
            rewritten.get(number, ()),
        )
        for number, (_, words, hit, side) in enumerate(found)
    ]


def _searched(
    written: Written, encoder: Encoder, verifier: Verifier
) -> list[tuple[Labelled, Claim, list[Hit]]]:
    """Each claim as a check has it, with what a search in the article's corpus finds."""
    with laid_out(written) as (article, corpus):
        index = corpus.parent / "index"
        build_index(index, [corpus], encoder=encoder)
        with ReferenceIndex.open(index, encoder) as reference:
            claims = _claims(written, article)
            found = Checker(reference, verifier).search(claims, Gate(reference, article.text))
    return list(zip(written.claims, claims, found, strict=True))


@contextmanager
def laid_out(written: Written) -> Iterator[tuple[Article, Path]]:
    """The article as the tool reads it, and its corpus in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as beside:
        corpus = Path(beside) / "corpus"
        corpus.mkdir()
        for name, text in written.documents.items():
            (corpus / name).write_text(text, encoding="utf-8")
        path = Path(beside) / "article.md"
        path.write_text(written.article, encoding="utf-8")
        yield read_article(str(path)), corpus


def places(written: Written, article: Article) -> list[Span]:
    """Where each labelled claim stands in the article: they come in its order, as a rule."""
    found = []
    start = 0
    for labelled in written.claims:
        at = article.text.find(labelled.text, start)
        at = article.text.index(labelled.text) if at < 0 else at
        found.append(Span(at, at + len(labelled.text)))
        start = max(start, at)
    return found


def _claims(written: Written, article: Article) -> list[Claim]:
    """For each labelled claim the one that is extracted there, or itself as it stands alone."""
    extracted = split_article(article).claims
    pairs = pair_up(places(written, article), [claim.span for claim in extracted], least=SAME)
    typed = claims_from([labelled.statement for labelled in written.claims])
    return [extracted[pairs[i]] if i in pairs else typed[i] for i in range(len(typed))]


def _windows(text: str, window: Span, pieces: Sequence[str]) -> list[Span]:
    """The windows that are read: where a check would read, and around what decides.

    Where the first misses what decides it is left out.
    """
    standing = [piece for piece in pieces if piece in text]
    if not standing:
        return [window]
    at = text.index(standing[0])
    piece = Span(at, at + len(standing[0]))
    sentences = sentences_of(text)
    first = next((n for n, each in enumerate(sentences) if each.end > piece.start), 0)
    found = [around(text, sentences, first)]
    if window.start <= piece.start and piece.end <= window.end:
        found.insert(0, window)
    return found


def _read(hit: Hit, span: Span | None = None) -> str:
    """What a verifier reads of a passage: a stretch of it, or all, its source in front."""
    text = span.of(hit.passage.text) if span else hit.passage.text
    return headed(text, hit.title, hit.published)


def _file(hit: Hit) -> str:
    return hit.passage.document_id.rpartition("/")[2]
