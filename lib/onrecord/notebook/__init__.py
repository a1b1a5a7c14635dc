"""Displays for notebooks: articles, tables, filters, coding forms, checks."""
