"""Check what an article claims against your own sources."""

__version__ = "0.1.0"
