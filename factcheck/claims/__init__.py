"""An article → what it claims, who says so, and what was skipped."""

from factcheck.claims.checkworthy import score_checkworthiness
from factcheck.claims.extract import Extraction, extract_claims, split_article

__all__ = ["Extraction", "extract_claims", "score_checkworthiness", "split_article"]
