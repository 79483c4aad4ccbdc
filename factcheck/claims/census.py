"""What an article is about: the names in it, how often each stands there, and what they name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from factcheck.claims.people import People
from factcheck.claims.syntax import Parse
from index import Span


class NameKind(Enum):
    """What a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OTHER = "other"


#: Words that say what an organisation is; with a capital they are part of its name.
ORGANISATIONS = frozenset(
    """
    company group firm bank club team party union ministry council board authority agency
    association federation institute university college school hospital trust society committee
    commission department office court airline railway operator retailer chain carrier shipyard
    newspaper museum foundation assembly parliament government regulator charity force army navy
    police cooperative consortium manufacturer utility league service observatory centre center
    infirmary laboratory
    """.split()
)
#: The same of a place.
PLACES = frozenset(
    """
    town city village island country region province district county port harbour harbor capital
    state republic kingdom valley river lake parish municipality borough colony suburb
    """.split()
)
#: What any company may be called.
COMPANIES = frozenset(
    "company group firm operator retailer chain carrier manufacturer business airline utility".split()
)
#: What names beyond people an article can be about.
_SUBJECTS = {NameKind.ORGANISATION, NameKind.PLACE, NameKind.OTHER}
#: Sentences that tell what an article is about, and what a name in its title or dateline counts.
LEAD, TITLE = 3, 4
_CAPITAL = re.compile(r"[^\W\d_a-z]")
_WORD = r"[^\W\d_a-z][\w’'-]*"
_NAME = re.compile(
    rf"{_WORD}(?: (?:of |de |al-|von |van |and (?=[A-Z]\w+ (?:Group|Bank|Company)))?{_WORD}){{0,4}}"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_CALENDAR = frozenset(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday i mr mrs ms dr the a an in on at it he she we
    they this that these those but and or for from as if when while after before since
    """.split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, what it names, and its weight: how often it stands there, more in title and lead."""

    text: str
    kind: NameKind
    weight: float


class Census:
    """All names of an article. A person's surname counts for the full name."""

    def __init__(
        self,
        title: str,
        sentences: Sequence[tuple[str, Parse]],
        people: People,
        place: str | None,
    ) -> None:
        self._people = people
        self._kinds: dict[str, Counter[NameKind]] = defaultdict(Counter)
        counts: Counter[str] = Counter()
        known: set[str] = set()
        for text, parse in sentences:
            for span, kind in _entities(parse):
                name = self._whole(bare(span.of(text)))
                if name and _CAPITAL.match(name):
                    self._kinds[name][kind] += 1
            known |= {self._whole(name) for name in _names(text, begins=False)}
        known |= {self._whole(name) for name in _names(title, begins=False)}
        common = {word for text, _ in sentences for word in re.findall(r"[a-z]+", text)}
        known = {name for name in known if name.lower() not in common}
        for number, (text, _) in enumerate(sentences):
            for name in self._known(text, known):
                counts[name] += 2 if number < LEAD else 1
        for name in self._known(title, known):
            counts[name] += TITLE
        self._place = _as_name(place)
        if self._place:
            counts[self._place] += 1
            self._kinds[self._place][NameKind.PLACE] += TITLE
        # of names alike the one that comes first
        order = {name: rank for rank, name in enumerate(counts)}
        self.names = {
            name: Name(name, self._kind(name), count - order[name] / (1 + len(order)))
            for name, count in counts.items()
        }
        self._by_word: dict[str, list[Name]] = defaultdict(list)
        for name in self.names.values():
            words = name.text.lower().split()
            for word in {words[0], words[-1]} if len(words) > 1 else set():
                self._by_word[word].append(name)

    @property
    def topic(self) -> str | None:
        """The name the article is most about, if it stands there more than once.

        People come last: what is written about is mostly what they speak of.
        """
        for kinds in (_SUBJECTS, {NameKind.PERSON}):
            fitting = [
                name for name in self.names.values() if name.kind in kinds and name.weight >= 2
            ]
            best = max(fitting, key=lambda name: name.weight, default=None)
            rival = self._best({NameKind.PERSON})
            if best and (
                best.kind is NameKind.PERSON or not rival or rival.weight < 2 * best.weight
            ):
                return best.text
        return None

    @property
    def place(self) -> str | None:
        """The place the article is about: that of its dateline, else the one it names most."""
        best = self._best({NameKind.PLACE})
        return self._place or (best.text if best and best.weight >= 2 else None)

    def named(self, noun: str) -> str | None:
        """What `the river`, `the council` or `the company` means: the name with that word in it."""
        own = sorted(self._by_word.get(noun, ()), key=lambda name: -name.weight)
        if own and (len(own) == 1 or own[0].weight >= 2 * own[1].weight):
            return own[0].text
        if noun not in COMPANIES:
            return None
        best = self._best({NameKind.ORGANISATION, NameKind.OTHER})
        return best.text if best and best.weight >= 2 else None

    def _best(self, kinds: set[NameKind]) -> Name | None:
        fitting = [name for name in self.names.values() if name.kind in kinds]
        return max(fitting, key=lambda name: name.weight, default=None)

    def _known(self, text: str, known: set[str]) -> Iterator[str]:
        """The names in a text that are known as names; of `Getting Maresby` it is the second word."""
        for name in _names(text, begins=True):
            rest = name.partition(" ")[2]
            for option in (rest, name) if text.lstrip("# *").startswith(name) else (name, rest):
                if option and self._whole(option) in known:
                    yield self._whole(option)
                    break

    def _whole(self, name: str) -> str:
        person = self._people.find(name) if name else None
        return person or name

    def _kind(self, name: str) -> NameKind:
        if self._people.find(name):
            return NameKind.PERSON
        last = name.rsplit(maxsplit=1)[-1].lower()
        if last in ORGANISATIONS or name.split(maxsplit=1)[0].lower() in {
            "ministry",
            "university",
            "bank",
        }:
            return NameKind.ORGANISATION
        votes = self._kinds.get(name)
        return votes.most_common(1)[0][0] if votes else NameKind.OTHER


def bare(name: str) -> str:
    """A name without article and possessive: `"the Corn Bridge's"` → `"Corn Bridge"`."""
    name = _POSSESSIVE.sub("", " ".join(name.split()))
    return name[4:] if name.lower().startswith("the ") else name


def _names(text: str, begins: bool) -> list[str]:
    """The names of a sentence: capitals that only a name explains.

    A single word that begins the sentence may be any word; `begins` takes it all the same.
    """
    found = []
    for match in _NAME.finditer(text):
        words = bare(match[0]).split()
        while words and words[0].lower() in _CALENDAR:
            words = words[1:]
        if not words:
            continue
        first = not text[: match.start()].strip(" “”\"'‘’*_#(–—")
        if first and len(words) == 1 and len(match[0].split()) == 1 and not begins:
            continue
        found.append(" ".join(words))
    return found


def _entities(parse: Parse) -> Iterable[tuple[Span, NameKind]]:
    for spans, kind in (
        (parse.people, NameKind.PERSON),
        (parse.organisations, NameKind.ORGANISATION),
        (parse.places, NameKind.PLACE),
    ):
        for span in spans:
            yield span, kind


def _as_name(place: str | None) -> str | None:
    if not place:
        return None
    return place.title() if place.isupper() else place
