"""How soon a person can read: `python -m benchmarks.startup [--runs 5]`.

Runs the warm `factcheck check` of the bundled article as a process of its own and times, from the
start of the process, the first finding on standard output and the end.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from factcheck.bundled import demo_index, seeds_folder
from index.inference import best_precision


@dataclass(frozen=True)
class Timing:
    """Seconds from the start of the process."""

    first_finding: float
    whole: float


def run_once(arguments: Sequence[str]) -> Timing:
    """Time one run; a finding is written at once, so its heading marks it."""
    began = time.perf_counter()
    first = None
    with subprocess.Popen(
        [sys.executable, "-m", "factcheck", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if first is None and "1 of " in line:
                first = time.perf_counter() - began
    whole = time.perf_counter() - began
    if process.returncode or first is None:
        raise SystemExit(f"factcheck ended with {process.returncode} and no finding")
    return Timing(first, whole)


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    run_once(["demo"])  # builds the index, converts the models, warms the file cache
    article = str(seeds_folder() / "article.md")
    check = ["check", article, "--index", str(demo_index())]
    timings = [run_once(check) for _ in range(runs)]
    print(f"warm check of the bundled article, {runs} runs, {best_precision()}")
    print(f"first finding  median {median(t.first_finding for t in timings):.2f} s")
    print(f"whole command  median {median(t.whole for t in timings):.2f} s")


if __name__ == "__main__":
    main()
