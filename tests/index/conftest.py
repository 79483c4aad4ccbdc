"""A small corpus and the index of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import build_index
from tests.fakes import WordEncoder

CORPUS = {
    "harbour.md": (
        "---\ntitle: Harbour bulletin\ndate: 2021-03-04\nsource: https://port.example/4\n---\n"
        "# Cargo\nThe harbour of Ostrel handled 2,500 tonnes. It grew.\n\n"
        "# Fish\nThe fish market moved to quay nine.\n"
    ),
    "news/mayor.txt": "The mayor resigns\n\nThe mayor of Velm resigned in spring after the flood.",
    "rows.csv": "id,title,text,date\nx,Ferry,The ferry to Tessaly sails.,2020\n,Bus,No bus.,\n",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for name, text in CORPUS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def built(tmp_path: Path, corpus: Path, encoder: WordEncoder) -> Path:
    build_index(tmp_path / "index", [corpus], encoder=encoder)
    return tmp_path / "index"
