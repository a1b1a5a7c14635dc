"""Names of columns in words, and values as a table shows them to a reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from onrecord.text.characters import clean

# Names whose words alone would not say what they are.
_WORDS = {
    "doc_id": "article",
    "attribution_id": "attribution no.",
    "source_id": "source no.",
    "low": "from (95%)",
    "high": "to (95%)",
    "p_value": "p",
    "p_adjusted": "p, adjusted",
    "n_a": "times in A",
    "n_b": "times in B",
    "n_articles_a": "articles in A",
    "n_articles_b": "articles in B",
    "cue": "reporting word",
    "cue_stance": "stance of the reporting word",
    "n_words": "words",
    "n_hits": "of these",
    "text": "words of the article",
}


def heading_of(name: object) -> str:
    """The name of a column in words.

    n_sources becomes sources, share_of_sources share of sources. Names with capitals or blanks are the
    user's own and stay as they are.

    >>> [heading_of(name) for name in ("n_articles", "is_own_request", "share_of_sources", "Site")]
    ['articles', 'own request', 'share of sources', 'Site']
    """
    words = clean(name)
    if words in _WORDS:
        return _WORDS[words]
    if words != words.lower() or " " in words:
        return words
    for prefix in ("n_", "is_"):
        if words.startswith(prefix) and len(words) > len(prefix):
            words = words.removeprefix(prefix)
    return words.replace("_", " ").strip() or clean(name)


def headings_of(names: Iterable[object]) -> list[str]:
    """The names of all columns of a table in words.

    Those that would be alike stay as they are.
    """
    names = list(names)
    words = [heading_of(name) for name in names]
    return [word if words.count(word) == 1 else clean(name) for name, word in zip(names, words, strict=True)]


def written(value: object) -> object:
    """`value`; a day without its time, a time without its seconds.

    >>> written(dt.datetime(2026, 1, 14, tzinfo=dt.UTC))
    '2026-01-14'
    """
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    return value
