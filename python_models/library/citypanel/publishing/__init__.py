"""The publication of a green build: the copy that people read while the next build runs."""
