"""The command line's arguments: every command, flag and help text."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import NoReturn

from factcheck import __version__
from factcheck.completion import SHELLS
from factcheck.render.safe import plain

DESCRIPTION = "Check what an article claims against your own sources, side by side."
EPILOG = """\
examples:
  factcheck demo                                    see it work on the bundled article
  factcheck index build my-index sources/           build or update a reference index
  factcheck check article.md --index my-index       check an article against it
  factcheck review article.md --index my-index      the same, claim by claim, with your verdicts
  factcheck check --claim "Ostrel has 3 ports." --index my-index
  factcheck claims article.md                       only list what the article claims

exit codes:
  0 done   1 done, a claim was refuted (with --fail-on refuted) or a replay differs
  2 wrong use or input   3 index missing or unusable   130 interrupted
"""
CHECK_EPILOG = """\
examples:
  factcheck check article.md --index my-index
  factcheck check article.md --index my-index --index wire/ --format html -o report.html
  factcheck check *.md --index my-index --format markdown -o reports/
  factcheck check --claim "Ostrel has 3 ports." --index my-index
  factcheck check --replay report.json              do the same inputs give the same findings?
"""
REVIEW_EPILOG = """\
examples:
  factcheck review article.md --index my-index
  factcheck review article.md --index my-index --session desk.json
  factcheck review article.md --index my-index --plain

Every verdict and note is saved as you give it; the same command goes on where you left.
"""
EXPORT_EPILOG = """\
examples:
  factcheck export report.json -o report.html       the form follows the name
  factcheck export desk.json --format claimreview -o claims.jsonld
"""
ARTICLE_HELP = "a file (text, Markdown, HTML, PDF, DOCX), an http(s) URL, or - for standard input"
#: Forms of a report, as `factcheck.render.formats.Format` has them; a test holds the two together.
FORMATS = ("terminal", "json", "markdown", "html", "csv", "claimreview")
#: What a document of a table or of JSON Lines is made of.
COLUMN_FIELDS = ("id", "title", "text", "date", "source")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong, made inert: a shell fills in file names, which may be hostile."""
        super().error(plain(message))


def parser() -> argparse.ArgumentParser:
    """The whole command line, so that a test can hold the README to it."""
    top: argparse.ArgumentParser = _Parser(
        prog="factcheck",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"factcheck {__version__}")
    commands = top.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    _add_index(commands)
    _add_claims(commands)
    _add_check(commands)
    _add_review(commands)
    _add_export(commands)
    _add_diff(commands)
    _add_demo(commands)
    _add_completion(commands)
    return top


def _add_index(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    index = commands.add_parser("index", help="build, search, verify or repair a reference index")
    actions = index.add_subparsers(title="actions", dest="action", metavar="ACTION", required=True)
    build = actions.add_parser("build", help="create an index from files and folders, or update it")
    build.add_argument("index", metavar="INDEX", type=Path, help="the folder of the index")
    build.add_argument(
        "corpus",
        metavar="CORPUS",
        type=Path,
        nargs="+",
        help="files or folders (text, HTML, PDF, office, tables), or a .urls file of addresses",
    )
    build.add_argument(
        "--encoder",
        metavar="NAME",
        help="a sentence-transformers model or folder (default: the packaged all-MiniLM-L6-v2)",
    )
    build.add_argument(
        "--prune", action="store_true", help="drop documents whose files are gone from CORPUS"
    )
    build.add_argument(
        "--column",
        metavar="FIELD=NAME",
        action="append",
        type=_column,
        help="what tables and JSON Lines call id, title, text, date or source, such as text=body; "
        "may be repeated; later builds keep to it until they are given others",
    )
    build.add_argument(
        "--allow-private",
        action="store_true",
        help="let addresses of a .urls file lead to private or local ones",
    )
    build.add_argument("--json", action="store_true", help="print the report as JSON")

    info = actions.add_parser("info", help="what an index holds")
    info.add_argument("index", metavar="INDEX", type=Path, help="the folder of the index")
    info.add_argument("--json", action="store_true", help="print as JSON")

    for name, what in (
        ("verify", "find any byte of an index that has changed since it was built"),
        ("repair", "make anew what of an index is damaged, and name what cannot be"),
    ):
        health = actions.add_parser(name, help=what)
        health.add_argument("index", metavar="INDEX", type=Path, help="the folder of the index")
        health.add_argument("--json", action="store_true", help="print as JSON")

    search = actions.add_parser("search", help="the passages nearest to a query")
    search.add_argument("index", metavar="INDEX", type=Path, help="the folder of the index")
    search.add_argument("query", metavar="QUERY", help="a question, a statement or a few words")
    search.add_argument(
        "-k", type=_positive, default=10, metavar="N", help="how many passages (default: 10)"
    )
    search.add_argument("--json", action="store_true", help="print as JSON")


def _add_claims(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    claims = commands.add_parser("claims", help="list what an article claims, without checking")
    claims.add_argument("article", metavar="ARTICLE", help=ARTICLE_HELP)
    claims.add_argument("--json", action="store_true", help="print as JSON")
    _add_article_options(claims)


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        help="check an article, or claims, against an index",
        epilog=CHECK_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("article", metavar="ARTICLE", nargs="*", help=ARTICLE_HELP)
    check.add_argument(
        "--claim",
        metavar="TEXT",
        nargs="+",
        action="extend",
        help="check these claims instead of an article",
    )
    check.add_argument(
        "--replay",
        metavar="REPORT",
        type=Path,
        help="check again what a JSON report rests on, and say whether the findings are the same",
    )
    _add_index_option(check)
    _add_report_options(check)
    _add_verifier(check)
    _add_article_options(check)


def _add_review(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    review = commands.add_parser(
        "review",
        help="go through an article claim by claim, and give your own verdicts",
        epilog=REVIEW_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    review.add_argument("article", metavar="ARTICLE", help=ARTICLE_HELP)
    _add_index_option(review)
    review.add_argument(
        "--session",
        metavar="FILE",
        type=Path,
        help="where verdicts and notes are kept (default: a file for the article in your data "
        "folder)",
    )
    review.add_argument(
        "--plain",
        action="store_true",
        help="a dialogue line by line, for screen readers and simple terminals",
    )
    _add_choice_options(review)
    _add_verifier(review)
    _add_article_options(review)


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = commands.add_parser(
        "export",
        help="write a saved report or session in another form",
        epilog=EXPORT_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    export.add_argument(
        "report", metavar="REPORT", type=Path, help="a JSON report, or the file of a review"
    )
    _add_form_options(export)


def _add_diff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    diff = commands.add_parser("diff", help="what changed between two reports on an article")
    diff.add_argument("old", metavar="OLD", type=Path, help="a JSON report or a review, the older")
    diff.add_argument("new", metavar="NEW", type=Path, help="the newer")
    diff.add_argument("--json", action="store_true", help="print as JSON")


def _add_completion(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    completion = commands.add_parser("completion", help="print what completes commands in a shell")
    completion.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))


def _add_demo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser("demo", help="index the bundled sources and check their article")
    _add_report_options(demo)


def _add_form_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format",
        choices=FORMATS,
        help=f"how to print the report: {', '.join(FORMATS)} (default: terminal, or by the name "
        "of FILE)",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=_file,
        help="write the report to FILE, whole or not; for several articles a folder",
    )
    command.add_argument(
        "--all",
        action="store_true",
        help="let claimreview hold what you have not decided, too, with the verdicts found",
    )


def _add_report_options(command: argparse.ArgumentParser) -> None:
    _add_form_options(command)
    command.add_argument(
        "--fail-on", choices=["refuted"], help="exit with 1 when a claim is refuted"
    )
    command.add_argument(
        "--sort",
        choices=["verdict"],
        help="show the worst first (default: in the article's order)",
    )
    command.add_argument(
        "--skipped", action="store_true", help="also list the sentences that were not checked"
    )
    _add_choice_options(command)


def _add_choice_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--source",
        metavar="PATTERN",
        action="append",
        type=_pattern,
        help="let only documents decide with this in their path, address or title; may be repeated",
    )
    command.add_argument(
        "--exclude",
        metavar="PATTERN",
        action="append",
        type=_pattern,
        help="let no document decide with this in its path, address or title; may be repeated",
    )
    command.add_argument(
        "--as-of",
        metavar="DATE",
        type=_date,
        help="let only documents decide that were published by then, such as 2024-03-31",
    )


def _add_index_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--index",
        metavar="INDEX",
        type=Path,
        action="append",
        help="the folder of an index; may be repeated (default: FACTCHECK_INDEX, or the "
        "configuration's)",
    )


def _add_verifier(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--verifier",
        metavar="NAME",
        help="careful (default), fast, or any three-way NLI model: its folder or its hub name",
    )


def _add_article_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--allow-private",
        action="store_true",
        help="let a URL lead to a private or local address",
    )


def _column(text: str) -> tuple[str, str]:
    field, _, name = text.partition("=")
    if field not in COLUMN_FIELDS or not name.strip():
        raise argparse.ArgumentTypeError(
            f"got {text!r}, expected FIELD=NAME with one of {', '.join(COLUMN_FIELDS)} as FIELD"
        )
    return field, name.strip()


def _pattern(text: str) -> str:
    if not text.strip():  # every name has nothing in it
        raise argparse.ArgumentTypeError("it is blank, expected a piece of a path or title")
    return text


def _file(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("it is blank, expected the name of a file")
    return Path(text)


def _date(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"got {text!r}, expected a date such as 2024-03-31"
        ) from None


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"got {text}, expected a whole number from 1 up")
    return number
