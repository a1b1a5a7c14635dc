"""Attributions in a text: tagged, linked, joined, and completed by rules."""
