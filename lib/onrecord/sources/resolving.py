"""Sources: all mentions of one source in an article as one row, with the codebook's variables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from onrecord.attributions.acts import act_of
from onrecord.records import Attribution, Source
from onrecord.sources.cast import Cast
from onrecord.sources.coding import code_source
from onrecord.sources.entities import resolve_mention
from onrecord.sources.markers import markers_of
from onrecord.sources.relay import Relays
from onrecord.tables import SOURCES, as_table, require
from onrecord.text.article import Article, read_article
from onrecord.wordlists import Lists, load_lists


def sources_of(
    article: Article, attributions: list[Attribution], outlet: str | None = None, lists: Lists | None = None
) -> tuple[list[Source], list[int | None]]:
    """Return the sources of one article and, for each attribution, the index of its source (or None)."""
    lists = lists or load_lists()
    cast = Cast(article, lists)
    order = sorted((a.source, i) for i, a in enumerate(attributions) if a.source is not None)
    members: list[int | None] = [None] * len(attributions)
    for _, index in order:
        members[index] = resolve_mention(cast, attributions[index], index)
    used = [entity for entity in cast.entities if entity.members]
    place = {id(entity): position for position, entity in enumerate(used)}
    marked = markers_of(cast, used)
    relays = Relays(cast, outlet)
    found = [code_source(cast, entity, marked.get(i), attributions, relays) for i, entity in enumerate(used)]
    return found, [None if i is None else place[id(cast.entities[i])] for i in members]


# ---------------------------------------------------------------------------------------- tables


def resolve_sources(
    documents: pd.DataFrame, attributions: pd.DataFrame, spans: pd.DataFrame, *, lists: Lists | None = None
) -> tuple[pd.DataFrame, pd.Series]:
    """Return one row a source of one article, and the source_id of each row of `attributions`.

    Needs doc_id, outlet and text of `documents`; doc_id, attribution_id, form, is_closed and
    n_words_quoted of `attributions`; doc_id, attribution_id, role, start and end of `spans`. The
    sources have the columns of SOURCES; source_id counts from 0 within the article and is NA for an
    attribution without a speaker. No attribution gives an empty table. Named sources share one name
    across articles (see `add_names`).
    """
    require(documents, ["doc_id", "outlet", "text"], table="documents")
    require(
        attributions,
        ["doc_id", "attribution_id", "form", "is_closed", "n_words_quoted"],
        table="attributions",
    )
    require(spans, ["doc_id", "attribution_id", "role", "start", "end"], table="spans")
    lists = lists or load_lists()
    read = {
        key: (outlet, text)
        for key, outlet, text in documents[["doc_id", "outlet", "text"]].itertuples(index=False)
    }
    by_role: dict[tuple, list[tuple[int, int]]] = {}
    for doc, number, role, start, end in spans[
        ["doc_id", "attribution_id", "role", "start", "end"]
    ].itertuples(index=False):
        by_role.setdefault((doc, number, role), []).append((int(start), int(end)))
    rows: list[tuple] = []
    source_ids = pd.Series(pd.NA, index=attributions.index, dtype="Int64", name="source_id")
    for doc, part in attributions.groupby("doc_id", sort=False):
        outlet, text = read[doc]
        records = [
            Attribution(
                sorted(by_role.get((doc, a.attribution_id, "content"), [])),
                _extent(by_role.get((doc, a.attribution_id, "cue"))),
                _extent(by_role.get((doc, a.attribution_id, "source"))),
                a.form,
                bool(a.is_closed),
                1.0,
            )
            for a in part.itertuples()
        ]
        article = read_article(text)
        found, members = sources_of(article, records, None if pd.isna(outlet) else outlet, lists)
        acts = [
            act_of(article, a, None if member is None else found[member].form, lists)
            for a, member in zip(records, members, strict=True)
        ]
        rows += source_rows(doc, text, found, members, part["n_words_quoted"].fillna(0).astype(int), [act.name for act in acts])
        source_ids.loc[part.index] = pd.array([pd.NA if m is None else m for m in members], dtype="Int64")
    return add_names(as_table(rows, SOURCES), lists=lists), source_ids


def _extent(spans: list[tuple[int, int]] | None) -> tuple[int, int] | None:
    return (min(spans)[0], max(end for _, end in spans)) if spans else None


def source_rows(
    doc_id: str,
    text: str,
    found: list[Source],
    members: list[int | None],
    n_words_quoted: Iterable[int],
    acts: Iterable[str],
) -> list[tuple]:
    """Return the rows of the sources table for one article, from what `sources_of` gave.

    `n_words_quoted` and `acts` are the quoted words and the act of each attribution, in the order of
    `members`.
    """
    counts = [0] * len(found)
    statements = [0] * len(found)
    words = [0] * len(found)
    for member, n, act in zip(members, n_words_quoted, acts, strict=True):
        if member is not None:
            counts[member] += 1
            statements[member] += act == "statement"
            words[member] += n
    return [
        (
            doc_id,
            i,
            s.description,
            s.form,
            s.naming,
            s.name,
            _cut(text, s.marker),
            *(s.marker or (None, None)),
            _cut(text, s.reason),
            s.reason_class,
            s.rank,
            s.affiliation,
            s.basis,
            s.description_level,
            s.n_claimed,
            s.is_plural,
            s.relay,
            s.relay_outlet,
            s.status,
            counts[i],
            statements[i],
            words[i],
        )
        for i, s in enumerate(found)
    ]


def _cut(text: str, span: tuple[int, int] | None) -> str | None:
    return text[slice(*span)] if span else None


def add_names(sources: pd.DataFrame, *, lists: Lists | None = None) -> pd.DataFrame:
    """Return `sources` with one `name` for one person in all articles.

    Middle initials, titles and suffixes do not part a person; a name of one word takes the full name
    that alone among all articles ends in it. The user's list persons.csv has the last word. Nothing
    else is joined: two people of one name stay one here, and only such a list can part them.
    """
    require(sources, ["form", "naming", "name"], table="sources")
    lists = lists or load_lists()
    named = sources["name"].where((sources["naming"] == "named") & (sources["form"] == "person"))
    chosen = canonical_names(named.dropna().unique(), lists)
    return sources.assign(name=sources["name"].where(named.isna(), named.map(chosen)).astype("string"))


def canonical_names(names: Iterable[str], lists: Lists) -> dict[str, str]:
    """Return for each name of a person, of all that a corpus has, the one that it goes by."""
    short = {name: _plain(name) for name in names}
    full: dict[str, set[str]] = {}
    for name in short.values():
        if " " in name:
            full.setdefault(name.rpartition(" ")[2], set()).add(name)
    chosen = {}
    for name, plain in short.items():
        if " " not in plain and len(full.get(plain, ())) == 1:
            plain = next(iter(full[plain]))
        chosen[name] = lists.persons.get(name.lower()) or lists.persons.get(plain.lower(), plain)
    return chosen


def _plain(name: str) -> str:
    words = [
        w
        for i, w in enumerate(name.split(" "))
        if i == 0 or not re.fullmatch(r"(?:\w\.)+|[JS]r\.?|I{2,3}|IV", w)
    ]
    return " ".join(words).replace("’", "'")


def cue_stance(cue: str | None, lists: Lists | None = None) -> str | None:
    """Return the stance of a reporting phrase by lexicons/cue_stance.csv: that of its longest listed part.

    None where there is no cue or the list knows no word of it.
    """
    return _stance(cue, lists or load_lists()) if cue else None


@lru_cache(maxsize=20_000)
def _stance(cue: str, lists: Lists) -> str | None:
    stances = lists.cue_stance
    words = re.findall(r"[\w’'-]+", cue.lower())
    for length in range(min(4, len(words)), 0, -1):
        for i in range(len(words) - length, -1, -1):  # the last word of a verb group carries it
            if (stance := stances.get(" ".join(words[i : i + length]))) is not None:
                return stance
    return None
