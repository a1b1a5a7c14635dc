"""What every reader returns.

The articles of one file, and what is to be said about them.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any, NamedTuple

from onrecord.tables import replace_surrogates

# A file above this is refused before it is opened: it would be in memory several times over.
MAX_BYTES = 500_000_000
MAX_RATIO = 100  # a packed file may expand so many times; a bomb expands a thousand times
FREE_BYTES = 10_000_000  # below this size, the ratio does not matter
Element = Any  # of lxml, python-docx, openpyxl, pypdfium2 or email, which ship no types
MOST_ARTICLES = 10**9  # a file that states more states nonsense


class Unreadable(Exception):
    """A file that cannot be read.

    Its message is the reason and the remedy, for the read report.
    """


def failure(said: str) -> str:
    """The reason of a file that broke its reader: a damaged one may do so anywhere."""
    return (
        f"could not be read ({textwrap.shorten(said, 200)}): open it in the program that made it, and save "
        "it again"
    )


def characters_allowed(data: bytes) -> int:
    """The characters that a packed file may expand to: text packs about 3 to 20 times."""
    return max(FREE_BYTES, MAX_RATIO * len(data))


class RawArticle(NamedTuple):
    """One article as its file has it.

    `published` is as written: dates are read per source.
    """

    text: str | None  # None where the file has a notice, or nothing, in place of the text
    outlet: str | None = None
    published: str | None = None
    byline: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    url: str | None = None
    own_id: str | None = None  # the file's own id of the article
    n_words_stated: int | None = None  # the length that an export gives


def join_surrogates(article: RawArticle) -> RawArticle:
    """An article whose pairs of surrogates are joined.

    RTF and JSON write them. A lone one is \\ufffd.
    """
    joined: dict[str, Any] = {
        name: value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        for name, value in article._asdict().items()
        if isinstance(value, str) and replace_surrogates(value) != value
    }
    return article._replace(**joined)


class Reading(NamedTuple):
    """The articles of one file.

    `n_expected` is what the file itself states or contains.
    """

    articles: list[RawArticle]
    n_expected: int
    n_skipped: int = 0
    reason: str | None = None  # of what was skipped
    warnings: tuple[str, ...] = ()
    date_source: str | None = None  # articles that share it write dates alike; None: an outlet does


def stated_number(value: object) -> tuple[int | None, str | None]:
    """The number of articles that a file states, and a warning where it cannot be one.

    A statement is only ever compared with what is found. None with a warning where it is negative,
    beyond any number of articles, or not a whole number.
    """
    text = str(value).strip()
    digits = re.sub(r"(?<=\d)[,. '\u00a0](?=\d{3}\b)", "", text)
    if re.fullmatch(r"\d{1,12}", digits) and int(digits) <= MOST_ARTICLES:
        return int(digits), None
    shown = text if len(text) <= 40 else text[:37] + "…"
    return None, f"the file states {shown} articles, which cannot be: the number is not used"
