"""Files that are whole or not there, and stay when the power fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from index.layout import Layout


def write_atomic(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file at `path` in one instant. Raises `OSError`."""
    beside = path.with_name(f"{path.name}.partial")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_tree(folder: Path) -> None:
    """Make every file below `folder` durable, then the folders; all as readable as new ones are."""
    mode = mode_of_new_files()  # some libraries make files that only their owner may read
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            path.chmod(mode)
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            sync_folder(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable."""
    if os.name == "nt":  # Windows has no handle for a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def with_locks(folder: Path) -> Iterator[Path]:
    """A folder with the files of `folder` in which locks can be made, if only to open them.

    Where `folder` cannot be written, on another medium or another user's, it is one of links.
    """
    if os.access(folder, os.W_OK):
        yield folder
        return
    with TemporaryDirectory(prefix="factcheck-") as beside:
        for path in folder.resolve().iterdir():
            if not path.name.endswith(".lock"):
                Path(beside, path.name).symlink_to(path)
        yield Path(beside)


def remove_other_generations(root: Path, generation: int) -> None:
    """Delete what is no longer in force. Readers that have it open keep it until they close."""
    layout = Layout(root)
    keep = layout.generation(generation).folder
    for folder in layout.generations():
        if folder != keep:
            shutil.rmtree(folder, ignore_errors=True)


def size_on_disk(root: Path) -> int:
    """Bytes of every file below `root` but SQLite's shared memory, which is no data."""
    total = 0
    for folder, _, names in os.walk(root):  # rglob raises when a build removes a folder meanwhile
        for name in names:
            with suppress(FileNotFoundError):
                if name != "index.sqlite-shm":
                    total += Path(folder, name).lstat().st_size
    return total


def mode_of_new_files() -> int:
    """Who may read and write a file that is made now, by the process's umask."""
    mask = os.umask(0o077)  # it cannot be read without being set
    os.umask(mask)
    return 0o666 & ~mask
