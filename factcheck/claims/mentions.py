"""Who a sentence names, and whom it presents as its source: what `speakers` reasons on.

A mention is a phrase as the sentence has it; only the article as a whole tells who that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from factcheck.capitals import CAPITAL, PARTICLE
from factcheck.claims.lexicon import COMPANIES, FRACTIONS, ORGANISATIONS, SHARES, WRITTEN
from factcheck.claims.phrases import is_nobody
from factcheck.claims.roles import OFFICES
from factcheck.claims.syntax import Parse, Token, Tree
from factcheck.claims.verbs import JUDGE, SAY, UTTER, WHAT
from index import Span

#: What things go by, and nobody says.
_MEASURES = frozenset(
    """
    age size need plan schedule tradition law merit height weight rank income colour type custom
    demand ability season status experience length sex gender protocol
    """.split()
)
#: Fewer quoted words are a name, a title or a word held with tongs.
FEW_WORDS = 3
_PRONOUNS = frozenset(["he", "she", "they", "it", "i", "we", "you"])
_BE = frozenset("is was were are be been".split())
#: Whose a letter is.
_OWNING = {"his": "he", "her": "she", "my": "i", "their": "they"}
#: What may stand between a colon and the words it announces.
_MARKS = " \"“”'‘’«»„"
_DESCRIBES = frozenset(["describe", "describes", "described"])
#: What a scientist describes, and tells nobody: `She described eleven species`.
_FOUND = frozenset("species subspecies genus genera taxa taxon".split())
_SUBJECTS = frozenset({"nsubj", "csubj"})
#: What begins a clause of time.
_WHEN = frozenset("when after before until once since".split())
_QUOTE_END = r"[”\"'’»“],?[”\"]?\s+"
_NAME = rf"(?:{CAPITAL}[\w.'’-]*)(?:\s+(?:{PARTICLE}\b|{CAPITAL}[\w.'’-]*)){{0,4}}"
_ALL = "|".join(sorted(SAY | UTTER))
#: Right behind a quotation the grammar hardly matters: `,” he said`, `,” said Ida Brandt`.
_BEHIND_QUOTE = re.compile(
    rf"{_QUOTE_END}(?:(?P<pronoun>he|she|they|it)\s+(?:{_ALL})\b"
    rf"|(?:{_ALL})\s+(?P<inverted>{_NAME})|(?P<plain>{_NAME})\s+(?:{_ALL})\b)"
)
_BEFORE_COLON = re.compile(rf"\s*(?P<name>{_NAME}):\s+(?=[“\"])")
#: The same with a common noun: `,” shouted a man in the crowd`.
_NOUN_BEHIND_QUOTE = re.compile(
    rf"{_QUOTE_END}(?:{_ALL})\s+(?:an?|the|another|its|his|her|their)\b"
)


class MentionKind(Enum):
    """What sort of phrase a mention is."""

    PERSON = "person"
    PRONOUN = "pronoun"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that names somebody: `Ida Brandt`, `she`, `union`.

    A `definite` phrase is of somebody who has been told of: `the retired bus driver`.
    """

    text: str
    kind: MentionKind
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """The people a sentence names, in order, its subject, and whose words it says it reports."""

    people: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    subject: Mention | None
    source: Mention | None


def read_mentions(text: str, parse: Parse, quoted: Sequence[Span]) -> Mentions:
    """The mentions of a sentence without Markdown marks; `quoted` are its quotations."""
    return _Reader(text, parse, quoted).read()


class _Reader:
    """One sentence, its tokens by their heads, and which of them are quoted."""

    def __init__(self, text: str, parse: Parse, quoted: Sequence[Span]) -> None:
        self.text = text
        self.tokens = parse.tokens
        self.people = parse.people
        self.quoted = quoted
        self.tree = Tree(parse)
        self.children = self.tree.children

    def read(self) -> Mentions:
        people = tuple(span.of(self.text) for span in self.people)
        return Mentions(people, tuple(self._roles()), self._subject(), self._source())

    def _roles(self) -> Iterator[tuple[str, str]]:
        """Pairs of a role and the person who has it: `foreign minister, Ida Brandt,`."""
        for span in self.people:
            inside = [
                i for i, token in enumerate(self.tokens) if span.start <= token.start < span.end
            ]
            for index in inside:
                token = self.tokens[index]
                near = [token.head, *self.children[index]]
                for other in near:
                    noun = self.tokens[other]
                    tied = "appos" in (token.relation, noun.relation) or noun.relation == "compound"
                    if other not in inside and tied and noun.tag in {"NN", "NNP"}:
                        yield noun.text.lower(), span.of(self.text)

    def _subject(self) -> Mention | None:
        """The first subject outside a quotation, a person or a pronoun where there is one."""
        mentions = [
            self._mention(index)
            for index, token in enumerate(self.tokens)
            if token.relation in {"nsubj", "nsubjpass"} and not self._is_quoted(token)
        ]
        found = [mention for mention in mentions if mention]
        people = [mention for mention in found if mention.kind is not MentionKind.PHRASE]
        return next(iter(people or found), None) or self._inverted() or self._root()

    def _inverted(self) -> Mention | None:
        """The person behind `be`: `Among those waiting will be Ida Roe`."""
        for index, token in enumerate(self.tokens):
            verb = self.tokens[token.head].text.lower()
            if token.relation == "attr" and verb in _BE:
                person = None if self._is_quoted(token) else self._person_at(index)
                return Mention(person, MentionKind.PERSON) if person else None
        return None

    def _root(self) -> Mention | None:
        """The person presented by a noun that is the root: the parser has missed its verb."""
        root = next((i for i, token in enumerate(self.tokens) if token.relation == "ROOT"), None)
        if root is None or not self.tokens[root].tag.startswith("NN"):
            return None
        person = None if self._is_quoted(self.tokens[root]) else self._person_at(root)
        return Mention(person, MentionKind.PERSON) if person else None

    def _source(self) -> Mention | None:
        return (
            self._before_colon()
            or self._being_so()
            or self._according_to()
            or self._behind_quote()
            or self._by_verb()
            or self._noun_behind()
        )

    def _before_colon(self) -> Mention | None:
        """The person whose words stand behind a colon: `Supt Nuala Crewe: “We are there.”`."""
        match = _BEFORE_COLON.match(self.text)
        if match is None or not any(span.start == match.end() for span in self.quoted):
            return None
        is_person = any(span.end == match.end("name") for span in self.people)
        return Mention(match["name"], MentionKind.PERSON) if is_person else None

    def _being_so(self) -> Mention | None:
        """Who is told to be so by what he said: `Roe, the youngest, was brisker: “It is not.”`."""
        opening = next((span.start for span in self.quoted), 0)
        if not self.text[:opening].rstrip(_MARKS).endswith(":"):
            return None
        for index, token in enumerate(self.tokens):
            if token.start >= opening:
                return None
            subject = self.tree.child(index, *_SUBJECTS)
            is_so = token.text.lower() in _BE and self.tree.child(index, "acomp") is not None
            if is_so and subject is not None and subject < index:
                mention = self._mention(subject)
                return mention if mention and mention.kind is not MentionKind.PHRASE else None
        return None

    def _according_to(self) -> Mention | None:
        """Whom a sentence presents by `according to`; None where it is two."""
        found = []
        for index, token in enumerate(self.tokens[:-1]):
            follows = self.tokens[index + 1]
            if (token.text.lower(), follows.text.lower()) == ("according", "to"):
                for child in self.children[index + 1]:
                    is_said = self.tokens[child].relation == "pobj" and not self._is_quoted(token)
                    if is_said and not self._is_measure(child):
                        found.append(child)
        return self._mention(found[0]) if len(found) == 1 else None

    def _is_measure(self, index: int) -> bool:
        """Whether a noun is no source but what something goes by: `according to age`."""
        token = self.tokens[index]
        return token.tag == "NN" and not self.children[index] and token.text.lower() in _MEASURES

    def _behind_quote(self) -> Mention | None:
        for match in self._behind(_BEHIND_QUOTE):
            if match["pronoun"]:
                return Mention(match["pronoun"].lower(), MentionKind.PRONOUN)
            group = "inverted" if match["inverted"] else "plain"
            if titled := self._titled(match.start(group), match.end(group)):
                return titled
            index = self._token_at(match.end(group) - 1)
            if index is not None:
                return self._mention(index)
        return None

    def _titled(self, start: int, end: int) -> Mention | None:
        """The person behind a title that begins with a name: `said Fells Party leader Ida Roe`."""
        for span in self.people:
            words = self.text[end : span.start].split()
            if span.start >= start and 0 < len(words) <= 5 and words[-1].lower() in OFFICES:
                return Mention(span.of(self.text), MentionKind.PERSON)
        return None

    def _noun_behind(self) -> Mention | None:
        for match in self._behind(_NOUN_BEHIND_QUOTE):
            index = self._token_at(match.end() - 1)
            noun = None
            while index is not None and index + 1 < len(self.tokens):
                index += 1
                if not self.tokens[index].tag.startswith(("NN", "JJ", "POS")):
                    break
                noun = index if self.tokens[index].tag.startswith("NN") else noun
            if noun is not None:
                return self._mention(noun)
        return None

    def _behind(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of `pattern` where a quotation ends."""
        for match in pattern.finditer(self.text):
            if any(span.end - 2 <= match.start() <= span.end for span in self.quoted):
                yield match

    def _by_verb(self) -> Mention | None:
        for index, token in enumerate(self.tokens):
            if not token.tag.startswith("VB") or self._is_quoted(token):
                continue
            if token.relation == "relcl" and self.quoted and self._quoted_words() < FEW_WORDS:
                continue  # `a contractor who once called her “dear”`
            if self._tells_when(index):
                continue
            if self._reports(index):
                subject = self._subject_of(index)
                if subject is None:
                    subject = self._person_behind(index) or self._person_before(index)
                mention = None if subject is None else self._mention(subject)
                if mention and not self._is_object(subject):
                    return mention
        return None

    def _tells_when(self, index: int) -> bool:
        """Whether a verb only tells when something was, which is told of: `closed after she said`.

        Not where it has quoted words of its own.
        """
        leads = {self.tokens[child].text.lower() for child in self.children[index]}
        if self.tokens[index].relation not in {"advcl", "relcl"} or leads.isdisjoint(_WHEN):
            return False
        return not any(self._is_quoted(self.tokens[below]) for below in self.tree.below(index))

    def _quoted_words(self) -> int:
        return sum(len(span.of(self.text).split()) for span in self.quoted)

    def _is_object(self, subject: int | None) -> bool:
        """Whether what is said is meant: `by anything the opposition leader said`."""
        if subject is None:
            return False
        first = min([subject, *self.children[subject]])
        return first > 0 and self.tokens[first - 1].text.lower() in WHAT

    def _person_behind(self, index: int) -> int | None:
        """The person right behind a verb, a title between: `said the head teacher, Ida Roe,`."""
        end = self.tokens[index].end
        person = next((span for span in self.people if span.start >= end), None)
        title = [] if person is None else self.text[end : person.start].strip(" ,").lower().split()
        fits = len(title) <= 6 and all(word.isalpha() for word in title)
        if person is None or not fits or (title and title[-1] not in OFFICES):
            return None
        return self._token_at(person.end - 1)

    def _person_before(self, index: int) -> int | None:
        """The last person named before a verb whose subject the parser has missed."""
        if self.tokens[index].tag not in {"VBD", "VBZ", "VBP"}:
            return None
        start = self.tokens[index].start
        ends = [span.end - 1 for span in self.people if span.end <= start]
        return self._token_at(ends[-1]) if ends else None

    def _reports(self, index: int) -> bool:
        """Whether the verb at `index` reports words."""
        token, children = self.tokens[index], self.children[index]
        relations = {self.tokens[child].relation for child in children}
        word = token.text.lower()
        if "neg" in relations or "auxpass" in relations:
            return False
        if any(self.tokens[child].text.lower() == "of" for child in children) and not self.quoted:
            return False  # `had warned of delays`
        if word in JUDGE and (token.tag in {"VBD", "VBZ", "VBP"} or self.quoted):
            found = {self.tokens[child].text.lower() for child in children}
            judges = word not in _DESCRIBES or found.isdisjoint(_FOUND)
            return judges and not relations.isdisjoint({"dobj", "ccomp", "oprd"})
        if word in {"point", "points", "pointed"}:  # out that …
            return {"prt", "ccomp"} <= relations
        if word in SAY:
            apart = token.relation in {"parataxis", "ccomp"} and "dobj" not in relations
            return "ccomp" in relations or bool(self.quoted) or apart
        return word in UTTER and bool(self.quoted)

    def _subject_of(self, index: int) -> int | None:
        """The subject of a verb, its own or that of the verb it hangs on."""
        for _ in range(3):
            for child in self.children[index]:
                if self.tokens[child].relation in _SUBJECTS and not self._is_quoted(
                    self.tokens[child]
                ):
                    return child
            if self.tokens[index].relation not in {"conj", "advcl", "xcomp", "dep"}:
                return None
            index = self.tokens[index].head
        return None

    def _mention(self, index: int) -> Mention | None:
        """The mention whose head is the token at `index`."""
        token = self.tokens[index]
        word = token.text.lower()
        if is_nobody(self.tree, index):
            return None
        if word in {"who", "which", "that"}:
            verb = self.tokens[token.head]
            is_relative = verb.relation == "relcl" and verb.head != index
            return self._mention(verb.head) if is_relative else None
        if word in _PRONOUNS:
            return Mention(word, MentionKind.PRONOUN)
        if somebody := self._person(index) or self._writer(index):
            return somebody
        counts = word not in FRACTIONS and any(
            self.tokens[child].text.lower() == "of" for child in self.children[index]
        )
        is_noun = token.tag.startswith("NN") and word not in SHARES
        if not is_noun and not counts:  # `one of the drivers` counts some
            return None
        phrase = self._named_behind(index) or self._phrase(index)
        definite = any(self.tokens[child].text.lower() == "the" for child in self.children[index])
        return Mention(phrase, MentionKind.PHRASE, definite)

    def _person(self, index: int) -> Mention | None:
        person = self._person_at(index)
        return Mention(person, MentionKind.PERSON) if person else None

    def _writer(self, index: int) -> Mention | None:
        """Whose a letter is, where somebody's: `her resignation letter read`."""
        owner = self.tree.child(index, "poss")
        if owner is None or self.tokens[index].text.lower() not in WRITTEN:
            return None
        if pronoun := _OWNING.get(self.tokens[owner].text.lower()):
            return Mention(pronoun, MentionKind.PRONOUN)
        return self._person(owner)

    def _named_behind(self, index: int) -> str | None:
        """The name right behind a body's noun: `the appliance group Fornelli`."""
        last = index
        if self.tokens[index].text.lower() not in ORGANISATIONS | COMPANIES:
            return None
        while last + 1 < len(self.tokens) and self.tokens[last + 1].tag == "NNP":
            last += 1
        beside = any(self.tokens[child].relation == "appos" for child in self.children[index])
        if last == index or not beside:
            return None
        return self.text[self.tokens[index + 1].start : self.tokens[last].end]

    def _person_at(self, index: int) -> str | None:
        """The person named by the token, or set beside it: `the minister, Ida Brandt`."""
        beside = [child for child in self.children[index] if self.tokens[child].relation == "appos"]
        for candidate in (index, index + 1, *beside):
            start = self.tokens[min(candidate, len(self.tokens) - 1)].start
            for span in self.people:
                if span.start <= start < span.end:
                    return span.of(self.text)
        for candidate in (index, *beside):  # a name the pipeline does not know for one
            first = candidate
            while first > 0 and self.tokens[first - 1].tag == "NNP":
                first -= 1
            if self.tokens[candidate].tag == "NNP" and first < candidate:
                return self.text[self.tokens[first].start : self.tokens[candidate].end]
        return None

    def _phrase(self, index: int) -> str:
        """The noun phrase without its article: `the union of drivers` → `union of drivers`."""
        first = last = index
        while first > 0 and self._belongs(first - 1, index):
            first -= 1
        for child in self.children[index]:
            if self.tokens[child].text.lower() == "of":
                inside = [i for i in self._below(child) if i > index]
                last = max([last, *inside])
        while first < index and self.tokens[first].tag in {"DT", "PDT", "PRP$"}:
            if self.tokens[first + 1].text.lower() == "few":  # `few residents` would be hardly any
                break
            first += 1
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def _belongs(self, index: int, head: int) -> bool:
        """Whether the token stands before the noun at `head` as a part of its phrase."""
        for _ in range(6):
            token = self.tokens[index]
            if token.relation == "punct" and token.text not in {"-", "–", "'", "’", "&"}:
                return False
            if token.head == head:
                return token.relation not in {"prep", "appos", "relcl", "cc", "conj"}
            if token.head == index:
                return False
            index = token.head
        return False

    def _below(self, index: int) -> list[int]:
        """The token and what hangs on it, a few words at most."""
        found, pending = [index], list(self.children[index])
        while pending and len(found) < 8:
            child = pending.pop(0)
            if self.tokens[child].relation not in {"relcl", "appos", "punct", "acl", "cc", "conj"}:
                found.append(child)
                pending += self.children[child]
        return found

    def _token_at(self, position: int) -> int | None:
        for index, token in enumerate(self.tokens):
            if token.start <= position < token.end:
                return index
        return None

    def _is_quoted(self, token: Token) -> bool:
        return any(span.start <= token.start < span.end for span in self.quoted)
