"""`factcheck index …`: build, search, verify and repair a reference index."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from rich import filesize

from factcheck.errors import UsageError
from factcheck.exits import DONE, INDEX_UNUSABLE, INTERRUPTED
from factcheck.output import BuildProgress, emit, messages, results, waiting
from factcheck.render.health import plain_report, show_repair, show_verify
from factcheck.render.json import dumps, hit_to_dict
from factcheck.render.search import show_build, show_facts, show_hits
from index import ReferenceIndex
from index import build_index as build_reference
from index import repair_index as repair_reference
from index import verify_index as verify_reference
from index.encoder import load_encoder
from index.readers import ReadOptions
from index.web.records import FetchLimits


def build_index(options: Namespace) -> int:
    """`factcheck index build`: create an index, or bring it up to date."""
    try:
        encoder = load_encoder(options.encoder) if options.encoder else None
        with BuildProgress() as progress:
            report = build_reference(
                options.index,
                options.corpus,
                encoder=encoder,
                prune=options.prune,
                progress=progress,
                options=ReadOptions(tuple(options.column or ())),
                limits=FetchLimits(allow_private=options.allow_private),
            )
    except KeyboardInterrupt:
        messages().print(
            "factcheck: interrupted; what was done is kept, and the same command goes on from it",
            soft_wrap=True,
        )
        return INTERRUPTED
    if options.json:
        emit(dumps(asdict(report)), None)
    else:
        show_build(results(), report)
    if not report.passages:
        messages().print(
            "factcheck: the index holds no passage yet; give files or folders with text, such as "
            ".txt, .md, .html, .pdf, .docx, .xlsx, .jsonl or .csv",
            soft_wrap=True,
        )
    return DONE


def verify_index(options: Namespace) -> int:
    """`factcheck index verify`: whether every byte of an index is as it was sealed."""
    with waiting("Reading the index…"):
        report = verify_reference(options.index)
    if options.json:
        emit(dumps(plain_report(report)), None)
    else:
        show_verify(results(), report, options.index)
    return INDEX_UNUSABLE if report.damage else DONE


def repair_index(options: Namespace) -> int:
    """`factcheck index repair`: make anew what is derived, and name what is lost."""
    with waiting("Mending the index…"):
        report = repair_reference(options.index)
    if options.json:
        emit(dumps(plain_report(report)), None)
    else:
        show_repair(results(), report)
    return DONE


def show_info(options: Namespace) -> int:
    """`factcheck index info`: what an index holds."""
    with ReferenceIndex.open(options.index) as reference:
        info = asdict(reference.info())
    if options.json:
        emit(dumps(info), None)
    else:
        show_facts(results(), _spoken(info))
    return DONE


def _spoken(info: dict[str, Any]) -> dict[str, str]:
    """Facts as a person reads them."""
    vectors = info.pop("vectors")
    return {
        **{name.replace("_", " "): str(value) for name, value in info.items() if name != "bytes"},
        "vectors": f"{vectors['kind']}, recall@10 {vectors['recall_at_10']:.3f}",
        "size": filesize.decimal(info["bytes"]),
    }


def search_index(options: Namespace) -> int:
    """`factcheck index search`: the passages nearest to a query."""
    if not options.query.strip():
        raise UsageError("the query is blank, expected a few words; write some")
    with ReferenceIndex.open(options.index) as reference, waiting("Searching…"):
        (hits,) = reference.search([options.query], k=options.k)
    if options.json:
        emit(dumps({"hits": [hit_to_dict(hit) for hit in hits]}), None)
    else:
        show_hits(results(), hits)
    return DONE
