"""A damaged database → every row of it that is whole.

SQLite stops at the first page that it cannot read. Here a scan goes on behind it, row number by row
number, and a row counts as whole when its checksum says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from index.errors import IndexUnusable
from index.schema import BYTES, COLUMNS, checksum
from index.store import Database

#: Row numbers tried behind the last row that was read, where the highest one is not to be had.
_BLIND = 1_000
#: And at most: of a longer stretch that cannot be read the rest is given up.
_MOST = 1_000_000

Row = tuple[int, tuple[object, ...] | None]


def whole_rows(database: Database, table: str) -> Iterator[Row]:
    """Every row of `table`: its number and its values without the checksum; None if damaged.

    `database` gives texts as bytes. Rows on pages that cannot be read come as damaged ones as far
    as their numbers can be told.
    """
    sql = _select(table, "rowid > ? ORDER BY rowid")
    last = 0
    while True:
        try:
            for row in database.query(sql, (last,)):
                last = row[0]
                yield _checked(table, row)
        except IndexUnusable:
            behind = None
            for found in _one_by_one(database, table, last):
                behind = found[0]
                yield found
            if behind is None:
                return
            last = behind
        else:
            return


def _one_by_one(database: Database, table: str, last: int) -> Iterator[Row]:
    """The rows behind `last`, up to the first that can be read again behind one that cannot."""
    sql = _select(table, "rowid = ?")
    failed = False
    # a damaged tree may give any number for its highest
    highest = min(_highest(database, table, last), last + _MOST)
    for number in range(last + 1, highest + 1):
        try:
            row = next(database.query(sql, (number,)), None)
        except IndexUnusable:
            failed = True
            yield number, None
            continue
        if row is not None:
            yield _checked(table, row)
            if failed:
                return


def _highest(database: Database, table: str, last: int) -> int:
    with suppress(IndexUnusable):
        return int(database.one(f"SELECT max(rowid) FROM {table}") or last)  # noqa: S608 - our name
    highest, first = last, COLUMNS[table][0]  # every table has an index over its first column
    try:
        sql = f"SELECT rowid, {first} FROM {table} ORDER BY {first}"  # noqa: S608 - our names
        for number, _ in database.query(sql):
            highest = max(highest, number)
    except IndexUnusable:
        highest = max(highest, last + _BLIND)
    return highest


def _select(table: str, condition: str) -> str:
    columns = ", ".join(COLUMNS[table])
    return f"SELECT rowid, {columns}, checksum FROM {table} WHERE {condition}"  # noqa: S608 - ours


def _checked(table: str, row: tuple[Any, ...]) -> Row:
    number, *values, expected = row
    if checksum(*values) != expected:
        return number, None
    try:
        typed = (_typed(name, each) for name, each in zip(COLUMNS[table], values, strict=True))
        return number, tuple(typed)
    except ValueError:  # a text that is none
        return number, None


def _typed(column: str, value: object) -> object:
    """A value as its column has it: damage can turn a text into bytes with nothing else changed."""
    if isinstance(value, bytes) and column not in BYTES:
        return value.decode()
    return value


def names_of(database: Database, table: str, column: str) -> dict[int, str]:
    """Row number → `column`, from the index over that column alone; what can be read of it.

    The index lies on other pages than the rows, so that it often knows what was lost.
    """
    names: dict[int, str] = {}
    sql = f"SELECT rowid, {column} FROM {table} ORDER BY {column}"  # noqa: S608 - our names
    with suppress(IndexUnusable, TypeError):  # the index may be damaged, too
        for number, name in database.query(sql):
            names[number] = bytes(name).decode("utf-8", "backslashreplace")
    return names
