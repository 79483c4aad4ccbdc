"""Whether two wordings say the same, as far as their words tell, without a model.

An editor mends a comma, or a fact. What a reader said of the old wording holds for the new one in
the first case alone; where in doubt, it does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

#: Of the words that carry meaning, as many may be put in, or taken out, never both.
MOST_ADDED = 0.2
#: A word of at least so many letters may be off by one of them: it was misspelt.
SPELLED = 5

_PER_CENT = re.compile(r"\bper cent\b", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\]\n]{0,500})\]\([^)\n]{0,500}\)")
#: Whatever is no space and no punctuation belongs to a word: in some scripts, marks spell it.
_LETTERS = "[^\\s\x00-/:-@\\[-`{-\xbf\u2000-\u206f\u20a0-\u20cf\u3000-\u303f]+"
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*(?!\w)|{_LETTERS}(?:'{_LETTERS})*|[%$£¥°\u20a0-\u20cf]|(?<!\w)-(?=\d)"
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´ʼ′", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"),  # not to be seen
    }
)
#: Words that say nothing by themselves.
_LITTLE = frozenset(
    """
    a an the this that these those it its he she they them his her their him i we you our my your
    of in on at by to for from with as and but so is are was were be been being has have had do
    does did who whom which what where when there here also then than said says s
    """.split()
)
#: Words that turn a statement round or say how far, how sure and how often it holds.
_WEIGHTY = frozenset(
    """
    not no never none nobody nothing neither nor without hardly scarcely barely cannot if unless
    or all every each both some many most several few any only just half almost nearly about around
    roughly over under least exactly partly largely mostly fully entirely still yet already again
    may might could would should will shall must can alleged allegedly reportedly perhaps possibly
    probably likely former ex acting deputy vice new old first last next more less fewer better
    worse before after until since during against between among up down other another same too
    second seconds minute minutes hour hours day days daily week weeks weekly month months monthly
    year years yearly annual annually decade decades century per percent
    """.split()
)
#: Little words that stand for each other within a group, never for those of the next in its line.
_CONTRASTS = [
    "is are has have do does / was were had did",
    "to / from / by / for / with",
    "i my / we our / you your / he his him / she her / it its / they them their",
]
_CLASS = {
    word: (line, group)
    for line, groups in enumerate(_CONTRASTS)
    for group, words in enumerate(groups.split(" / "))
    for word in words.split()
}
_SAME = [
    frozenset(group.split())
    for group in (
        "began begun started commenced",
        "finished completed",
        "bought purchased",
        "near close",
        "while whilst",
        "towards toward",
    )
]
_STANDS_FOR = {word: min(group) for group in _SAME for word in group}
_ENDINGS = ("s", "es", "'s")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a statement is compared by.

    `tokens` are its words and numbers in order, in small letters and without marks; `names` the
    tokens that had a capital or a digit among letters, `weighty` those that turn a statement round.
    """

    tokens: tuple[str, ...]
    names: tuple[str, ...]
    weighty: tuple[str, ...]

    @property
    def content(self) -> list[str]:
        """The tokens that carry meaning by themselves."""
        return [token for token in self.tokens if token not in _LITTLE]


@lru_cache(maxsize=8192)
def wording(text: str) -> Wording:
    """The wording of a statement: `"**Tolm’s** wall"` and `"tolm's Wall."` have the same tokens."""
    found = list(_tokens(text))
    tokens = tuple(token.casefold() for token in found)
    named = [
        token
        for raw, token in zip(found, tokens, strict=True)
        if raw != raw.lower() and token not in _LITTLE and token not in _WEIGHTY
    ]
    return Wording(tokens, tuple(named), tuple(t for t in tokens if t in _WEIGHTY))


def same_values(first: str, second: str) -> bool:
    """Whether numbers, names, denials and directions are the same in two wordings.

    Of wordings that differ in one of these, each is a statement of its own.
    """
    mine, yours = wording(first), wording(second)
    if mine.tokens == yours.tokens:
        return True
    return (
        sorted(mine.weighty) == sorted(yours.weighty)
        and _same_names(mine, yours)
        and _same_numbers(first, second)
        and not _opposed(mine, yours)
    )


def same_statement(first: str, second: str) -> bool:
    """Whether two wordings say the same: the same values, and the same words but for little.

    Spelling, order, little words, and some words put in or taken out do not matter.
    """
    mine, yours = wording(first), wording(second)
    if mine.tokens == yours.tokens:
        return True
    if not same_values(first, second) or _contrasted(mine, yours):
        return False
    words, others = (wording(_without_numbers(text)).content for text in (first, second))
    gone, new = _differing(words, others)
    if gone and new:
        return False
    return len(gone) + len(new) <= MOST_ADDED * min(len(words), len(others))


def compatible(first: str, second: str) -> bool:
    """Whether no name or number in one contradicts the other: one may name more than the other.

    It is how two resolutions of the same words are compared: `He`, found to be somebody else.
    """
    mine, yours = wording(first), wording(second)
    if mine.tokens == yours.tokens:
        return True
    words, others = Counter(mine.tokens), Counter(yours.tokens)
    names = set(mine.names) | set(yours.names)
    gone, new = set(words - others), set(others - words)
    return not (gone & names and new & names) and not (_digits(gone) and _digits(new))


def likeness(first: str, second: str) -> float:
    """How many words two wordings share, in [0, 1] (Dice's coefficient)."""
    mine, yours = Counter(wording(first).tokens), Counter(wording(second).tokens)
    total = mine.total() + yours.total()
    return 2 * (mine & yours).total() / total if total else 0.0


def _tokens(text: str) -> Iterator[str]:
    clean = unicodedata.normalize("NFKC", _LINK.sub(r"\1", text)).translate(_SIGNS)
    for match in _TOKEN.finditer(_PER_CENT.sub("percent", clean)):
        token = match[0]
        if token.casefold().endswith("n't"):
            yield from (token[:-3], "not")
        else:
            yield token


def _digits(tokens: set[str]) -> bool:
    return any(token[:1].isdigit() for token in tokens)


def _same_names(mine: Wording, yours: Wording) -> bool:
    """The same names in the same order; what a capital made a name must be there as a word."""
    words, others = set(mine.tokens), set(yours.tokens)
    if not (others.issuperset(mine.names) and words.issuperset(yours.names)):
        return False
    both = set(mine.names) & set(yours.names)
    first = [name for name in mine.names if name in both]
    return first == [name for name in yours.names if name in both]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number, however it is written, and the word on either side of it."""

    value: float
    before: str
    after: str

    def stands_as(self, other: _Number) -> bool:
        """Whether it may be the other one, in a sentence put in another order."""
        words = (self.before, other.before), (self.after, other.after)
        return self.value == other.value and any(mine and mine == yours for mine, yours in words)


def _same_numbers(first: str, second: str) -> bool:
    """The same numbers in the same order, or each beside a word that it stood beside before.

    So do signs and currencies, and words with digits in them.
    """
    mine, yours = _numbers(first), _numbers(second)
    if _signs(first) != _signs(second):
        return False
    values = [number.value for number in mine]
    if values == [number.value for number in yours]:
        return True
    return sorted(values) == sorted(number.value for number in yours) and all(
        any(number.stands_as(other) for other in yours) for number in mine
    )


def _signs(text: str) -> list[str]:
    tokens = wording(text).tokens
    return sorted(t for t in tokens if (not t[:1].isdigit() and not t[:1].isalpha()) or _coded(t))


def _coded(token: str) -> bool:
    """Whether digits stand among letters: `a4`."""
    return token[:1].isalpha() and any(character.isdigit() for character in token)


def _numbers(text: str) -> list[_Number]:
    from factcheck.mismatch.numerals import find_numerals  # 0.5 s: it stands among the grammar

    return [
        _Number(
            numeral.value,
            *wording(text[: numeral.span.start][-80:]).tokens[-1:] or ("",),
            *wording(text[numeral.span.end :][:80]).tokens[:1] or ("",),
        )
        for numeral in find_numerals(text)
    ]


def _without_numbers(text: str) -> str:
    """The text with a space in place of each number, which `_numbers` compares."""
    from factcheck.mismatch.numerals import find_numerals

    for numeral in reversed(list(find_numerals(text))):
        text = f"{text[: numeral.span.start]} {text[numeral.span.end :]}"
    return text


def _opposed(mine: Wording, yours: Wording) -> bool:
    """Whether a word of one has its opposite in the other, and does not stand there itself."""
    from factcheck.mismatch.polarity import opposite_words

    others = " ".join(token for token in yours.tokens if token not in mine.tokens)
    gone = [token for token in mine.content if token not in yours.tokens]
    return any(opposite_words(token, others) for token in gone)


def _contrasted(mine: Wording, yours: Wording) -> bool:
    """Whether a little word gave way to one that turns the sense: `is` to `was`, `to` to `by`."""
    words, others = (
        {_CLASS[token] for token in each.tokens if token in _CLASS} for each in (mine, yours)
    )
    new = {line for line, _ in others - words}
    return any(line in new for line, _ in words - others)


def _differing(mine: Sequence[str], yours: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of each that have no counterpart in the other."""
    words, others = Counter(map(_base, mine)), Counter(map(_base, yours))
    gone, new = list((words - others).elements()), list((others - words).elements())
    for word in list(gone):
        counterpart = next((other for other in new if _misspelt(word, other)), None)
        if counterpart is not None:
            gone.remove(word)
            new.remove(counterpart)
    return gone, new


def _base(word: str) -> str:
    """A word for all those that say the same."""
    return _STANDS_FOR.get(word, word)


def _misspelt(first: str, second: str) -> bool:
    """Whether two words are one, spelled or inflected another way: one letter off, or two swapped.

    Only of Latin letters: in other scripts, one sign may be a word.
    """
    short, long = sorted((first, second), key=len)
    if any(short + ending == long for ending in _ENDINGS) and len(short) > 2:
        return True
    if len(short) < SPELLED or len(long) - len(short) > 1 or short[0] != long[0]:
        return False
    if not all(letter.isalpha() and letter < "\u0250" for letter in short + long):
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]
