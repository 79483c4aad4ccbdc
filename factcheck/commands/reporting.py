"""`factcheck export`, `diff` and `completion`: what needs neither an index nor a model."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from factcheck.arguments import parser
from factcheck.commands.inputs import form_of
from factcheck.completion import completion_script
from factcheck.diff import compare
from factcheck.errors import UsageError
from factcheck.exits import DONE
from factcheck.output import emit, messages, refuse_to_overwrite, results
from factcheck.records import Report
from factcheck.render.diff import comparison_to_dict, show_comparison
from factcheck.render.formats import Format, render
from factcheck.render.json import dumps
from factcheck.render.layout import count
from factcheck.render.terminal import TerminalOptions, show_report
from factcheck.reportfile import read_json, report_from_dict
from factcheck.session import is_session, session_from_dict


def export(options: Namespace) -> int:
    """`factcheck export`: a saved report or review, in another form."""
    refuse_to_overwrite(options.output, options.report)
    report, unchecked = read_saved(options.report)
    if unchecked:
        messages().print(
            f"factcheck: {count(unchecked, 'claim')} of this review not checked yet, and not in "
            "the report; go on with `factcheck review` first to have them in it",
            soft_wrap=True,
        )
    form = form_of(options)
    if form is Format.TERMINAL and options.output is None:
        show_report(report, results(), TerminalOptions())
    else:
        emit(render(report, form, options.all), options.output)
    return DONE


def diff(options: Namespace) -> int:
    """`factcheck diff`: what changed between two saved reports or reviews."""
    (old, _), (new, _) = read_saved(options.old), read_saved(options.new)
    comparison = compare(old, new)
    if options.json:
        emit(dumps(comparison_to_dict(comparison)), None)
    else:
        show_comparison(results(), comparison)
    return DONE


def completion(options: Namespace) -> int:
    """`factcheck completion`: a script that completes commands in a shell."""
    emit(completion_script(parser(), options.shell), None)
    return DONE


def read_saved(path: Path) -> tuple[Report, int]:
    """The report in a file of `--format json`, or of a review, and how many claims it lacks.

    Raises `UsageError`.
    """
    try:
        data = read_json(path)
        if not is_session(data):
            return report_from_dict(data), 0
        session = session_from_dict(data)
        return session.report(), len(session.entries) - session.checked
    except ValueError as error:
        raise UsageError(
            f"{str(path)!r} is neither a JSON report nor the file of a review ({error}); make one "
            "with `factcheck check ARTICLE --index INDEX --format json -o FILE`"
        ) from error
