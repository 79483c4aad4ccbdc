"""The file of a session: whole or not there, never lost, one review at a time."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from factcheck.errors import UsageError
from factcheck.reportfile import MAX_BYTES, read_json
from factcheck.session.form import Writer, session_from_dict
from factcheck.session.records import Session
from index.durable import sync_folder

#: What tells one version of a file from the next: inode, bytes, nanoseconds.
_Version = tuple[int, int, int]


class SessionFile:
    """A session's file, locked from its first use until `close`, also to this process.

    `path` is the file as it was given. A link is followed; folders that are missing are made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._target = Path(path)
        self._writer = Writer()
        self._lock: FileLock | None = None
        self._version: _Version | None = None

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def load(self) -> Session | None:
        """The session in the file; None where there is no file.

        Raises `UsageError` when there is another thing in its place, it cannot be read, is damaged,
        of another version, or in use; it is left as it is.
        """
        self._open()
        with self._told("read"):
            version = self._found()
        if version is None:
            self._version = None
            return None
        try:
            session = session_from_dict(read_json(self._target))
        except ValueError as error:
            raise UsageError(
                f"{str(self.path)!r} is no session that can be gone on with ({error}); it was left "
                "as it is: move it away, or give another file with --session"
            ) from error
        self._version = version
        return session

    def save(self, session: Session) -> None:
        """Put `session` in the file; when this returns it survives a crash and a power cut.

        Raises `UsageError` when it cannot be written, or holds what was not loaded; then the file
        is as it was.
        """
        self._open()
        with self._told("saved"):
            if self._found() not in {None, self._version}:
                raise UsageError(
                    f"{str(self.path)!r} was changed by somebody else, and would be overwritten; "
                    "move it away and go on, or leave and open it again"
                )
            pieces = self._writer.write(session)
            size = sum(map(len, pieces))
            if size > MAX_BYTES:  # it could not be read again
                raise UsageError(
                    f"the session has grown to {size >> 20} MB, expected at most "
                    f"{MAX_BYTES >> 20} MB; begin another one with another --session"
                )
            self._replace(pieces)

    def close(self) -> None:
        """Let others have the file. Nothing happens where that is done already."""
        if self._lock is None:
            return
        lock, self._lock = self._lock, None
        with suppress(OSError):  # Windows does not remove what is open
            Path(lock.lock_file).unlink()
        lock.release()

    def _open(self) -> None:
        if self._lock is not None:
            return
        with self._told("opened"):
            self._target = Path(os.path.realpath(self.path))
            self._found()
            self._target.parent.mkdir(parents=True, exist_ok=True)
            beside = self._target.with_name(f"{self._target.name}.lock")
            holder = _pid(beside)  # before the attempt: some versions of filelock empty the file
            lock = FileLock(beside, thread_local=False)
            try:
                lock.acquire(timeout=0)
            except Timeout as error:
                raise UsageError(
                    f"{holder} has {str(self.path)!r} under review; leave that one first, or give "
                    "another file with --session"
                ) from error
            self._lock = lock
            with suppress(OSError):  # Windows lets nobody write to what is locked
                beside.write_text(str(os.getpid()), encoding="ascii")

    def _found(self) -> _Version | None:
        """Which version is there; None for no file. Raises `UsageError` for what is no file."""
        try:
            found = self._target.stat()
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "no ordinary file"
            raise UsageError(
                f"{str(self.path)!r} is {what}, expected a file for the session; give another "
                "with --session"
            )
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _replace(self, pieces: list[bytes]) -> None:
        """As `index.durable.write_atomic`, in pieces, for as many to read as before."""
        beside = self._target.with_name(f"{self._target.name}.partial")
        beside.unlink(missing_ok=True)  # left behind by one that was killed: we hold the lock
        try:
            with beside.open("xb") as file:
                with suppress(FileNotFoundError):
                    beside.chmod(stat.S_IMODE(self._target.stat().st_mode))
                file.write(b"".join(pieces))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        self._version = self._found()
        sync_folder(self._target.parent)

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """Tell an `OSError` from inside as `UsageError`."""
        try:
            yield
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise UsageError(
                f"the session {str(self.path)!r} cannot be {what} ({reason}); what was saved "
                "before is as it was: check the path and free space, or give another file with "
                "--session"
            ) from error


def _pid(lock: Path) -> str:
    """Who holds a lock, in words."""
    text = ""
    with suppress(OSError, ValueError):
        text = lock.read_text(encoding="ascii")[:20].strip()
    return f"process {text}" if text.isdigit() else "another process"
