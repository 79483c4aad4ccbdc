"""Build an index, add to it, and search it by meaning and by words."""

from pathlib import Path
from tempfile import TemporaryDirectory

import index

CORPUS = Path(__file__).parents[2] / "seeds" / "corpus"

with TemporaryDirectory() as folder:
    path = Path(folder, "my-index")
    built = index.build_index(path, [CORPUS / "raqqa", CORPUS / "idlib"])
    print(f"{built.documents} documents, {built.passages} passages")
    again = index.build_index(path, [CORPUS])  # only what is new is read and embedded
    print(f"{again.added} added, {again.unchanged} unchanged, {again.documents} documents")
    with index.ReferenceIndex.open(path) as reference:
        queries = ["Who negotiated the convoy?", "size of the zone around al-Tanf"]
        for query, hits in zip(queries, reference.search(queries, k=2), strict=True):
            print(f"\n{query}")
            for hit in hits:
                document = reference.document_of(hit)
                print(f"  {hit.score:.2f} ({hit.found_by.value}) {document.id}: {document.title}")
                print(f"       {hit.passage.text[:80]!r}")
