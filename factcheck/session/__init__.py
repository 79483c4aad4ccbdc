"""A review that is left and come back to: its records, its file, its way to an edited article."""

from factcheck.session.carry import carry
from factcheck.session.form import is_session, session_from_dict, session_to_dict
from factcheck.session.records import Entry, Session, Step, StepKind, Unplaced, is_decided
from factcheck.session.storage import SessionFile

__all__ = [
    "Entry",
    "Session",
    "SessionFile",
    "Step",
    "StepKind",
    "Unplaced",
    "carry",
    "is_decided",
    "is_session",
    "session_from_dict",
    "session_to_dict",
]
