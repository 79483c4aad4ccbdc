"""The interactive review: a desk that does the work, and two views of it."""
