"""Reports: all notebooks run on a user's own articles, as one page."""
