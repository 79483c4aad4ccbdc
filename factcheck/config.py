"""Defaults for the command line: from the environment, and from a TOML file.

A flag beats `FACTCHECK_INDEX`, which beats the file. The file is `config.toml` in the user's own
folder for settings, or what `FACTCHECK_CONFIG` names; it is read, never written.

```toml
index = ["~/sources/press", "laws"]   # relative to the file
exclude = ["drafts/"]
as_of = 2024-03-31
```
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from factcheck.errors import UsageError

INDEX_VARIABLE = "FACTCHECK_INDEX"
CONFIG_VARIABLE = "FACTCHECK_CONFIG"
#: A file of defaults is a few lines.
MAX_BYTES = 64 * 1024
#: Characters of a value that an error quotes.
QUOTED = 60


@dataclass(frozen=True, slots=True)
class Config:
    """Defaults, in the words of the flags they stand for; None or empty where there is none.

    `path` is the file they are read from, be it there or not. `from_environment` are the names of
    those that the environment gave.
    """

    path: Path
    index: tuple[Path, ...] = ()
    verifier: str | None = None
    format: str | None = None
    source: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    as_of: str | None = None
    sort: str | None = None
    from_environment: tuple[str, ...] = ()

    def origin(self, key: str) -> str:
        """Where the default `key` comes from: `"FACTCHECK_INDEX"` or the file's path."""
        return INDEX_VARIABLE if key in self.from_environment else str(self.path)


def read_config(environ: Mapping[str, str]) -> Config:
    """The defaults that `environ` and the file give.

    Raises `UsageError` for a file that cannot be read, is no TOML, or holds what has no meaning;
    one that is not there counts as empty, unless `FACTCHECK_CONFIG` names it.
    """
    named = environ.get(CONFIG_VARIABLE, "")
    path = _home(named) if named else default_path()
    text = _read(path, required=bool(named))
    config = Config(path, **_values(path, _parse(path, text)))
    index = tuple(_home(part) for part in environ.get(INDEX_VARIABLE, "").split(os.pathsep) if part)
    return replace(config, index=index, from_environment=("index",)) if index else config


def default_path() -> Path:
    """Where the file of defaults is looked for on this system."""
    return user_config_path("factcheck") / "config.toml"


def fill(options: Namespace, config: Config) -> tuple[str, ...]:
    """Put defaults where no flag was given (None); says where each came from, in words.

    `("index from FACTCHECK_INDEX",)`. Only what `options` has an attribute for is filled. A flag
    that may be repeated takes the place of the whole list.
    """
    filled = []
    for key in KEYS:
        value = getattr(config, key)
        if value and hasattr(options, key) and getattr(options, key) is None:
            setattr(options, key, list(value) if isinstance(value, tuple) else value)
            filled.append(f"{key} from {config.origin(key)}")
    return tuple(filled)


def no_index(config: Config) -> UsageError:
    """The error for a command that needs an index and was given none: the ways to name one."""
    return UsageError(
        "no index is given; name one with --index INDEX, or for every time with "
        f'{INDEX_VARIABLE}=INDEX in the environment or the line index = "INDEX" in '
        f"{str(config.path)!r}; `factcheck index build INDEX CORPUS…` makes one"
    )


def _read(path: Path, required: bool) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        if not required:
            return b""
        raise UsageError(
            f"{CONFIG_VARIABLE} names {str(path)!r}, and there is no such file; write it, or unset "
            "the variable"
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(
            f"the defaults in {str(path)!r} cannot be read ({reason}); mend the file, or name "
            f"another with {CONFIG_VARIABLE}"
        ) from error
    if len(data) > MAX_BYTES:
        raise UsageError(
            f"{str(path)!r} is larger than {MAX_BYTES >> 10} KB, expected a few lines of defaults; "
            f"name another file with {CONFIG_VARIABLE}"
        )
    return data


def _parse(path: Path, data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # neither UTF-8 nor TOML is well formed
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UsageError(
            f"the defaults in {str(path)!r} are no TOML ({reason}); expected lines such as "
            'index = "INDEX"'
        ) from error


def _values(path: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    """Every value as `Config` has it. Raises `UsageError`, naming file, key, got and expected."""
    values = {}
    for key, value in table.items():
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "take it out"
            raise UsageError(
                f"{str(path)!r} has the key {_quoted(key)}, expected one of "
                f"{', '.join(sorted(KEYS))}; {hint}"
            )
        try:
            values[key] = KEYS[key].read(value, path)
        except ValueError as error:
            raise UsageError(
                f"{str(path)!r} gives {key} as {_shown(value)}, expected {KEYS[key].expected}; "
                "correct it there"
            ) from error
    return values


def _shown(value: object) -> str:
    """A value as an error names it: what kind it is of, and what it is."""
    kinds: dict[type, str] = {
        bool: "the truth value",
        str: "the string",
        int: "the whole number",
        float: "the number",
        list: "the list",
        dict: "the table",
        dt.date: "the date",
        dt.datetime: "the moment",
        dt.time: "the time",
    }
    spoken = str(value) if isinstance(value, bool | dt.date | dt.time) else _quoted(value)
    return f"{kinds[type(value)]} {spoken}"


def _quoted(value: object) -> str:
    spoken = repr(value)
    return spoken if len(spoken) <= QUOTED else spoken[:QUOTED] + "…"


def _home(text: str) -> Path:
    """A path with `~` as the home folder it stands for; as it is where there is no such home."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _word(value: object, _: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value


def _words(value: object, path: Path) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(_word(each, path) for each in values)


def _folders(value: object, path: Path) -> tuple[Path, ...]:
    base = path.parent.absolute()
    return tuple(base / _home(each) for each in _words(value, path))


def _verifier(value: object, path: Path) -> str:
    word = _word(value, path)
    return str(_home(word)) if word.startswith("~") else word  # other names may be the hub's


def _day(value: object, _: Path) -> str:
    if isinstance(value, str):
        return dt.date.fromisoformat(value).isoformat()
    if type(value) is dt.date:  # and no datetime, which is one too
        return value.isoformat()
    raise ValueError


def _format(value: object, path: Path) -> str:
    from factcheck.render.formats import Format

    return Format(_word(value, path)).value


def _sort(value: object, path: Path) -> str:
    if _word(value, path) != "verdict":
        raise ValueError
    return "verdict"


@dataclass(frozen=True, slots=True)
class _Key:
    """What a key holds, in words, and how it is read: value and file → value, or `ValueError`."""

    expected: str
    read: Callable[[object, Path], Any]


#: Every key of the file.
KEYS = {
    "index": _Key("a folder, or a list of folders", _folders),
    "verifier": _Key('"careful", "fast", or the name of a model', _verifier),
    "format": _Key('a form of report, such as "terminal" or "html"', _format),
    "source": _Key("a pattern, or a list of patterns, none of them blank", _words),
    "exclude": _Key("a pattern, or a list of patterns, none of them blank", _words),
    "as_of": _Key("a date such as 2024-03-31", _day),
    "sort": _Key('"verdict"', _sort),
}
