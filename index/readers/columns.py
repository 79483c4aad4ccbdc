"""The columns that a user names: what rows have in them, and which of them a file does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.readers import ReadOptions

#: What is in a column that is not there; in one that is may be None, JSON's null.
_ABSENT = object()


class Columns:
    """The columns that the options name, over the rows of one file."""

    def __init__(self, options: ReadOptions) -> None:
        self._named = options.columns
        self._looked = False  # at any row
        self._found: set[str] = set()  # our fields with a named column
        self._own: set[str] = set()  # our fields with a column of their own name

    def of(self, field: str) -> list[str]:
        """The names that a column of this field goes by, the field's own last."""
        return [
            *(column for name, column in self._named if name == field and column != name),
            field,
        ]

    def fields(self, row: Mapping[str, object]) -> dict[str, object]:
        """The row with our names for its columns."""
        values: dict[str, object] = {}
        self._looked = True
        for field, column in self._named:
            value = _at(row, column)
            if value is not _ABSENT:
                self._found.add(field)
            if field in row:
                self._own.add(field)
            if field not in values and value is not _ABSENT and value is not None:
                values[field] = value
        return {**row, **values}

    def absent(self, instead: str = "") -> Iterator[str]:
        """One line on the named columns that no row has had and what was done, or none.

        `instead` says what was done; without it, by which columns rows are read.
        """
        named = [pair for pair in self._named if pair[0] not in self._found and pair[0] != pair[1]]
        if not (named and self._looked):
            return
        names = " or ".join(repr(column) for _, column in named)
        done = (
            f"with its column {field!r}" if field in self._own else f"without {field}"
            for field in dict(named)
        )
        yield f"no column {names}; read {instead or ', '.join(done)}"


def _at(row: Mapping[str, object], column: str) -> object:
    """The value of a column: in a CSV file in any case, in JSON also inside objects (`a.b`)."""
    for key in (column, column.lower()):
        if key in row:
            return row[key]
    value: object = row
    for part in column.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return _ABSENT
        value = value[part]
    return value
