"""Who is what, said in passing: `harbour master Ida Roe`, `Ida Roe, who leads the union, said`.

A title before a name and an apposition behind it claim that the person holds the office. They are
found by the nouns that name offices and by where these stand to a person's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.claims.syntax import Parse
from index import Span

#: Nouns that name what somebody is.
OFFICES = frozenset(
    """
    accountant actor actress adviser advisor aide ambassador analyst archbishop architect artist
    astronomer attorney author banker biologist bishop botanist broker captain chair chairman
    chairperson chairwoman chancellor chief clerk coach colonel columnist commander commissioner
    composer conductor consultant convener coordinator coroner correspondent councillor curator
    dean deputy designer director doctor ecologist economist editor engineer envoy epidemiologist
    executive farmer fisherman founder general geologist governor head headteacher historian
    hydrologist inspector investigator journalist judge justice lawyer leader lecturer librarian
    lieutenant lord major manager marshal master mayor meteorologist midwife minister negotiator
    nurse officer official operator organiser ornithologist owner partner physician physicist pilot
    planner playwright premier president priest principal producer professor prosecutor
    psychologist publisher ranger rector reporter representative researcher scientist secretary
    seismologist senator sergeant sheriff skipper solicitor speaker spokesman spokesperson
    spokeswoman stationmaster statistician steward striker strategist superintendent surgeon
    surveyor teacher trainer treasurer trustee vice-president vicar virologist warden writer
    goalkeeper defender midfielder winger forward physiotherapist selector referee harbourmaster
    headmaster headmistress postmaster firefighter constable brigadier admiral ombudsman auditor
    winchman coxswain paramedic pharmacist dentist psychiatrist therapist archivist ecologist
    rheumatologist cardiologist oncologist neurologist archaeologist anthropologist sociologist
    geographer mathematician chemist veterinarian beekeeper gamekeeper policeman policewoman
    businessman businesswoman salesman alderman congressman congresswoman signalman ferryman
    fireman foreman quartermaster lawmaker campaigner activist
    """.split()
)
#: Offices somebody holds of something: what it is of, the article's subject if it is not said.
HELD = frozenset(
    """
    chair chairman chairwoman chairperson chief coach director executive head leader
    manager master mayor minister president premier principal secretary speaker spokesman
    spokesperson spokeswoman stationmaster treasurer governor founder owner
    harbourmaster rector commissioner editor
    """.split()
)
_LEADS = re.compile(
    r"who (?:leads|led|heads|headed|chairs|chaired|runs|ran|owns|owned|founded|edits|"
    r"edited|coaches|"
    r"coached|manages|managed|represents|represented|directs|directed|commands|commanded)\b"
)
_AFTER = re.compile(r",\s+(?:an?|the|its|their|his|her)?\s*")
_COMMA = re.compile(r",\s*")
_MODIFIERS = {"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "POS", "VBG", "RB", "CC"}
_ENDS = re.compile(
    r"[,;:.!?()“”\"—–]|\s(?:said|says|told|tells|added|who|which|and (?:the|a|he|she)\b|"
    r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_PAST = re.compile(
    r"(?:the then|former|late|then|ex-|outgoing|retired|one-time)\b|.* (?:at the time|of the day)$",
    re.IGNORECASE,
)
#: Longer phrases are rarely one office.
MAX_WORDS = 12


#: What follows a name and belongs to its title: `Professor Ada Roe of the University of Carrow`.
_OF = re.compile(r" (?:of|at|from) (?:the )?[A-Z][\w’'-]*(?:(?: of(?: the)?)? [A-Z][\w’'-]*){0,5}")
#: The body that a list of those present has behind an office.
_LISTED = re.compile(
    r", (?P<body>[A-Z][\w’'-]*(?: (?:of |& |and )?[A-Z][\w’'-]*){0,4})(?=[;.]|\s*$)"
)
#: Party, seat or age: `Ida Roe (Green), who chairs the committee`.
_IN_BRACKETS = re.compile(r" \([^()]{1,40}\)")
#: Who came after whom in an office: `Minna Roth, who succeeded her as chief engineer`.
_SUCCEEDS = re.compile(r"who (?:succeeded|replaced|followed|took over from) (?:[\w’'-]+ ){1,4}as ")
#: A form of address, and no office unless it says of what.
_ADDRESS = frozenset(
    "general major colonel captain lord judge justice doctor sergeant professor".split()
)
#: Titles that many have.
_RANKS = frozenset(
    """
    superintendent inspector sergeant constable lieutenant brigadier councillor alderman senator
    congressman congresswoman winchman coxswain firefighter paramedic nurse midwife ranger pilot
    """.split()
)


@dataclass(frozen=True, slots=True)
class Role:
    """That a person is something: the whole stretch, the name in it, and the words for the role.

    A `predicate` role has its own verb, `tail` is what belongs to the role behind the name, and
    `served` the body that stands behind the office in a list.
    """

    span: Span
    name: Span
    role: Span
    predicate: bool = False
    tail: Span | None = None
    served: Span | None = None

    def statement(self, text: str, name: str) -> list[Span | str]:
        """The parts of `Ida Roe is harbour master.` with `name` for the person."""
        role = self.role.of(text)
        if self.predicate:
            return [name, " ", self.role, "."]
        verb = " was " if _PAST.match(role) else " is "
        if self._needs_article(role):
            verb += "an " if role[:1].lower() in "aeiou" else "a "
        tail: list[Span | str] = [" ", self.tail] if self.tail else []
        if self.served:
            tail += [" of ", self.served]
        return [name, verb, self.role, *tail, "."]

    def _needs_article(self, role: str) -> bool:
        """Whether the words need an article: `geologist`, not `mayor` or `the union's head`.

        A rank, `Superintendent`, is written with a capital before its name alone.
        """
        words = role.split()
        office = re.split(r" (?:of|at|for|in) ", role)[0].rsplit(maxsplit=1)[-1].lower()
        owned = re.search(r"['’]s? |^(?:its|her|his|their|the|an?) ", role, re.IGNORECASE)
        ranked = self.tail is None and role.rpartition(" ")[2].lower() in _RANKS
        titled = role[:1].isupper() and not ranked
        return bool(words) and not owned and office in OFFICES - HELD and not titled

    def is_held_of_nothing(self, text: str) -> bool:
        """Whether the office is one of something that the words do not name."""
        if self.predicate or self.tail or self.served:
            return False
        role = self.role.of(text)
        words = role.replace("’s", "").replace("'s", "").split()
        names = any(word[:1].isupper() for word in words[1:])
        says = names or re.search(r" (?:of|at|for|in) |['’]s? |\b(?i:its|her|his|their) ", role)
        return not says and bool(HELD & {word.lower() for word in words})


def is_office(phrase: str) -> bool:
    """Whether a phrase tells who somebody is by an office, and names nobody: `council leader`."""
    words = re.split(r" (?:of|for|at) ", phrase)[0].split()
    is_name = len(words) > 1 and words[-1][0].isupper()  # `John Major`
    return bool(words) and words[-1].lower() in OFFICES and not is_name


def go_together(first: str, second: str) -> bool:
    """Whether somebody may well be both: a councillor and the mayor, a sergeant and a deputy."""
    one, two = (frozenset(words.lower().split()) for words in (first, second))
    held = HELD | {"deputy", "commander"}
    if bool(one & _RANKS) == bool(two & _RANKS):
        return False
    return bool((two if one & _RANKS else one) & held)


#: What is no role though an office ends it: it has a verb, or is joined to another.
_NO_ROLE = re.compile(
    r"^(?:and|or|but|nor|whose|is|was|has|had|became|becomes|will|not)\b"
    r"|^[a-z]+ed (?:his|her|its|their|the|an?)\b|\b(?:and not|and her|and his)\b",
    re.IGNORECASE,
)
#: An office of somebody else's, and the name of who holds it behind that: `, her deputy, Marc Ode`.
_OWN = re.compile(r"\b(?:her|his|their)\b")
_GOES_TO_NEXT = re.compile(r", [A-Z][\w’'-]* [A-Z]")


def find_roles(text: str, parse: Parse) -> list[Role]:
    """The roles a sentence gives people, in order; `text` has no marks."""
    found = []
    for person in parse.people:
        if " " not in person.of(text).strip():
            continue
        for role in (
            _behind(text, person), _before(text, parse, person), _set_before(text, person)
        ):  # fmt: skip
            if role and (role.predicate or not _NO_ROLE.search(role.role.of(text))):
                found.append(role)
                break
    return found


def _before(text: str, parse: Parse, person: Span) -> Role | None:
    """A title: the nouns and adjectives that end in an office right before the name."""
    tokens = [token for token in parse.tokens if token.end <= person.start]
    # the pipeline often takes a title with a capital for a part of the name
    start = person.start
    inside = [token for token in parse.tokens if person.start <= token.start < person.end]
    while inside and inside[0].text.lower() in OFFICES and len(inside) > 2:
        tokens.append(inside.pop(0))
        start = inside[0].start
    if not tokens or tokens[-1].text.lower() not in OFFICES:
        return None
    if text[tokens[-1].end : start].strip():
        return None
    first = len(tokens) - 1
    while first > 0 and tokens[first - 1].tag in _MODIFIERS and len(tokens) - first < MAX_WORDS:
        gap = text[tokens[first - 1].end : tokens[first].start]
        if "\n" in gap or (tokens[first - 1].tag == "CC" and first < 2):
            break
        first -= 1
    if first > 0 and tokens[first - 1].tag == "PRP$":  # `its spokesman`
        first -= 1
    while tokens[first].tag in {"CC", "POS", "RB", "HYPH"} and first < len(tokens) - 1:
        first += 1
    role = Span(tokens[first].start, tokens[-1].end)
    behind = _OF.match(text, person.end)
    tail = Span(behind.start() + 1, behind.end()) if behind else None
    if set(role.of(text).lower().split()) <= _ADDRESS and tail is None:
        return None
    end = tail.end if tail else person.end
    return Role(Span(role.start, end), Span(start, person.end), role, tail=tail)


KIN = frozenset(
    """
    niece nephew son daughter brother sister wife husband widow widower father mother partner cousin
    granddaughter grandson
    """.split()
)
_ANY_OFFICE = rf"(?i:{'|'.join(sorted(OFFICES | KIN, key=len, reverse=True))})"
#: A role that the name stands behind as an apposition: `Pellick's stationmaster, Tomas Erdley,`.
_SET_BEFORE = re.compile(
    r"(?P<role>(?:[Tt]he |[Aa]n? |[Hh]er |[Hh]is |[Ii]ts |"
    rf"[Tt]heir )?(?:[\w’'-]+ ){{0,5}}(?P<office>{_ANY_OFFICE})"
    r"(?: of (?:(?:the|its|their|a) (?:[a-z][\w-]+['’]?s?['’]? ){0,3})?[\w-]+"
    r"(?: [A-Z][\w-]+)?)?),? $"
)
#: What a noun phrase begins with.
_OPENS = re.compile(r"\b(?:the|an?|its|her|his|their)\s", re.IGNORECASE)
_WHEN = re.compile(r"^(?:In|On|At|By|Since|After|Before)\b.{0,40}\d{4},?\s")


def _set_before(text: str, person: Span) -> Role | None:
    match = _SET_BEFORE.search(text, max(0, person.start - 90), person.start)
    if not match or not match["role"]:
        return None
    office = match["office"].lower()
    kin = office in KIN and re.match(
        r"(?:her|his|their|[\w]+['’]s)\b", match["role"], re.IGNORECASE
    )
    closed = text[person.end : person.end + 1] in {",", "”", '"', "."}
    if not kin and not (office in OFFICES and match[0].endswith(", ") and closed):
        return None
    words = match["role"]
    # the phrase begins behind the last word that belongs to no noun
    tail = re.split(
        r"\b(?:said|says|told|by|to|and|but|with|when|that|as|from|for|was|is|were|are|,)\s", words
    )[-1]
    tail = _WHEN.sub("", tail)
    # and no phrase has a second article: `dismiss its engineer` is two
    before = match.start("office") - match.start("role") - len(words) + len(tail)
    own = list(_OPENS.finditer(tail, 0, max(0, before)))
    tail = tail[own[-1].start() :] if own else tail
    start = match.start("role") + len(words) - len(tail)
    return Role(Span(start, person.end), person, Span(start, match.end("role")))


def _behind(text: str, person: Span) -> Role | None:
    """An apposition, or a relative clause of leading: `Ida Roe, head of the union, said`.

    Where she is from may stand between: `Ida Roe of the University of Carrow, who led the trial`.
    """
    of = _OF.match(text, person.end) or _IN_BRACKETS.match(text, person.end)
    behind = of.end() if of else person.end
    match = _AFTER.match(text, behind)
    comma = _COMMA.match(text, behind)
    if not match or not comma:
        return None
    start = match.end()
    if acts := _SUCCEEDS.match(text, comma.end()) or _LEADS.match(text, comma.end()):
        end = _end(text, acts.end())
        role = Span(acts.start() + len("who "), end)
        return Role(Span(person.start, end), person, role, predicate=True)
    end = _end(text, start)
    words = text[start:end].split()
    if not words or len(words) > MAX_WORDS or words[0] == "who":
        return None
    head = re.split(r"\s(?:of|at|for|in|with|on|from|to)\s", text[start:end])[0].split()
    is_next = _GOES_TO_NEXT.match(text, end) and _OWN.search(match[0])
    if not head or is_next or re.sub(r"['’]s?$", "", head[-1].lower()) not in OFFICES:
        return None
    lead = match[0].strip(", \n").lower()
    role_start = start - len(match[0].lstrip(", \n")) if lead in {"a", "an", "the"} else start
    role = Span(role_start, end)
    if listed := _LISTED.match(text, end):  # `Ida Roe, managing director, Veld Coaches;`
        served = Span(listed.start("body"), listed.end("body"))
        return Role(Span(person.start, served.end), person, role, served=served)
    return Role(Span(person.start, end), person, role)


def _end(text: str, start: int) -> int:
    match = _ENDS.search(text, start)
    return match.start() if match else len(text.rstrip())
