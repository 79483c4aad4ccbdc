from __future__ import annotations

import random

from benchmarks import fuzz
from index import Document, readers


def test_samples_are_sound_and_mutations_repeat() -> None:
    sound = fuzz.samples()
    assert {f".{name.rpartition('.')[2]}" for name in sound} >= {".pdf", ".docx", ".xlsx", ".html"}
    for name, data in sound.items():
        found = list(readers.read(name, data))
        assert found, name
        assert all(isinstance(item, Document) for item in found), (name, found)
    readers.close()
    others = list(sound.values())
    for name, data in sound.items():
        first, second = (fuzz.mutate(random.Random(3), data, others) for _ in range(2))
        assert first == second, name
        assert len(first) <= fuzz.MAX_SIZE


def test_damaged_files_are_read_or_skipped() -> None:
    outcome = fuzz.run(60, seed=11)
    assert outcome.failures == []
    assert sum(tally.files for tally in outcome.formats.values()) == 60
    assert sum(t.read + t.skipped + t.killed for t in outcome.formats.values()) == 60
    assert sum(tally.read for tally in outcome.formats.values()) > 15
