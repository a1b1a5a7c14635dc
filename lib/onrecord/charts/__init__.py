"""Charts: one plot_ function per kind, and the frame that they share.

Nothing here writes a file.
"""
