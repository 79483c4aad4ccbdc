"""Does the memory of a build grow with its corpus? `python -m benchmarks.memory`.

Builds an index of 10,000 small documents and one of 100,000, with a cheap encoder, each in a
process of its own, and prints the most memory each ever held of its own, and with the pages of
files that it had mapped: those are the system's, which takes them back as it likes. Linux only.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.standin import StandIn, write_corpus

#: The larger corpus may take so much more memory than the smaller one.
ALLOWED = 1.5
_KIB = 1024


def peak(documents: int, dimension: int, work: Path) -> tuple[float, float, float]:
    """MiB of its own, MiB with mapped files, and seconds that a build takes."""
    corpus = work / f"corpus-{documents}"
    write_corpus(corpus, documents, sentences=3)
    begun = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.memory", "--child", str(work / f"{documents}")]
    command += [str(corpus), "--dimension", str(dimension)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    own, mapped = map(int, done.stdout.split())
    return own / _KIB, mapped / _KIB, time.monotonic() - begun


def build(index: Path, corpus: Path, dimension: int) -> tuple[int, int]:
    """Build; the most KiB that this process held of its own, and with mapped files."""
    from index import build_index

    most, ended = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not ended.wait(0.01):
            most = max(most, held("RssAnon"))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        build_index(index, [corpus], encoder=StandIn(dimension))
    finally:
        ended.set()
        watching.join()
    return most, held("VmHWM")


def held(name: str) -> int:
    """KiB that the kernel counts under `name` for this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def main() -> int:
    """Print both; 1 if the larger corpus takes more memory than is allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--child", nargs=2, type=Path, metavar=("INDEX", "CORPUS"))
    parser.add_argument("--dimension", type=int, default=384)
    parser.add_argument("--documents", nargs=2, type=int, default=(10_000, 100_000))
    options = parser.parse_args()
    if options.child:
        index, corpus = options.child
        print(*build(index, corpus, options.dimension))
        return 0
    peaks = []
    with tempfile.TemporaryDirectory() as work:
        for documents in options.documents:
            own, mapped, seconds = peak(documents, options.dimension, Path(work))
            peaks.append(own)
            print(
                f"{documents:>9,} documents {own:6.0f} MiB of its own, {mapped:6.0f} with mapped "
                f"files, {seconds:6.1f} s",
                flush=True,
            )
    return int(peaks[1] > ALLOWED * peaks[0])


if __name__ == "__main__":
    sys.exit(main())
