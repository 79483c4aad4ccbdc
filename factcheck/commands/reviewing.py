"""`factcheck review`: an article, claim by claim."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from argparse import Namespace
from pathlib import Path

from platformdirs import user_data_path
from rich.console import Console

from factcheck.claims import split_article
from factcheck.commands.inputs import choice_of, open_indexes, read
from factcheck.errors import UsageError
from factcheck.exits import DONE
from factcheck.output import messages, waiting
from factcheck.pipeline import Checker, CheckOptions
from factcheck.records import Article
from factcheck.render.layout import count
from factcheck.render.safe import plain
from factcheck.review.desk import Desk, Material
from factcheck.session import SessionFile
from factcheck.stance import load_verifier

_URL = re.compile(r"https?://", re.IGNORECASE)


def review(options: Namespace) -> int:
    """Go through an article claim by claim; returns when the reader leaves."""
    if not options.plain and not sys.stdout.isatty():
        raise UsageError(
            "review needs a terminal to draw on; give --plain for a dialogue line by line, or use "
            "`factcheck check`"
        )
    open_indexes(options).close()  # what is wrong with it is said before anything is drawn
    with waiting("Reading the article…"):
        first = read(options.article, options)
    if options.article == "-":
        _take_back_the_keyboard()
    path = options.session or default_session(options.article, first)
    with SessionFile(path) as file:
        desk = Desk(_material(first, options), file)
        try:
            if options.plain:
                from factcheck.review.plain import PlainReview

                PlainReview(desk, Console(color_system=None)).run()
            else:
                from factcheck.review.app import run_review

                run_review(desk)
        finally:
            ended = desk.close()
    _say_goodbye(desk, path)
    if not ended:  # a model is still at work, and its threads do not survive an orderly end
        sys.stdout.flush()
        os._exit(DONE)
    return DONE


def default_session(where: str, article: Article) -> Path:
    """The file in which the review of an article is kept, unless one is named.

    One for each place of an article; for standard input, one for each text.
    """
    place = where if _URL.match(where) else str(Path(where).resolve())
    key = article.text if where == "-" else place
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    stem = re.sub(r"[^A-Za-z0-9]+", "-", Path(where).stem).strip("-")[:40] or "article"
    folder = Path(os.environ.get("FACTCHECK_DATA") or user_data_path("factcheck")) / "reviews"
    return folder / f"{stem}-{digest}.json"


def _material(first: Article, options: Namespace) -> Material:
    """What the review is made of; the article, read already, is read again on a re-check."""
    ready = [first]

    def read_again() -> Article:
        if ready:
            return ready.pop()
        return first if options.article == "-" else read(options.article, options)

    def checker() -> Checker:
        reference = open_indexes(options)
        try:
            verifier = load_verifier(options.verifier)
        except BaseException:
            reference.close()
            raise
        return Checker(reference, verifier, CheckOptions(choice=choice_of(options)))

    return Material(options.article, read_again, split_article, checker)


def _take_back_the_keyboard() -> None:
    """Read keys from the terminal itself, once the article has come by standard input."""
    try:
        keyboard = os.open("/dev/tty", os.O_RDONLY)
    except OSError as error:
        raise UsageError(
            "the article came by standard input and there is no terminal to type at; "
            "save the article to a file and give that"
        ) from error
    os.dup2(keyboard, sys.stdin.fileno())
    os.close(keyboard)


def _say_goodbye(desk: Desk, path: Path) -> None:
    session = desk.session
    if not session.entries:
        return
    messages().print(
        f"factcheck: {session.decided} of {count(len(session.entries), 'claim')} decided, saved in "
        f"{plain(str(path))}; the same command goes on, and `factcheck export` hands it over",
        soft_wrap=True,
        markup=False,
        highlight=False,
    )
