"""Whether a sentence says a claim word for word.

A verifier that has learnt from passages with one word changed is wary of those with none changed.
No model is needed to see that all words of a claim stand in a sentence, in their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from factcheck.stance.placing import ordered_stems

#: Words between those of the claim, at most: `Islamic State for three years: the group had held`.
BETWEEN = 3
#: A shorter claim may stand in a sentence about something else.
LEAST = 4
#: What turns a sentence round, or makes less of it than that it is so.
_TURNS = frozenset(
    """
    not no never without nor neither nobody none nothing cannot few hardly less denied deny denies
    rejected instead false untrue wrong if whether unless may might could would should must
    allegedly planned plans wants wanted expected expects hoped hopes former until before
    after than only
    """.split()
)
_QUOTED = re.compile(r"[“”„«»\"]")
_WORD = re.compile(r"[^\W_]+")
_NEGATION = re.compile(r"n['’]t\b")


def echoes(claim: str, sentence: str) -> bool:
    """Whether all words of the claim stand in the sentence, in order and close together.

    What turns one of them round must turn both. What a source quotes it does not say.
    """
    mine, theirs = ordered_stems(claim), ordered_stems(sentence)
    if len(mine) < LEAST or _QUOTED.search(sentence) or _turns(claim) != _turns(sentence):
        return False
    first = (at for at, word in enumerate(theirs) if word == mine[0])
    return any(_follows(mine, theirs[at : at + len(mine) + BETWEEN]) for at in first)


def _follows(words: Sequence[str], among: Sequence[str]) -> bool:
    rest = iter(among)
    return all(word in rest for word in words)


def _turns(text: str) -> Counter[str]:
    words = _WORD.findall(_NEGATION.sub(" not", text.casefold()))
    return Counter(word for word in words if word in _TURNS)
