"""One function per command: read the input, run the pipeline, show the result."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module

#: Where each command is. A module is imported when its command is run: a search needs no verifier,
#: and a check no review.
_HOMES = {
    ("index", "build"): ("indexing", "build_index"),
    ("index", "info"): ("indexing", "show_info"),
    ("index", "search"): ("indexing", "search_index"),
    ("index", "verify"): ("indexing", "verify_index"),
    ("index", "repair"): ("indexing", "repair_index"),
    ("claims", None): ("checking", "list_claims"),
    ("check", None): ("checking", "check"),
    ("demo", None): ("checking", "demo"),
    ("review", None): ("reviewing", "review"),
    ("export", None): ("reporting", "export"),
    ("diff", None): ("reporting", "diff"),
    ("completion", None): ("reporting", "completion"),
}


def run(options: Namespace) -> int:
    """Run the command that `options` names; returns the exit code."""
    if options.command in {"check", "review", "export"} and not getattr(options, "replay", None):
        from factcheck.commands.inputs import with_defaults

        with_defaults(options)
    module, name = _HOMES[options.command, getattr(options, "action", None)]
    command = getattr(import_module(f"factcheck.commands.{module}"), name)
    return int(command(options))
