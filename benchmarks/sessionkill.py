"""Reviews killed at any instant: whatever was decided is in the session's file.

    python -m benchmarks.sessionkill [--kills 500] [--seed 0] [--claims 60]

A process opens the session, and decides, annotates, searches, undoes and edits the article without
a pause; before each save it tells what it is about to save, and when `save` returns, that it did.
It is killed (SIGKILL) after a random time. Then the file is read: it has to hold what was saved
last, or what was about to be, rulings and history and all, and the next process goes on from there.
Fails when it does not, when a file cannot be read, or when something is left behind beside it but
what the next review clears away. Processes are forked, so this runs where there is `fork`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.records import Verdict
from factcheck.session import Entry, Session, SessionFile, carry
from factcheck.session.form import Writer
from tests.session.articles import Item, a_finding, a_manifest, item, read

AT = "2026-01-02T03:04:05+00:00"
#: Seconds in which a process is killed.
LONGEST = 0.08


@dataclass(slots=True)
class Outcome:
    """What came of the kills: saves that were told, kills in the middle of one, failures."""

    saved: int = 0
    caught: int = 0
    failures: int = 0


def run(kills: int, seed: int, claims: int, path: Path) -> Outcome:
    """Kill a review of `claims` claims `kills` times; what is wrong is printed."""
    chance, outcome = random.Random(seed), Outcome()
    with SessionFile(path) as file:
        first = begun(chance, claims)
        file.save(first)
    known = digest(first)
    for number in range(kills):
        told = killed(path, seed + number, chance.uniform(0, LONGEST))
        saved = [line.split()[1] for line in told if line.startswith("saved ")]
        tried = [line.split()[1] for line in told if line.startswith("try ")]
        outcome.saved += len(saved)
        outcome.caught += len(tried) > len(saved)
        known = saved[-1] if saved else known
        found = reread(path)
        if found not in {known, *tried[-1:]}:
            outcome.failures += 1
            print(f"FAILED after kill {number + 1}: the file holds {found}, expected {known}")
        known = found
    left = sorted(each.name for each in path.parent.iterdir())
    if left != [path.name]:
        outcome.failures += 1
        print(f"FAILED: left behind {left}")
    return outcome


def begun(chance: random.Random, claims: int) -> Session:
    """A session with all its findings."""
    article, extraction = read([item(chance, number) for number in range(claims)])
    entries = tuple(Entry(claim, a_finding(claim)) for claim in extraction.claims)
    return Session("things.md", article, entries, extraction.skipped, manifest=a_manifest())


def digest(session: Session) -> str:
    """All of a session in 64 letters."""
    return hashlib.sha256(b"".join(Writer().write(session))).hexdigest()


def reread(path: Path) -> str:
    """What the file holds, once the next review has opened it."""
    with SessionFile(path) as file:
        session = file.load()
        if session is None:
            return "nothing"
        file.save(session)  # clears away what the killed one left
        return digest(session)


def killed(path: Path, seed: int, seconds: float) -> list[str]:
    """What a review told until it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            review(path, random.Random(seed), writing)
        finally:
            os._exit(1)  # nothing of the parent's may run here
    os.close(writing)
    try:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read().decode("ascii").splitlines()
    finally:
        _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        told.append(f"try the review ended by itself with {status}")
    return told


def review(path: Path, chance: random.Random, told: int) -> None:
    """Change a session for ever, telling what is saved."""
    with SessionFile(path) as file:
        session = file.load()
        while session is not None:
            session = changed(session, chance)
            state = digest(session)
            os.write(told, f"try {state}\n".encode())
            file.save(session)
            os.write(told, f"saved {state}\n".encode())


def changed(session: Session, chance: random.Random) -> Session:
    """The session after something a reader, or the article's author, does."""
    number = chance.randrange(len(session.entries))
    dice = chance.random()
    if dice < 0.5:
        return session.decide(number, chance.choice([*Verdict, None]), AT)
    if dice < 0.75:
        return session.annotate(number, f"note {chance.randint(0, 999)}", AT)
    if dice < 0.85:
        words = (str(chance.randint(0, 9)),)
        return session.searched(number, a_finding(session.entries[number].claim, words))
    if dice < 0.97:
        undone = session.undo()
        return undone[0] if undone else session
    return edited(session, chance)


def edited(session: Session, chance: random.Random) -> Session:
    """The session once sentences were moved; findings are made again."""
    items = [Item(0, entry.claim.text, entry.claim.speaker) for entry in session.entries]
    chance.shuffle(items)
    after = carry(session, *read(items))
    for number, entry in enumerate(after.entries):
        after = after.found(number, a_finding(entry.claim))
    return replace(after, manifest=a_manifest())


def main() -> int:
    """Print what happened; 1 when something decided was lost."""
    parser = argparse.ArgumentParser(description="kill reviews, and look for what they decided")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--claims", type=int, default=60)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(options.kills, options.seed, options.claims, Path(folder, "desk.json"))
    print(
        f"{options.kills} kills in {time.monotonic() - began:.0f} s, {outcome.caught} of them in "
        f"the middle of a save; {outcome.saved} saves, {outcome.failures} failures"
    )
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
