"""Who holds which office, in a claim and in a passage, and whether two offices are one.

`deputy`, `former` and `acting` make another office; `chief executive` and `CEO` are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.claims.roles import OFFICES
from factcheck.claims.syntax import Parse, Token
from factcheck.mismatch.names import NameValue
from index import Span

_LEADING = {
    "chairs": "chair", "chaired": "chair", "leads": "leader", "led": "leader", "heads": "head",
    "headed": "head", "commands": "commander", "commanded": "commander", "runs": "manager",
    "ran": "manager", "edits": "editor", "edited": "editor", "coaches": "coach",
    "coached": "coach", "directs": "director", "directed": "director", "owns": "owner",
    "owned": "owner", "founded": "founder", "manages": "manager", "managed": "manager",
    "captains": "captain", "captained": "captain", "presides": "president",
}  # fmt: skip
#: Words that make another office of one.
_RANKS = frozenset(
    """
    deputy vice former acting assistant interim associate junior co outgoing honorary emeritus sub
    under ex then late retired incoming shadow designate elect senior second
    """.split()
)
_OFFICES = OFFICES | {
    "ceo",
    "cfo",
    "coo",
    "pm",
    "member",
    "apprentice",
    "volunteer",
    "trainee",
    "boss",
}
_ALIKE = {
    "chairman": "chair", "chairwoman": "chair", "chairperson": "chair", "spokesman": "spokesperson",
    "spokeswoman": "spokesperson", "headmaster": "headteacher", "headmistress": "headteacher",
    "adviser": "advisor", "ceo": "chief executive",
    "cfo": "finance chief", "leader": "head", "chief": "head", "boss": "head", "manager": "head",
    "commander": "head", "actress": "actor",
}  # fmt: skip
_PHRASES = (
    ("chief executive officer", "ceo"),
    ("chief executive", "ceo"),
    ("managing director", "ceo"),
    ("chief financial officer", "cfo"),
    ("finance director", "cfo"),
    ("finance chief", "cfo"),
    ("prime minister", "premier"),
    ("harbour master", "harbourmaster"),
    ("station master", "stationmaster"),
    ("head teacher", "headteacher"),
)
_MODIFIERS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "VBG", "VBN"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "DT", "HYPH", "POS", "CC"})
#: Words for a body of people, whatever it is about.
_BODIES = frozenset(
    """
    committee committees council board union party service club association commission authority
    department office team group cabinet panel body company firm trust society institute
    agency ministry federation league university school college hospital fund bank programme
    project campaign movement inquiry section branch division unit staff choir court clubs
    """.split()
)
#: Words for how far a body reaches.
_REACH = frozenset(
    """
    national local regional municipal royal public private city town county district village state
    federal international new old main first second joint
    """.split()
)
#: What may stand between a name and the office behind it, and the other way round.
_NAME_FIRST = re.compile(
    r"(?:,(?: who)?(?: is| was)?|"
    r",? (?:is|was|became|has been|had been|being|remains|serves as|served as|as)|"
    r" \(|:)\s(?:an?\s|the\s|its\s|his\s|her\s|their\s|now\s|then\s|"
    r"(?:the\s)?(?:[A-Z][\w’'-]{0,29}\s){0,3}[\w’'-]{1,30}['’]s?\s)?$"
)
_OFFICE_FIRST = re.compile(r"(?:,? | of [\w ]{2,40}, )$")
#: `The line's chief executive is`, where that is all that stands before a name.
_OFFICE_IS = re.compile(r" (?:is|was|remains) ")
_ITS_OFFICE = re.compile(
    r"(?:^|[.!?;:]\s+)(?:(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er) )?"
    r"(?:[\w&-]{1,30}(?: [\w&-]{1,30})?['’]s? )?$"
)
#: Offices that are often *for* something; `state` is the end of `secretary of state`.
_WITH_REMIT = frozenset(
    """
    minister ministers secretary commissioner spokesman spokeswoman spokesperson director officer
    adviser advisor envoy ombudsman coordinator correspondent head state
    """.split()
)
#: How long somebody is something, or an example: `for the past three years`.
_SPELL = re.compile(
    r" (?:the )?(?:"
    r"(?:past|last|next|first|coming|whole|entire|rest|better|best|most|many|several|some|few|half|"
    r"long|short|full)\b|"
    r"(?:years|months|weeks|days|decades|centuries|ages|now|ever|while|example|instance|good|"
    r"moment|duration|time|a)\b|life\b(?! [a-z]+s\b))",
    re.IGNORECASE,
)
#: Behind an office, a person whose it is: `Mayor Tom Poe's deputy` is no mayor.
_OWNER = re.compile(r"(?:\s[A-Z][\w’'-]*?){1,3}['’]s\s")
_SHARED = frozenset("the a an of in for at and its his her their".split())
_LEADS = re.compile(
    rf"(?P<aux>(?:has|had|have) )?\b(?P<verb>{'|'.join(_LEADING)})\b"
    r"(?= (?:(?:the|an?|its|his|her|their|both|over)\b|[A-Z]))"
)


@dataclass(frozen=True, slots=True)
class Office:
    """The words for an office, and the name of who holds it where that is said.

    `noun` is the office behind a verb such as `chairs`, and `object` what is chaired; "" and None
    where the words are nouns already.
    """

    span: Span
    name: Span | None
    noun: str = ""
    object: Span | None = None

    def words(self, text: str) -> str:
        """The office as nouns."""
        if self.object:
            return f"{self.noun} of {self.object.of(text)}"
        return self.noun or self.span.of(text)

    def replaced(self, text: str, office: str) -> str:
        """The text with another office in place of this one."""
        head, tail = text[: self.span.start], text[self.span.end :]
        if not self.noun:
            return head + office + tail
        if self.object:  # `presides over the court`
            tail = text[self.object.start - 1 :]
        words = self.span.of(text)
        verb = "has been" if words.startswith(("has ", "have ")) else "had been"
        if " " not in words:
            verb = "is" if words.endswith("s") else "was"
        if re.search(r"\b(?:of|at|in)\b", office):  # it has what it is of with it
            return f"{head}{verb} {office}{text[(self.object or self.span).end :]}"
        return f"{head}{verb} {office} of{tail}"


def find_offices(text: str, parse: Parse, names: Sequence[NameValue]) -> list[Office]:
    """The offices a text gives people, in order."""
    found = list(_nouns(text, parse, names))
    for match in _LEADS.finditer(text):
        holder = _last_before(names, match.start(), text)
        if holder:
            span = Span(match.start(), match.end())
            led = _object(text, parse, span.end)
            found.append(Office(span, holder.span, _LEADING[match["verb"]], led))
    return found


def _nouns(text: str, parse: Parse, names: Sequence[NameValue]) -> Iterator[Office]:
    tokens = parse.tokens
    at = 0
    while at < len(tokens):
        if not (_is_office(tokens[at].text) and tokens[at].tag.startswith("N")):
            at += 1
            continue
        last = at
        while last + 1 < len(tokens) and _is_office(tokens[last + 1].text):
            last += 1
        first = at
        while first > 0 and at - first < 6 and tokens[first - 1].tag in _MODIFIERS:
            gap = text[tokens[first - 1].end : tokens[first].start]
            if "\n" in gap or _ends_name(tokens[first - 1].end, names):
                break
            first -= 1
        while tokens[first].tag in {"HYPH", "VBN"} and first < at:
            first += 1
        end = _complement(text, parse, last)
        span = Span(tokens[first].start, end)
        yield Office(span, _holder(text, span, tokens[last].end, names))
        at = last + 1


def _object(text: str, parse: Parse, start: int) -> Span | None:
    """What a verb that ends at `start` governs, with what that is of."""
    tokens = parse.tokens
    first = next((n for n, token in enumerate(tokens) if token.start >= start), len(tokens))
    while first < len(tokens) and tokens[first].text.lower() in {"over", "both"}:
        first += 1
    last, governs = first, False
    while last < len(tokens) and _governed(tokens, last, governs):
        governs = governs or tokens[last].tag.startswith("NN")
        last += 1
    if not governs or "\n" in text[start : tokens[last - 1].end]:
        return None
    return Span(tokens[first].start, _complement(text, parse, last - 1))


def _governed(tokens: Sequence[Token], at: int, governs: bool) -> bool:
    """Whether a token goes on with what a verb governs, of which a noun was seen or not."""
    tag = tokens[at].tag
    if tag == "CC":  # `the finance and leisure committees`, not `the board and Bo Holm the club`
        return at + 1 < len(tokens) and tokens[at + 1].tag in {"NN", "NNS", "JJ"}
    return tag in _NOUNS or tag in {"PRP$", "CD"} or (tag in {"VBG", "VBN"} and not governs)


def _is_office(word: str) -> bool:
    lower = word.lower()
    return lower in _OFFICES or lower.rpartition("-")[2] in _OFFICES


def _ends_name(end: int, names: Sequence[NameValue]) -> bool:
    return any(name.span.end == end and name.what == "person" for name in names)


def _complement(text: str, parse: Parse, last: int) -> int:
    """The end of an office with what it is of: `professor of hydrology`."""
    tokens = parse.tokens
    at, end = last + 1, tokens[last].end
    if at >= len(tokens) or tokens[at].text not in {"of", "in", "for"}:
        return end
    learned = tokens[last].text.lower() in {"professor", "lecturer", "researcher", "teacher"}
    if tokens[at].text != "of" and not learned and not _has_remit(text, parse, at):
        return end
    at += 1
    while at < len(tokens) and at - last < 9:
        of = tokens[at].text == "of" and at + 1 < len(tokens)
        of = of or _has_remit(text, parse, at)  # `secretary of state for health`
        if tokens[at].text.lower() in {"last", "this", "next"}:  # `minister for health last year`
            break
        joint = (
            tokens[at].tag == "CC" and at + 1 < len(tokens) and tokens[at + 1].tag.startswith("NN")
        )
        if not (of or joint or (tokens[at].tag in _NOUNS and tokens[at].tag != "CC")):
            break
        if "\n" in text[end : tokens[at].start] or tokens[at].text[0].isdigit():
            break
        end = tokens[at].end
        at += 1
    return end


def _has_remit(text: str, parse: Parse, at: int) -> bool:
    """Whether a token is the `for` of `minister for transport`, and not of `for three years`."""
    tokens = parse.tokens
    if tokens[at].text != "for" or at + 1 >= len(tokens) or not at:
        return False
    takes_one = tokens[at - 1].text.lower() in _WITH_REMIT
    plain = tokens[at + 1].tag.startswith(("NN", "JJ")) or tokens[at + 1].text.lower() == "the"
    return takes_one and plain and not _SPELL.match(text, tokens[at].end)


def _holder(text: str, span: Span, noun_end: int, names: Sequence[NameValue]) -> Span | None:
    """Whose name stands before the office or behind it."""
    for name in names:
        if name.what in {"place", "organisation"} and name.sure:
            continue
        if name.span.end <= span.start and _NAME_FIRST.fullmatch(text[name.span.end : span.start]):
            return None if _OWNER.match(text, noun_end) else name.span
        for end in (span.end, noun_end):
            if end <= name.span.start <= end + 45 and _OFFICE_FIRST.fullmatch(
                text[end : name.span.start]
            ):
                return name.span
        is_told = _OFFICE_IS.fullmatch(text, span.end, name.span.start)
        owns = text.startswith(("’s", "'s"), name.span.end)
        if is_told and not owns and _ITS_OFFICE.search(text[: span.start]):
            return name.span
        if span.start < name.span.start and name.span.end <= span.end and name.what == "person":
            return name.span
    return None


def _last_before(names: Sequence[NameValue], at: int, text: str) -> NameValue | None:
    for name in reversed(names):
        if name.span.end <= at:
            near = not re.search(r"[.;!?]\s", text[name.span.end : at]) and at - name.span.end < 60
            return name if near and name.what != "place" else None
    return None


def same_office(first: str, second: str) -> bool:
    """Whether two wordings name one office, or one names it more fully than the other."""
    one, two = _parts(first), _parts(second)
    return _alike(one, two) and (not (one[2] and two[2]) or one[2] <= two[2] or two[2] <= one[2])


def same_lead(first: str, second: str) -> bool:
    """Whether two wordings name one office where a verb tells one: what is led goes by many names.

    `leads the seabird group` is `head of seabird research`, `chairs the finance committee` is not
    `chair of the leisure committee`: there are many committees.
    """
    one, two = _parts(first), _parts(second)
    shared = _fields(first) & _fields(second)
    return same_office(first, second) or (_alike(one, two) and bool(shared))


def _fields(words: str) -> set[str]:
    """What an office is about: its words but for names, kinds of bodies and the office itself."""
    plain = {word for word in re.findall(r"\w+", re.sub(r"['’]s?\b", "", words)) if word.islower()}
    return plain - _BODIES - _REACH - _OFFICES - _RANKS - _SHARED


def _alike(one: _Wording, two: _Wording) -> bool:
    """Whether the ranks of two offices are the same, and the offices themselves may be."""
    return one[0] == two[0] and (bool(one[1] & two[1]) or not (one[1] and two[1]))


_Wording = tuple[frozenset[str], frozenset[str], frozenset[str]]


def _parts(words: str) -> _Wording:
    """The ranks, the office itself and everything else of a wording."""
    plain = re.sub(r"['’]s?\b", "", words.lower()).replace("-", " ")
    for phrase, short in _PHRASES:
        plain = plain.replace(phrase, short)
    tokens = [_ALIKE.get(word, word) for word in re.findall(r"\w+", plain)]
    ranks = frozenset(tokens) & _RANKS
    offices = (
        frozenset(word for word in tokens if word in _OFFICES or word in _ALIKE.values()) - _RANKS
    )
    return ranks, offices, frozenset(tokens) - ranks - offices - _SHARED
