"""What a transcript puts before a statement, and whose it is.

`HOLM:`, `IDA HOLM, HOST:`, and as parliaments print it: `Mr Holm (Veld North) (Reform):`,
`The Minister for Transport (Ida Roe):`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.capitals import CAPITAL, PARTICLE
from factcheck.claims.given import given_names
from factcheck.claims.markup import plain
from factcheck.claims.people import bare_name
from factcheck.claims.roles import OFFICES

_WORD = rf"{CAPITAL}[\w.'’-]*"
_LABEL = re.compile(
    r"(?:\d{1,3}[.)] {1,3})?"
    rf"(?P<name>{_WORD}(?: {{1,6}}(?:(?:for|of|and|the|of the|and the) )?{_WORD}){{0,8}})"
    r"(?P<beside>, [^.:;!?\n]{2,60}?)?"
    r"(?P<notes>(?: {1,6}\([^()\n]{1,60}\)){0,3}) {0,4}:\s"
)
_NOTE = re.compile(r"\(([^()]+)\)")
_PERSON = re.compile(rf"{_WORD}(?: (?:{PARTICLE} ){{0,2}}{_WORD}){{1,3}}")
_FULL_NAME = re.compile(
    rf"\b(?!(?:The|This|That|An?|In|On|At|And|But|So|No|See)\b){CAPITAL}[\w’-]{{0,30}}\.? "
    rf"(?=(?P<last>{CAPITAL}[a-z][\w’-]{{0,30}})\b(?!:))"
)
#: Whose initials are labels: `Panel: Aurel Hestrin (AH), Odile Marchbank (OM)`.
_INITIALS = re.compile(
    rf"(?<!\w)(?P<name>{CAPITAL}[\w’'-]{{0,30}}"
    rf"(?: (?:{PARTICLE} ){{0,2}}{CAPITAL}[\w’'-]{{0,30}}){{1,3}}) \((?P<initials>[A-Z]{{2,3}})\)"
)
#: Labels of nobody in particular.
_NOBODY = {"q", "a", "question", "answer", "note", "operator", "moderator", "update"}
#: A label is looked for in the first characters of a block.
SEEN = 200


@dataclass(frozen=True, slots=True)
class Label:
    """A label: whose it is, where it ends, and whether its form alone tells that it is one."""

    name: str
    end: int
    is_plain: bool


def match_label(text: str) -> Label | None:
    """What may be a label at the start of a text without marks, or blanked out ones."""
    match = _LABEL.match(text)
    if match is None:
        return None
    name = " ".join(match["name"].split())
    beside, notes = match["beside"], _NOTE.findall(match["notes"])
    if beside and not (beside.isupper() or OFFICES & set(beside.lower().split())):
        return None
    if _is_office(name):
        held_by = next((note for note in notes if _PERSON.fullmatch(note)), None)
        return Label(held_by or name, match.end(), held_by is not None)
    return Label(name, match.end(), bool(beside or notes))


def _is_office(name: str) -> bool:
    words = name.lower().split()
    return words[0] == "the" or words[-1] in OFFICES or bool({"for", "of"} & set(words))


def read_labels(blocks: Sequence[str]) -> list[str | None]:
    """Whose label each block begins with: `HOLM: We won.` → `HOLM`; "" for nobody's.

    A label counts that comes twice, as `ROE` does after `IDA ROE`: a single one is any colon. Where
    two come twice the text is a transcript, and who speaks once is known by a name of two words, by
    what stands beside it, or by a longer name elsewhere: `ROE:` where the host has greeted
    `Ida Roe`, or by being a given name where most of it stands under labels in capitals. A label
    that may be two people's is nobody's, and initials that the text explains are a name's.
    """
    found = [
        None if block.lstrip().startswith("#") else match_label(plain(block[:SEEN]))
        for block in blocks
    ]
    whose = _as_people({label.name for label in found if label})
    counts = Counter(whose[label.name] for label in found if label)
    in_turns = _is_in_turns(found, counts)
    is_transcript = in_turns or sum(count > 1 for count in counts.values()) > 1
    named = _last_names(blocks) if is_transcript else frozenset[str]()
    initials = _initials(blocks) if is_transcript else {}
    labels: list[str | None] = []
    for label in found:
        if label is None or not (
            counts[whose[label.name]] > 1
            or (is_transcript and (label.is_plain or " " in label.name))
            or label.name in initials
            or (
                label.name.isupper()
                and (label.name.casefold() in named or (in_turns and _is_given(label.name)))
            )
        ):
            labels.append(None)
        elif label.name.lower() in _NOBODY or not whose[label.name]:
            labels.append("")
        else:
            labels.append(initials.get(label.name, label.name))
    return labels


def _initials(blocks: Sequence[str]) -> dict[str, str]:
    """The names that a text gives initials: `Brenna Toll (BT)`."""
    found: dict[str, str] = {}
    for block in blocks:
        for match in _INITIALS.finditer(plain(block)):
            name = bare_name(match["name"])
            if "".join(word[0] for word in name.split()) == match["initials"]:
                found.setdefault(match["initials"], name)
    return found


def _as_people(names: set[str]) -> dict[str, str]:
    """For each label the longer one that is the same person's: `ROE` is `IDA ROE`.

    It is "" where two may be.
    """
    longer: dict[str, list[str]] = defaultdict(list)
    for name in names:
        words = name.split()
        if 1 < len(words) < 5 and _is_given(words[0]):
            for word in {words[0].casefold(), words[-1].casefold()}:
                longer[word].append(name)
    found = {name: longer.get(name.casefold(), [name]) for name in names}
    return {name: others[0] if len(others) == 1 else "" for name, others in found.items()}


def _is_in_turns(found: Sequence[Label | None], counts: Counter[str]) -> bool:
    """Whether most blocks begin with labels in capitals, of people, one of whom has two."""
    names = [label.name for label in found if label and label.name.isupper()]
    most = 3 * len(names) >= 2 * len(found) and len(names) > 3
    people = {name for name in names if _is_given(name.split()[0])}
    return most and len(people) > 1 and max(counts.values()) > 1


def _is_given(name: str) -> bool:
    """Whether it is a given name: `NELL`, and not `STAFF`."""
    return name.title() in given_names()


def _last_names(blocks: Sequence[str]) -> frozenset[str]:
    """What ends the names of people in a text, in small letters."""
    return frozenset(
        match["last"].casefold() for block in blocks for match in _FULL_NAME.finditer(block)
    )


def spoken_name(label: str, known: str | None) -> str:
    """How the speaker with a label is called: `Mr Holm`, where the text has no more than that.

    `known` is the fullest name that the text has for the label.
    """
    name = known or bare_name(label)
    if " " in name or " " not in label:
        return name
    return label.title() if label.isupper() else label
