"""What an article is about: the names in it, how often each stands there, and what they name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from itertools import pairwise

from factcheck.capitals import CAPITAL
from factcheck.claims.clause import NUMBERS
from factcheck.claims.introduced import Introduced, introductions
from factcheck.claims.lexicon import (
    CALENDAR,
    COMPANIES,
    FIRM_ENDS,
    NO_TOPICS,
    ORGANISATIONS,
    PLACES,
    STRUCTURES,
)
from factcheck.claims.names import IN_PLACE
from factcheck.claims.naming import (
    WITH_ARTICLE,
    adjectives,
    bare,
    in_capitals,
    short_forms,
    written_names,
)
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


#: A noun for a name that has another word in it: `the mountain`, of Mount Hesper.
_ALSO = {"mountain": "mount", "peak": "mount", "summit": "mount", "school": "academy"}
#: Nouns that stand first in a name: `Lake Arn`, `Bank of Veld`.
_LEADING = frozenset(
    "mount lake river port cape fort university bank ministry institute isle republic lady".split()
)
#: What names beyond people an article can be about.
_SUBJECTS = {NameKind.ORGANISATION, NameKind.PLACE, NameKind.OTHER}
#: Sentences that tell what an article is about, and what a name in its title or dateline counts.
LEAD, TITLE = 3, 4
#: What a dateline counts, and how heavy a person is whom an article is about.
DATELINE, HERO = 2, 8
#: What a name has that stands there once is at most this; and what is named many times has more.
ONCE, MANY = 1, 3
#: How a text of several stories calls itself.
_ROUND_UP = re.compile(
    r"\b(?:round-?up|in brief|briefs|briefing|digest|at a glance|headlines|news summary|"
    r"(?:week|day|month|news) in (?:numbers|review|figures))\b",
    re.IGNORECASE,
)
#: What the pipeline takes for a body, and is a text.
_LAWS = frozenset("act bill treaty code charter constitution agreement accord pact".split())
_BODIES = ORGANISATIONS | COMPANIES
#: So many names are looked at for the firm an article is about.
MOST = 20
#: What it counts that an article says what a name is, and that something is in it.
SAID, STANDS_IN = 3, 2
#: What may be in a firm: `shares in Fornelli`.
_OWNED_IN = re.compile(r"\b(?:shares?|stakes?|invest\w*|interests?|confidence|bonds?) $")
#: A firm that a family gave its name: `Tolliver & Sons`.
_FAMILY = re.compile(r"(\S+) (?:(?:&|and) (?:Sons|Daughters|Co|Partners|Associates)|Brothers)\b")
_CAPITAL = re.compile(CAPITAL)
#: So many of a party or a team, and no firm: `Two Greens`.
_COUNTED = re.compile(
    rf"(?:{NUMBERS}) (?:greens|liberals|conservatives|tories|democrats|republicans|socialists|"
    r"nationalists|independents)"
)
_WORD = re.compile(r"\w+")
#: `the company`, which may be a name that the article has said to be one.
_DEFINITE = re.compile(r"\b[Tt]h(?:e|is) ([a-z]{3,})\b")
_LED = re.compile(r"-[a-z]+$")  # `US-led`
#: What is a body's name only with an article: `the Government of Tarsala`.
_OF = re.compile(
    r"(?:City|Town|Government|Council|Conservatory|University|Ministry|Institute|Republic|Kingdom|"
    r"Court|Federation|Confederation|House|Chamber|Department|Diocese|County|Province|Board) of "
)
#: What an obituary says of whom it is about, behind the name.
_DIED = (
    r"(?:, [^.;,]{1,60})?,?(?: who)? (?:has died|have died|died|was found dead|passed away|dies)\b"
)
#: What is no part of a name in a title.
_MARK = re.compile(r"['’]s?(?=\s|$)|[^\w\s'’.-]")
#: With a capital each of these is a title or a short form: `Mayor`, `the Council`.
_NO_NAMES = (
    OFFICES
    | ORGANISATIONS
    | PLACES
    | {"parliament", "speaker", "update", "interview", "gmt", "utc", "bst", "cet", "est"}
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
        headings: Sequence[str] = (),
    ) -> None:
        self._people = people
        self._kinds: dict[str, Counter[NameKind]] = defaultdict(Counter)
        self._shown = f" {' '.join(_MARK.sub(' ', title).split())} "
        self._place = _as_name(place)
        self.introduced = Introduced()
        self._short: dict[str, str] = {}
        self._known = self._find_introduced(sentences)
        self._coined = frozenset(name for name in self._known if name.islower())
        self._known |= self._find_known([title, *headings], sentences)
        self._short = short_forms(self._known, [text for text, _ in sentences])
        counts = self._count(headings, sentences)
        if self._place:
            counts[self._place] += DATELINE
            self._kinds[self._place][NameKind.PLACE] += TITLE
        # of names alike the one that comes first
        order = {name: rank for rank, name in enumerate(counts)}
        self.names = {
            name: Name(name, self._kind(name), count - order[name] / (1 + len(order)))
            for name, count in counts.items()
        }
        lead = " ".join(text for text, _ in sentences[:LEAD])
        self._dead = {name for name in self.names if _died(name, lead)}
        firms = (_FAMILY.match(name) for name in self.names)
        self._families = {firm[1] for firm in firms if firm}
        self._by_word: dict[str, list[Name]] = defaultdict(list)
        for name in self.names.values():
            for word in _telling(name.text):
                self._by_word[word].append(name)
        for names in self._by_word.values():
            names.sort(key=lambda name: -name.weight)
        self._weights = self._family_weights()
        self._with_article = {
            match[1] for text, _ in sentences for match in WITH_ARTICLE.finditer(text)
        }

    def _find_known(
        self, titles: Sequence[str], sentences: Sequence[tuple[str, Parse]]
    ) -> set[str]:
        """What is a name wherever it stands; also notes what the pipeline takes each for."""
        known: set[str] = {self._place} if self._place else set()
        for text, parse in sentences:
            for span, kind in _entities(parse):
                name = self._whole(bare(span.of(text)))
                if name and _CAPITAL.match(name):
                    self._kinds[name][kind] += 1
            for match in IN_PLACE.finditer(text):
                owned = _OWNED_IN.search(text, 0, match.start())
                self._kinds[match[1]][NameKind.PLACE] += ONCE if owned else STANDS_IN
            known |= {self._whole(name) for name in written_names(text, begins=False)}
        for title in titles:
            if not in_capitals(title):
                own = {self._whole(name) for name in written_names(title, begins=False)}
                known |= {name for name in own if name.casefold() != bare(title).casefold()}
        common = {word for text, _ in sentences for word in re.findall(r"[a-z]+", text)}
        described = adjectives(sentences)
        return {
            name
            for name in known
            if name.lower() not in common | _NO_NAMES
            and name not in described
            and not _LED.search(name)
        }

    def _find_introduced(self, sentences: Sequence[tuple[str, Parse]]) -> set[str]:
        """What is a name because the article says what it is; also notes that."""
        named = set()
        for number, (text, parse) in enumerate(sentences):
            for each in introductions(text, parse):
                name = bare(each.name)
                if self._people.find(name) or name.lower() in _NO_NAMES:
                    continue
                self.introduced.add(number, replace(each, name=name))
                if each.described:
                    continue
                named.add(name)
                if each.noun in _BODIES:
                    self._kinds[name][NameKind.ORGANISATION] += SAID
                elif each.noun in PLACES:
                    self._kinds[name][NameKind.PLACE] += SAID
        return named

    def _count(
        self, headings: Sequence[str], sentences: Sequence[tuple[str, Parse]]
    ) -> Counter[str]:
        counts: Counter[str] = Counter()
        for number, (text, _) in enumerate(sentences):
            for name in self._stated(text):
                counts[name] += 2 if number < LEAD else 1
            for noun in _DEFINITE.findall(text):
                meant = self.introduced.before(noun.lower(), number)
                if meant and meant.name in self._known:
                    counts[meant.name] += 1
        for name in [name for heading in headings for name in self._stated(heading)]:
            counts[name] += 1
        titled = [name for name in self._known | counts.keys() if f" {name} " in self._shown]
        for name in sorted(titled, key=lambda name: (self._shown.find(f" {name} "), name)):
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

    @cached_property
    def topic(self) -> str | None:
        """The name the article is most about, if it stands there more than once.

        People come last: what is written about is mostly what they speak of.
        """
        things = [name for name in self._fitting(_SUBJECTS) if _may_be_topic(name.text)]
        best = max(things, key=lambda name: self._weights[name.text], default=None)
        hero = self.hero
        if hero:
            return hero
        if best and self._weights[best.text] > ONCE:
            return best.text
        person = self._best({NameKind.PERSON})
        return person.text if person and person.weight > ONCE else None

    @cached_property
    def protagonist(self) -> str | None:
        """The person who is named no less often than what the article is about, if one is."""
        person = self._best({NameKind.PERSON})
        other = self._best(_SUBJECTS)
        if person is None or person.weight <= MANY or (other and person.weight < other.weight):
            return None
        return person.text

    @property
    def topic_is_titled(self) -> bool:
        """Whether the title names the topic of all; that of a round-up names an item."""
        named = self.topic is not None and f" {self.topic} " in self._shown
        return named and not self.is_round_up

    @property
    def is_round_up(self) -> bool:
        """Whether the title says that the article tells several stories."""
        return _ROUND_UP.search(self._shown) is not None

    @cached_property
    def hero(self) -> str | None:
        """The person whom the article is about, as an obituary: named first and most of all."""
        person = self._best({NameKind.PERSON})
        if person is None or person.weight < 2 or person.text in self._people.doubtful:
            return None
        other = self._best(_SUBJECTS)
        is_titled = f" {person.text} " in self._shown
        if is_titled and person.text in self._dead:
            return person.text  # whom an obituary names once, and then `she`
        if other and person.weight < (1 if is_titled else 2) * other.weight:
            return None
        return person.text if is_titled or person.weight >= HERO else None

    @cached_property
    def place(self) -> str | None:
        """The place the article is about: that of its dateline, else the one it names most."""
        best = self._best({NameKind.PLACE})
        return self._place or (best.text if best and best.weight >= 2 else None)

    @cached_property
    def firm(self) -> str | None:
        """The organisation the article is about, or a name of which nothing else is known."""
        fitting = self._fitting({NameKind.ORGANISATION, NameKind.OTHER})
        heavy = [name for name in fitting if name.weight >= 2]
        heavy.sort(key=lambda name: -name.weight * (1 if name.kind is NameKind.OTHER else 2))
        return next((name.text for name in heavy[:MOST] if self._may_be_firm(name.text)), None)

    def is_body(self, name: str) -> bool:
        """Whether a name is known to be an organisation's."""
        known = self.names.get(name)
        return known is not None and known.kind is NameKind.ORGANISATION

    def is_family(self, surname: str) -> bool:
        """Whether a firm has a surname: who is called by that alone may be the firm."""
        return surname in self._families

    def _may_be_firm(self, name: str) -> bool:
        """Whether nothing says that a name is a trial's, or a newspaper's."""
        nouns = self.introduced.nouns(name)
        first, _, last = name.rpartition(" ")
        if (first and last.lower() in STRUCTURES) or _COUNTED.fullmatch(name.lower()):
            return False
        return _may_be_topic(name) and (not nouns or any(n in _BODIES for n in nouns))

    def named(self, noun: str) -> str | None:
        """What `the river` or `the council` means: the name with that word in it."""
        if noun in CALENDAR:
            return None
        own = [name for name in self._by_word.get(noun, []) if not self._is_another(name, noun)]
        if not own and noun in _ALSO:
            return self.named(_ALSO[noun])
        if own and (len(own) == 1 or own[0].weight >= 2 * own[1].weight):
            return own[0].text
        return None

    def _is_another(self, name: Name, noun: str) -> bool:
        """Whether the article says that a name is a body's: `Keep the Valley, a campaign group`."""
        nouns = self.introduced.nouns(name.text)
        return noun not in _BODIES and noun not in nouns and any(n in _BODIES for n in nouns)

    def whole(self, name: str) -> str | None:
        """The name that a short one stands for: `Market Hill`, of `the Hill`."""
        return self._short.get(name)

    def named_so(self, names: Iterable[str]) -> list[Name]:
        """Those of some phrases that are names, with or without an article."""
        found = (self.names.get(bare(name)) for name in names)
        return [name for name in found if name]

    def takes_the(self, name: str) -> bool:
        """Whether a name goes with an article: `the Keldra Islands`."""
        return name in self._with_article or _OF.match(name) is not None

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
        for name in written_names(text, begins=True):
            rest = name.partition(" ")[2]
            for option in (rest, name) if text.lstrip("# *").startswith(name) else (name, rest):
                if option and self._whole(option) in self._known:
                    found.append(self._whole(option))
                    break
        if self._coined:
            found += [word for word in _WORD.findall(text) if word in self._coined]
        return found

    def _whole(self, name: str) -> str:
        person = self._people.find(name) if name else None
        return person or self._short.get(name, name)

    def _kind(self, name: str) -> NameKind:
        words = name.lower().split()
        if self._people.find(name) and "of" not in words:
            return NameKind.PERSON
        if words[-1] in ORGANISATIONS | FIRM_ENDS or words[0] in {
            "ministry",
            "university",
            "bank",
            "institute",
        }:
            return NameKind.ORGANISATION
        if len(words) > 2 and "of" in words and words[words.index("of") - 1] in ORGANISATIONS:
            return NameKind.ORGANISATION
        if words[-1] in _LAWS or _COUNTED.fullmatch(name.lower()):
            return NameKind.OTHER
        votes = self._kinds.get(name, Counter())
        kind = next((kind for kind, _ in votes.most_common()), NameKind.OTHER)
        if kind is NameKind.PERSON and name in self._people.impersonal:
            others = (other for other, _ in votes.most_common() if other is not kind)
            return next(others, NameKind.OTHER)
        return kind


def _may_be_topic(name: str) -> bool:
    words = name.lower().split()
    heads = {words[0], words[-1]} | {a for a, b in pairwise(words) if b in {"of", "in"}}
    return not heads & NO_TOPICS


def _telling(name: str) -> set[str]:
    """The words of a name that can stand for it: `institute` of `Brannoch Institute of Science`."""
    words = name.lower().split()
    if len(words) < 2:
        return set()
    found = {words[0]} & _LEADING
    # the head of `Friends of the Library` is no library
    found.add(words[words.index("of") - 1] if "of" in words[1:] else words[-1])
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


def _died(name: str, lead: str) -> bool:
    """Whether the first sentences tell that somebody has died: `Ida Roe, who died on Friday`."""
    return re.search(re.escape(name) + _DIED, lead) is not None
