"""Checks by hand: annotations, coding sheets, agreement, adjudication, corrected shares."""
