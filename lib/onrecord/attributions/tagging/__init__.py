"""Tokens to the probabilities of content, cue and source."""
