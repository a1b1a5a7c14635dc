"""One page of all notebooks on a user's own articles."""
