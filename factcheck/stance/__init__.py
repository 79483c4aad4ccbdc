"""What a passage says about a claim: SUPPORTS, REFUTES or NEI, as calibrated probabilities."""

from factcheck.stance.judge import judge
from factcheck.stance.packaged import load_verifier
from factcheck.stance.verifier import NEI, STANCES, Verifier

__all__ = ["NEI", "STANCES", "Verifier", "judge", "load_verifier"]
