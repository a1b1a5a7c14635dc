"""Names chosen on disk are those that add_names chooses in memory."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from onrecord import add_names
from onrecord.scale.views import connect, view_of
from onrecord.scale.whole_corpus import write_names
from onrecord.tables import DOCUMENTS, SOURCES, as_table
from onrecord.wordlists import load_lists

FIRST = ("Ada", "Ada W.", "Ada H.", "Tom", "Thomas", "Victor", "Clearly", "Olav Magnus", "Olav")
LAST = ("Fenn", "Hale", "Hale Jr.", "Tench", "O’Dowd", "António")
PLAIN = ("Ruth Quill", "Quill", "Pavel Ness", "Ness", "Emil Ness")  # last names of one person or two
BODIES = ("Justice Department", "DOJ", "Department of Justice", "Brackwater Council", "Fenn")
SECTORS = ("government", "business", "unknown")


def many_sources(rng: np.random.Generator, n_articles: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Documents and their sources, with names drawn so that many are alike."""
    days = pd.Timestamp("2026-01-01", tz="UTC") + pd.to_timedelta(rng.integers(0, 90, n_articles), unit="D")
    documents = pd.DataFrame(
        {
            "doc_id": [f"article-{i}" for i in range(n_articles)],
            "text": "…",
            "outlet": rng.choice(["Lantern", "Courier"], n_articles),
            "published": pd.Series(days).mask(rng.random(n_articles) < 0.1),
        }
    )
    rows = []
    for doc_id in documents["doc_id"]:
        names = {
            str(rng.choice([*LAST, *PLAIN, f"{rng.choice(FIRST)} {rng.choice(LAST)}"]))
            for _ in range(rng.integers(0, 6))
        }
        rows += [(doc_id, name, "person", "named") for name in sorted(names)]
        if rng.random() < 0.5:
            rows.append((doc_id, rng.choice(BODIES), "institution", "institution"))
    sources = pd.DataFrame(rows, columns=["doc_id", "name", "form", "naming"])
    sources["source_id"] = sources.groupby("doc_id").cumcount()
    sources["gender"] = rng.choice(["woman", "man", "unknown"], len(sources))
    sources["sector"] = rng.choice(SECTORS, len(sources), p=[0.2, 0.05, 0.75])
    sources["title"] = pd.Series(rng.choice(["Mayor", ""], len(sources))).replace("", pd.NA)
    return typed(documents, DOCUMENTS), typed(sources, SOURCES)


def typed(frame: pd.DataFrame, schema: dict) -> pd.DataFrame:
    return as_table({name: frame.get(name, pd.Series(pd.NA, index=frame.index)) for name in schema}, schema)


@pytest.mark.parametrize("seed", range(4))
def test_as_in_memory(tmp_path, seed):
    documents, sources = many_sources(np.random.default_rng(seed), 400)
    for name, table in {"documents": documents, "sources": sources}.items():
        (tmp_path / name).mkdir()
        for part in (0, 1):  # an article's rows are in one part
            rows = table[table["doc_id"].isin(documents["doc_id"][part::2])]
            rows.to_parquet(tmp_path / name / f"part-{part}.parquet", index=False)
    write_names(tmp_path, load_lists())
    with connect(tmp_path) as connection:
        columns = "doc_id, source_id, name, sector, is_name_inferred, is_sector_inferred"
        query = f"SELECT {columns} FROM ({view_of(tmp_path, 'sources')}) ORDER BY doc_id, source_id"
        found = connection.execute(query).df()
    expected = add_names(sources, documents).sort_values(["doc_id", "source_id"])[found.columns]
    assert expected["is_name_inferred"].sum() > 5 and expected["is_sector_inferred"].sum() > 5
    as_objects = [table.astype(object).where(table.notna(), None) for table in (found, expected)]
    pd.testing.assert_frame_equal(*(table.reset_index(drop=True) for table in as_objects), check_dtype=False)


def test_nltk_is_imported_without_the_statistics_of_scipy():
    """It takes half a second in every process; a measure of NLTK that needs them still works."""
    code = (
        "import sys, onrecord.text.sentences; assert 'scipy.stats' not in sys.modules; "
        "from nltk.metrics import BigramAssocMeasures; print(BigramAssocMeasures.fisher(8, (20, 12), 100))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 0 < float(done.stdout) < 1
