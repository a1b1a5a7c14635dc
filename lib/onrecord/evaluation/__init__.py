"""How right it is: annotations by hand, coding sheets, agreement, corrected shares."""
