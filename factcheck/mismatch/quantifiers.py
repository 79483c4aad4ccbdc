"""How many of something: all, most, none; and which: the first, the largest, the only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index import Span

_SHARES = {
    "all": "all", "every": "all", "each": "all", "both": "all", "always": "all", "entire": "all",
    "everyone": "all", "everybody": "all", "unanimously": "all", "fully": "all", "entirely": "all",
    "most": "most", "majority": "most", "mostly": "most", "largely": "most", "mainly": "most",
    "many": "many", "half": "half", "some": "some", "several": "some", "partly": "some",
    "sometimes": "some", "few": "few", "minority": "few", "handful": "few", "rarely": "few",
    "none": "none", "no": "none", "neither": "none", "nobody": "none", "never": "none",
    "nothing": "none", "hardly": "few", "any": "any", "only": "only", "sole": "only",
    "alone": "only",
}  # fmt: skip
_OWNER = r"(?:the|its|their|his|her|our|[\w-]{2,20}['’]s) "
#: What says whose, or which, before a superlative or a place in an order.
WHOSE = re.compile(_OWNER, re.IGNORECASE)
_SUPERLATIVE = (
    rf"(?:{_OWNER})?(?:(?:second|third|fourth|fifth)[- ])?"
    r"(?:largest|biggest|smallest|highest|lowest|oldest|youngest|longest|shortest|best|worst|"
    r"fastest|"
    r"slowest|richest|poorest|newest|earliest|latest|deepest|tallest|wettest|driest|"
    r"hottest|coldest|"
    r"warmest|busiest|greatest|heaviest|strongest|weakest|fewest)(?!-ever)|"
    # without a word that says which, `most growers` are a share
    rf"{_OWNER}(?:(?:second|third|fourth|fifth)[- ])?(?:most|least) \w{{4,20}}(?!-ever)"
)
_RANKED = (
    rf"{_OWNER}(?:first|last|second|third|fourth|only|sole)\b"
    r"(?! (?:half|quarter|six|three|two|time of|day|week))"
)
_SHARED = (
    r"(?:almost |nearly |roughly |about |not |more than |less than |fewer than |over )?"
    r"(?:all(?: of| but \w{2,12})?|every|each|both|none(?: of)?|not one|neither|no one|nobody|"
    r"everybody|everyone|most(?: of)?|many(?: of)?|some(?: of)?|several(?: of)?|(?:a )?few(?: of)?|"
    r"(?:the|a) (?:vast |large |small )?(?:majority|minority|handful) of|half(?: of)?|always|never|"
    r"sometimes|rarely|mostly|largely|partly|entirely|unanimously|no)"
)
_QUANTIFIER = re.compile(
    rf"\b(?:(?P<super>{_SUPERLATIVE})|(?P<ranked>{_RANKED})|(?P<share>{_SHARED}))\b(?!-)",
    re.IGNORECASE,
)
#: Superlatives of one meaning.
_ALIKE = {"biggest": "largest", "greatest": "largest", "sole": "only", "last": "latest"}


@dataclass(frozen=True, slots=True)
class Quantifier:
    """A quantifier: `family` is `share` or `super`, `means` what it comes down to."""

    span: Span
    family: str
    means: str

    @property
    def is_universal(self) -> bool:
        """Whether one exception is enough against it."""
        return self.means in {"all", "none"}


def find_quantifiers(text: str) -> list[Quantifier]:
    """The quantifiers of a text, in order."""
    found = []
    for match in _QUANTIFIER.finditer(text):
        words = match[0].lower()
        span = Span(match.start(), match.end())
        if match["share"]:
            if not _counts(text, match):
                continue
            found.append(Quantifier(span, "share", _share(words)))
        else:
            found.append(Quantifier(span, "super", _rank(words)))
    return found


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether words such as `some` and `all` say how many."""
    before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() :][:12]
    word = match[0].lower()
    if word in {"some", "about"} and re.match(r"\s(?:\d|[A-Z]{3} |[$€£])", after):
        return False
    if word.startswith("half") and (
        re.search(r"\b(?:first|second|other|last|and a|by) $", before)
        or re.match(r"[ -](?:past|an?\b|time)", after)
    ):
        return False
    if word == "no" and re.match(r"[.,;:]| (?:longer|doubt|\d|more than|fewer|less)", after):
        return False
    if word in {"all", "most"} and re.search(
        r"\b(?:at|after|above|in|the|of) $", before, re.IGNORECASE
    ):
        return False
    return not (
        word in {"few", "many", "several"} and re.search(r"\b(?:the last|the next) $", before)
    )


def _share(words: str) -> str:
    if words.startswith("not one"):
        return "none"
    if words.startswith("not ") or "all but" in words:
        return "some"
    meanings = [_SHARES[word] for word in words.split() if word in _SHARES]
    means = meanings[-1] if meanings else "some"
    if means == "all" and words.startswith(("almost", "nearly")):
        return "most"
    if means == "half" and words.startswith(("more", "over")):
        return "most"
    return "few" if means == "half" and words.startswith(("less", "fewer")) else means


def _rank(words: str) -> str:
    lead = WHOSE.match(words)
    bare = words[lead.end() if lead else 0 :].replace(" ", "-")
    head, _, last = bare.rpartition("-")
    last = _ALIKE.get(last, last)
    return f"{head}-{last}" if head else last
