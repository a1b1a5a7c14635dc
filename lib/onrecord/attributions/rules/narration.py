"""Reporting verbs of the narration: those outside quotation marks and boilerplate.

Several steps begin with them. They are read once per article.
"""

from __future__ import annotations

from onrecord.attributions.rules.clauses import VerbGroup, verb_forms, verb_group
from onrecord.text.memo import once_per_article
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists


@once_per_article
def verb_groups(article: Article, lists: Lists) -> list[VerbGroup]:
    """Verb groups of the article, in text order."""
    groups = (verb_group(article, at, lists) for at in verb_forms(article, lists))
    return [group for group in groups if group is not None]


@once_per_article
def narrated_groups(article: Article, lists: Lists) -> list[VerbGroup]:
    """Verb groups outside quotation marks and boilerplate, in text order."""
    is_quoted, starts = article.token_is_quoted, article.token_starts
    groups = [group for group in verb_groups(article, lists) if not is_quoted[group.at]]
    if not article.not_story:
        return groups
    return [group for group in groups if not article.in_boilerplate(starts[group.at])]


@once_per_article
def active_groups(article: Article, lists: Lists) -> list[VerbGroup]:
    """Narrated verb groups that are neither passive nor supposed or denied."""
    return [group for group in narrated_groups(article, lists) if not (group.is_passive or group.is_modal)]
