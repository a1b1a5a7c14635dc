"""Mentions of people and bodies, parsed: noun phrases, their heads, runs of names."""
