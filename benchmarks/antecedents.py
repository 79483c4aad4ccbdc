"""Names put into claims: `python -m benchmarks.antecedents [PATTERN] [-v]`.

Who wrote the articles in `training/articles/` also wrote how each claim reads alone. A name that we
put in, which stands neither in the claim's sentence nor in that text, is mostly somebody else's: a
pronoun, or `the company`, was given to the wrong one. Some are only more than the writer said; and
two people of one sentence taken for each other are not seen. It is a measure to compare by.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.goldset import pair_up
from factcheck.claims import split_article
from factcheck.claims.lexicon import CALENDAR
from index.sentences import split_sentences
from training.articles import FOLDER, SAME, Written, laid_out, places, read_articles

_NAME_WORD = re.compile(r"(?<![.\w])[^\W\d_a-z][\w-]*")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"['’]s?\b")
#: Words with a capital that name nobody.
_OTHERS = CALENDAR | frozenset(
    """
    the its their his her our some one they he she it this that these those a an in on at by from
    of and but for two three four five six seven eight nine ten to with as all both most no not
    """.split()
)


@dataclass(frozen=True)
class Named:
    """A claim, the sentence it is of, how its writer has it alone, and how we do."""

    sentence: str
    text: str
    alone: str
    statement: str

    @property
    def put_in(self) -> list[str]:
        """The words of names in our statement that neither of the others has."""
        known = set(_WORD.findall(f"{self.sentence} {self.text} {self.alone}".casefold()))
        return [word for word in _names(self.statement) if not _known(word, known)]


def _known(name: str, words: set[str]) -> bool:
    return words >= set(_WORD.findall(name.casefold()))


def _names(text: str) -> list[str]:
    words = _NAME_WORD.findall(_APOSTROPHE.sub("", text))
    return [word for word in words if word.lower() not in _OTHERS]


def read_named(written: Written) -> Iterator[Named]:
    """The labelled claims of an article that are extracted."""
    with laid_out(written) as (article, _):
        found = split_article(article).claims
        wanted = places(written, article)
    sentences = split_sentences(article.text)
    for mine, other in pair_up(wanted, [claim.span for claim in found], SAME).items():
        span, labelled = wanted[mine], written.claims[mine]
        own = (each for each in sentences if each.start < span.end and span.start < each.end)
        sentence = " ".join(each.of(article.text) for each in own)
        yield Named(sentence, labelled.text, labelled.statement, found[other].statement)


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pattern", nargs="?", default="*.jsonl", help="files, by default all")
    parser.add_argument("-v", "--verbose", action="store_true", help="also each claim")
    options = parser.parse_args()
    total = wrong = 0
    for path in sorted(FOLDER.glob(options.pattern)):
        for written in read_articles(path):
            for named in read_named(written):
                total += 1
                wrong += bool(named.put_in)
                if options.verbose and named.put_in:
                    print(f"{path.stem} {written.name}: {named.statement} -- {named.alone}")
    print(f"a name that the writer has not: {wrong / max(1, total):.3f} of {total} claims")


if __name__ == "__main__":
    main()
