"""Which column, field or head line of a user's file holds what: one explicit table of usual names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Names without case, blanks and punctuation ("Article Text" is articletext). Where a file has
# several of them, the first listed wins.
USUAL_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "fulltext", "articletext", "maintext", "bodytext", "contenttext", "body", "articlebody",
        "content", "articlecontent", "article", "story", "storytext",
    ),
    "headline": ("headline", "title", "articletitle", "head", "heading", "hl"),
    "standfirst": (
        "standfirst", "subtitle", "subheadline", "deck", "dek", "lede", "kicker", "summary", "abstract",
        "description",
    ),
    "byline": ("byline", "by", "author", "authors", "authorname", "writer", "reporter", "creator"),
    "outlet": (
        "outlet", "outletname", "publication", "publicationtitle", "newspaper", "publisher", "sourcename",
        "source", "medium", "media", "sitename", "website", "site", "domain",
    ),
    "published": (
        "published", "publishedat", "publisheddate", "datepublished", "publicationdate", "publishdate",
        "pubdate", "publish", "date", "datetime", "timestamp", "created", "createdat",
    ),
    "url": ("url", "link", "articleurl", "sourceurl", "weburl", "permalink", "uri"),
    "own_id": ("docid", "articleid", "id", "uuid", "guid", "documentid"),
}  # fmt: skip


def plain_name(name: object) -> str:
    """Return a column's name without case, blanks and punctuation."""
    return re.sub(r"[\W_]+", "", str(name)).casefold()


def map_columns(names: Iterable[object], explicit: Mapping[str, str] | None = None) -> dict[str, object]:
    """Return our column name → the file's own name, for those of `names` that are known.

    `explicit` (our name → the file's) wins; blanks around a name do not count.
    """
    names = list(names)
    mapped: dict[str, object] = {}
    plain: dict[str, object] = {}
    for name in names:
        plain.setdefault(plain_name(name), name)
    for ours, usual in USUAL_NAMES.items():
        found = next((plain[name] for name in usual if name in plain), None)
        if found is not None:
            mapped[ours] = found
    for ours, theirs in (explicit or {}).items():
        ours = "own_id" if ours == "doc_id" else ours
        exact = [name for name in names if str(name).strip() == theirs.strip()]
        mapped = {key: name for key, name in mapped.items() if key != ours and name not in exact}
        if exact:
            mapped[ours] = exact[0]
    return mapped


def check_columns(columns: Mapping[str, str] | None) -> None:
    """Raise ValueError where an explicit mapping names a column that documents do not have."""
    known = [*(name for name in USUAL_NAMES if name != "own_id"), "doc_id"]
    for ours in columns or {}:
        if ours not in known:
            raise ValueError(
                f"columns={{{ours!r}: …}}: there is no column {ours!r}; write our name first, then the "
                f"file's, as in columns={{'text': 'Article body'}}. Ours are {', '.join(known)}."
            )
