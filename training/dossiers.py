"""Dossiers we wrote: four documents on one story, and claims an article could make about it.

One JSON object a line:

    {"kind": …, "documents": [{"title": …, "date": ISO or null, "sentences": […]}, …],
     "claims": [{"text": …, "labels": ["S2", "N", …], "turns": …}, …]}

A label for each document: `S2` where its second sentence supports the claim, `R2` where it refutes
it, `N` where nothing in it decides. Claims stand in pairs of twins that differ in one thing
(`turns`), so that their wording alone does not tell the label. The groups (`training.written`) are
riddles; here things are mostly said as documents say them, with their source in front, as the
pipeline reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from factcheck.stance.placing import Asked, around, headed, places_in
from index import Span
from training.data import Pair, written_rows
from training.written import CATEGORIES

FOLDER = Path(__file__).parent / "dossiers"
#: What the first letter of a label stands for.
NAMES = {"S": "SUPPORTS", "R": "REFUTES", "N": "NEI"}
#: How often a document is read without its source in front.
BARE = 0.08


@dataclass(frozen=True)
class Draw:
    """How much is made of a dossier.

    Of the pairs that nothing decides, which are most, the share `undecided` is kept; a deciding
    document is also read whole, and its deciding sentence alone, with the chances `whole` and
    `alone`.
    """

    undecided: float = 0.4
    whole: float = 0.5
    alone: float = 0.25


@dataclass(frozen=True)
class Source:
    """A document of a dossier; `published` is an ISO 8601 date or None."""

    title: str
    published: str | None
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its sentences, one after the other."""
        return " ".join(self.sentences)

    def spans(self) -> list[Span]:
        """The sentences' places in `text`."""
        spans, start = [], 0
        for sentence in self.sentences:
            spans.append(Span(start, start + len(sentence)))
            start += len(sentence) + 1
        return spans


@dataclass(frozen=True)
class Labelled:
    """A claim with a label for each document: its name, and the number of the deciding sentence."""

    text: str
    labels: tuple[tuple[str, int | None], ...]
    turns: str


@dataclass(frozen=True)
class Dossier:
    """Documents on one story, and claims about it."""

    documents: tuple[Source, ...]
    claims: tuple[Labelled, ...]

    def pairs(self, random: Random, draw: Draw = Draw()) -> Iterator[Pair]:
        """Pairs as the pipeline reads them: a stretch of a document, its source in front.

        Their source is `"dossier <turns>"`.
        """
        for claim in self.claims:
            for document, (label, sentence) in zip(self.documents, claim.labels, strict=True):
                if label == "NEI" and random.random() > draw.undecided:
                    continue
                for span in _stretches(claim.text, document, sentence, random, draw):
                    bare = random.random() < BARE
                    text = span.of(document.text)
                    read = text if bare else headed(text, document.title, document.published)
                    yield Pair(claim.text, read, label, f"dossier {claim.turns}")


def _stretches(
    claim: str, document: Source, sentence: int | None, random: Random, draw: Draw
) -> Iterator[Span]:
    """What is read of a document: around the sentence that decides, or where the claim points."""
    whole = Span(0, len(document.text))
    if sentence is None:
        place, *_ = places_in(Asked(claim, document.text, document.title))
        kinds = (place.window, whole, place.sentence)
        yield random.choices(kinds, (1, draw.whole, draw.alone))[0]
        return
    spans = document.spans()
    yield around(document.text, spans, sentence)
    if random.random() < draw.whole:
        yield whole
    if random.random() < draw.alone:
        yield spans[sentence]


def read_dossiers(path: Path) -> list[Dossier]:
    """The dossiers in `path`. Raises `ValueError` that names the line when one is none."""
    dossiers = []
    for where, row in written_rows(path):
        documents = tuple(
            Source(each["title"], each["date"], tuple(each["sentences"]))
            for each in row["documents"]
        )
        claims = tuple(
            Labelled(each["text"], tuple(map(_label, each["labels"])), each["turns"])
            for each in row["claims"]
        )
        for claim in claims:
            if claim.turns not in CATEGORIES or len(claim.labels) != len(documents):
                raise ValueError(
                    f"{where}: expected a known kind of difference and a label for "
                    f"each of {len(documents)} documents, got {claim}"
                )
            for document, (_, sentence) in zip(documents, claim.labels, strict=True):
                if sentence is not None and not 0 <= sentence < len(document.sentences):
                    raise ValueError(f"{where}: {document.title!r} has no sentence {sentence + 1}")
        dossiers.append(Dossier(documents, claims))
    return dossiers


def _label(written: str) -> tuple[str, int | None]:
    """`"S2"` → `("SUPPORTS", 1)`, `"N"` → `("NEI", None)`."""
    name = NAMES[written[0]]
    return name, (int(written[1:]) - 1 if name != "NEI" else None)


def dossier_pairs(
    pattern: str, seed: int, draw: Draw = Draw(), folder: Path = FOLDER
) -> list[Pair]:
    """The pairs of the dossiers in the files of `folder` that match, in the order of the files."""
    random = Random(seed)
    return [
        pair
        for path in sorted(folder.glob(pattern))
        for dossier in read_dossiers(path)
        for pair in dossier.pairs(random, draw)
    ]
