"""A source and its verb at the end of a sentence.

The words before the comma are the content: "The ministry did not mention the visit, the news site said."
Only the outermost attribution counts, so an attribution within the sentence is not distinguished.
"""

from __future__ import annotations

import re

from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

_TRAILING = re.compile(
    r", (?P<source>(?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er |[Tt]heir |[Oo]ne |[Tt]wo |[A-Z]|he |she |they "
    r"|officials|police|prosecutors|sources)[^,;:“”\"()\n]{0,70}?) "
    r"(?P<cue>said|says|reported|added|noted|wrote|announced)"
    r"(?: (?:on|in|at|late|early|this|last|yesterday|today) [^,;:“”\"\n]{1,30}|)\.$"
)
_CLAUSE = re.compile(
    r"\b(?:and|but|which|who|whom|whose|that|as|if|when|because|is|was|were|are|has|had|have)\b"
)
_PROBABILITY = 0.9  # of such sentences in PolNeAR train


def with_trailing(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with each such sentence as a whole. Unquoted sentences only."""
    wholes = {}
    for number, (start, end, paragraph) in enumerate(article.sentences):
        if article.text[end - 1] != "." or article.is_boilerplate[paragraph]:
            continue
        match = _TRAILING.search(article.text, max(start, end - 140), end)
        if match and not _CLAUSE.search(match["source"]) and match.start() - start >= 20:
            wholes[number] = ((start, match.start()), match.span("cue"), match.span("source"))
    for span in article.quoted_spans:
        wholes.pop(article.sentence_at(span.start), None)
        wholes.pop(article.sentence_at(span.end - 1), None)
    if not wholes:
        return attributions
    sentences = [_sentences(article, attribution) for attribution in attributions]
    # Joined with a quotation in the next sentence, it is an attribution already: what was said counts once.
    for number in set().union(*(numbers for numbers in sentences if len(numbers) > 1)):
        wholes.pop(number, None)
    kept = [a for a, numbers in zip(attributions, sentences, strict=True) if not numbers <= wholes.keys()]
    for content, cue, source in wholes.values():
        kept.append(Attribution([content], cue, source, "indirect", True, _PROBABILITY))
    return sorted(kept, key=lambda attribution: attribution.content[0])


def _sentences(article: Article, attribution: Attribution) -> set[int]:
    return {
        number
        for start, end in attribution.content
        for number in range(article.sentence_at(start), article.sentence_at(end - 1) + 1)
    }
