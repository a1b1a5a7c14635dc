"""The workplace: what a notebook shows, and what a person checks by hand."""
