"""The documents table of what was read: ids, outlets, dates, and notes on them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

import pandas as pd

from onrecord.readers.dates import read_dates
from onrecord.readers.outlets import host_of, name_of_host, outlet_name, outlet_of_folder
from onrecord.readers.reading import RawArticle, Reading
from onrecord.tables import DOCUMENTS, as_table
from onrecord.text.characters import count_words
from onrecord.wordlists import Lists

Read = tuple[str, str, Reading]  # path, format, articles


class Names(NamedTuple):
    """What is in use already, over all files.

    Ids of articles, and names of files without extension.
    """

    ids: set[str]
    stems: set[str]


def unique_ids(readings: list[Read], names: Names) -> tuple[list[list[str]], list[list[str]]]:
    """Ids of each file's articles, unique over all files, and notes on them."""
    taken, stems = names
    all_ids: list[list[str]] = []
    notes: list[list[str]] = []
    for label, _, reading in readings:
        stem = PurePosixPath(label).with_suffix("").as_posix()
        if stem in stems:  # a.html and a.txt: the second keeps its extension
            stem = label
        stems.add(stem)
        articles = reading.articles
        own = [article.own_id or "" for article in articles]
        note: list[str] = []
        if any(own) and ("" in own or len(set(own)) < len(own)):
            note.append("the ids of its own are missing or repeated: articles numbered instead")
            own = []
        if any(own) and not taken.isdisjoint(own):
            note.append("ids of its own that another file has too: the file's name put before them")
            own = [f"{stem}#{one}" for one in own]
        if not any(own):
            own = [stem] if len(articles) == 1 else [f"{stem}#{i + 1}" for i in range(len(articles))]
        ids = []
        for one in own:
            unique, n = one, 1
            while unique in taken:
                n += 1
                unique = f"{one}~{n}"
            if n > 1 and len(note) < 2:
                note.append(f"the id {one} is taken by another file: {unique} instead")
            taken.add(unique)
            ids.append(unique)
        all_ids.append(ids)
        notes.append(note)
    return all_ids, notes


def outlets_of(readings: list[Read], notes: list[list[str]], lists: Lists) -> list[str | None]:
    """The one name of each article's outlet.

    Where it was taken from is added to `notes`.
    """
    names: list[str | None] = []
    for (label, _, reading), note in zip(readings, notes, strict=True):
        folder = None
        n_url = n_folder = 0
        for article in reading.articles:
            host = host_of(article.url or "")
            name = outlet_name(article.outlet, lists, host)
            if name is None and host:
                name = name_of_host(host, lists)
                n_url += 1
            if name is None:
                folder = folder or outlet_of_folder(label, lists)
                name = folder
                n_folder += folder is not None
            names.append(name)
        n = len(reading.articles)
        for count, what in (
            (n_url, "the outlet is taken from the web address"),
            (n_folder, f"the outlet is the name of the folder ({folder})"),
        ):
            if count:
                note.append(f"{count} of {n} articles: {what}" if n > 1 else what)
    return names


def documents_of(
    readings: list[Read], ids: list[list[str]], notes: list[list[str]], outlets: list[str | None]
) -> pd.DataFrame:
    """The documents table; what is said of dates is added to `notes`."""
    flat: list[tuple[str, str, str, RawArticle, str]] = []
    of_source: dict[str, int] = {}  # the first file of each source of dates
    for number, ((label, file_format, reading), own) in enumerate(zip(readings, ids, strict=True)):
        for doc_id, article in zip(own, reading.articles, strict=True):
            source = reading.date_source or article.outlet or PurePosixPath(label).parent.as_posix()
            of_source.setdefault(source, number)
            flat.append((doc_id, label, file_format, article, source))
    articles = [row[3] for row in flat]
    dates = read_dates([a.published for a in articles], [row[4] for row in flat], [a.url for a in articles])
    for source, note in dates.notes.items():
        notes[of_source[source]].append(note if len(dates.notes) == 1 else f"{source}: {note}")
    lost: dict[str, list[str]] = {}
    for (_, label, _, article, _), date in zip(flat, dates.values, strict=True):
        if article.published and date is None:
            lost.setdefault(label, []).append(article.published)
    for number, (label, _, _) in enumerate(readings):
        if unread := lost.get(label):
            notes[number].append(f"{len(unread)} dates that cannot be read, such as {unread[0][:60]!r}")
    texts = [article.text if article.text and article.text.strip() else None for article in articles]
    table: dict[str, list] = {
        "doc_id": [row[0] for row in flat],
        "published": dates.values,
        "text": texts,
        "path": [row[1] for row in flat],
        "file_format": [row[2] for row in flat],
        "n_words": [count_words(text) if text else None for text in texts],
    }
    for column in ("byline", "headline", "standfirst", "url"):
        table[column] = [getattr(article, column) or None for article in articles]
    table["outlet"] = outlets
    table["outlet_as_written"] = [article.outlet or None for article in articles]
    return as_table(table, DOCUMENTS)


def note_languages(documents: pd.DataFrame, readings: list[Read], notes: list[list[str]]) -> None:
    other = documents[documents["language"].ne("en").fillna(False)]
    languages = {label: rows["language"].value_counts() for label, rows in other.groupby("path")}
    for number, (label, _, reading) in enumerate(readings):
        if label in languages:
            codes = ", ".join(f"{code} {n}" for code, n in languages[label].items())
            notes[number].append(
                f"{languages[label].sum()} of {len(reading.articles)} articles not in English ({codes})"
            )
