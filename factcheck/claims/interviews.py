"""Who answers in an interview that is printed as questions and answers.

A magazine names who is asked above the first question, and from there on prints what is asked in
bold, as a heading or behind `Q:`, and the answers without a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factcheck.claims.markup import plain

__all__ = ["Interview", "read_interview"]

#: A block that begins with what is asked; behind it the answer may stand in the same block.
_ASKED = re.compile(
    r"(?:Q|Question)[.:] +[^\n]{1,600}|#{1,6} +[^\n]{1,600}\?[”’\"']?\s*$"
    r"|(?P<mark>\*\*|__)[^\n*_]{1,600}(?P=mark)"
)
_IN_ITALICS = re.compile(r"([*_])(?![*_ ])[^*_]{1,600}\1\s*$")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]?")
_ENDS = re.compile(r"\?[”’\"']?$")
_SPEAKS = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur)\b")
_SPEAKS_ALONE = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")
#: Fewer questions are headings of an article.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Interview:
    """Whose words begin with each block, as `read_labels` tells, and how much of a block asks.

    `asked` has the characters of each question, by the number of the block that begins with it.
    """

    labels: tuple[str | None, ...]
    asked: Mapping[int, int]


def read_interview(blocks: Sequence[str], named: Sequence[tuple[int, str]]) -> Interview | None:
    """The interview that a text's blocks are; None where they are none, or it is unclear of whom.

    `named` are the people of the text by their full names, each with the number of a block that
    names them. Who answers is whom the blocks above the first question name first and most often,
    and half of the answers must speak of themselves, or the questions are the author's own.
    """
    turns = {number: match for number, block in enumerate(blocks) if (match := _ASKED.match(block))}
    questions = [number for number, match in turns.items() if _ENDS.search(plain(match[0]))]
    if len(questions) < _LEAST:
        return None
    first = questions[0]
    who = _interviewee(first, named)
    if who is None or not _is_first_person([_answer(blocks, n, turns) for n in questions]):
        return None
    asked = {number: turns[number].end() for number in questions}
    labels: list[str | None] = [None] * len(blocks)
    for number in range(first, len(blocks)):
        if number in turns:
            answered = bool(_behind(blocks[number], turns[number]))
            labels[number] = who if answered else ""
            if answered:  # whoever answers does not say what stands before
                asked[number] = turns[number].end()
        elif number - 1 in turns and not labels[number - 1]:
            labels[number] = who
        elif _IN_ITALICS.match(blocks[number]) or blocks[number].startswith("#"):
            labels[number] = ""  # what the editors add
    return Interview(tuple(labels), asked)


def _behind(block: str, asked: re.Match[str]) -> str:
    """What stands in a block behind what is asked there."""
    return block[asked.end() :].strip()


def _answer(blocks: Sequence[str], question: int, turns: Mapping[int, re.Match[str]]) -> str:
    """The first paragraph of the answer to a question."""
    own = _behind(blocks[question], turns[question])
    if own or question + 1 >= len(blocks) or question + 1 in turns:
        return own
    return blocks[question + 1]


def _interviewee(first: int, named: Sequence[tuple[int, str]]) -> str | None:
    """Whom the blocks above the first question name first and most often; None if it is two."""
    above = [name for number, name in named if number < first]
    ranked = Counter(above).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None  # or somebody may have written a life of whom they name most
    return ranked[0][0] if ranked[0][0] == above[0] else None


def _is_first_person(answers: Sequence[str]) -> bool:
    own = [_QUOTED.sub("", answer) for answer in answers]  # not of whom the author quotes
    speaking = sum(bool(_SPEAKS.search(answer)) for answer in own)
    alone = sum(bool(_SPEAKS_ALONE.search(answer)) for answer in own)
    return 2 * speaking >= len(answers) and 3 * alone >= len(answers)
