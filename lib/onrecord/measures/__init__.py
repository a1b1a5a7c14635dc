"""Measures.

Shares, means and counts of an analysis, each with its denominator, n and interval.

Every function takes `by`: None (one row for the whole corpus), any column of documents, or "week",
"month", "quarter" or "year" of the publication date. Groups are in sorted order, articles without a
value last.
"""
