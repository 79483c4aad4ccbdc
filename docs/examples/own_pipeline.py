"""Put the parts together yourself: claims, check-worthiness, a verifier, findings."""

from pathlib import Path
from tempfile import TemporaryDirectory

import factcheck
import index

CORPUS = Path(__file__).parents[2] / "seeds" / "corpus"
TEXT = """\
The de-confliction zone around al-Tanf measures only 15 kilometres.
The convoy that left Raqqa had 50 trucks. What a sorry record this is!
"""

claims = factcheck.extract_claims(factcheck.Article.from_text(TEXT, published="2019-05-03"))
texts = [claim.text for claim in claims]
for text, score in zip(texts, factcheck.score_checkworthiness(texts), strict=True):
    print(f"worth checking {score:.2f}: {text}")

verifier = factcheck.load_verifier()
evidence = "American forces established a de-confliction zone of 55 kilometres around al-Tanf."
supports, refutes, nei = verifier.predict([(texts[0], evidence)])[0]
print(f"\nsupports {supports:.2f}, refutes {refutes:.2f}, neither {nei:.2f}: {evidence}\n")

with TemporaryDirectory() as folder:
    index.build_index(Path(folder, "my-index"), [CORPUS / "al-tanf", CORPUS / "raqqa"])
    with index.ReferenceIndex.open(Path(folder, "my-index")) as reference:
        for finding in factcheck.check_claims(texts, reference, verifier):
            print(f"{finding.verdict.value} ({finding.confidence:.2f}): {finding.why}")
