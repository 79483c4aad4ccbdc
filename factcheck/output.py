"""Where results go: standard output or a file, written whole or not at all; progress on stderr."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from factcheck.errors import UsageError
from index import Stage


def emit(text: str, output: Path | None) -> None:
    """Print `text`, or write it to the file `output`; in UTF-8 whatever the terminal's encoding.

    What is printed here is for programs, and JSON between them is UTF-8 (RFC 8259, section 8.1).
    """
    if output is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    else:
        write_whole(output, text)


def write_whole(path: Path, text: str) -> None:
    """Write beside `path` and rename: the file is the old one or the new one, never half of it.

    Raises `UsageError` when it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():  # a device or a pipe: nothing to put in its place
            path.write_text(text, encoding="utf-8", newline="\n")
        else:
            _replace(Path(os.path.realpath(path)), text)
    except OSError as error:
        raise UsageError(
            f"the report cannot be written to {str(path)!r} ({error.strerror}); "
            "give another file with --output"
        ) from error


def _replace(path: Path, text: str) -> None:
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".factcheck-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(beside).chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o077)  # it cannot be read without being set
    os.umask(mask)
    return mask


class _Screen(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line: rich would exit with 1, our code for a refuted claim."""
        raise BrokenPipeError


def results() -> Console:
    """The console of results: standard output."""
    return _Screen()


def messages() -> Console:
    """The console of everything that is not a result."""
    return _Screen(stderr=True)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """A spinner on standard error while something is loaded; nothing when it is piped."""
    console = messages()
    if not console.is_terminal:
        yield
        return
    with console.status(what):
        yield


class BuildProgress:
    """Bars on standard error for the stages of a build; nothing when it is piped."""

    def __init__(self) -> None:
        console = messages()
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._tasks = {stage: self._bars.add_task(stage.value, visible=False) for stage in Stage}

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Show `done` of `total`."""
        self._bars.update(self._tasks[stage], completed=done, total=total, visible=total > 0)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()
