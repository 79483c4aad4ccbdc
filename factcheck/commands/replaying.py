"""`factcheck check --replay`: whether the same inputs give the same findings."""

from __future__ import annotations

from argparse import Namespace

from factcheck.errors import UsageError
from factcheck.exits import DONE, REFUTED
from factcheck.output import emit, refuse_to_overwrite, results, waiting
from factcheck.render.json import dumps
from factcheck.render.replay import replay_to_dict, show_replay
from factcheck.replay import indexes_of, replay, verifier_of
from factcheck.reportfile import read_report
from index.several import open_all


def replay_report(options: Namespace) -> int:
    """Make a report again and say what is otherwise; 1 when a finding is."""
    if options.format not in {None, "terminal", "json"}:
        raise UsageError(
            f"a replay is shown as terminal or json, got {options.format}; leave --format out"
        )
    if options.output and options.format != "json":
        raise UsageError("a replay is written to a file as JSON; add --format json")
    refuse_to_overwrite(options.output, options.replay)
    report = read_report(options.replay)
    indexes = indexes_of(report, options.index or ())
    with open_all(indexes) as reference, waiting("Checking again…"):
        replayed = replay(report, reference, verifier_of(report, options.verifier))
    if options.format == "json":
        emit(dumps(replay_to_dict(replayed)), options.output)
    else:
        show_replay(results(), replayed)
    return DONE if replayed.same else REFUTED
