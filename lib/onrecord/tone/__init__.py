"""Tone: TextBlob's scores, where in an article they stand, and the tone toward a target."""
