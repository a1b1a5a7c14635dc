"""Kinds of mentions (see parse_mention) that rules take for speakers."""

from __future__ import annotations

from onrecord.attributions.rules.clauses import Range, words_of
from onrecord.mentions.parsing import parse_mention
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

NAMED = frozenset(("person", "people", "name", "group", "institution"))
SPEAKERS = NAMED | {"media", "document", "pronoun"}
SPEAKERS_AND_NUMBERS = SPEAKERS | {"quantity"}  # "Three of them said"


def may_speak(article: Article, phrase: Range, lists: Lists) -> bool:
    """Whether a phrase mentions somebody or something that can speak."""
    return parse_mention(words_of(article, phrase), lists).kind in SPEAKERS_AND_NUMBERS
