"""One function per command: read the input, run the pipeline, show the result."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, replace
from typing import Any

from rich import filesize

from factcheck.article import ArticleOptions, read_article
from factcheck.bundled import demo_index, seeds_folder
from factcheck.claims import Extraction, split_article
from factcheck.cli import DONE, INDEX_UNUSABLE, INTERRUPTED, REFUTED, WRONG_INPUT
from factcheck.deciding import Choice
from factcheck.errors import UsageError
from factcheck.output import BuildProgress, emit, messages, results, waiting
from factcheck.pipeline import Checker, CheckOptions, claims_from, given
from factcheck.records import Article, Verdict
from factcheck.render.claims import show_claims
from factcheck.render.health import plain_report, show_repair, show_verify
from factcheck.render.json import claims_to_dict, dumps, hit_to_dict, render_json
from factcheck.render.search import show_build, show_facts, show_hits
from factcheck.render.terminal import TerminalOptions, TerminalReport, render_report, show_report
from factcheck.stance import load_verifier
from factcheck.verdict import worst_first
from index import ReferenceIndex
from index import build_index as build_reference
from index import repair_index as repair_reference
from index import verify_index as verify_reference
from index.encoder import load_encoder
from index.readers import ReadOptions
from index.web.records import FetchLimits

#: Columns of a report that is written to a file.
FILE_WIDTH = 100


def run(options: Namespace) -> int:
    """Run the command that `options` names; returns the exit code."""
    commands: dict[tuple[str, str | None], Callable[[Namespace], int]] = {
        ("index", "build"): build_index,
        ("index", "info"): show_info,
        ("index", "search"): search_index,
        ("index", "verify"): verify_index,
        ("index", "repair"): repair_index,
        ("claims", None): list_claims,
        ("check", None): check,
        ("demo", None): demo,
    }
    return commands[options.command, getattr(options, "action", None)](options)


def check(options: Namespace) -> int:
    """`factcheck check`: an article, or claims given directly."""
    if (options.article is None) == (options.claim is None):
        raise UsageError(
            "check takes an ARTICLE or --claim TEXT, one of the two; "
            "see `factcheck check --help` for examples"
        )
    with ReferenceIndex.open(options.index) as reference:
        if options.claim is not None:
            texts = [Article.from_text(text).text for text in options.claim]  # line feeds
            article = given(texts)
            with waiting("Reading the claims…"):
                extraction = Extraction(tuple(claims_from(texts)), ())
            return _report(article, extraction, reference, options)
        article = _read(options)
        return _check_article(article, reference, options)


def demo(options: Namespace) -> int:
    """`factcheck demo`: build the bundled corpus, then check the bundled article."""
    seeds = seeds_folder()
    folder = demo_index()
    with BuildProgress() as progress:
        build_reference(folder, [seeds / "corpus"], prune=True, progress=progress)
    with ReferenceIndex.open(folder) as reference:
        return _check_article(read_article(str(seeds / "article.md")), reference, options)


def _read(options: Namespace) -> Article:
    from factcheck.fetch import FetchOptions  # and with it httpx

    fetching = FetchOptions(allow_private=options.allow_private)
    return read_article(options.article, ArticleOptions(fetch=fetching))


def _check_article(article: Article, reference: ReferenceIndex, options: Namespace) -> int:
    with waiting("Reading the article…"):
        extraction = split_article(article)
    code = _report(article, extraction, reference, options)
    if not extraction.claims:
        messages().print(
            f"factcheck: nothing in the article can be checked: all {len(extraction.skipped)} "
            "sentences were skipped; list the reasons with --skipped",
            soft_wrap=True,
        )
        return WRONG_INPUT
    return code


def _report(
    article: Article, extraction: Extraction, reference: ReferenceIndex, options: Namespace
) -> int:
    """Check, show each finding as it comes, and return the exit code."""
    with waiting("Loading the verifier…"):  # the first time it is converted, too
        verifier = load_verifier(getattr(options, "verifier", None))
        checker = Checker(reference, verifier, CheckOptions(choice=_choice(options)))
        checker.manifest(article)  # loads what is slow to load
        run = checker.run(article, extraction.claims)
    shown = TerminalOptions(skipped=options.skipped)
    streamed = options.format == "terminal" and options.output is None and not options.sort
    view = TerminalReport(results(), shown) if streamed else None
    if view:
        view.start(article, len(extraction.claims), len(extraction.skipped))
    findings = []
    with nullcontext() if view else waiting("Checking…"):
        for finding in run.findings():
            findings.append(finding)
            if view:
                view.finding(finding)
    report = run.report(findings, extraction.skipped)
    if options.sort == "verdict":
        report = replace(report, findings=tuple(worst_first(report.findings)))
    if view:
        view.finish(report)
    elif options.format == "json":
        emit(render_json(report), options.output)
    elif options.output is None:
        show_report(report, results(), shown)
    else:
        emit(render_report(report, FILE_WIDTH, colour=False, options=shown), options.output)
    refuted = any(finding.verdict is Verdict.REFUTED for finding in findings)
    return REFUTED if refuted and options.fail_on == "refuted" else DONE


def _choice(options: Namespace) -> Choice:
    """Which documents may decide."""
    return Choice(
        tuple(getattr(options, "source", None) or ()),
        tuple(getattr(options, "exclude", None) or ()),
        getattr(options, "as_of", None),
    )


def list_claims(options: Namespace) -> int:
    """`factcheck claims`: what an article claims, and what is skipped, without an index."""
    article = _read(options)
    with waiting("Reading the article…"):
        extraction = split_article(article)
    if options.json:
        emit(dumps(claims_to_dict(article, extraction.claims, extraction.skipped)), None)
    else:
        show_claims(results(), article, extraction.claims, extraction.skipped)
    return DONE


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
