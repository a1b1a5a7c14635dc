"""Contents joined to their cues and sources."""
