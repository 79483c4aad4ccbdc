"""All a reader can do with an article under review; the views of it stand on this.

Everything that needs the index or a model runs on one worker thread, so that nothing a reader does
waits for it. A ruling is in the session's file before the call that makes it returns.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck import __version__
from factcheck.claims import Extraction
from factcheck.diff import compare
from factcheck.errors import FactcheckError, UsageError
from factcheck.matching import match_claims
from factcheck.output import refuse_to_overwrite, write_whole
from factcheck.pipeline import Checker, Run
from factcheck.records import Article, Claim, Finding, Manifest, Report, Verdict
from factcheck.render.claims import place
from factcheck.render.formats import Format, render
from factcheck.review.events import (
    Checked,
    Event,
    Extracted,
    Failed,
    Found,
    Listener,
    Reading,
)
from factcheck.review.filters import Filter
from factcheck.review.outside import open_outside
from factcheck.review.worker import Worker
from factcheck.session import Session, SessionFile, StepKind, carry
from index import Document, Hit, Reference, ReferenceIndexError

#: Seconds between two saves of findings, which can be made again; rulings are saved at once.
BETWEEN_SAVES = 2.0


@dataclass(frozen=True)
class Material:
    """What a review is made of.

    `where` is what was given as ARTICLE. `read` reads it, `extract` finds its claims, and `checker`
    opens the index and loads the models; each raises `FactcheckError` or `ReferenceIndexError`.
    """

    where: str
    read: Callable[[], Article]
    extract: Callable[[Article], Extraction]
    checker: Callable[[], Checker]


class Desk:
    """An article under review: its session, and what a reader does to it.

    Methods may be called from any one thread besides the worker's. `number` counts the session's
    entries from 0.
    """

    def __init__(self, material: Material, file: SessionFile | None = None) -> None:
        """With a `file`, what it holds is gone on with. Raises `UsageError` when it is unusable."""
        self._material = material
        self._file = file
        saved = file.load() if file else None
        self._session = saved or Session(material.where, Article(""))
        self._lock = threading.RLock()
        self._saved = time.monotonic()
        self._worker = Worker()
        self._listener: Listener = _nobody
        self._run: Run | None = None

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self._session

    @property
    def path(self) -> Path | None:
        """The session's file."""
        return self._file.path if self._file else None

    def start(self, listener: Listener) -> None:
        """Begin to check; `listener` is called from the worker's thread."""
        self._listener = listener
        self.recheck()

    def recheck(self) -> None:
        """Read article and index anew, and check whatever may have changed."""
        self._worker.go_on_with(self._guarded())

    def close(self) -> bool:
        """Stop, save, and let the index go; whether the worker has come to its end."""
        ended = self._worker.close()
        try:
            self._change(lambda session: session)
        finally:
            if ended and self._run:
                self._run.checker.reference.close()
        return ended

    def decide(self, number: int, verdict: Verdict | None, seen: Claim | None = None) -> None:
        """The reader's own verdict on a claim; None takes it back.

        `seen` is the claim the reader has before them: a check made anew may have put another in
        its place. Raises `UsageError` then, and when the verdict cannot be saved; nothing has
        changed in either case.
        """
        self._change(lambda session: _same(session, number, seen).decide(number, verdict, _now()))

    def annotate(self, number: int, note: str, seen: Claim | None = None) -> None:
        """The reader's note on a claim; an empty one takes it away. As `decide`."""
        self._change(lambda session: _same(session, number, seen).annotate(number, note, _now()))

    def undo(self) -> str:
        """Take the last step back; what that was, as a sentence. Raises as `decide`."""
        with self._lock:
            undone = self._session.undo()
            if undone is None:
                return "there is nothing to undo"
            session, step = undone
            self._change(lambda _: session)
        what = {
            StepKind.VERDICT: "the verdict on",
            StepKind.NOTE: "the note on",
            StepKind.SEARCH: "the search for",
        }[step.what]
        return f"undone: {what} claim {step.number + 1}"

    def search(self, number: int, words: str, seen: Claim | None = None) -> Future[Finding]:
        """Search again for a claim, with the reader's words; the finding with what that adds.

        `seen` as in `decide`. The future raises `FactcheckError` or `ReferenceIndexError`.
        """
        return self._worker.submit(lambda: self._search(number, words, seen))

    def document(self, hit: Hit) -> Future[Document]:
        """The document a passage stands in. The future raises as that of `search`."""
        return self._worker.submit(lambda: self._document(hit))

    def outside(self, hit: Hit) -> Future[str]:
        """Open that document in its application; the sentence to show. Raises as `search`."""
        return self._worker.submit(lambda: open_outside(self._place_of(hit)))

    def report(self) -> Report:
        """The report on what is checked by now. Raises `UsageError` when nothing is."""
        if self._session.manifest is None:
            raise UsageError("nothing is checked yet; wait for the first finding")
        return self._session.report()

    def export(self, path: Path, form: Format, everything: bool = False) -> str:
        """Write the report to a file, whole or not at all; the sentence to show.

        Raises `UsageError` when it cannot be written or would be empty.
        """
        report = self.report()
        refuse_to_overwrite(path, self.path, self._session.where)
        write_whole(path, render(report, form, everything))
        missing = len(self._session.entries) - len(report.findings)
        rest = f"; {missing} claims are still being checked" if missing else ""
        return f"written to {path}{rest}"

    def place(self, number: int) -> str:
        """Where a claim stands: `"line 12"`."""
        claim = self._session.entries[number].claim
        return place(self._session.article, claim.text, claim.start)

    def chosen(self, shown: Filter) -> list[int]:
        """The numbers of the entries that pass, in the article's order."""
        return [n for n, entry in enumerate(self._session.entries) if shown.passes(entry)]

    def _change(self, change: Callable[[Session], Session], save: bool = True) -> None:
        with self._lock:
            session = change(self._session)
            if (
                save and self._file and (session.entries or session.unplaced)
            ):  # else nothing to keep
                self._file.save(session)
                self._saved = time.monotonic()
            self._session = session

    def _tell(self, event: Event) -> None:
        self._listener(event)

    def _guarded(self) -> Iterator[None]:
        """The check, which ends with an event, whatever happens."""
        try:
            yield from self._check()
        except (FactcheckError, ReferenceIndexError) as error:
            self._tell(Failed(str(error)))
        except OSError as error:
            self._tell(
                Failed(
                    f"the system refused to read or write ({error}); check free space and "
                    "permissions, and check again"
                )
            )
        except Exception as error:  # a library's: the worker outlives it, and the reader is told
            self._tell(
                Failed(
                    f"the check broke off ({type(error).__name__}: {error}); what you decided is "
                    "saved; check again"
                )
            )

    def _check(self) -> Iterator[None]:
        before = self._session
        self._tell(Reading("Reading the article…"))
        article = self._material.read()
        if not before.entries:
            self._change(lambda session: replace(session, article=article), save=False)
        yield
        self._tell(Reading("Finding the claims…"))
        extraction = self._material.extract(article)
        # from here to the open index no job comes between, or a search in it would be lost
        earlier = self._session
        _refuse_another(earlier, extraction)
        same = article == earlier.article and _version(earlier.manifest) == __version__
        self._change(
            lambda session: replace(
                carry(session, article, extraction, keep_findings=same), where=self._material.where
            ),
            save=bool(earlier.entries),
        )
        self._tell(Extracted())
        self._tell(Reading("Loading the index and the verifier…"))
        run = self._open(article)
        yield
        yield from self._find(run, _searches(earlier, self._session))
        excluded = run.gate.record()
        self._change(lambda session: replace(session, excluded=excluded))
        # what was left half checked would call new whatever it had not come to
        told = before.manifest is not None and 0 < before.checked == len(before.entries)
        self._tell(Checked(_difference(before, self._session) if told else ""))

    def _open(self, article: Article) -> Run:
        """Open the index anew; findings that rest on something else are dropped."""
        if self._run:
            self._run.checker.reference.close()
            self._run = None
        checker = self._material.checker()
        manifest, known = checker.manifest(article), self._session.checked
        self._change(lambda session: _resting_on(session, manifest), save=False)
        if self._session.checked < known:
            self._tell(Extracted())  # what is shown is no longer so
        claims = [entry.claim for entry in self._session.entries]
        self._run = checker.run(article, claims)
        return self._run

    def _find(self, run: Run, searches: Mapping[int, tuple[str, ...]]) -> Iterator[None]:
        pending = [n for n, entry in enumerate(self._session.entries) if entry.finding is None]
        part = replace(run, claims=[run.claims[number] for number in pending])
        for number, finding in zip(pending, part.findings(), strict=True):
            if self._session.entries[number].finding is None:  # else a reader has searched for it
                self._found(number, self._searched(run, finding, searches.get(number, ())))
                self._tell(Found(number))
            yield

    def _found(self, number: int, finding: Finding) -> None:
        due = time.monotonic() - self._saved > BETWEEN_SAVES
        self._change(lambda session: session.found(number, finding), save=due)

    @staticmethod
    def _searched(run: Run, finding: Finding, searches: tuple[str, ...]) -> Finding:
        for words in searches:
            finding = run.again(finding, words)
        return finding

    def _search(self, number: int, words: str, seen: Claim | None) -> Finding:
        run = self._run
        if run is None:
            raise UsageError("the index is not open yet; try again in a moment")
        _same(self._session, number, seen)
        known = self._session.entries[number].finding
        if known is None:  # its turn has not come yet
            (fresh,) = replace(run, claims=[run.claims[number]]).findings()
            self._change(lambda session: session.found(number, fresh), save=False)
            return self._search(number, words, seen)
        # the claim as it was found in the article knows more than the one that was saved
        finding = run.again(replace(known, claim=run.claims[number]), words)

        def put(session: Session) -> Session:
            if session.entries[number].finding is not known:  # undone, while this one went on
                raise UsageError("the finding has changed meanwhile; search again")
            return session.searched(number, finding)

        self._change(put)
        return finding

    def _document(self, hit: Hit) -> Document:
        try:
            return self._reference().document_of(hit)
        except KeyError as error:
            raise _gone(hit) from error

    def _place_of(self, hit: Hit) -> str:
        try:
            return self._reference().place_of(hit)
        except KeyError as error:
            raise _gone(hit) from error

    def _reference(self) -> Reference:
        if self._run is None:
            raise UsageError("the index is not open yet; try again in a moment")
        return self._run.checker.reference


def passages_added(known: Finding | None, finding: Finding) -> int:
    """How many passages a search has added to what was `known`."""
    before = {item.hit.key for item in (known.evidence if known else ())}
    return len({item.hit.key for item in finding.evidence} - before)


def _nobody(_: Event) -> None:
    """Hears nothing, until somebody listens."""


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _refuse_another(session: Session, extraction: Extraction) -> None:
    """Raise `UsageError` for an article with none of the claims that were decided.

    It is another one, or a file that an editor is writing at this moment. To go on would put every
    ruling aside.
    """
    before = [entry.claim for entry in session.entries]
    matches = match_claims(before, extraction.claims)
    if session.decided and not any(m.old is not None and m.new is not None for m in matches):
        raise UsageError(
            f"the article has none of the {len(before)} claims of this review of "
            f"{session.where!r}, which is left as it is; check again if the article was just being "
            "saved, or give another file with --session for another article"
        )


def _same(session: Session, number: int, seen: Claim | None) -> Session:
    """The session, if the claim of that number is still the one that was seen."""
    known = session.entries[number].claim if number < len(session.entries) else None
    if known is None or (seen and (known.text, known.standalone) != (seen.text, seen.standalone)):
        raise UsageError("the claims have changed meanwhile; look at this one again")
    return session


def _gone(hit: Hit) -> UsageError:
    return UsageError(
        f"the index no longer holds {hit.passage.document_id!r}; check the article again"
    )


def _difference(old: Session, new: Session) -> str:
    """What a check found otherwise than the one before; rulings are the reader's, and known."""
    bare = [
        replace(session, entries=tuple(replace(entry, ruling=None) for entry in session.entries))
        for session in (old, new)
    ]
    return compare(bare[0].report(), bare[1].report()).summary()


def _version(manifest: Manifest | None) -> str | None:
    return manifest.versions.get("factcheck-desk") if manifest else None


def _resting_on(session: Session, manifest: Manifest) -> Session:
    """The session, without the findings that rest on another index, model or choice."""
    if session.manifest and _inputs(session.manifest) == _inputs(manifest):
        return replace(session, manifest=manifest)
    entries = tuple(replace(entry, finding=None) for entry in session.entries)
    history = tuple(step for step in session.history if step.what is not StepKind.SEARCH)
    return replace(session, entries=entries, history=history, manifest=manifest)


def _inputs(manifest: Manifest) -> Manifest:
    """What findings rest on: wherever the index lies, and whatever it is called."""
    return replace(manifest, indexes=())


def _searches(old: Session, new: Session) -> dict[int, tuple[str, ...]]:
    """The words a reader searched with before, by the claim's number now."""
    before = [entry.claim for entry in old.entries]
    now = [entry.claim for entry in new.entries]
    found: dict[int, tuple[str, ...]] = {}
    for match in match_claims(before, now):
        if match.old is None or match.new is None:
            continue
        finding = old.entries[match.old].finding
        if finding and finding.searches:
            found[match.new] = finding.searches
    return found
