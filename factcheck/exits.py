"""What a command's exit code says."""

from __future__ import annotations

DONE = 0
#: Done, and a claim was refuted (with `--fail-on refuted`), or a replay found others.
REFUTED = 1
WRONG_INPUT = 2
INDEX_UNUSABLE = 3
INTERRUPTED = 130
