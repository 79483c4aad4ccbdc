"""The people of an article: which names are the same person, and whom a pronoun means."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from factcheck.capitals import CAPITAL, PARTICLE
from factcheck.claims.given import given_names
from factcheck.claims.lexicon import COMPANIES, FIRM_ENDS, ORGANISATIONS
from factcheck.claims.verbs import SAY

_TITLE = re.compile(
    r"(?:the|former|late|mr|mrs|ms|miss|dr|prof|professor|sir|dame|lady|lord|gen|general|major|"
    r"colonel|col|lt|lieutenant|captain|capt|sgt|sergeant|admiral|president|vice|prime|foreign|"
    r"defen[cs]e|interior|finance|minister|secretary|senator|sen|rep|representative|governor|gov|"
    r"mayor|chancellor|king|queen|prince|princess|pope|bishop|judge|justice|chief|spokesman|"
    r"spokeswoman|spokesperson|ambassador|commander|deputy|director|chairman|chairwoman|"
    r"ceo|cfo|coo|cto|councillor|cllr|congressman|congresswoman|premier|prefect|attorney|inspector|"
    r"superintendent|supt|det|detective|insp|ch|constable|brigadier|archbishop|reverend|rev)\.?\s+",
    re.IGNORECASE,
)
#: A full name with a title, which nothing but a name has: `Mrs Odette Marchbank`.
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady)\.? "
    rf"(?P<name>{CAPITAL}[\w’'-]+ (?:{PARTICLE} ){{0,2}}{CAPITAL}[\w’'-]+)"
)
#: Many of a name, who do or are something: `the Herons have`, not `the Reeves plan`.
_MANY = re.compile(
    rf"\b[Tt]he ({CAPITAL}\w{{2,40}}s)(?=[.,;:!?]| (?:have|had|are|were|will|won|lost|beat|did|do|"
    r"took|finished|played|scored|came|went)\b)"
)
#: A word with a capital: bounded, for a match may begin anew behind each of its hyphens.
_CAPITAL = rf"{CAPITAL}[\w’'-]{{0,60}}"
#: Words with capitals in a row, and how long a body's name may be before its last word.
_CAPITALS = re.compile(rf"(?<!\w){_CAPITAL}(?: {_CAPITAL})+")
_LONGEST = 3
#: A name of one word behind a title, and one that says something.
_ALONE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|King|Queen|Prince|Princess|Pope|Emperor|President)"
    rf"\.? ({CAPITAL}[\w’-]*)(?! [A-Z])"
)
_SPEAKS = re.compile(rf"(?<!\w)({CAPITAL}[\w’-]{{0,60}}) (?:{'|'.join(sorted(SAY))})\b")
_COMMON = re.compile(r"(?<!\w)[a-z][a-z’'-]*")
_PLACED = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]cross|[Tt]hroughout) ({CAPITAL}[\w’-]*)"
    r"(?![’']s| [A-Z])"
)
_PREFIX = re.compile(r"(?:al|el|ad|as)-", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’](?:s)?$")


def bare_name(name: str) -> str:
    """A name without title, possessive and shouting: `"General IGOR RADEK's"` → `"Igor Radek"`."""
    name = _POSSESSIVE.sub("", " ".join(name.split()))
    while (match := _TITLE.match(name)) and match.end() < len(name):
        name = name[match.end() :]
    return name.title() if name.isupper() and len(name) > 3 else name


def surname(name: str) -> str:
    """What a name is found by: `"Walid al-Moallem"` and `"Moallem"` → `"moallem"`."""
    words = bare_name(name).split()
    return _PREFIX.sub("", words[-1]).casefold() if words else ""


def titled_names(text: str) -> list[str]:
    """The full names that a text has with a title."""
    return [match["name"] for match in _TITLED.finditer(text)]


class Impersonal:
    """Tells the names of bodies and teams among what a grammar takes for people's.

    The last word of one says so (`Orla’s Hospice`), or the text has a body that begins with it
    (`Corvane Refrigeration`), or speaks of many (`the Herons`). A single word that ends the full
    name of somebody among `names` is a surname, whatever else it begins.
    """

    def __init__(self, text: str, names: Iterable[str] = ()) -> None:
        full = [name.split() for name in set(names)]
        self._surnames = {words[-1] for words in full if len(words) > 1}
        self._many = set(_MANY.findall(text))
        self._begins: set[str] = set()
        for run in _CAPITALS.findall(text):
            words = run.split()
            for number, word in enumerate(words):
                if number and word.lower() in ORGANISATIONS:
                    self._begins.update(words[max(0, number - _LONGEST) : number])

    def __contains__(self, name: object) -> bool:
        words = name.split() if isinstance(name, str) else []
        if not words or (len(words) == 1 and words[0] in self._surnames):
            return False
        is_alone = len(words) == 1 and words[0] in self._begins
        return is_alone or words[-1].lower() in ORGANISATIONS or words[-1] in self._many


def doubtful_names(text: str, names: Iterable[str]) -> set[str]:
    """Those of the names that are one word and may be no person's: mostly they are a place's.

    A title or a given name says that one is, and that it says something, unless it is a common
    noun (`Turnout`) or somewhere to be (`in Ganthorpe`), too.
    """
    alone = {bare_name(name) for name in names if " " not in bare_name(name)}
    others = set(_PLACED.findall(text)) | {word.title() for word in _COMMON.findall(text)}
    speaking = set(_SPEAKS.findall(text)) | given_names().keys()
    return alone - set(_ALONE.findall(text)) - (speaking - others)


#: Titles in -man that women bear, too.
_OF_BOTH = frozenset(["ombudsman", "alderman"])


#: What has a name like somebody's: `Cyclone Ophira`.
_STORMS = frozenset("cyclone hurricane typhoon storm".split())


class People:
    """All people an article names. Names are full where the article has a full one.

    `impersonal` tells what else a grammar takes for people, and `doubtful` are names of one word
    that may be something else's.
    """

    def __init__(
        self,
        names: Iterable[str],
        impersonal: Impersonal | None = None,
        doubtful: Container[str] = frozenset(),
    ) -> None:
        names = list(names)
        self.doubtful = doubtful
        self.impersonal = impersonal or Impersonal("")
        self._bearers: dict[tuple[str, str], list[str]] = {}
        for name in dict.fromkeys(map(bare_name, names)):
            for word in _words(name):
                self._bearers.setdefault((surname(name), word), []).append(name)
        self._given: dict[str, set[str]] = {}
        for name in {bare_name(name) for name in names}:
            if " " in name:
                self._given.setdefault(name.split()[0].casefold(), set()).add(name)
        self._found: dict[str, str | None] = {}
        self._gender: dict[str, str] = {}
        self._guessed: dict[str, str] = {}
        self._roles: dict[str, str] = {}

    def find(self, name: str) -> str | None:
        """The person called `name`, or None.

        A surname alone means the first in the article who bears it with a first name: relatives,
        who come later, are given theirs.
        """
        if name not in self._found:
            fuller = self._fuller(bare_name(name))
            first = next((other for other in fuller if " " in other), next(iter(fuller), ""))
            best = max(self._fuller(first), key=len, default=None)
            if best is None or " " not in best:
                best = self._by_given_name(best or name) or best
            self._found[name] = best
        return self._found[name]

    def _by_given_name(self, name: str) -> str | None:
        """The one person with this first name, as in an interview: `Rowan`."""
        bearers = self._given.get(name.casefold(), set())
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _fuller(self, name: str) -> list[str]:
        """The people with its surname whose names have every word of `name`, in order."""
        bearers = [self._bearers.get((surname(name), word), []) for word in _words(name)]
        rarest = min(bearers, key=len, default=[])
        return [other for other in rarest if _words(name) <= _words(other)]

    def give_role(self, role: str, name: str) -> None:
        """Remember that a person is the article's minister, spokesman, and so on."""
        if role in ORGANISATIONS | COMPANIES:
            return  # `the boiler group Ansgar`
        if person := self.find(name):
            self._roles[role] = person
            if role.endswith("woman"):
                self._gender.setdefault(person, "she")
            elif role.endswith("man") and role not in _OF_BOTH:
                self._gender.setdefault(person, "he")

    def learn(self, genders: Mapping[str, str]) -> None:
        """Take up who is `he` and who `she`, by the names that `find` gives."""
        self._gender |= genders

    def choose(self, people: Iterable[str], pronoun: str) -> str | None:
        """The first whom a pronoun may mean; what is found is remembered.

        One word that may be a place's name comes last.
        """
        ranked = sorted(people, key=lambda person: person in self.doubtful)
        return next((person for person in ranked if self.accepts(person, pronoun)), None)

    def gender(self, person: str) -> str | None:
        """`he` or `she`, where that is known of a person."""
        return self._gender.get(person)

    def with_role(self, phrase: str) -> str | None:
        """The person a phrase such as `foreign minister` means, if the article has said so."""
        return self._roles.get(phrase.rsplit(maxsplit=1)[-1].lower()) if phrase else None

    def accepts(self, person: str, pronoun: str) -> bool:
        """Whether nothing speaks against `pronoun` meaning `person`; if so it is remembered."""
        if pronoun not in {"he", "she"}:
            return True
        first, _, last = person.lower().rpartition(" ")
        if last in FIRM_ENDS or first in _STORMS:
            return False  # `Northmoor Trains`, which a grammar takes for somebody
        known = self._gender.get(person)
        return (known or self._guessed.setdefault(person, pronoun)) == pronoun


def _words(name: str) -> set[str]:
    """The words of a name, as they are compared: `"Walid al-Moallem"` → `{"walid", "moallem"}`."""
    return {_PREFIX.sub("", word).casefold() for word in name.split()}
