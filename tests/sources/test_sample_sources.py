"""Every source of the sample, coded as it was when the rules were last looked at.

After a change of a rule, look at what it moves, then write the table anew:

    python tests/sources/test_sample_sources.py && git diff --word-diff tests/sources/sample_sources.csv
"""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd

from onrecord import analyse, load_lists, read_documents

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("sample_sources.csv")


def coded() -> str:
    """Return the sources of the sample as CSV, one row per source."""
    documents = read_documents(ROOT / "data" / "sample" / "articles")
    sources = analyse(documents, lists=load_lists(ROOT / "data" / "lexicons")).sources
    return sources.to_csv(index=False, lineterminator="\n")


def test_the_sources_of_the_sample_are_coded_as_before():
    committed, fresh = (
        pd.read_csv(StringIO(text), dtype="string", keep_default_na=False).set_index(["doc_id", "source_id"])
        for text in (TABLE.read_text(encoding="utf-8"), coded())
    )
    assert list(fresh.columns) == list(committed.columns)
    gone, new = committed.index.difference(fresh.index), fresh.index.difference(committed.index)
    assert not len(gone) and not len(new), (list(gone), list(new))
    moved = committed.compare(fresh.reindex(committed.index), result_names=("before", "now"))
    assert moved.empty, moved.to_string(max_rows=20)


if __name__ == "__main__":
    TABLE.write_text(coded(), encoding="utf-8", newline="\n")
