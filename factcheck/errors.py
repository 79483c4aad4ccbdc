"""What can go wrong while checking.

```
FactcheckError
├── UsageError      options that do not go together
├── ArticleError    an article that cannot be read: missing, empty, binary, too large, unreachable
└── ModelError      a model that cannot be loaded or is not what it should be
```

Every message is one sentence or two: what, got, expected, and what to do next. Errors of the index
are `index.ReferenceIndexError`. Only `cli.py` turns an error into a message and an exit code.
"""

from __future__ import annotations


class FactcheckError(Exception):
    """Base of every error this package raises on purpose."""


class UsageError(FactcheckError):
    """Options or arguments that do not go together."""


class ArticleError(FactcheckError):
    """An article that cannot be read or fetched."""


class ModelError(FactcheckError):
    """A model that cannot be loaded, or whose files are not what they should be."""
