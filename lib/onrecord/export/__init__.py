"""Charts, tables and their provenance as files."""
