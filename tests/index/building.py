"""What tests of builds share."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from index import BuildReport, ReferenceIndex


def counts(report: BuildReport) -> tuple[int, int, int, int, int]:
    return (
        report.added,
        report.changed,
        report.unchanged,
        len(report.removed),
        len(report.missing),
    )


def documents(path: Path) -> list[str]:
    return [str(row[0]) for row in rows(path, "SELECT id FROM documents ORDER BY id")]


def fingerprint(path: Path) -> str:
    with ReferenceIndex.open(path) as reference:
        return reference.fingerprint


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    """What the database of an index answers."""
    with closing(sqlite3.connect(f"{path.as_uri()}/index.sqlite?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def damage(path: Path, sql: str) -> None:
    """Change a database behind the back of its checksums."""
    with closing(sqlite3.connect(path / "index.sqlite")) as connection, connection:
        assert connection.execute(sql).rowcount > 0
