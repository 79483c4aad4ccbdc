"""`factcheck check`, `claims` and `demo`."""

from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from factcheck.article import read_article
from factcheck.batch import check_many
from factcheck.bundled import demo_index, seeds_folder
from factcheck.claims import Extraction, split_article
from factcheck.commands.inputs import choice_of, form_of, open_indexes, read
from factcheck.errors import UsageError
from factcheck.exits import DONE, REFUTED, WRONG_INPUT
from factcheck.output import (
    BuildProgress,
    emit,
    messages,
    refuse_to_overwrite,
    results,
    waiting,
)
from factcheck.pipeline import Checker, CheckOptions, claims_from, given
from factcheck.records import Article, Report, Verdict
from factcheck.render.batch import show_batch
from factcheck.render.claims import show_claims
from factcheck.render.formats import Format, nothing_decided, render
from factcheck.render.json import claims_to_dict, dumps
from factcheck.render.terminal import TerminalOptions, TerminalReport, show_report
from factcheck.stance import load_verifier
from factcheck.verdict import worst_first
from index import Reference, ReferenceIndex
from index import build_index as build_reference


def check(options: Namespace) -> int:
    """`factcheck check`: an article, several, claims given directly, or a report again."""
    given_ways = [bool(options.article), options.claim is not None, options.replay is not None]
    if sum(given_ways) != 1:
        raise UsageError(
            "check takes an ARTICLE, --claim TEXT or --replay REPORT, one of the three; "
            "see `factcheck check --help` for examples"
        )
    if options.replay:
        from factcheck.commands.replaying import replay_report

        return replay_report(options)
    with open_indexes(options) as reference:
        if options.claim is not None:
            texts = [Article.from_text(text).text for text in options.claim]  # line feeds
            article = given(texts)
            with waiting("Reading the claims…"):
                extraction = Extraction(tuple(claims_from(texts)), ())
            return _report(article, extraction, reference, options)
        if len(options.article) > 1:
            return check_each(reference, options)
        refuse_to_overwrite(options.output, options.article[0])
        return _check_article(read(options.article[0], options), reference, options)


def demo(options: Namespace) -> int:
    """`factcheck demo`: build the bundled corpus, then check the bundled article."""
    seeds = seeds_folder()
    folder = demo_index()
    with BuildProgress() as progress:
        build_reference(folder, [seeds / "corpus"], prune=True, progress=progress)
    with ReferenceIndex.open(folder) as reference:
        return _check_article(read_article(str(seeds / "article.md")), reference, options)


def list_claims(options: Namespace) -> int:
    """`factcheck claims`: what an article claims, and what is skipped, without an index."""
    article = read(options.article, options)
    with waiting("Reading the article…"):
        extraction = split_article(article)
    if options.json:
        emit(dumps(claims_to_dict(article, extraction.claims, extraction.skipped)), None)
    else:
        show_claims(results(), article, extraction.claims, extraction.skipped)
    return DONE


def check_each(reference: Reference, options: Namespace) -> int:
    """Several articles, each into a file of its own; one that cannot be read is told of."""
    folder: Path | None = options.output
    if folder is None or (folder.exists() and not folder.is_dir()):
        raise UsageError(
            f"{len(options.article)} articles are written into a folder, a file each; give one "
            "with -o FOLDER, and --format FORMAT"
        )
    form = _form(options)
    shown = TerminalOptions(skipped=options.skipped)
    checker = _checker(reference, options)

    def check_one(where: str) -> Report:
        article = read(where, options)
        extraction = split_article(article)
        run = checker.run(article, extraction.claims)
        return _sorted(run.report(list(run.findings()), extraction.skipped), options)

    def write(name: str, report: Report) -> None:
        emit(render(report, form, options.all, shown), folder / name)

    folder.mkdir(parents=True, exist_ok=True)
    with waiting("Checking…"):
        batch = check_many(options.article, form.suffix, check_one, write)
    show_batch(results(), batch)
    if batch.failed:
        return WRONG_INPUT
    return REFUTED if batch.refuted and options.fail_on == "refuted" else DONE


def _check_article(article: Article, reference: Reference, options: Namespace) -> int:
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
    article: Article, extraction: Extraction, reference: Reference, options: Namespace
) -> int:
    """Check, show each finding as it comes, and return the exit code."""
    form = _form(options)
    with waiting("Loading the verifier…"):  # the first time it is converted, too
        checker = _checker(reference, options)
        checker.manifest(article)  # loads what is slow to load
        run = checker.run(article, extraction.claims)
    shown = TerminalOptions(skipped=options.skipped)
    streamed = form is Format.TERMINAL and options.output is None and not options.sort
    view = TerminalReport(results(), shown) if streamed else None
    if view:
        view.start(article, len(extraction.claims), len(extraction.skipped))
    findings = []
    with nullcontext() if view else waiting("Checking…"):
        for finding in run.findings():
            findings.append(finding)
            if view:
                view.finding(finding)
    report = _sorted(run.report(findings, extraction.skipped), options)
    if view:
        view.finish(report)
    elif form is Format.TERMINAL and options.output is None:
        show_report(report, results(), shown)
    else:
        emit(render(report, form, options.all, shown), options.output)
    refuted = any(finding.verdict is Verdict.REFUTED for finding in findings)
    return REFUTED if refuted and options.fail_on == "refuted" else DONE


def _form(options: Namespace) -> Format:
    """The form asked for, unless nothing could be in it: a check has no reader's verdicts."""
    form = form_of(options)
    if form is Format.CLAIMREVIEW and not options.all:
        raise nothing_decided()
    return form


def _checker(reference: Reference, options: Namespace) -> Checker:
    verifier = load_verifier(getattr(options, "verifier", None))
    return Checker(reference, verifier, CheckOptions(choice=choice_of(options)))


def _sorted(report: Report, options: Namespace) -> Report:
    if options.sort != "verdict":
        return report
    return replace(report, findings=tuple(worst_first(report.findings)))
