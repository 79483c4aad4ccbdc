"""What does building again cost? `python -m benchmarks.rebuild`.

Builds an index of 10,000 files by the command line, builds it again with nothing changed, and again
with one file in a hundred changed, each command in a process of its own, start-up included.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.standin import write_corpus, write_document

#: Seconds a build without changes may take, and the share of a full one for one file in a hundred.
UNCHANGED, CHANGED = 3.0, 0.03


def timed(index: Path, corpus: Path) -> tuple[float, dict[str, int]]:
    """Seconds and report of one `factcheck index build`."""
    command = [sys.executable, "-m", "factcheck", "index", "build", str(index), str(corpus)]
    begun = time.monotonic()
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    return time.monotonic() - begun, json.loads(done.stdout)


def main() -> int:
    """Print the three times; 1 if one is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--sentences", type=int, default=40)
    options = parser.parse_args()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as work:
        index, corpus = Path(work, "index"), Path(work, "corpus")
        files = write_corpus(corpus, options.files, options.sentences)
        full, report = timed(index, corpus)
        print(f"full      {full:7.2f} s, {report['passages']:,} passages", flush=True)
        unchanged, report = timed(index, corpus)
        assert report["unchanged"] == options.files
        print(f"unchanged {unchanged:7.2f} s", flush=True)
        for path in chance.sample(files, options.files // 100):
            write_document(path, chance, options.sentences)
        changed, report = timed(index, corpus)
        assert report["changed"] == options.files // 100
        print(f"1 % new   {changed:7.2f} s, {changed / full:.2%} of the full build")
    return int(unchanged > UNCHANGED or changed > CHANGED * full)


if __name__ == "__main__":
    sys.exit(main())
