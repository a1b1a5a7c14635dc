"""Articles of a report, read once and analysed once.

They are in a folder, where an interrupted run continues.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import onrecord
from onrecord.analysis import Analysis, analyse
from onrecord.evaluation.corrections import apply_codings_of
from onrecord.notebook.findings import NOT_STATED
from onrecord.notebook.selecting import select
from onrecord.notebook.settings import Settings
from onrecord.readers.corpus import read_corpus
from onrecord.reports.progress import beating, stage
from onrecord.rules import rules_version
from onrecord.scale.files import are_whole, marks_of, read_json, write_json
from onrecord.scale.run import analyse_corpus
from onrecord.wordlists import load_lists

# Articles that are analysed here. More are spread over the processors, which takes some seconds to start.
_FEW = 200


class Prepared(NamedTuple):
    """Articles that a report counts, their analysis, and what identifies both."""

    kept: pd.DataFrame
    steps: pd.DataFrame  # what was left out, one row per reason
    analysis: Analysis
    n_corrected: int  # attributions that were coded by hand
    state: str


def prepare(settings: Settings, folder: Path) -> Prepared:
    """Read and analyse the articles of `settings` into `folder`.

    What is there already is loaded.

    `folder` gets documents.parquet and read_report.parquet (all that was read), settings.toml and analysis
    (of what remains after the exclusions).

    Raises ValueError where no article remains, and for an outlet that does not occur.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings.save(folder / "settings.toml")
    documents = _documents(settings, folder)
    if documents.empty:
        raise ValueError(_nothing_read(settings, folder))
    found = select(documents, settings)
    if found.rows.empty:
        raise ValueError(_nothing_kept(settings, found.steps))
    kept = found.rows.assign(outlet=found.rows["outlet"].fillna(NOT_STATED))
    lists = load_lists(settings.word_lists) if settings.word_lists.is_dir() else None
    ids = "\0".join(kept["doc_id"])
    state = _hash(
        onrecord.__version__,
        rules_version(lists),
        str(read_json(folder / "read.json")),
        ids,
        (folder / "settings.toml").read_text(encoding="utf-8"),
        settings.corrections.read_text(encoding="utf-8", errors="replace") if settings.corrections else "",
    )
    known = read_json(folder / "analysed.json")
    if known and known["state"] == state and are_whole(folder, known["files"]):
        analysis = Analysis.load(folder / "analysis")
        return Prepared(kept, found.steps, analysis, known["n_corrected"], state)
    if len(kept) <= _FEW:
        analysis = analyse(kept, lists=lists)
    else:
        parts = folder / "parts"
        with beating():
            corpus = analyse_corpus(kept, parts, lists=lists)
        analysis = corpus.select("true")
        corpus.close()
        shutil.rmtree(parts)
    analysis, n_corrected = apply_codings_of(analysis, settings.corrections)
    saved = analysis.save(folder / "analysis")
    about = {"state": state, "n_corrected": n_corrected, "files": marks_of(folder, saved)}
    write_json(folder / "analysed.json", about)
    return Prepared(kept, found.steps, analysis, n_corrected, state)


def _documents(settings: Settings, folder: Path) -> pd.DataFrame:
    """Return all articles of the files.

    They are read again only where a file or the columns changed.
    """
    state = _hash(
        onrecord.__version__,
        rules_version(),
        str(sorted(settings.columns.items())),
        *(state_of(path) for path in settings.articles),
    )
    known = read_json(folder / "read.json")
    paths = folder / "documents.parquet", folder / "read_report.parquet"
    if known and known["state"] == state and are_whole(folder, known["files"]):
        return pd.read_parquet(paths[0])
    with stage("reading"):
        result = read_corpus(list(settings.articles), columns=settings.columns or None)
    result.documents.to_parquet(paths[0])
    result.report.to_parquet(paths[1])
    write_json(folder / "read.json", {"state": state, "files": marks_of(folder, paths)})
    return result.documents


def state_of(path: Path) -> str:
    """Return a hash that changes whenever a file of `path` changes."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    return _hash(str(path), *map(_mark_of, files))


def _mark_of(path: Path) -> str:
    try:
        stat = path.stat()
    except OSError:  # removed since
        return str(path)
    return f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}"


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _nothing_kept(settings: Settings, steps: pd.DataFrame) -> str:
    """Say that no article remains, and why."""
    where = ", ".join(str(path) for path in settings.articles)
    parts = steps[steps["n_left_out"] > 0]
    why = ", ".join(
        f"{reason}: {n:,}" for reason, n in zip(parts["reason"], parts["n_left_out"], strict=True)
    )
    return (
        f"{where}: no article remains of {int(steps['n_before'].max()):,} read ({why}). A report counts "
        "articles in English with a text. Give another file or folder, or change the settings."
    )


def _nothing_read(settings: Settings, folder: Path) -> str:
    """Say that no article was read, why the first file was not, and what to do."""
    where = ", ".join(str(path) for path in settings.articles)
    report = pd.read_parquet(folder / "read_report.parquet")
    report.to_csv(folder / "read_report.csv", index=False)
    unread = report.dropna(subset="reason")
    first = f" {unread['path'].iloc[0]}: {unread['reason'].iloc[0]}." if len(unread) else ""
    return (
        f"{where}: no article remains; none could be read.{first} {folder / 'read_report.csv'} lists "
        "what was found in each file."
    )
