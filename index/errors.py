"""What can go wrong with a reference index.

```
ReferenceIndexError
├── CorpusError           a corpus path that cannot be walked
├── UnreadableDocument    one file or row that cannot be read; a build reports it and goes on
├── EncoderError          an encoder that cannot be loaded or is not what it should be
├── ConversionError       a model that does not convert to OpenVINO faithfully
└── IndexUnusable         the index cannot serve
    ├── IndexMissing      there is none at that path
    ├── IndexEmpty        it holds no passage
    ├── IndexLocked       another process is at work on it
    └── EncoderMismatch   it was built with another encoder
```

Every message is one sentence or two: what, got, expected, and what to do next. Only a command line
turns an error into a message and an exit code.
"""

from __future__ import annotations


class ReferenceIndexError(Exception):
    """Base of every error this package raises on purpose."""


class CorpusError(ReferenceIndexError):
    """A corpus path does not exist or cannot be walked."""


class UnreadableDocument(ReferenceIndexError):
    """One file or row cannot be read; the message is the reason alone, without the path."""


class EncoderError(ReferenceIndexError):
    """An encoder cannot be loaded, or its weights are not the expected ones."""


class ConversionError(ReferenceIndexError):
    """A model does not convert to OpenVINO, or not faithfully."""


class IndexUnusable(ReferenceIndexError):
    """The index cannot serve: missing, empty, locked, damaged, or of another make."""


class IndexMissing(IndexUnusable):
    """No index at that path."""


class IndexEmpty(IndexUnusable):
    """The index holds no passage."""


class IndexLocked(IndexUnusable):
    """Another process builds, repairs or verifies the index."""


class EncoderMismatch(IndexUnusable):
    """The index was built with another encoder than the one given."""
