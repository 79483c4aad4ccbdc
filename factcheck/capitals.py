"""Capital letters, for patterns of names: `re` has no class for them.

Those of Latin, Greek, Cyrillic and Armenian, with all their accents: `Ł` and `Š` begin names as `L`
and `S` do, and no `é` does.
"""

from __future__ import annotations

from itertools import chain

#: The capitals, to stand inside a character class, and a class of nothing else.
CAPITALS = "".join(
    letter
    for letter in map(chr, chain(range(0x590), range(0x1E00, 0x2000)))
    if letter.isupper() and letter.isalpha()
)
CAPITAL = f"[{CAPITALS}]"
#: What stands small between the names of one person: `Joost van der Meer`, `Ana da Silva`.
PARTICLES = (
    "al el de da do dos du di van von der den ter ten bin ibn abu la le del della y ó".split()
)
PARTICLE = rf"(?:{'|'.join(PARTICLES)})"
