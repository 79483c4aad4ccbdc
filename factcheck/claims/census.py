"""What an article is about: the names in it, how often each stands there, and what they name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from factcheck.claims.people import People
from factcheck.claims.roles import OFFICES
from factcheck.claims.syntax import MAX_CHARACTERS, Parse
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
    infirmary laboratory institution estates bridges holdings industries foods dredging energy
    markets motors airlines shipping partners institute chamber orchestra academy
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
    """
    company group firm operator retailer chain carrier manufacturer business airline utility maker
    builder supplier contractor landlord
    """.split()
)
#: A noun for a name that has another word in it: `the mountain`, of Mount Hesper.
_ALSO = {"mountain": "mount", "peak": "mount", "summit": "mount", "school": "academy"}
#: Nouns that stand first in a name: `Lake Arn`, `Bank of Veld`.
_LEADING = frozenset(
    "mount lake river port cape fort university bank ministry institute isle republic lady".split()
)
#: Where a story happens, never what it is about; and who tells it.
_NO_TOPICS = frozenset(
    """
    street road avenue lane square hall hotel house quay radio news post times courier herald
    observer gazette tribune ledger chronicle television magazine
    """.split()
)
#: What names beyond people an article can be about.
_SUBJECTS = {NameKind.ORGANISATION, NameKind.PLACE, NameKind.OTHER}
#: Sentences that tell what an article is about, and what a name in its title or dateline counts.
LEAD, TITLE = 3, 4
#: What a dateline counts, and how heavy a person is whom an article is about.
DATELINE, HERO = 2, 8
_CAPITAL = re.compile(r"[^\W\d_a-z]")
_WORD = r"[^\W\d_a-z][\w’'-]*"
_NAME = re.compile(
    rf"(?<!\w){_WORD}(?: (?:of |de |al-|von |van |and (?=[A-Z]\w+ (?:Group|Bank|"
    rf"Company)))?{_WORD}){{0,4}}"
)
_WITH_ARTICLE = re.compile(rf"\b[Tt]he (?=({_NAME.pattern}))(?={_WORD} )")
_LED = re.compile(r"-[a-z]+$")  # `US-led`
#: What is no part of a name in a title.
_MARK = re.compile(r"['’]s?(?=\s|$)|[^\w\s'’.-]")
_POSSESSIVE = re.compile(r"['’]s?$")
#: Words that a capital makes no name.
CALENDAR = frozenset(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday i mr mrs ms dr the a an in on at it he she we
    they this that these those but and or for from as if when while after before since last next
    its his her their our my early late mid spring summer autumn winter
    """.split()
)


#: With a capital each of these is a title or a short form: `Mayor`, `the Council`.
_NO_NAMES = OFFICES | ORGANISATIONS | PLACES | {"parliament", "speaker", "update", "interview"}


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
        self._title = title
        self._place = _as_name(place)
        self._known = self._find_known(title, sentences)
        counts = self._count(title, sentences)
        if self._place:
            counts[self._place] += DATELINE
            self._kinds[self._place][NameKind.PLACE] += TITLE
        # of names alike the one that comes first
        order = {name: rank for rank, name in enumerate(counts)}
        self.names = {
            name: Name(name, self._kind(name), count - order[name] / (1 + len(order)))
            for name, count in counts.items()
        }
        self._by_word: dict[str, list[Name]] = defaultdict(list)
        for name in self.names.values():
            for word in _telling(name.text):
                self._by_word[word].append(name)
        self._weights = self._family_weights()
        self._with_article = {
            match[1] for text, _ in sentences for match in _WITH_ARTICLE.finditer(text)
        }

    def _find_known(self, title: str, sentences: Sequence[tuple[str, Parse]]) -> set[str]:
        """What is a name wherever it stands; also notes what the pipeline takes each for."""
        known: set[str] = {self._place} if self._place else set()
        for text, parse in sentences:
            for span, kind in _entities(parse):
                name = self._whole(bare(span.of(text)))
                if name and _CAPITAL.match(name):
                    self._kinds[name][kind] += 1
            known |= {self._whole(name) for name in _names(text, begins=False)}
        if not _in_capitals(title):
            known |= {self._whole(name) for name in _names(title, begins=False)}
        common = {word for text, _ in sentences for word in re.findall(r"[a-z]+", text)}
        adjectives = {
            token.text
            for _, parse in sentences
            for token in parse.tokens
            if token.tag.startswith("JJ") and token.text[:1].isupper()
        }
        return {
            name
            for name in known
            if name.lower() not in common | _NO_NAMES
            and name not in adjectives
            and not _LED.search(name)
        }

    def _count(self, title: str, sentences: Sequence[tuple[str, Parse]]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for number, (text, _) in enumerate(sentences):
            for name in self._stated(text):
                counts[name] += 2 if number < LEAD else 1
        shown = f" {' '.join(_MARK.sub(' ', title).split())} "
        for name in [*counts, *self._known - counts.keys()]:
            if f" {name} " in shown:
                counts[name] += TITLE
        return counts

    def _family_weights(self) -> dict[str, float]:
        """Weights; a name counts also for half of those that begin with it, as `Keldra Islands`."""
        weights = {name.text: name.weight for name in self.names.values()}
        for name in self.names.values():
            first = name.text.split(maxsplit=1)[0]
            if first != name.text and first in self.names:
                weights[first] += name.weight / 2
        return weights

    @property
    def topic(self) -> str | None:
        """The name the article is most about, if it stands there more than once.

        People come last: what is written about is mostly what they speak of.
        """
        things = [name for name in self._fitting(_SUBJECTS) if _may_be_topic(name.text)]
        best = max(things, key=lambda name: self._weights[name.text], default=None)
        hero = self.hero
        if hero:
            return hero
        if best and self._weights[best.text] >= 2:
            return best.text
        person = self._best({NameKind.PERSON})
        return person.text if person and person.weight >= 2 else None

    @property
    def hero(self) -> str | None:
        """The person whom the article is about, as an obituary: named first and most of all."""
        person = self._best({NameKind.PERSON})
        if person is None or person.weight < 2:
            return None
        other = self._best(_SUBJECTS)
        is_titled = f"{person.text} " in f"{_MARK.sub(' ', self._title)} "
        if other and person.weight < (1 if is_titled else 2) * other.weight:
            return None
        return person.text if is_titled or person.weight >= HERO else None

    @property
    def place(self) -> str | None:
        """The place the article is about: that of its dateline, else the one it names most."""
        best = self._best({NameKind.PLACE})
        return self._place or (best.text if best and best.weight >= 2 else None)

    @property
    def firm(self) -> str | None:
        """The organisation the article is about, or a name of which nothing else is known."""
        best = self._best({NameKind.ORGANISATION, NameKind.OTHER})
        return best.text if best and best.weight >= 2 else None

    def named(self, noun: str) -> str | None:
        """What `the river` or `the council` means: the name with that word in it."""
        own = sorted(self._by_word.get(noun, ()), key=lambda name: -name.weight)
        if not own and noun in _ALSO:
            return self.named(_ALSO[noun])
        if own and (len(own) == 1 or own[0].weight >= 2 * own[1].weight):
            return own[0].text
        return None

    def takes_the(self, name: str) -> bool:
        """Whether a name goes with an article: `the Keldra Islands`."""
        return name in self._with_article

    def names_in(self, text: str) -> list[Name]:
        """The names in a text, in order; of a very long one those at its beginning."""
        found = self._stated(text[:MAX_CHARACTERS])
        return [self.names[name] for name in found if name in self.names]

    def _fitting(self, kinds: set[NameKind]) -> list[Name]:
        return [name for name in self.names.values() if name.kind in kinds]

    def _best(self, kinds: set[NameKind]) -> Name | None:
        return max(self._fitting(kinds), key=lambda name: name.weight, default=None)

    def _stated(self, text: str) -> list[str]:
        """What is known as a name in a text; of `Getting Maresby` it is the second word."""
        found = []
        for name in _names(text, begins=True):
            rest = name.partition(" ")[2]
            for option in (rest, name) if text.lstrip("# *").startswith(name) else (name, rest):
                if option and self._whole(option) in self._known:
                    found.append(self._whole(option))
                    break
        return found

    def _whole(self, name: str) -> str:
        person = self._people.find(name) if name else None
        return person or name

    def _kind(self, name: str) -> NameKind:
        if self._people.find(name):
            return NameKind.PERSON
        words = name.lower().split()
        if words[-1] in ORGANISATIONS or words[0] in {
            "ministry",
            "university",
            "bank",
            "institute",
        }:
            return NameKind.ORGANISATION
        if len(words) > 2 and "of" in words and words[words.index("of") - 1] in ORGANISATIONS:
            return NameKind.ORGANISATION
        votes = self._kinds.get(name)
        return votes.most_common(1)[0][0] if votes else NameKind.OTHER


def _in_capitals(title: str) -> bool:
    """Whether a title has all its words in capitals: `Tarsk Mining Opens Second Shaft`."""
    words = [word for word in title.split()[1:] if len(word) > 3]
    return 2 * sum(word[:1].isupper() for word in words) > len(words)


def _may_be_topic(name: str) -> bool:
    words = name.lower().split()
    return not ({words[0], words[-1]} & _NO_TOPICS)


def _telling(name: str) -> set[str]:
    """The words of a name that can stand for it: `institute` of `Brannoch Institute of Science`."""
    words = name.lower().split()
    if len(words) < 2:
        return set()
    found = {words[-1]} | ({words[0]} & _LEADING)
    if "of" in words[1:]:
        found.add(words[words.index("of") - 1])
    return found


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
        while words and words[0].lower() in CALENDAR:
            words = words[1:]
        while words and words[-1].lower() in CALENDAR:
            words = words[:-1]
        if not words or not words[0][0].isupper():
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
