"""What is written as a name: capitals that only a name explains, and names cut short."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from factcheck.capitals import CAPITAL
from factcheck.claims.lexicon import CALENDAR
from factcheck.claims.syntax import Parse

_WORD = rf"{CAPITAL}[\w’'-]*"
NAME = re.compile(
    rf"(?<!\w){_WORD}(?: (?:of |de |al-|von |van |& |and (?=[A-Z]\w+ (?:Group|Bank|"
    rf"Company)|(?:Partners|Sons|Daughters|Brothers|Associates)\b))?{_WORD}){{0,4}}"
)
#: Of `the Ostrand council` the article is the council's.
_BODY = "council|court|region|port|harbour|airport|hospital|market|police|area|coast|government"
#: A name with an article, and no title of somebody: `the Keldra Islands`.
WITH_ARTICLE = re.compile(
    rf"\b[Tt]he (?=({NAME.pattern}))(?={_WORD} )(?!{NAME.pattern} (?:{_BODY})\b)"
)
_SHORT = re.compile(rf"\bthe ({_WORD})(?! {_WORD})")
_POSSESSIVE = re.compile(r"['’](?:s|m|d|ll|re|ve)?$")
#: An adjective that begins a title: `Nine-man`.
_COMPOUND = re.compile(r"[A-Z][a-z]+-[a-z]+")
#: What a sentence may begin with and do.
_DOING = frozenset(
    """
    building running opening closing creating making raising cutting buying selling taking adding
    using leaving leading joining driving holding keeping losing winning meeting visiting extending
    replacing including excluding following announcing introducing welcoming neighbouring
    neighboring nearby rival
    """.split()
)
_PART = frozenset("half part one much".split())
#: Behind these a capital is no sign of a name.
_BEGINS = ":–—.?!"
#: What is said begins with a capital, too: `he just said, “Bring boots.”`.
_SAID = re.compile(r", [“\"]$")


def bare(name: str) -> str:
    """A name without article and possessive: `"the Corn Bridge's"` → `"Corn Bridge"`."""
    name = _POSSESSIVE.sub("", " ".join(name.split()))
    return name[4:] if name.lower().startswith("the ") else name


def written_names(text: str, begins: bool) -> list[str]:
    """The names of a sentence: capitals that only a name explains.

    A single word that begins the sentence may be any word; `begins` takes it all the same.
    """
    found = []
    for match in NAME.finditer(text):
        words = bare(match[0]).split()
        while words and bare(words[0]).lower() in CALENDAR:  # `Yesterday's Hesk Round`
            words = words[1:]
        while words and words[-1].lower() in CALENDAR:
            words = words[:-1]
        if len(words) > 1 and not match.start() and _COMPOUND.fullmatch(words[0]):
            words = words[1:]
        if len(words) > 2 and words[0].lower() in _PART and words[1] == "of":
            words = words[2:]  # `Half of Arle Ferries`
        if len(words) > 1 and not match.start() and words[0].lower() in _DOING:
            words = words[1:]  # `Building Line 4 will cost`
        is_shouted = len(words) > 1 and match[0].isupper()
        if not words or not words[0][0].isupper() or is_shouted or words == [words[0][0]]:
            continue
        before = text[: match.start()].rstrip(" “”\"'‘’*_#(")
        first = not before or before[-1] in _BEGINS or _SAID.search(text, 0, match.start())
        if first and len(words) == 1 and len(match[0].split()) == 1 and not begins:
            continue
        found.append(" ".join(words))
    return found


def short_forms(known: set[str], texts: Sequence[str]) -> dict[str, str]:
    """Short names and what they stand for: `the Hill`, where one name ends so, `Market Hill`."""
    longer = defaultdict(set)
    for name in known:
        if " " in name:
            longer[name.rsplit(maxsplit=1)[-1]].add(name)
    said = {name for text in texts for name in _SHORT.findall(text)}
    return {
        word: next(iter(names))
        for word, names in longer.items()
        if len(names) == 1 and word in said
    }


def adjectives(sentences: Sequence[tuple[str, Parse]]) -> set[str]:
    """Words with a capital that are mostly read as adjectives: `Norwegian`."""
    counts: Counter[str] = Counter()
    for _, parse in sentences:
        for token in parse.tokens:
            if token.text[:1].isupper() and token.tag.startswith(("JJ", "NNP")):
                counts[token.text] += 1 if token.tag.startswith("JJ") else -1
    return {word for word, count in counts.items() if count > 0}


def in_capitals(title: str) -> bool:
    """Whether a title has all its words in capitals: `Tarsk Mining Opens Second Shaft`."""
    words = [word for word in title.split()[1:] if len(word) > 3]
    return len(words) > 2 and 2 * sum(word[:1].isupper() for word in words) > len(words)
