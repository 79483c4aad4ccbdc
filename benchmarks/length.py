"""Time against an article's length: `python -m benchmarks.length [--words 1000 …]`.

Articles of growing length, made of the gold set's articles one after the other, through the claim
stages; time should grow as the words do. Checking costs the same for every claim.
"""

from __future__ import annotations

import argparse
import resource
import time
from itertools import cycle

from benchmarks.goldset import read_half
from factcheck.claims import split_article
from factcheck.claims.furniture import find_furniture
from factcheck.claims.reading import read_sentences
from factcheck.records import Article


def article_of(words: int) -> Article:
    """An article of about so many words."""
    pieces: list[str] = []
    count = 0
    for gold in cycle(read_half("dev")):
        text = gold.article.text
        room = words - count
        if len(text.split()) > room:
            text = " ".join(text.split(" ")[:room])
        pieces.append(text)
        count += len(text.split())
        if count >= words:
            break
    return Article("\n\n".join(pieces), "A long article", published="2024-05-01")


def main() -> None:
    """Print a line per length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, nargs="+", default=[1000, 5000, 25000, 200000])
    options = parser.parse_args()
    split_article(article_of(300))  # loads what is slow to load
    for words in options.words:
        article = article_of(words)
        began = time.perf_counter()
        spans = [one.span for one in find_furniture(article)]
        furniture = time.perf_counter()
        read_sentences(article.text, spans)
        reading = time.perf_counter()
        found = split_article(article)
        ended = time.perf_counter()
        whole = ended - reading
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"{words:7} words: {whole:7.1f} s, {1000 * whole / words:5.2f} s per 1,000 words "
            f"(furniture {1000 * (furniture - began) / words:.2f}, "
            f"grammar and mentions {1000 * (reading - furniture) / words:.2f}), "
            f"{len(found.claims)} claims, {memory:.1f} GB",
            flush=True,
        )


if __name__ == "__main__":
    main()
