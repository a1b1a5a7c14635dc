"""The sources behind attributions: who is named, who stays unnamed and why, through whom it came."""
