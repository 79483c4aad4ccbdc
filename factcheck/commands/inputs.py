"""What the options of a command stand for: an article, indexes, a choice of documents, a form."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from factcheck.article import ArticleOptions, read_article
from factcheck.config import fill, no_index, read_config
from factcheck.deciding import Choice
from factcheck.errors import UsageError
from factcheck.output import messages
from factcheck.records import Article
from factcheck.render.formats import Format
from factcheck.render.safe import plain
from index import Reference
from index.several import open_all


def with_defaults(options: Namespace) -> None:
    """Fill in what no flag says from the environment and the configuration, and say so.

    Raises `UsageError` for a configuration that cannot be used.
    """
    output: Path | None = getattr(options, "output", None)
    several = len(getattr(options, "article", None) or ()) > 1  # into a folder
    if output and output.suffix and not several and options.format is None:
        options.format = _by_name(output).value  # a file's name beats a default
    filled = fill(options, read_config(os.environ))
    console = messages()
    if filled and console.is_terminal:
        told = plain("; ".join(filled))
        console.print(f"factcheck: {told}", soft_wrap=True, markup=False, highlight=False)


def open_indexes(options: Namespace) -> Reference:
    """The index named, or all of them as one.

    Raises `UsageError` when none is, and what `ReferenceIndex.open` raises.
    """
    if not options.index:
        raise no_index(read_config(os.environ))
    return open_all(options.index)


def _by_name(output: Path) -> Format:
    form = Format.of_suffix(output.suffix)
    if form is None:
        known = ", ".join(f"{each.suffix} ({each.value})" for each in Format)
        raise UsageError(
            f"the name {str(output)!r} says no form of report, expected one of {known}; or give "
            "--format"
        )
    return form


def read(where: str, options: Namespace) -> Article:
    """The article at a path, an address or on standard input."""
    from factcheck.fetch import FetchOptions  # and with it httpx

    fetching = FetchOptions(allow_private=options.allow_private)
    return read_article(where, ArticleOptions(fetch=fetching))


def choice_of(options: Namespace) -> Choice:
    """Which documents may decide."""
    return Choice(
        tuple(getattr(options, "source", None) or ()),
        tuple(getattr(options, "exclude", None) or ()),
        getattr(options, "as_of", None),
    )


def form_of(options: Namespace) -> Format:
    """The form asked for, else the terminal's."""
    return Format(options.format) if options.format else Format.TERMINAL
