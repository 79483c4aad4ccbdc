"""Check an article against a folder of sources, and print what they refute.

python docs/examples/check_article.py [ARTICLE]
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import factcheck
import index

SEEDS = Path(__file__).parents[2] / "seeds"
where = sys.argv[1] if len(sys.argv) > 1 else str(SEEDS / "article.md")

with TemporaryDirectory() as folder:
    index.build_index(Path(folder, "my-index"), [SEEDS / "corpus"])
    article = factcheck.read_article(where)
    with index.ReferenceIndex.open(Path(folder, "my-index")) as reference:
        report = factcheck.check(article, reference)

print(f"{article.title}: {len(report.findings)} claims")
for finding in report.findings:
    if finding.verdict is not factcheck.Verdict.REFUTED:
        continue
    line = article.text.count("\n", 0, finding.claim.start) + 1
    print(f"\nline {line}: {finding.claim.text}")
    print(f"  {finding.why}")
    for evidence in finding.evidence:
        if evidence.stance is factcheck.Stance.REFUTES:
            print(f"  {evidence.hit.passage.document_id}: {evidence.sentence_text}")
