"""Framing: how things are worded, apart from who says them."""
