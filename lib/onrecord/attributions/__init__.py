"""Attributions found in a text: tagged, linked, joined, with what layout and rescue rules add."""
