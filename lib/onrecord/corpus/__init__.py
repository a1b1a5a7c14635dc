"""What prepares a corpus: duplicates, languages, exclusions, topics."""
