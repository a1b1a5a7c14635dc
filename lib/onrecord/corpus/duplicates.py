"""Articles that are in a corpus more than once.

Crawled again, posted again, or taken from a wire.

Two articles are duplicates where their 5-word sequences overlap by 60% (Jaccard), or 30% where
they share a url. Candidates come from MinHash; the share is then counted exactly.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
import pandas as pd

from onrecord.corpus.signatures import band_keys, content_key, shingles, similarity
from onrecord.tables import FLAG, SHARE, TEXT, Schema, as_table, require

DUPLICATES: Schema = {
    "doc_id": TEXT,
    "duplicate_of": TEXT,
    "kind": TEXT,
    "is_exact": FLAG,
    "similarity": SHARE,
}

_NEAR = 0.6
_NEAR_SAME_URL = 0.3


_NOTHING = np.empty(0, np.uint64)


class Match(NamedTuple):
    """One article that repeats an earlier one, as positions."""

    copy: int
    original: int
    similarity: float


class Originals:
    """Articles that repeat no earlier one; each further one is looked up in them.

    Articles are given in the order in which one can be the original of another. Only those that share a key
    can match, so articles without a key in common may be looked up apart from each other (see
    scale.near_copies).
    """

    def __init__(self) -> None:
        self._sets: dict[int, np.ndarray] = {}
        self._of_content: dict[int, int] = {}
        self._of_url: dict[str, int] = {}
        self._of_band: dict[int, list[int]] = {}

    def match(self, number: int, text: str | None, url: str | None) -> Match | None:
        """The original that an article repeats; None where it is itself an original."""
        own = shingles(text) if text else _NOTHING
        if not len(own):
            return None
        content, url = content_key(own), plain_url(url)
        if content in self._of_content:
            return Match(number, self._of_content[content], 1.0)
        best = Match(number, -1, 0.0)
        if url in self._of_url:
            share = similarity(own, self._sets[self._of_url[url]])
            if share >= _NEAR_SAME_URL:
                best = Match(number, self._of_url[url], share)
        keys = band_keys(own).tolist()
        for other in sorted({one for key in keys for one in self._of_band.get(key, ())}):
            share = similarity(own, self._sets[other])
            if share >= _NEAR and share > best.similarity:
                best = Match(number, other, share)
        if best.original >= 0:
            return best
        self._sets[number] = own
        self._of_content[content] = number
        if url:
            self._of_url.setdefault(url, number)
        for key in keys:
            self._of_band.setdefault(key, []).append(number)
        return None


def match_duplicates(texts: list[str | None], urls: list[str | None], order: list[int]) -> list[Match]:
    """Matches of the texts that repeat one earlier in `order`. One per copy.

    An original is never itself a copy: each copy points to the original that it is most like, so
    that chains of small changes do not join what differs.
    """
    originals = Originals()
    found = (originals.match(i, texts[i], urls[i]) for i in order)
    return [match for match in found if match is not None]


def plain_url(url: str | None) -> str | None:
    """A url without scheme, www., fragment, last slash and campaign parameters.

    None if it is not one.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # "http://[x": one bad cell must not stop the reading of a corpus
        return None
    query = [
        (key, value) for key, value in parse_qsl(parts.query) if not key.startswith(("utm_", "fbclid", "ref"))
    ]
    host = parts.netloc.casefold().removeprefix("www.").removeprefix("amp.")
    path = parts.path.rstrip("/").removesuffix("/amp")
    return f"{host}{path}{'?' if query else ''}{urlencode(query)}" if host and (path or query) else None


def plain_outlet(outlet: str | None) -> str:
    """An outlet's name for comparison.

    Of a web address, the site: "cnn.com" of "us.cnn.com".
    """
    name = (outlet or "").strip().casefold()
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", name):
        labels = name.split(".")
        name = ".".join(labels[-3 if len(labels[-2]) <= 3 and len(labels[-1]) == 2 else -2 :])
    return name


def find_duplicates(documents: pd.DataFrame) -> pd.DataFrame:
    """Articles that repeat another one of `documents`. One row per copy.

    Needs doc_id and text; uses url, outlet and published where they are there. The original is the
    earliest published, then the longest, then the first in order.

    Columns: doc_id, duplicate_of (the original's), kind, is_exact (but for case, punctuation and
    repeated words, the same text), similarity (share of 5-word sequences in common, 0 to 1).
    kind is `recrawl` (the same url), `repost` (another url of the same outlet, or no outlet known) or
    `wire` (another outlet). An article without text has no row.

    Raises ValueError without doc_id or text.

    >>> text = "The lock of Halm leaks, a clerk said, and nobody has come to mend it since the spring."
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": [text, text.upper()], "outlet": ["X", "Y"]})
    >>> find_duplicates(documents)[["doc_id", "duplicate_of", "kind"]].values.tolist()
    [['b', 'a', 'wire']]
    """
    require(documents, ["doc_id", "text"], table="documents")
    n = len(documents)
    columns: dict[str, list[str | None]] = {
        name: [value if isinstance(value, str) else None for value in documents[name]]
        if name in documents
        else [None] * n
        for name in ("text", "url", "outlet")
    }
    published = (
        [value.value if pd.notna(value) else None for value in documents["published"]]
        if "published" in documents
        else [None] * n
    )
    texts = columns["text"]
    order = sorted(range(n), key=lambda i: (published[i] is None, published[i] or 0, -len(texts[i] or ""), i))
    ids = documents["doc_id"].tolist()
    rows = []
    for match in sorted(match_duplicates(texts, columns["url"], order)):
        urls = [plain_url(columns["url"][i]) for i in match[:2]]
        outlets = [plain_outlet(columns["outlet"][i]) for i in match[:2]]
        if urls[0] and urls[0] == urls[1]:
            kind = "recrawl"
        elif outlets[0] != outlets[1] and all(outlets):
            kind = "wire"
        else:
            kind = "repost"
        rows.append((ids[match.copy], ids[match.original], kind, match.similarity == 1.0, match.similarity))
    return as_table(rows, DUPLICATES)


def add_duplicates(documents: pd.DataFrame) -> pd.DataFrame:
    """`documents` with the column duplicate_of.

    duplicate_of is the doc_id of the original, NA for an original.

    One row per article, as before. Needs and uses the columns that `find_duplicates` does. Counts
    without duplicates are those of `documents[documents.duplicate_of.isna()]`.

    >>> text = "The lock of Halm leaks, a clerk said, and nobody has come to mend it since the spring."
    >>> add_duplicates(pd.DataFrame({"doc_id": ["a", "b"], "text": [text, text]}))["duplicate_of"].tolist()
    [<NA>, 'a']
    """
    found = find_duplicates(documents).set_index("doc_id")["duplicate_of"]
    return documents.assign(duplicate_of=documents["doc_id"].map(found).astype(TEXT))
