"""Completion of the command line in shells, by shtab: a script that a shell reads."""

from __future__ import annotations

from argparse import Action, ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from factcheck.errors import UsageError

#: The shells there is a script for.
SHELLS = ("bash", "zsh", "tcsh", "fish")
#: What arguments are called that name a folder, and that name a file or an address.
FOLDERS = frozenset({"INDEX", "FOLDER"})
FILES = frozenset({"ARTICLE", "CORPUS", "FILE", "OLD", "NEW", "REPORT"})


def completion_script(parser: ArgumentParser, shell: str) -> str:
    """The script that lets `shell` complete what `parser` takes, ending in a newline.

    Commands, flags and choices are completed, folders where an index is asked for, and files where
    an article or another file is. Marks the parser's actions, so give one of its own. Raises
    `UsageError` for a shell there is none for.
    """
    import shtab

    known = [name for name in SHELLS if name in shtab.SUPPORTED_SHELLS]
    if shell not in known:
        raise UsageError(f"there is no completion for {shell!r}, expected {', '.join(known)}")
    for action in _actions(parser):
        if _is_named(action, FOLDERS):
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.type is Path or _is_named(action, FILES):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    return shtab.complete(parser, shell).rstrip() + "\n"


def _actions(parser: ArgumentParser) -> Iterator[Action]:
    """Every argument of a parser and of the commands below it."""
    for action in parser._actions:  # noqa: SLF001 (argparse has no other list)
        yield action
        for child in _commands(action):
            yield from _actions(child)


def _commands(action: Action) -> list[ArgumentParser]:
    children = action.choices.values() if isinstance(action.choices, dict) else ()
    return [child for child in children if isinstance(child, ArgumentParser)]


def _is_named(action: Action, names: frozenset[str]) -> bool:
    return isinstance(action.metavar, str) and action.metavar in names
