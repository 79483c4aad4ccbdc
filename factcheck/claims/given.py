"""Given names, and whether `he` or `she` bears them: the lists that Faker keeps for 70 countries.

https://faker.readthedocs.io: used as a dictionary, nothing is made up.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache

import faker.providers.person as countries

_LATIN = re.compile(r"[^\W\d_][\w'’-]+")
_LISTS = {"first_names_male": "he", "first_names_female": "she"}
#: The lists that must agree: one may have as a woman's what is a man's or a surname elsewhere.
_AGREE = 2
#: Words, places and particles of names that somebody, somewhere, has been given as a name.
_WORDS = frozenset(
    """
    abbey add admiral al alto among an arch art author autumn baby baker banks beat bee bell bill
    bird bishop bitten blessing blossom boss branch brown burns can canal cap captain carry case
    cash chance charity chase china clay colon colonel comfort commodore coral council cross dawn
    de dean del delta dock doctor drew early el elder else emit essex ever fairy faith fares fate
    fed fleet floor florin ford forest franc friend fuller gala gale garrison gauge general golden
    gorge governor grant graves great green gun gust hall ham harm haven heath hence hill hope hung
    hunt job joke journey judge junior justice kick king kit la lady lake lane lawyer le lean leaner
    less levy liberty lies line link little loan long lot love lucky made male marine marsh mate
    meadow media meta mile miles mills minor miracle mount my new nil north odd olive oral orange
    owe page park patience peace penny per pier poppy porter press price prince princess puck queen
    reason red rice rich ridge river rock rod roll rose royal rush said saint san santa scarlet
    server shade shepherd silver sing sister skip sky son south spring steward stone storm stormy
    street summer sunday tea ties till tone trace true union unknown us valid valves van victory von
    wage ward wash wells west will willow windy wing winter wolf wood worth young
    """.split()
)


@cache
def given_names() -> Mapping[str, str]:
    """`he` or `she` for each given name; "" where too few lists say so, or they disagree."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for module in pkgutil.iter_modules(countries.__path__):
        provider = importlib.import_module(f"{countries.__name__}.{module.name}").Provider
        for attribute, gender in _LISTS.items():
            for name in set(getattr(provider, attribute, None) or ()):
                if _LATIN.fullmatch(name) and name.lower() not in _WORDS:
                    found[name][gender] += 1
    return {
        name: next(iter(votes)) if len(votes) == 1 and votes.total() >= _AGREE else ""
        for name, votes in found.items()
    }
