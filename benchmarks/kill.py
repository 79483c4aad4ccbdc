"""Does an index survive `kill -9` at any instant? `python -m benchmarks.kill`.

Builds an index and changes its corpus, over and over: files come, change, and are deleted. Each
build is killed at a random instant; then the index has to open, with at least the passages it had
and none twice. In the end it is built undisturbed, pruned, and compared with an index of the same
corpus that nobody ever disturbed: the same passages, scores within 1e-3, the same order but for
ties. No passage is embedded twice, but for those at work when a build was killed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.standin import StandIn, sentence, write_corpus, write_document
from index import Hit, ReferenceIndex, build, build_index, embedding

#: Documents a corpus begins with, and files that come, change and go before each build.
BEGIN, COME, CHANGE, GO = 60, 6, 6, 2
#: Sentences of a document; a changed one has as many, so that passages never become fewer.
SENTENCES = 12
#: Passages at work when a build is killed, on average at most: four commits of eight.
AGAIN = 32
#: Scores may differ by so much.
TOLERANCE = 1e-3


@dataclass
class Outcome:
    """What a run found: `faults` should be empty."""

    kills: int = 0
    interrupted: int = 0
    passages: int = 0
    embedded_again: int = 0
    faults: list[str] = field(default_factory=list)


def build_once(index: Path, corpus: Path, log: Path, prune: bool) -> None:
    """One build, in a process of its own: small commits, and many publications."""
    build.PUBLISH_AFTER, build.PUBLISH_SHARE = 0.05, 1
    embedding.SECONDS, embedding.MOST, embedding.GIVEN = 0.02, 8, 4
    build_index(index, [corpus], encoder=StandIn(log=log), prune=prune)


def run(kills: int, work: Path, seed: int = 0) -> Outcome:
    """Kill so many builds of one index below `work`."""
    chance = random.Random(seed)
    corpus, index, log = work / "corpus", work / "index", work / "log"
    files = write_corpus(corpus, BEGIN, SENTENCES, seed)
    # A process that has everything imported, and forks: starting from nothing takes a second.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.standin", "index.build", "index.search"])

    def start(prune: bool = False) -> multiprocessing.process.BaseProcess:
        child = context.Process(target=build_once, args=(index, corpus, log, prune))
        child.start()
        return child

    start().join()
    begun = time.monotonic()
    change(files, corpus, chance)
    start().join()
    whole = time.monotonic() - begun
    outcome = Outcome(passages=held(index))
    for _ in range(kills):
        change(files, corpus, chance)
        child = start()
        child.join(chance.uniform(0, 1.2 * whole))
        outcome.interrupted += child.is_alive()
        child.kill()
        child.join()
        outcome.kills += 1
        outcome.faults += look(index, outcome)
    child = start(prune=True)
    child.join()
    if child.exitcode:
        outcome.faults.append(f"the last build ended with {child.exitcode}")
    build_index(work / "undisturbed", [corpus], encoder=StandIn())
    outcome.faults += differences(index, work / "undisturbed", chance)
    encoded = Counter(log.read_text().split())
    outcome.embedded_again = sum(count - 1 for count in encoded.values())
    if outcome.embedded_again > AGAIN * kills:
        outcome.faults.append(f"{outcome.embedded_again} passages were embedded again")
    return outcome


def change(files: list[Path], corpus: Path, chance: random.Random) -> None:
    """Let files come, change and go; deleted ones stay in the index until it is pruned."""
    for _ in range(COME):
        files.append(corpus / f"{chance.randrange(100):03}" / f"{chance.randrange(10**9):09}.txt")
        write_document(files[-1], chance, SENTENCES)
    for path in chance.sample(files, CHANGE):
        write_document(path, chance, SENTENCES)
    for path in chance.sample(files, GO):
        path.unlink()
        files.remove(path)


def look(index: Path, outcome: Outcome) -> list[str]:
    """What is wrong with an index whose build was killed; notes how many passages it holds."""
    try:
        passages = held(index)
    except Exception as error:  # whatever it is, it is a fault
        return [f"it does not open: {error!r}"]
    faults = []
    if passages < outcome.passages:
        faults.append(f"{passages} passages, {outcome.passages} before")
    outcome.passages = passages
    twice = duplicates(index)
    if twice:
        faults.append(f"{twice} passages are there twice")
    return faults


def held(index: Path) -> int:
    """How many passages an index serves, once a search has gone through."""
    with ReferenceIndex.open(index, StandIn()) as reference:
        (hits,) = reference.search(["The harbour council"], k=5)
        assert len({(hit.passage.document_id, hit.passage.start) for hit in hits}) == 5
        return reference.info().passages


def duplicates(index: Path) -> int:
    """How many passages are there more than once, or beside a document that is not."""
    sql = (
        "SELECT (SELECT count(*) FROM passages) - (SELECT count(*) FROM passages p "
        "JOIN (SELECT min(row) AS row FROM passages GROUP BY document, start) q ON q.row = p.row "
        "JOIN documents d ON d.id = p.document)"
    )
    with closing(sqlite3.connect(f"{index.as_uri()}/index.sqlite?mode=ro", uri=True)) as database:
        return int(database.execute(sql).fetchone()[0])


def differences(index: Path, undisturbed: Path, chance: random.Random) -> list[str]:
    """What one index finds and the other does not."""
    faults = []
    queries = [sentence(chance) for _ in range(50)]
    with (
        ReferenceIndex.open(index, StandIn()) as one,
        ReferenceIndex.open(undisturbed, StandIn()) as other,
    ):
        if one.fingerprint != other.fingerprint:
            faults.append("it holds other passages than an index that nobody disturbed")
        found = zip(queries, one.search(queries), other.search(queries), strict=True)
        faults += [f"other hits for {query!r}" for query, a, b in found if not alike(a, b)]
    return faults


def alike(one: list[Hit], other: list[Hit]) -> bool:
    """Whether two lists of hits have the same scores, and the same passages but for ties."""
    if len(one) != len(other):
        return False
    if any(abs(a.score - b.score) > TOLERANCE for a, b in zip(one, other, strict=True)):
        return False
    clear = [hit for hit in one if hit.score > one[-1].score + TOLERANCE]
    scores = {hit.passage: hit.score for hit in other}
    return all(abs(scores.get(hit.passage, 9.0) - hit.score) <= TOLERANCE for hit in clear)


def main() -> int:
    """Print what came of it; 1 if there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as work:
        outcome = run(options.kills, Path(work), options.seed)
    for fault in outcome.faults:
        print(fault)
    print(
        f"{outcome.kills} kills, {outcome.interrupted} in the middle of a build, "
        f"{outcome.passages} passages, {outcome.embedded_again} embedded again, "
        f"{len(outcome.faults)} faults, {time.monotonic() - begun:.0f} s"
    )
    return int(bool(outcome.faults))


if __name__ == "__main__":
    sys.exit(main())
