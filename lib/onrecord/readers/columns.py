"""The names of columns, fields and paths of articles: one explicit table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

# Our column: the usual names and paths, the best first. A name is compared without case, blanks and
# punctuation ("Article Text" is articletext); a path into a nested record is written with dots, and
# so are the columns of a table that was made from such records ("fields.bodyText").
USUAL_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "fulltext", "articletext", "maintext", "fields.bodyText", "bodytext", "contenttext",
        "textcontent", "content.rendered", "content.text", "content.plain", "fields.body", "body.text",
        "body", "articlebody", "content", "articlecontent", "contenthtml", "bodyhtml", "body.html",
        "content.html", "content.value", "article", "story", "storytext", "paragraphs", "rawtext",
        "cleanedtext", "plaintext", "blocks.body", "leadparagraph",
    ),
    "headline": (
        "headline", "headline.main", "title", "title.rendered", "articletitle", "webtitle", "head",
        "heading", "hl", "fields.headline", "headline.printheadline", "thread.title", "titlepage",
    ),
    "standfirst": (
        "standfirst", "fields.standfirst", "fields.trailText", "subtitle", "subheadline", "deck", "dek",
        "lede", "kicker", "summary", "abstract", "excerpt.rendered", "excerpt", "description",
        "metadescription",
    ),
    "byline": (
        "byline", "byline.original", "fields.byline", "by", "author", "author.name", "authors",
        "authorname", "authors.name", "_embedded.author", "yoastheadjson.author", "writer", "reporter",
        "creator",
    ),
    "outlet": (
        "outlet", "outletname", "publication", "publicationtitle", "publicationname", "newspaper",
        "publisher", "publisher.name", "sourcename", "source.name", "source.title", "medianame",
        "fields.publication", "source", "medium", "media", "media.name", "yoastheadjson.ogsitename",
        "metasitename", "sitename", "sourcehostname", "website", "site", "thread.site", "thread.sitefull",
        "sourcedomain", "domain", "hostname", "host", "sourceurl", "mediaurl",
    ),
    "published": (
        "published", "publishedat", "publisheddate", "publishedon", "datepublished", "datepublish",
        "publicationdate", "webpublicationdate", "firstpublicationdate", "publishdate", "publishedtime",
        "pubdate", "dategmt", "publish", "date", "datetime", "thread.published", "timestamp", "created",
        "createdat",
    ),
    "url": (
        "url", "link", "articleurl", "weburl", "permalink", "canonicalurl", "canonicallink",
        "links.permalink",
        "sourceurl", "href", "uri",
    ),
    "own_id": (
        "docid", "articleid", "id", "_id", "uuid", "guid", "documentid", "storiesid", "processedstoriesid",
    ),
}  # fmt: skip


# What is left empty where no column of a usual name has values that can be it: numbers of authors and
# records are neither bylines nor addresses.
_SURE = ("byline", "url")


def plain_name(name: object) -> str:
    """The name of a column without case, blanks and punctuation."""
    return re.sub(r"[\W_]+", "", str(name)).casefold()


_PLAIN = {ours: tuple(map(plain_name, usual)) for ours, usual in USUAL_NAMES.items()}


_ALL_PLAIN = frozenset(name for names in _PLAIN.values() for name in names)


def is_usual(name: object) -> bool:
    """Whether a column, field or path has one of the usual names."""
    return plain_name(name) in _ALL_PLAIN


def map_columns(
    names: Iterable[object],
    explicit: Mapping[str, str] | None = None,
    fits: Callable[[str, object], bool] | None = None,
) -> dict[str, object]:
    """Our column name → the file's own name, for those of `names` that are known.

    `explicit` (our name → the file's) wins; blanks around a name do not count. Of several usual names
    the first listed wins for which `fits(our name, the file's name)` is true, else the first listed.
    """
    names = list(names)
    mapped: dict[str, object] = {}
    plain: dict[str, object] = {}
    for name in names:
        plain.setdefault(plain_name(name), name)
    for ours, usual in _PLAIN.items():
        found = [plain[name] for name in usual if name in plain]
        if found:
            best = next((name for name in found if fits is None or fits(ours, name)), None)
            if best is not None or ours not in _SURE:
                mapped[ours] = found[0] if best is None else best
    for ours, theirs in (explicit or {}).items():
        ours = "own_id" if ours == "doc_id" else ours
        exact = [name for name in names if str(name).strip() == theirs.strip()]
        mapped = {key: name for key, name in mapped.items() if key != ours and name not in exact}
        if exact:
            mapped[ours] = exact[0]
    return mapped


def check_columns(columns: Mapping[str, str] | None) -> None:
    """Raise ValueError where a mapping names a column that documents do not have."""
    known = [*(name for name in USUAL_NAMES if name != "own_id"), "doc_id"]
    for ours in columns or {}:
        if ours not in known:
            raise ValueError(
                f"columns={{{ours!r}: …}}: documents have no column {ours!r}; write our name first, then "
                f"the file's, as in columns={{'text': 'Article body'}}. Ours are {', '.join(known)}."
            )
