"""Checks by hand: annotations, coding sheets, agreement, corrected shares."""
