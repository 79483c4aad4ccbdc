"""What exactly disagrees between a claim and a passage: one module per kind of value."""

from factcheck.mismatch.compare import Text, compare
from factcheck.mismatch.values import Agreement, Comparison, Proposal

__all__ = ["Agreement", "Comparison", "Proposal", "Text", "compare"]
