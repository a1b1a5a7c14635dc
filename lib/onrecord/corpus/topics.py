"""Topics by words, so that every measure can be grouped by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from onrecord.tables import require


def add_topics(documents: pd.DataFrame, topics: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """`documents` with a column is_about_<topic> for each of `topics` (boolean).

    `topics` maps a name to its words or phrases: an article is about it where the headline or the text
    has one of them, as whole words in any case ("flood*" also "flooding"). An article may be about
    several topics or none; each column is a grouping of its own: by="is_about_flood". Needs text.

    Raises ValueError for a topic without words, and where a column of that name is there already.

    >>> documents = pd.DataFrame({"text": ["The flooding stopped.", "The lock leaks."]})
    >>> add_topics(documents, {"flood": ["flood*"]})["is_about_flood"].tolist()
    [True, False]
    """
    require(documents, ["text"], table="documents")
    text = documents["text"].astype("string").fillna("")
    if "headline" in documents.columns:
        text = documents["headline"].astype("string").fillna("") + "\n" + text
    columns = {}
    for topic, words in topics.items():
        if not isinstance(words, Iterable) or not all(isinstance(word, str) for word in words):
            raise ValueError(
                f"the words of the topic {topic!r} must be a list of texts, not {type(words).__name__}; "
                f"write them as in {{{topic!r}: ['flood*']}}."
            )
        words = [words] if isinstance(words, str) else list(words)
        name = "is_about_" + re.sub(r"\W+", "_", topic.strip().lower())
        if not any(word.strip("* ") for word in words):
            raise ValueError(
                f"topic {topic!r} has no words; give it at least one, as in {{{topic!r}: ['flood']}}."
            )
        if name in documents.columns or name in columns:
            raise ValueError(
                f"documents has a column {name!r} already; give the topic {topic!r} another name."
            )
        columns[name] = text.str.contains(_pattern(words), regex=True).astype("boolean")
    return documents.assign(**columns)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    forms = [
        re.escape(word.strip().rstrip("*")) + (r"\w*" if word.rstrip().endswith("*") else "")
        for word in words
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(form for form in forms if form)})(?!\w)", re.IGNORECASE)
