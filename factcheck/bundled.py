"""The bundled article and its sources, in a checkout and in an installed package alike."""

from __future__ import annotations

from pathlib import Path

from factcheck.errors import UsageError

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
