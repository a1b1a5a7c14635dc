"""Sources: who is named, who stays unnamed and why, through whom it came."""
