"""Given names, and whether `he` or `she` bears them: the lists that Faker keeps for 70 countries.

https://faker.readthedocs.io: used as a dictionary, nothing is made up.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping
from functools import cache

import faker.providers.person as countries

_LATIN = re.compile(r"[^\W\d_][\w'’-]+")
_LISTS = {"first_names_male": "he", "first_names_female": "she"}


@cache
def given_names() -> Mapping[str, str]:
    """`he` or `she` for each given name; "" for one that both bear somewhere."""
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(countries.__path__):
        provider = importlib.import_module(f"{countries.__name__}.{module.name}").Provider
        for attribute, gender in _LISTS.items():
            for name in getattr(provider, attribute, None) or ():
                if _LATIN.fullmatch(name):
                    found[name] = gender if found.get(name, gender) == gender else ""
    return found
