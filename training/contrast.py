"""Contrast pairs: one word of a claim changed, and with it the label.

A verifier trained on topical pairs takes overlap for support (Gardner et al. 2020, "contrast sets",
arXiv:2004.02709; Schuster et al. 2021, arXiv:2103.08541). From a pair in which claim and passage
share a number, a month, a word of direction, or a name that is not the subject, we make

- a REFUTES pair: the word changed in the claim alone;
- a SUPPORTS pair: the same change in both, so that the changed word alone says nothing.

Negating the claim turns SUPPORTS into REFUTES and REFUTES into SUPPORTS, both made equally often.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from training.data import Pair

MONTHS = """
January February March April May June July August September October November December
""".split()
#: Opposites; each is swapped for the other wherever both texts have it.
OPPOSITES = """
increase/decrease increased/decreased increases/decreases increasing/decreasing rose/fell rise/fall
higher/lower more/less more/fewer gained/lost won/lost before/after first/last north/south east/west
northern/southern eastern/western above/below largest/smallest highest/lowest oldest/youngest
longest/shortest best/worst most/least always/never start/end began/ended opened/closed
positive/negative high/low early/late male/female brother/sister father/mother son/daughter
husband/wife accept/reject accepted/rejected supported/opposed support/oppose approved/rejected
allowed/banned reduce/raise reduces/raises
""".split()

_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
_WORD = re.compile(r"[A-Za-z]+")
_NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]+(?: [A-Z][a-z]+)*\b(?!['’-])")
_VERB = re.compile(r"\b(is|was|are|were|has been|had been|will|can|does|did)\b(?! not\b|n't)")

Change = tuple[str, str]


def make_contrasts(pairs: Sequence[Pair], count: int, seed: int) -> list[Pair]:
    """Up to `count` REFUTES and as many SUPPORTS pairs made from `pairs`, in a seeded order."""
    random = Random(seed)
    supported = [pair for pair in pairs if pair.label == "SUPPORTS"]
    refuted = [pair for pair in pairs if pair.label == "REFUTES"]
    random.shuffle(supported)
    random.shuffle(refuted)
    made: list[Pair] = []
    pool = sorted({name for pair in supported for name in _late_names(pair.claim)})

    def name_change(pair: Pair, random: Random) -> Change | None:
        return _name_change(pair, pool, random)

    changes = [_number_change, _month_change, _opposite_change, name_change]
    for pair in supported:
        if len(made) >= 2 * count:
            break
        made += _twins(pair, random, changes)
    negated = count // 4
    made += _negated(supported, "REFUTES", negated) + _negated(refuted, "SUPPORTS", negated)
    return made


def _twins(
    pair: Pair, random: Random, changes: Sequence[Callable[[Pair, Random], Change | None]]
) -> list[Pair]:
    """The REFUTES and the SUPPORTS pair of one change, or nothing where none applies."""
    for change in random.sample(changes, len(changes)):
        if found := change(pair, random):
            claim = _put(pair.claim, *found)
            refuting = replace(pair, claim=claim, label="REFUTES", source="contrast")
            return [
                refuting,
                replace(refuting, evidence=_put(pair.evidence, *found), label="SUPPORTS"),
            ]
    return []


def _put(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![\w.,-]){re.escape(old)}(?![\w-])", new, text)


def _number_change(pair: Pair, random: Random) -> Change | None:
    shared = set(_NUMBER.findall(pair.claim)) & set(_NUMBER.findall(pair.evidence))
    for number in random.sample(sorted(shared), len(shared)):
        other = _other_number(number, random)
        if other not in pair.evidence and other not in pair.claim:
            return number, other
    return None


def _other_number(number: str, random: Random) -> str:
    """A number written alike: a year near it, or a value between a third and three times it."""
    value = float(number.replace(",", ""))
    if re.fullmatch(r"1[5-9]\d\d|20[0-3]\d", number):
        return str(int(value) + random.choice([-1, 1]) * random.randint(1, 15))
    changed = value * random.choice([0.3, 0.5, 0.7, 1.4, 2.0, 3.0]) + random.choice([0, 1, 2])
    decimals = len(number.partition(".")[2])
    return f"{changed:,.{decimals}f}" if "," in number else f"{changed:.{decimals}f}"


def _month_change(pair: Pair, random: Random) -> Change | None:
    shared = [m for m in MONTHS if m in pair.claim.split() and m in pair.evidence.split()]
    if not shared:
        return None
    month = random.choice(shared)
    return month, random.choice([m for m in MONTHS if m not in pair.evidence])


def _late_names(claim: str) -> list[str]:
    """Names in the second half of a claim, where they are seldom its subject."""
    half = len(claim) // 2
    return [match.group() for match in _NAME.finditer(claim) if match.start() >= half]


def _name_change(pair: Pair, pool: Sequence[str], random: Random) -> Change | None:
    shared = [name for name in _late_names(pair.claim) if name in pair.evidence]
    if not shared:
        return None
    name = random.choice(shared)
    size = len(name.split())
    other = random.choice(pool)
    while len(other.split()) != size or other in pair.evidence or other in pair.claim:
        other = random.choice(pool)
    return name, other


def _opposite_change(pair: Pair, random: Random) -> Change | None:
    claim, evidence = set(_WORD.findall(pair.claim)), set(_WORD.findall(pair.evidence))
    for words in random.sample(OPPOSITES, len(OPPOSITES)):
        for one, other in (words.split("/"), words.split("/")[::-1]):
            if one in claim and one in evidence and other not in claim | evidence:
                return one, other
    return None


def _negated(pairs: Sequence[Pair], label: str, count: int) -> list[Pair]:
    """The first `count` of `pairs` whose claim has a verb to negate, negated."""
    found: list[Pair] = []
    for pair in pairs:
        if len(found) == count:
            break
        if len(_VERB.findall(pair.claim)) == 1 and " not " not in pair.claim:
            claim = _VERB.sub(_negate, pair.claim)
            found.append(replace(pair, claim=claim, label=label, source="contrast"))
    return found


def _negate(verb: re.Match[str]) -> str:
    """`is` → `is not`, `has been` → `has not been`."""
    first, _, rest = verb.group().partition(" ")
    return f"{first} not {rest}" if rest else f"{first} not"
