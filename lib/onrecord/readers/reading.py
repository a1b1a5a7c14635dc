"""What every reader hands back: the articles of one file, and what is to be said about them."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.tables import replace_surrogates

# A file above this is refused before it is opened: it would be held in memory several times over.
MAX_BYTES = 500_000_000


class Unreadable(Exception):
    """A file that cannot be read. Its message is the reason and the remedy, for the report."""


class RawArticle(NamedTuple):
    """One article as it stands in its file. `published` is as written: dates are read per source."""

    text: str | None  # None where the file holds a notice, or nothing, in place of the text
    outlet: str | None = None
    published: str | None = None
    byline: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    url: str | None = None
    own_id: str | None = None  # the file's own id of the article
    n_words_stated: int | None = None  # the length that an export gives


def with_whole_characters(article: RawArticle) -> RawArticle:
    """Return an article with halves of characters joined, as RTF and JSON write them; one alone is \ufffd."""
    halved = {
        name: value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        for name, value in article._asdict().items()
        if isinstance(value, str) and replace_surrogates(value) != value
    }
    return article._replace(**halved)


class Reading(NamedTuple):
    """The articles of one file. `n_expected` is what the file itself states or holds."""

    articles: list[RawArticle]
    n_expected: int
    n_skipped: int = 0
    reason: str | None = None  # of what was skipped
    warnings: tuple[str, ...] = ()
    date_source: str | None = None  # articles that share it write dates alike; None: an outlet does
