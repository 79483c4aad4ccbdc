"""What a passage says about a claim: SUPPORTS, REFUTES or NEI, as calibrated probabilities."""

from factcheck.stance.judge import Reading, read
from factcheck.stance.packaged import load_verifier
from factcheck.stance.verifier import NEI, STANCES, Verifier

__all__ = ["NEI", "STANCES", "Reading", "Verifier", "load_verifier", "read"]
