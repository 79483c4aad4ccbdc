"""Numbers as people write them, in digits and in words.

Words are read by text2num; around it stand fractions, dozens, `half a million` and the digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from text_to_num import text2num

from index import Span

#: More words than this are no number anybody says; longer runs are read in pieces.
MAX_WORDS = 14
#: Longer runs of digits are no number anybody counts with.
MAX_DIGITS = 30

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = "|".join(sorted(f"{_UNITS} {_TENS}".split(), key=len, reverse=True))
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6,
    "mln": 1e6, "bn": 1e9, "tn": 1e12, "k": 1e3,
}  # fmt: skip
_SCALE = "|".join(_SCALES)
_BELOW = (
    rf"(?:(?:{_TENS.replace(' ', '|')})[ -](?:{'|'.join(_UNITS.split()[:9])})\b|(?:{_SMALL})\b)"
)
_POWER = r"(?:hundred|thousand|million|billion|trillion)\b"
#: `two hundred and fifty thousand`; `a hundred`. Spaces are escaped: the whole is verbose.
_WORDS = (
    rf"(?:an?\ (?={_POWER}))?(?:{_BELOW}|{_POWER})(?:[ -]{_POWER}|"
    rf"(?:(?<=hundred)|(?<=thousand)|(?<=illion))(?:\ and\ |[ -]){_BELOW}){{0,{MAX_WORDS}}}"
)
_DIGITS = (
    r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\ \d{3})+(?![\d,.]\d|\d)|"
    r"\d+(?:\.\d+)?"
)
_PARTS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
_PART = "|".join(sorted((rf"{name}s?" for name in _PARTS), key=len, reverse=True))
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_TENTHS = dict(zip(
    "thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth".split(),
    range(30, 110, 10), strict=True,
))  # fmt: skip
_ORDINAL = (
    rf"(?:{_TENS.replace(' ', '|')})[- ](?:{'|'.join(_ORDINALS[:9])})|"
    rf"{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}|{'|'.join(_TENTHS)}|"
    r"\d{1,4}(?:st|nd|rd|th)"
)
_MULTIPLES = {
    "twice": 2.0, "doubled": 2.0, "double": 2.0, "tripled": 3.0, "trebled": 3.0, "triple": 3.0,
    "quadrupled": 4.0, "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0, "fivefold": 5.0,
    "tenfold": 10.0,
}  # fmt: skip
#: What there may be half of, or a quarter.
_HALVED = (
    "second|minute|hour|day|week|month|year|decade|century|mile|tonne|ton|kilo|lit(?:re|er)|"
    "acre|hectare|(?:percentage\\ )?point"
)
#: Of these a pair is one thing.
_WORN = (
    "shoes|boots|trainers|sandals|gloves|socks|tights|trousers|jeans|leggings|shorts|pyjamas|"
    "earrings|headphones|glasses|sunglasses|spectacles|binoculars|scissors|tweezers|pliers"
)
#: What a part may be the part of: `a third of`, `a fifth more`; `the third man` has no part.
_OF = (
    r"(?=\ of\b|\ (?:more|less|fewer|higher|lower|as|to|from|in|since|on|last|this|over|against|"
    r"compared|during|at|by|when|while|and|or|for|between|within)\b|\ years?\b|[.,;:)”\"’]|-|$)"
)

_NUMBER = re.compile(
    rf"""
    (?<![\w.,])(?:
      (?P<mixed>(?:\d{{1,9}}(?:\.\d{{1,9}})?|an?|one|{_SMALL})\ and\ a\ half)
        (?:[ -](?P<mixedscale>{_SCALE})\b)?
    | half\ an?\ (?P<halfscale>million|billion|dozen|hundred|thousand)\b
    | (?P<halfunit>half)(?=\ an?\ (?:{_HALVED})\b)
    | (?P<quarters>an?|one|three)[ -]quarters?(?=\ of\ an?\ (?:{_HALVED})\b)
    | (?P<pair>an?\ pair\ of)\b(?!\ (?:{_WORN})\b)
    | (?P<dozens>an?|{_SMALL}|\d{{1,9}})\ dozen\b
    | (?P<rate>\d{{1,9}}|{_BELOW})\ (?:\w{{1,30}}\ )?in\ every[ ]
        (?P<of>ten|hundred|thousand|10|100)\b
    | (?P<few>{_SMALL}|\d{{1,9}})\ (?:in|out\ of)\ (?:every\ )?
        (?P<many>{_SMALL}|a\ hundred|\d{{1,2}}|100)\b(?![.,]?\d|\ \w+ber|:)
    | (?P<one>one)\ (?!{_POWER}|dozen|half|{_PART})[a-z]{{3,20}}\ in\ (?:every\ )?
        (?P<among>{_SMALL}|\d{{1,2}}|100)\b(?![.,:]?\d|,\ (?:{_SMALL})\b)
        (?=$|[.,;:)”"’]|\s(?:of|was|were|is|are|had|has|have|said|who|in|at|on|and|or|but)\b)
    | (?P<times>an?|{_SMALL}|the)[ -](?P<part>{_PART})\b{_OF}
    | (?<=\bby\ )(?P<byhalf>half)\b
    | (?P<halved>halved)\b
    | (?P<halfof>half)\b(?=\ (?:of|the|its|their|his|her|all|as|that|those|a\ (?!million))|-full)
    | (?P<ordinal>{_ORDINAL})\b
    | (?P<multiple>{"|".join(_MULTIPLES)})\b
    | (?P<digits>{_DIGITS})(?:[ -]?(?P<scale>{_SCALE}|m(?!/s(?!\w)))\b)?
    | (?P<words>{_WORDS})
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text.

    `step` is half of what the last figure given stands for, by which a rounded number may be off:
    `1.2 million` → 50,000. `scale` is what a word behind the digits multiplies by. `share` marks a
    part of a whole: `a third`, `two in five`; `times` a multiple. `scaled_m` is an `m` that may
    mean metres or millions; `value` takes it for neither.
    """

    span: Span
    value: float
    step: float
    scale: float = 1.0
    share: bool = False
    ordinal: bool = False
    times: bool = False
    scaled_m: bool = False
    in_words: bool = False


def find_numerals(text: str) -> Iterator[Numeral]:
    """The numbers of a text, in order, not overlapping."""
    for match in _NUMBER.finditer(text):
        numeral = _read(match)
        if numeral is not None:
            yield numeral


def _read(match: re.Match[str]) -> Numeral | None:
    span = Span(match.start(), match.end())
    for group, reader in _READERS.items():
        if match[group]:
            return reader(match, span)
    return None


def _digits(match: re.Match[str], span: Span) -> Numeral | None:
    digits = re.sub(r"[,\s]", "", match["digits"])
    if len(digits) > MAX_DIGITS:
        return None
    scale_word = (match["scale"] or "").lower()
    scale = _SCALES.get(scale_word, 1.0)
    decimals = len(digits.partition(".")[2])
    step = scale * 10**-decimals / 2 if decimals or scale > 1 else 0.0
    return Numeral(span, float(digits) * scale, step, scale, scaled_m=scale_word == "m")


def _words(match: re.Match[str], span: Span) -> Numeral | None:
    value = _spelled(match["words"])
    return None if value is None else Numeral(span, value, 0.0, in_words=True)


def _ordinal(match: re.Match[str], span: Span) -> Numeral:
    text = match["ordinal"].lower()
    if text[0].isdigit():
        return Numeral(span, float(text[:-2]), 0.0, ordinal=True)
    if text in _TENTHS:
        return Numeral(span, float(_TENTHS[text]), 0.0, ordinal=True)
    tens, _, last = text.replace(" ", "-").rpartition("-")
    value = _ORDINALS.index(last) + 1 + (_value(tens) if tens else 0.0)
    return Numeral(span, value, 0.0, ordinal=True)


def _few(match: re.Match[str], span: Span) -> Numeral | None:
    """`two in five`; `46 out of 388` is a count."""
    few, many = _value(match["few"]), _value(match["many"])
    if not 0 < few < many:
        return None
    return Numeral(span, 100 * few / many, 0.5, share=True, in_words=True)


def _one_among(match: re.Match[str], span: Span) -> Numeral | None:
    """`one patient in six`."""
    many = _value(match["among"])
    return Numeral(span, 100 / many, 0.5, share=True, in_words=True) if many > 1 else None


def _rate(match: re.Match[str], span: Span) -> Numeral | None:
    few, many = _value(match["rate"]), _value(match["of"])
    return Numeral(span, 100 * few / many, 0.05, share=True) if 0 < few < many else None


def _part(match: re.Match[str], span: Span) -> Numeral | None:
    name = match["part"].lower()
    part = _PARTS.get(name) or _PARTS.get(name.removesuffix("s"))
    times = 1.0 if match["times"].lower() == "the" else _value(match["times"])
    if part is None or not 0 < times < part:
        return None
    return Numeral(span, 100 * times / part, 0.5, share=True, in_words=True)


def _half(_: re.Match[str], span: Span) -> Numeral:
    return Numeral(span, 50.0, 0.5, share=True, in_words=True)


def _half_scale(match: re.Match[str], span: Span) -> Numeral:
    word = match["halfscale"].lower()
    scale = 12.0 if word == "dozen" else _SCALES[word]
    return Numeral(span, scale / 2, scale / 20, in_words=True)


def _mixed(match: re.Match[str], span: Span) -> Numeral:
    scale = _SCALES.get((match["mixedscale"] or "").lower(), 1.0)
    whole = _value(re.sub(r" and a half$", "", match["mixed"], flags=re.IGNORECASE))
    step = scale / 20 if scale > 1 else 0.0
    return Numeral(span, (whole + 0.5) * scale, step, scale, in_words=True)


_READERS: dict[str, Callable[[re.Match[str], Span], Numeral | None]] = {
    "digits": _digits,
    "words": _words,
    "ordinal": _ordinal,
    "few": _few,
    "rate": _rate,
    "one": _one_among,
    "times": _part,
    "byhalf": _half,
    "halfof": _half,
    "halved": _half,
    "halfscale": _half_scale,
    "halfunit": lambda _, span: Numeral(span, 0.5, 0.0, in_words=True),
    "quarters": lambda m, span: Numeral(span, _value(m["quarters"]) / 4, 0.0, in_words=True),
    "pair": lambda _, span: Numeral(span, 2.0, 0.0, in_words=True),
    "dozens": lambda m, span: Numeral(span, 12 * _value(m["dozens"]), 0.0, in_words=True),
    "mixed": _mixed,
    "multiple": lambda m, span: Numeral(
        span, _MULTIPLES[m["multiple"].lower()], 0.0, times=True, in_words=True
    ),
}


def _value(text: str) -> float:
    """A short number: `"a"` → 1, `"three"` → 3, `"12"` → 12; 0 for no number."""
    word = text.lower().strip()
    if word in {"a", "an"}:
        return 1.0
    if word in {"hundred", "a hundred"}:
        return 100.0
    if word == "thousand":
        return 1000.0
    if word[0].isdigit():
        return float(re.sub(r"[,\s]", "", word))
    return _spelled(word) or 0.0


def _spelled(text: str) -> float | None:
    words = " ".join(text.lower().replace("-", " ").split())
    words = re.sub(r"^an? ", "one ", words)
    try:
        return float(text2num(words, "en"))
    except ValueError:
        return None
