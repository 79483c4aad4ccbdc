"""Where results go: standard output or a file, written whole or not at all; progress on stderr."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
)

from factcheck.errors import UsageError
from index import Stage
from index.durable import mode_of_new_files


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
        missing = not path.parent.exists()
        reason = f"there is no folder {str(path.parent)!r}" if missing else error.strerror
        raise UsageError(
            f"the report cannot be written to {str(path)!r} ({reason}); "
            "give another file with --output"
        ) from error


def refuse_to_overwrite(output: Path | None, *sources: Path | str | None) -> None:
    """Raise `UsageError` when a report would take the place of what it is made from."""
    for source in sources:
        if output is None or source is None:
            continue
        try:
            same = output.samefile(source)
        except (OSError, ValueError):  # one of the two is not there, or is no path
            continue
        if same:
            raise UsageError(
                f"{str(output)!r} is what is read, and would be overwritten; name another file for "
                "the report"
            )


def _replace(path: Path, text: str) -> None:
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".factcheck-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(beside).chmod(path.stat().st_mode if path.exists() else mode_of_new_files())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


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
    """Bars on standard error for the stages of a build, and a place to stop it; no bars in a pipe.

    The first Ctrl-C ends the build behind the commit in hand, the second at once.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        console = messages()
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._tasks = {
            stage: self._bars.add_task(stage.value, visible=False, note="") for stage in Stage
        }
        self._pace = Pace(clock)
        self._stopping = False
        self._handler: Any = None

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Show `done` of `total`. Raises `KeyboardInterrupt` once Ctrl-C was pressed."""
        if self._stopping:
            raise KeyboardInterrupt
        note = self._pace.note(stage, done, total)
        task = self._tasks[stage]
        self._bars.update(task, completed=done, total=total, visible=total > 0, note=note)

    def __enter__(self) -> Self:
        # Where Ctrl-C is ignored, as in a background job, and outside of the main thread, it stays.
        main = threading.current_thread() is threading.main_thread()
        if main and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            self._handler = signal.signal(signal.SIGINT, self._stop)
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()
        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)

    def _stop(self, *_: object) -> None:
        if self._stopping:
            raise KeyboardInterrupt
        self._stopping = True
        for task in self._tasks.values():
            self._bars.update(task, note="stopping…")


class Pace:
    """How fast a build goes, and how long it will take."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds."""
        self._clock = clock
        self._begun: float | None = None
        self._files = (0, 0)

    def note(self, stage: Stage, done: int, total: int) -> str:
        """What to say behind a bar: `"320 passages/s, 0:02:05 left"`; nothing while unknown.

        Files are read ahead of what is embedded, so the passages of those still to be read are
        reckoned from the ones that were.
        """
        if stage is Stage.READ:
            self._files = (done, total)
            self._begun = self._clock() if self._begun is None else self._begun
        if stage is not Stage.EMBED or not done or self._begun is None:
            return ""
        elapsed = self._clock() - self._begun
        if elapsed <= 0:
            return ""
        read, files = self._files
        expected = total * files / read if read else total
        left = dt.timedelta(seconds=round((expected - done) * elapsed / done))
        return f"{done / elapsed:,.0f} passages/s, {left} left"
