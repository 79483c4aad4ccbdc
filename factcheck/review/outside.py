"""Open a document in the application the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path, PurePath

from factcheck.errors import UsageError
from index.readers import SUFFIXES

#: What is opened: kinds of document, never a program or a link to one.
OPENED = frozenset(SUFFIXES)
_WEB = ("http://", "https://")


def open_outside(place: str) -> str:
    """Open a file by its full path, or a page by its address; returns the sentence to show.

    Raises `UsageError` when it is gone, is no document, or nothing here can open it.
    """
    if not place.startswith(_WEB):
        _check_file(place)
    if sys.platform == "win32":
        os.startfile(place)  # noqa: S606 (a document, checked above, or an address)
        return f"opened {place}"
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None or not _has_display():
        raise UsageError(f"nothing here can open a window; the document is {place}")
    # a full path or an address, so never an option
    subprocess.Popen(  # noqa: S603
        [opener, place],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return f"opened {place}"


def _check_file(place: str) -> None:
    path = Path(place)
    if not path.is_absolute() or PurePath(place).suffix.lower() not in OPENED:
        raise UsageError(f"{place!r} is not a kind of document that is opened from here")
    if not path.is_file():
        raise UsageError(
            f"{place!r} is no longer there; put it back, or build the index again without it"
        )


def _has_display() -> bool:
    if sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
