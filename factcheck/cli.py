"""The command line: parse, run, turn every error into one sentence and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from factcheck.arguments import parser
from factcheck.errors import FactcheckError
from factcheck.exits import DONE, INDEX_UNUSABLE, INTERRUPTED, WRONG_INPUT
from factcheck.render.safe import plain
from index.errors import IndexUnusable, ReferenceIndexError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    options = parser().parse_args(arguments)
    try:
        return _run(options)
    except IndexUnusable as error:
        return _fail(error, INDEX_UNUSABLE)
    except (FactcheckError, ReferenceIndexError) as error:
        return _fail(error, WRONG_INPUT)
    except KeyboardInterrupt:
        print("factcheck: interrupted; nothing that was saved is lost", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe left (`factcheck … | head`)
        _give_up_output()
        return DONE
    except OSError as error:
        _give_up_output()
        return _fail(
            f"the system refused to read or write ({error}); check free space and permissions, "
            "and try again",
            WRONG_INPUT,
        )


def _run(options: argparse.Namespace) -> int:
    if options.command is None:
        parser().print_help()
        return DONE
    from factcheck import commands

    return commands.run(options)


def _give_up_output() -> None:
    """Keep Python from complaining once more when it closes standard output at exit."""
    with suppress(OSError):  # a standard output that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(error: Exception | str, code: int) -> int:
    # A message may quote a file name or a page, so it is foreign text too.
    print(f"factcheck: {plain(str(error))}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
