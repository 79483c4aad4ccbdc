"""The review's screens: the review itself, and what lies over it for a moment."""
