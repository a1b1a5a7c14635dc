"""Rules: what plain wordings and layout say about attributions."""
