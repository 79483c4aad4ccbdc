"""Which claim of an article is which claim of the same article, edited."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from factcheck.records import Claim
from factcheck.wording import compatible, likeness, same_values, wording

#: Share of words (Dice) that a claim and its reworded successor have in common, at least. Between
#: the same neighbours less is enough, for hardly another claim can be meant.
LIKE, LIKE_IN_PLACE = 0.6, 0.45
#: Words that stand in more claims than this tell none of them apart.
COMMON = 40
#: So far from where it is expected, by the claims before it, a reworded claim is looked for anyway.
NEAR = 2
#: Claims of the same words that are told apart by what stands around them; of more, by order.
MANY = 40
#: Claims on either side that count as neighbours, and what each is worth.
_NEIGHBOURS = {-2: 1, -1: 2, 1: 2, 2: 1}


@dataclass(frozen=True, slots=True)
class Match:
    """A claim of the old article and its successor, by number; None where there is none.

    `exact` says that text and speaker are the same, to the letter.
    """

    old: int | None
    new: int | None
    exact: bool = False


def match_claims(old: Sequence[Claim], new: Sequence[Claim]) -> tuple[Match, ...]:
    """Who succeeds whom: every claim of both stands in one match; in the new order, then the rest.

    The same words are matched first, wherever they moved; of several claims with the same words,
    those with the same neighbours, then in order. Then come those with other punctuation, capitals
    or marks, then reworded ones. Claims that differ in a number, a name, a speaker, a denial or a
    direction are never matched: they are other claims.
    """
    pairing = _Pairing(old, new)
    pairing.by(lambda claim: (claim.text, claim.standalone, claim.speaker))
    pairing.by(lambda claim: (claim.text, claim.speaker))
    pairing.by(lambda claim: (wording(claim.text).tokens, _tokens(claim.speaker)))
    pairing.by_likeness()
    matches = [
        Match(at, number, at is not None and _same_letters(old[at], claim))
        for number, claim in enumerate(new)
        for at in [pairing.backward.get(number)]
    ]
    gone = [Match(number, None) for number in range(len(old)) if number not in pairing.forward]
    return (*matches, *gone)


def _same_letters(old: Claim, new: Claim) -> bool:
    return (old.text, old.speaker) == (new.text, new.speaker)


def _tokens(text: str | None) -> tuple[str, ...]:
    return wording(text).tokens if text else ()


class _Pairing:
    """Pairs of claims, as they are found: what is paired once stays so."""

    def __init__(self, old: Sequence[Claim], new: Sequence[Claim]) -> None:
        self._old, self._new = old, new
        self._old_keys = [wording(claim.text).tokens for claim in old]
        self._new_keys = [wording(claim.text).tokens for claim in new]
        self.forward: dict[int, int] = {}
        self.backward: dict[int, int] = {}

    def by(self, key: Callable[[Claim], Hashable]) -> None:
        """Pair the claims that have the same key, and mean the same by their words."""
        mine, yours = self._groups(key, self._old), self._groups(key, self._new)
        groups = [(numbers, yours[name]) for name, numbers in mine.items() if name in yours]
        # what stands once on each side can only be one; it tells the others where they are
        groups.sort(key=lambda group: len(group[0]) * len(group[1]))
        for numbers, others in groups:
            if max(len(numbers), len(others)) > MANY:
                self._take((0.0, *pair) for pair in zip(numbers, others, strict=False))
            else:
                self._take((self._around(o, n), o, n) for o in numbers for n in others)
                self._exchange([number for number in numbers if number in self.forward])

    def by_likeness(self) -> None:
        """Pair what is left, the likest first."""
        pairs = [(o, n) for o, n in self._candidates() if self._reworded(o, n)]
        self._take(
            (likeness(self._old[o].text, self._new[n].text) + self._around(o, n) / 60, o, n)
            for o, n in pairs
        )

    def _groups(
        self, key: Callable[[Claim], Hashable], claims: Sequence[Claim]
    ) -> dict[Hashable, list[int]]:
        taken = self.forward if claims is self._old else self.backward
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for number, claim in enumerate(claims):
            if number not in taken:
                groups[key(claim)].append(number)
        return groups

    def _take(self, scored: Iterator[tuple[float, int, int]]) -> None:
        """Pair by falling score, and in order where it is the same."""
        for _, o, n in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
            free = o not in self.forward and n not in self.backward
            if free and compatible(self._old[o].standalone, self._new[n].standalone):
                self.forward[o], self.backward[n] = n, o

    def _exchange(self, numbers: Sequence[int]) -> None:
        """Exchange successors where that fits what stands around both pairs better."""
        for first, second in combinations(numbers, 2):
            one, other = self.forward[first], self.forward[second]
            crossed = (first, other), (second, one)
            gain = sum(self._around(*pair) for pair in crossed)
            if gain > self._around(first, one) + self._around(second, other) and all(
                compatible(self._old[o].standalone, self._new[n].standalone) for o, n in crossed
            ):
                for o, n in crossed:
                    self.forward[o], self.backward[n] = n, o

    def _around(self, old: int, new: int) -> float:
        """How much of what stands around two claims is the same, from 0 to 6."""
        return sum(
            weight for step, weight in _NEIGHBOURS.items() if self._alike(old + step, new + step)
        )

    def _alike(self, old: int, new: int) -> bool:
        inside = 0 <= old < len(self._old_keys), 0 <= new < len(self._new_keys)
        if not all(inside):
            return not any(inside)  # both at an end of the article
        return self.forward.get(old) == new or self._old_keys[old] == self._new_keys[new]

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs that share some word which is not everywhere, or stand at the same place."""
        holders: dict[str, list[int]] = defaultdict(list)
        for number, tokens in enumerate(self._new_keys):
            if number not in self.backward:
                for token in set(tokens):
                    holders[token].append(number)
        expected = 0
        for number, tokens in enumerate(self._old_keys):
            expected = self.forward.get(number, expected) + 1
            if number in self.forward:
                continue
            shared: Counter[int] = Counter()
            for token in set(tokens):
                if len(holders.get(token, ())) <= COMMON:
                    shared.update(holders.get(token, ()))
            near = range(expected - 1 - NEAR, expected + NEAR)
            for other in {*near, *(at for at, _ in shared.most_common(COMMON))}:
                if 0 <= other < len(self._new) and other not in self.backward:
                    yield number, other

    def _reworded(self, old: int, new: int) -> bool:
        mine, yours = self._old[old], self._new[new]
        if _tokens(mine.speaker) != _tokens(yours.speaker):
            return False
        in_place = self._around(old, new) >= 4
        if likeness(mine.text, yours.text) < (LIKE_IN_PLACE if in_place else LIKE):
            return False
        return same_values(mine.text, yours.text)
