"""The analysis: from a table of documents to seven tables."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from math import ceil
from pathlib import Path

import pandas as pd
from pyarrow import ArrowException
from threadpoolctl import ThreadpoolController

from onrecord.attributions.acts import Act, act_of
from onrecord.attributions.pipeline import each_attributions
from onrecord.attributions.rules.disclosures import detect_disclosures
from onrecord.attributions.rules.unattributed import scare_quotes_of
from onrecord.attributions.stance import cue_stance
from onrecord.consistency import require_consistent
from onrecord.corpus.checked import checked_documents
from onrecord.mentions.article_names import read_names
from onrecord.progress import progress
from onrecord.records import Attribution, Disclosure
from onrecord.rules import rules_version
from onrecord.sources.disclosed import disclosed_sources
from onrecord.sources.names import add_names
from onrecord.sources.resolve import source_rows, sources_of
from onrecord.tables import (
    ATTRIBUTIONS,
    DISCLOSURES,
    DOCUMENTS,
    SCARE_QUOTES,
    SENTENCES,
    SOURCES,
    SPANS,
    Schema,
    added_columns,
    as_column,
    as_table,
    require,
    require_allowed,
)
from onrecord.text.boilerplate import repeated_paragraphs
from onrecord.text.tokens import read_article
from onrecord.wordlists import Lists, load_lists

BATCH_CHARACTERS = 400_000  # analysed together: enough for fast arrays, little memory
_REST = 0.1  # of a batch: less than this is analysed with the others, as a batch of its own costs as much

TABLES: dict[str, Schema] = {
    "documents": DOCUMENTS,
    "sentences": SENTENCES,
    "spans": SPANS,
    "attributions": ATTRIBUTIONS,
    "sources": SOURCES,
    "scare_quotes": SCARE_QUOTES,
    "disclosures": DISCLOSURES,
}
_RECORD = "analysis.json"


@dataclass(frozen=True, repr=False)
class Analysis:
    """Seven tables of an analysed corpus, keyed by doc_id.

    Offsets are those of documents.text.

    documents: one row per article. sentences: one row per sentence. spans: one row per span of text
    that an attribution rests on. attributions: one row per attribution. sources: one row per source of
    one article. scare_quotes: one row per quoted span that is not a quotation. disclosures: one row per
    note that somebody did not answer or something was not verified. onrecord.tables lists the columns.
    rules: the version and the hash of the code, models and word lists that made the tables ("" where
    unknown); see `provenance`.

    >>> analysis
    Analysis(12 documents, ... disclosures, rules='...')
    >>> len(analysis.save("saved"))
    8
    >>> onrecord.Analysis.load("saved").rules == analysis.rules
    True
    """

    documents: pd.DataFrame
    sentences: pd.DataFrame
    spans: pd.DataFrame
    attributions: pd.DataFrame
    sources: pd.DataFrame
    scare_quotes: pd.DataFrame
    disclosures: pd.DataFrame
    rules: str = ""

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(getattr(self, name)):,} {name}" for name in TABLES)
        return f"Analysis({sizes}, rules={self.rules!r})"

    def save(self, folder: str | Path) -> list[Path]:
        """Write each table as Parquet and the rules as analysis.json; return the paths.

        `folder` is created if it does not exist.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for name in TABLES:
            paths.append(folder / f"{name}.parquet")
            getattr(self, name).to_parquet(paths[-1], index=False)
        paths.append(folder / _RECORD)
        paths[-1].write_text(json.dumps({"rules": self.rules}) + "\n", encoding="utf-8")
        return paths

    @classmethod
    def load(cls, folder: str | Path) -> Analysis:
        """The analysis that `save` wrote to `folder`.

        Columns that an earlier version did not have (tables.added_columns) are NA. Raises
        FileNotFoundError for a missing file, and ValueError for a damaged one, for a missing column, for a
        value that the codebook does not know, and for a row whose offsets or ids do not fit the texts.
        """
        tables = {}
        for name, schema in TABLES.items():
            path = Path(folder) / f"{name}.parquet"
            if not path.is_file():
                raise FileNotFoundError(
                    f"{path} is missing: save the analysis again with Analysis.save({str(folder)!r})"
                )
            frame = _read_table(path)
            for column in added_columns(name, frame.columns):
                frame[column] = pd.NA
            require(frame, schema, table=str(path))
            require_allowed(frame, name, table=str(path))
            extra = [column for column in frame.columns if column not in schema]
            tables[name] = pd.concat([_typed(frame, schema, path), frame[extra]], axis=1)
        require_consistent(tables, of=str(folder))
        record = Path(folder) / _RECORD  # absent from folders of earlier versions
        return cls(**tables, rules=_read_rules(record) if record.exists() else "")


def _typed(frame: pd.DataFrame, schema: Schema, path: Path) -> pd.DataFrame:
    for column, kind in schema.items():
        if not _is_of_type(frame[column], kind):
            wrong = next((value for value in frame[column] if not _is_of_type([value], kind)), None)
            raise ValueError(
                f"{path}: {column} is {str(wrong)[:60]!r}, which is not of the type {kind}. Load only an "
                "analysis that Analysis.save wrote."
            )
    return as_table(dict(frame[list(schema)]), schema)


def _is_of_type(values: Iterable, kind: str) -> bool:
    try:
        as_column(values, kind)
    except (ValueError, TypeError, OverflowError):
        return False
    return True


def _read_table(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (ArrowException, OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise ValueError(f"{path} is damaged ({reason}): save the analysis again.") from None


def _read_rules(path: Path) -> str:
    try:
        rules = json.loads(path.read_text(encoding="utf-8"))["rules"] if path.is_file() else None
    except (OSError, ValueError, RecursionError, LookupError, TypeError):
        rules = None
    if not isinstance(rules, str):
        raise ValueError(f"{path} is damaged: save the analysis again, or delete this file.")
    return rules


def analyse(documents: pd.DataFrame, *, lists: Lists | None = None) -> Analysis:
    """The analysis of a table of articles: who said what, and who is unnamed.

    `documents` has one row per article and needs doc_id and text. Other columns of tables.DOCUMENTS
    are used where present (what an article's own outlet reports is not a relay) and are NA otherwise.
    Further columns are kept. A text that is NA or blank gives an article without sentences. A lone
    surrogate, which cannot be stored, is replaced by U+FFFD in all tables, with a warning. `lists` are
    word lists from `load_lists`.

    Raises ValueError for a missing column, a missing or repeated doc_id, and a text that is not a
    string.

    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["The pool is safe, Mayor Ada Quill said."]})
    >>> onrecord.analyse(documents).attributions[["act", "cue", "speaker"]].values.tolist()
    [['statement', 'said', 'Mayor Ada Quill']]
    """
    documents = checked_documents(documents)
    lists = lists or load_lists()
    with _without_collection():
        with progress(total=len(documents), desc="articles", disable=len(documents) < 20) as bar:
            analysis = analyse_batch(documents, repeated_paragraphs(documents), lists, bar.update)
        sources = add_names(analysis.sources, documents, lists=lists)
    return replace(analysis, sources=sources, rules=rules_version(lists))


def analyse_batch(
    documents: pd.DataFrame,
    repeated: Container[str],
    lists: Lists,
    progress: Callable[[int], object] = lambda n_articles: None,
) -> Analysis:
    """The analysis of some articles without what depends on the others.

    `documents` is what checked_documents returns. `repeated` contains the paragraphs that occur in many
    articles of the corpus. Names of sources are as each article writes them (see add_names).
    `progress` is called with the number of articles done.
    """
    rows: dict[str, list[tuple]] = {name: [] for name in TABLES if name != "documents"}
    # One thread: the matrices are small, so threads cost more time than they save.
    with _without_collection(), _blas_library().limit(limits=1, user_api="blas"):
        for number, batch in enumerate(_batches(documents)):
            if number:
                gc.collect(0)  # what the batch before left: the memory of a long corpus stays bounded
            _read_batch(batch, repeated, lists, rows)
            progress(len(batch))
        tables = {name: as_table(part, TABLES[name]) for name, part in rows.items()}
    return Analysis(documents, **tables)  # type: ignore[arg-type]  # the keys are the names of its tables


@cache
def _blas_library() -> ThreadpoolController:
    """Handle of the library that multiplies matrices.

    It is loaded with numpy. To look for it among all libraries of the process takes 3 ms.
    """
    return ThreadpoolController().select(user_api="blas")


@contextmanager
def _without_collection() -> Iterator[None]:
    """Leave out Python's search for objects that refer to each other.

    A batch makes many small objects and few cycles, so that the search finds little and costs 3%. The
    tables are made without it, too: a search at that moment looks at all word lists and models.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _batches(documents: pd.DataFrame) -> Iterator[list[tuple[str, str, str | None]]]:
    """Yield articles as (doc_id, text, outlet), in equal batches.

    A batch has up to 440,000 characters.
    """
    total = int(documents["text"].str.len().sum())
    least = max(1, total) / max(1, ceil(total / BATCH_CHARACTERS - _REST))
    batch: list[tuple[str, str, str | None]] = []
    size = 0
    for doc_id, text, outlet in zip(documents["doc_id"], documents["text"], documents["outlet"], strict=True):
        text = "" if pd.isna(text) else text
        batch.append((doc_id, text, None if pd.isna(outlet) else outlet))
        size += len(text)
        if size >= least:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(
    batch: list[tuple[str, str, str | None]],
    repeated: Container[str],
    lists: Lists,
    rows: dict[str, list[tuple]],
) -> None:
    articles = [read_article(text, repeated, lists) for _, text, _ in batch]
    for (doc_id, text, outlet), article, found, names in zip(
        batch, articles, each_attributions(articles, lists), read_names(articles, lists), strict=True
    ):
        disclosed = detect_disclosures(article, outlet, lists)
        marked = scare_quotes_of(article, found, lists)
        sources, members = sources_of(article, found, outlet, lists, names)
        quoted = [article.n_quoted_words(a.content, a.form) if a.form != "indirect" else 0 for a in found]
        rows["sentences"] += [
            (doc_id, i, p, s, e, text[s:e]) for i, (s, e, p) in enumerate(article.sentences)
        ]
        rows["scare_quotes"] += [(doc_id, kind, s, e, text[s:e]) for kind, s, e in marked]
        acts = [
            act_of(article, a, None if member is None else sources[member].form, lists)
            for a, member in zip(found, members, strict=True)
        ]
        owners = disclosed_sources(text, disclosed, found, members, sources)
        rows["disclosures"] += [
            _disclosure_row(doc_id, i, text, disclosure, owner)
            for i, (disclosure, owner) in enumerate(zip(disclosed, owners, strict=True))
        ]
        rows["sources"] += source_rows(doc_id, text, sources, members, quoted, [act.name for act in acts])
        for i, (attribution, act, member, n_quoted) in enumerate(
            zip(found, acts, members, quoted, strict=True)
        ):
            rows["attributions"].append(
                _attribution_row(doc_id, i, text, attribution, act, member, n_quoted, lists)
            )
            for role, spans in _roles(attribution):
                rows["spans"] += [(doc_id, i, role, s, e, text[s:e]) for s, e in spans]


def _roles(attribution: Attribution) -> list[tuple[str, list[tuple[int, int]]]]:
    cue = [attribution.cue] if attribution.cue else []
    source = [attribution.source] if attribution.source else []
    return [("content", attribution.content), ("cue", cue), ("source", source)]


def _disclosure_row(doc_id: str, number: int, text: str, disclosure: Disclosure, owner: int | None) -> tuple:
    start, end = disclosure.span
    who = text[slice(*disclosure.who)] if disclosure.who else None
    return doc_id, number, disclosure.kind, who, owner, disclosure.is_own_request, start, end, text[start:end]


def _attribution_row(
    doc_id: str,
    number: int,
    text: str,
    attribution: Attribution,
    act: Act,
    member: int | None,
    n_quoted: int,
    lists: Lists,
) -> tuple:
    cue = text[slice(*attribution.cue)] if attribution.cue else None
    return (
        doc_id,
        number,
        attribution.form,
        act.name,
        " … ".join(text[start:end] for start, end in attribution.content),
        cue,
        cue_stance(cue, lists),
        text[slice(*attribution.source)] if attribution.source else None,
        member,
        attribution.is_closed,
        act.probability(attribution.probability),
        n_quoted,
    )
