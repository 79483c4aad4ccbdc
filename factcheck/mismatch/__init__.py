"""What exactly disagrees between a claim and a passage: one module per kind of value."""

from factcheck.mismatch.compare import compare
from factcheck.mismatch.text import Text
from factcheck.mismatch.values import Agreement, Comparison, Proposal

__all__ = ["Agreement", "Comparison", "Proposal", "Text", "compare"]
