"""Whether a paragraph is English."""

from __future__ import annotations

import re

#: Fewer words say little of their language.
MIN_WORDS = 12
#: The commonest words of English, which no paragraph of it is without; few are words elsewhere.
_FUNCTION_WORDS = frozenset(
    """
    the of and to in is was that it for on as with his he be at by are this had not but from have
    they which you were her she been their has would there what will if can said who its we than
    an when after over more up out about into your no them my i our him all one so or
    """.split()
)
#: English prose has 0.35 of them and more, headlines and lists of names 0.15. At half of that the
#: language is asked for; other languages share a few forms (`in`, `was`, `on`) and reach 0.08.
SHARE = 0.15
#: So many characters tell it.
_SEEN = 2000
_WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    """False where a text of `MIN_WORDS` words or more is in another language.

    The count of function words decides for nearly all paragraphs; only where it is low is
    `py3langid` loaded (0.5 s; its model is arrays alone, nothing is unpickled) and asked.
    """
    words = [word.lower() for word in _WORD.findall(text[:_SEEN])]
    if len(words) < MIN_WORDS:
        return True
    share = sum(word in _FUNCTION_WORDS for word in words) / len(words)
    if share >= SHARE:
        return True
    import py3langid

    language, _ = py3langid.classify(" ".join(words))
    return bool(language == "en")
