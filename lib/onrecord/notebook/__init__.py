"""Displays for notebooks: articles, tables, filters, coding forms, checks of the set-up."""
