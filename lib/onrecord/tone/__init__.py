"""Tone.

TextBlob's scores, their position in an article, and the tone toward a target.
"""
