"""A session as JSON, and back; `session.schema.json` describes it.

Claims, findings and manifest have the form they have in a report, and its offsets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from factcheck.records import Article, Excluded, Ruling, SkippedSentence
from factcheck.render.json import (
    article_to_dict,
    claim_to_dict,
    finding_to_dict,
    ruling_to_dict,
    skipped_to_dict,
)
from factcheck.render.json import schema as report_schema
from factcheck.reportfile import (
    claim_from_dict,
    finding_from_dict,
    hold_together,
    make_whole,
    manifest_from_dict,
    ruling_from_dict,
    validate,
)
from factcheck.session.records import Entry, Session, Step, StepKind, Unplaced

#: What names a file a session, and the form it has.
FORMAT, VERSION = "factcheck session", 1

_SURROGATE = re.compile("[\ud800-\udfff]")

_Json = Mapping[str, Any]


def is_session(data: object) -> bool:
    """Whether JSON says of itself that it is a session, of whatever version."""
    return isinstance(data, dict) and data.get("format") == FORMAT


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a session, with what it shares with a report's."""
    text = files("factcheck.session").joinpath("session.schema.json").read_text(encoding="utf-8")
    own: dict[str, Any] = json.loads(text)
    shared = report_schema()
    own["properties"]["excluded"] = shared["properties"]["excluded"]
    return {**own, "$defs": {**shared["$defs"], **own["$defs"]}}


def session_to_dict(session: Session) -> dict[str, Any]:
    """The session as plain dicts, lists, strings and numbers."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "where": session.where,
        **{
            name: [make(item) for item in items] if isinstance(items, tuple) else make(items)
            for name, items, make in _parts(session)
        },
    }


def session_from_dict(data: Any) -> Session:
    """The session that `session_to_dict` made `data` of.

    Raises `ValueError` when `data` has another version, does not keep to the schema, or contradicts
    itself.
    """
    if not is_session(data):
        raise ValueError(f'it does not say "format": "{FORMAT}"')
    if data.get("version") != VERSION:
        raise ValueError(
            f"it has version {str(data.get('version'))[:20]} of the format, and this factcheck "
            f"reads version {VERSION}; use the factcheck that wrote it"
        )
    validate(_validator(), data)
    make_whole(data, schema())
    session = Session(
        data["where"],
        Article(**data["article"]),
        tuple(_entry(item) for item in data["entries"]),
        tuple(SkippedSentence(**item) for item in data["skipped"]),
        tuple(Excluded(**item) for item in data["excluded"]),
        manifest_from_dict(data["manifest"]) if data["manifest"] else None,
        tuple(_unplaced(item) for item in data["unplaced"]),
        tuple(_step(item) for item in data["history"]),
    )
    _hold_together(session)
    return session


class Writer:
    """Sessions as bytes of JSON, the same parts of two sessions written once.

    What a decision changes is one entry and one step of the history; the rest is kept as it was
    written before.
    """

    def __init__(self) -> None:
        # by identity: comparing records by value would take as long as writing them
        self._known: dict[tuple[str, int], tuple[object, bytes]] = {}

    def write(self, session: Session) -> list[bytes]:
        """The file, in pieces: one line for each entry."""
        used: dict[tuple[str, int], tuple[object, bytes]] = {}

        def written(name: str, item: object, make: Callable[[Any], object]) -> bytes:
            key = (name, id(item))
            if key not in used:
                used[key] = self._known.get(key) or (item, _bytes(make(item)))
            return used[key][1]

        head = {"format": FORMAT, "version": VERSION, "where": session.where}
        pieces = [_bytes(head)[:-1]]
        for name, items, make in _parts(session):
            pieces.append(b',\n"%s":' % name.encode())
            if isinstance(items, tuple):
                lines = [written(name, item, make) for item in items]
                pieces += [b"[", *_joined(lines), b"]"]
            else:
                pieces.append(written(name, items, make))
        self._known = used
        return [*pieces, b"}\n"]


def _parts(session: Session) -> list[tuple[str, Any, Callable[[Any], object]]]:
    """What a session is written of: the name, one thing or a tuple of them, what is made of it."""
    return [
        ("article", session.article, article_to_dict),
        ("entries", session.entries, _entry_to_dict),
        ("skipped", session.skipped, skipped_to_dict),
        ("excluded", session.excluded, asdict),
        ("manifest", session.manifest, lambda manifest: asdict(manifest) if manifest else None),
        ("unplaced", session.unplaced, _unplaced_to_dict),
        ("history", session.history, _step_to_dict),
    ]


def _joined(lines: Sequence[bytes]) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        yield b",\n" if number else b"\n"
        yield line


def _bytes(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def _entry_to_dict(entry: Entry) -> dict[str, Any]:
    return {
        "claim": claim_to_dict(entry.claim),
        "finding": finding_to_dict(entry.finding) if entry.finding else None,
        "ruling": _ruling_to_dict(entry.ruling),
    }


def _unplaced_to_dict(item: Unplaced) -> dict[str, Any]:
    return {
        "claim_text": item.claim_text,
        "speaker": item.speaker,
        "ruling": ruling_to_dict(item.ruling),
        "line": item.line,
        "standalone": item.standalone,
    }


def _step_to_dict(step: Step) -> dict[str, Any]:
    return {
        "number": step.number,
        "what": step.what.value,
        "ruling": _ruling_to_dict(step.ruling),
        "finding": finding_to_dict(step.finding) if step.finding else None,
    }


def _ruling_to_dict(ruling: Ruling | None) -> dict[str, Any] | None:
    return ruling_to_dict(ruling) if ruling else None


def _ruling(data: _Json | None) -> Ruling | None:
    return ruling_from_dict(data) if data else None


def _entry(data: _Json) -> Entry:
    finding = finding_from_dict(data["finding"]) if data["finding"] else None
    return Entry(claim_from_dict(data["claim"]), finding, _ruling(data["ruling"]))


def _unplaced(data: _Json) -> Unplaced:
    ruling = ruling_from_dict(data["ruling"])
    return Unplaced(**{**data, "ruling": ruling})


def _step(data: _Json) -> Step:
    finding = finding_from_dict(data["finding"]) if data["finding"] else None
    return Step(data["number"], StepKind(data["what"]), _ruling(data["ruling"]), finding)


@cache
def _validator() -> Any:
    from jsonschema_rs import validator_for

    return validator_for(schema())


def _hold_together(session: Session) -> None:
    """Spans, entries and steps name what they say they name. Raises `ValueError`."""
    text = session.article.text
    for number, entry in enumerate(session.entries, 1):
        if entry.claim.span.of(text) != entry.claim.text:
            raise ValueError(f"claim {number} does not stand where it says")
        if entry.finding and entry.finding.claim != entry.claim:
            raise ValueError(f"the finding of claim {number} is about something else")
    for step in session.history:
        if step.number >= len(session.entries):
            raise ValueError(f"its history is about a claim {step.number + 1} that is not there")
        if step.finding and step.finding.claim.text != session.entries[step.number].claim.text:
            raise ValueError(f"its history of claim {step.number + 1} is about something else")
    hold_together(session.article, [entry.finding for entry in session.entries if entry.finding])
    hold_together(session.article, [step.finding for step in session.history if step.finding])
    if session.checked and session.manifest is None:
        raise ValueError("it has findings and no manifest, which says what they rest on")
