"""One file per area of the review's screen."""
