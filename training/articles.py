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
from factcheck.mismatch.text import as_printed
from factcheck.pipeline import Checker, claims_from
from factcheck.records import Article, Claim
from factcheck.spans import within
from factcheck.stance import Verifier, load_verifier, placing
from factcheck.stance.placing import Place, around, find_places, headed, sentences_of
from index import Encoder, Hit, ReferenceIndex, Span, build_index, load_encoder
from training.data import LABELS, Pair, written_rows
from training.rewritten import rewritings, turned

FOLDER = Path(__file__).parent / "articles"
#: Passages of each claim that are read, as many as a check reads and two more.
PASSAGES = 6
#: Passages of other articles' documents that are set beside each claim.
STRANGERS = 2
#: From this overlap up a claim that is extracted is the labelled one: with less it may leave out
#: the very words that differ.
SAME = 0.7


@dataclass(frozen=True)
class Share:
    """How much is made of what the pipeline reads.

    Of the windows that decide nothing, which are most, the share `undecided` is kept. Of what
    supports a claim the share `rewritten` is taken as refuting it rewritten; where that is more
    than 0, what refutes a claim is taken as supporting it so, wherever a verifier believes it. Of
    what other articles' documents have nearest to a claim the share `strangers` is kept. Of all
    that, but for what is rewritten, the share `prints` is taken once more, with the claim as its
    article prints it.
    """

    undecided: float = 0.5
    rewritten: float = 0.0
    strangers: float = 0.0
    prints: float = 0.0


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
    for where, row in written_rows(path):
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
            raise ValueError(f"{where}, {written.name}: {wrong}")
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
    articles = [each for path in sorted(folder.glob(pattern)) for each in read_articles(path)]
    claims = [claims_of(written) for written in articles]
    pairs: list[Pair] = []
    for written, mine in zip(articles, claims, strict=True):
        asked = readings(written, mine, encoder, verifier)
        pairs += drawn(asked, random, share.undecided, share.prints)
        if share.rewritten:
            decided = [(each.pair, each.rewritten) for each in asked if each.rewritten]
            pairs += turned(decided, verifier, random, share.rewritten)
    if share.strangers:
        asked = strangers(articles, claims, encoder, verifier)
        pairs += drawn(asked, random, share.strangers, share.prints)
    return pairs


@dataclass(frozen=True)
class Asked:
    """A claim and a passage, in the windows it may be read in; `label` is what each says.

    `rewritten` is the claim as a check may rewrite it beside the first window; nothing where that
    decides nothing. `printed` is how its article has it (`factcheck.mismatch.text.as_printed`).
    """

    claim: str
    windows: tuple[str, ...]
    label: str
    rewritten: tuple[str, ...] = ()
    printed: str = ""

    @property
    def pair(self) -> Pair:
        """The claim beside the first window."""
        return Pair(self.claim, self.windows[0], self.label, "article")


def drawn(
    asked: Sequence[Asked], random: Random, undecided: float, prints: float = 0.0
) -> Iterator[Pair]:
    """One window of each, of those that decide nothing the share `undecided`.

    The share `prints` of them once more, as the article has the claim.
    """
    for each in asked:
        if each.label != "NEI" or random.random() < undecided:
            window = random.choice(each.windows)
            yield Pair(each.claim, window, each.label, "article")
            if prints and each.printed and random.random() < prints:
                yield Pair(each.printed, window, each.label, "article")


def claims_of(written: Written) -> list[Claim]:
    """For each labelled claim the one that is extracted there, or itself as it stands alone."""
    with laid_out(written) as (article, _):
        extracted = split_article(article).claims
        pairs = pair_up(places(written, article), [claim.span for claim in extracted], least=SAME)
    typed = claims_from([labelled.statement for labelled in written.claims])
    return [extracted[pairs[i]] if i in pairs else typed[i] for i in range(len(typed))]


def readings(
    written: Written, claims: Sequence[Claim], encoder: Encoder, verifier: Verifier
) -> list[Asked]:
    """What a check of its claims would read, and a little more, where its side is known.

    The verifier reads nothing. They come claim by claim, in the order of the search.
    """
    with laid_out(written) as (article, corpus):
        searched = _search(corpus, claims, article.text, encoder, verifier)
    found = [
        (labelled, claim, hit, side)
        for labelled, claim, hits in zip(written.claims, claims, searched, strict=True)
        for hit in hits[:PASSAGES]
        if (side := labelled.side(_file(hit), hit.passage.text))
    ]
    nearest = _places(encoder, [(claim.statement, hit) for _, claim, hit, _ in found])
    windows = [
        _windows(hit.passage.text, places, labelled.pieces(_file(hit)))
        for (labelled, _, hit, _), places in zip(found, nearest, strict=True)
    ]
    decided = [number for number, (*_, side) in enumerate(found) if side != "NEI"]
    made = rewritings([(found[n][1].statement, found[n][2], windows[n][0]) for n in decided])
    rewritten = dict(zip(decided, made, strict=True))
    return [
        _asked(claim, hit, windows[number], side, rewritten.get(number, ()))
        for number, (_, claim, hit, side) in enumerate(found)
    ]


def strangers(
    articles: Sequence[Written],
    claims: Sequence[Sequence[Claim]],
    encoder: Encoder,
    verifier: Verifier,
) -> list[Asked]:
    """Each article's claims beside what the documents of all others have nearest to them.

    These decide nothing, for they are about something else of the same kind: a newsroom's corpus is
    full of it, an article's own has little.
    """
    with tempfile.TemporaryDirectory() as beside:
        corpus = Path(beside) / "corpus"
        for number, written in enumerate(articles):
            _write(written, corpus / str(number))
        asked = [claim for mine in claims for claim in mine]
        searched = iter(_search(corpus, asked, "", encoder, verifier))
    found = [
        (claim, hit)
        for number, mine in enumerate(claims)
        for claim in mine
        for hit in _foreign(next(searched), str(number))[:STRANGERS]
    ]
    nearest = _places(encoder, [(claim.statement, hit) for claim, hit in found])
    return [
        _asked(claim, hit, _windows(hit.passage.text, places, []), "NEI")
        for (claim, hit), places in zip(found, nearest, strict=True)
    ]


def _asked(
    claim: Claim, hit: Hit, windows: Sequence[Span], label: str, rewritten: tuple[str, ...] = ()
) -> Asked:
    return Asked(claim.statement, _read(hit, windows), label, rewritten, as_printed(claim))


def _foreign(hits: Sequence[Hit], folder: str) -> list[Hit]:
    """Those of the hits that are not from that folder."""
    return [hit for hit in hits if hit.passage.document_id.split("/")[-2] != folder]


def _search(
    corpus: Path, claims: Sequence[Claim], article: str, encoder: Encoder, verifier: Verifier
) -> list[list[Hit]]:
    """What a check finds for each claim in the documents of a folder; an index is put beside it."""
    index = corpus.parent / "index"
    build_index(index, [corpus], encoder=encoder)
    with ReferenceIndex.open(index, encoder) as reference:
        return Checker(reference, verifier).search(claims, Gate(reference, article))


def _places(encoder: Encoder, found: Sequence[tuple[str, Hit]]) -> list[tuple[Place, ...]]:
    """Where each claim is read in its passage."""
    return find_places(
        encoder,
        [placing.Asked(words, hit.passage.text, hit.passage.context) for words, hit in found],
    )


@contextmanager
def laid_out(written: Written) -> Iterator[tuple[Article, Path]]:
    """The article as the tool reads it, and its corpus in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as beside:
        corpus = Path(beside) / "corpus"
        _write(written, corpus)
        path = Path(beside) / "article.md"
        path.write_text(written.article, encoding="utf-8")
        yield read_article(str(path)), corpus


def _write(written: Written, folder: Path) -> None:
    """Put the documents into a folder."""
    folder.mkdir(parents=True)
    for name, text in written.documents.items():
        (folder / name).write_text(text, encoding="utf-8")


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


def _windows(text: str, places: Sequence[Place], pieces: Sequence[str]) -> list[Span]:
    """The windows that are read: where a check reads, and around what decides.

    Of a passage that decides, windows that miss what does are left out.
    """
    standing = [piece for piece in pieces if piece in text]
    if not standing:
        return [place.window for place in places]
    at = text.index(standing[0])
    piece = Span(at, at + len(standing[0]))
    sentences = sentences_of(text)
    first = next((n for n, each in enumerate(sentences) if each.end > piece.start), 0)
    found = [around(text, sentences, first)]
    likeliest = places[0].window
    if within(piece, likeliest):
        found.insert(0, likeliest)
    return found


def _read(hit: Hit, windows: Sequence[Span]) -> tuple[str, ...]:
    """What a verifier reads of a passage in each window, its source in front; each once."""
    texts = [headed(each.of(hit.passage.text), hit.title, hit.published) for each in windows]
    return tuple(dict.fromkeys(texts))


def _file(hit: Hit) -> str:
    return hit.passage.document_id.rpartition("/")[2]
