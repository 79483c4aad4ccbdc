"""The bundled article and its sources, in a checkout and in an installed package alike."""

from __future__ import annotations

import hashlib
from pathlib import Path

from factcheck.errors import UsageError
from index.inference import cache_folder

#: In a wheel the folder lies inside the package; in a checkout at its top.
PLACES = (Path(__file__).parent / "_seeds", Path(__file__).parent.parent / "seeds")


def seeds_folder() -> Path:
    """The folder with `article.md`, `corpus/` and `gold.json`; `UsageError` if it is gone."""
    for folder in PLACES:
        if (folder / "article.md").is_file():
            return folder
    raise UsageError(
        f"the bundled article is not in {PLACES[0]}; reinstall factcheck-desk to get it back"
    )


def demo_index() -> Path:
    """The index that `factcheck demo` builds.

    One for each place of the bundled sources: two installations that shared an index would each
    find the other's copies in it.
    """
    place = hashlib.sha256(str(seeds_folder()).encode("utf-8", "surrogateescape")).hexdigest()
    return cache_folder() / f"demo-index-{place[:12]}"
