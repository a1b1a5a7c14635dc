"""The annotated sample against `analyse`: floors some three points below what was measured.

The sample is far from the models' training corpus: other outlets, other topics, British marks.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from onrecord import analyse, read_documents
from onrecord.evaluation.scoring import agreement_table, count_agreement
from onrecord.records import Attribution

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def annotations() -> pd.DataFrame:
    return pd.read_csv(SAMPLE / "annotations.csv")


@pytest.fixture(scope="module")
def documents(annotations) -> pd.DataFrame:
    documents = read_documents(SAMPLE / "articles")
    return documents[documents["doc_id"].isin(annotations["doc_id"])].reset_index(drop=True)


@pytest.fixture(scope="module")
def analysis(documents):
    return analyse(documents)


@pytest.fixture(scope="module")
def agreement(documents, annotations, analysis) -> pd.DataFrame:
    found = analysis.spans.merge(
        analysis.attributions[["doc_id", "attribution_id", "form", "is_closed", "probability"]],
        on=["doc_id", "attribution_id"],
        validate="many_to_one",
    )
    gold, found = as_attributions(annotations), as_attributions(found)
    counts: Counter = Counter()
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        counts += count_agreement(text, gold[doc_id], found[doc_id])
    return agreement_table(counts).set_index("form")


def as_attributions(spans: pd.DataFrame) -> dict[str, list[Attribution]]:
    found: dict[str, list[Attribution]] = {}
    for (doc_id, _), part in spans.groupby(["doc_id", "attribution_id"]):
        by_role = {
            role: sorted(rows[["start", "end"]].itertuples(index=False, name=None))
            for role, rows in part.groupby("role")
        }
        cue, source = ((by_role[role][0] if role in by_role else None) for role in ("cue", "source"))
        attribution = Attribution(by_role["content"], cue, source, part["form"].iloc[0], True, 1.0)
        found.setdefault(doc_id, []).append(attribution)
    return found


def test_annotations_give_back_their_text(documents, annotations):
    texts = documents.set_index("doc_id")["text"]
    assert len(texts) == annotations["doc_id"].nunique() == 24
    for row in annotations.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.text


@pytest.mark.parametrize(
    ("form", "measure", "floor"),
    [
        ("direct", "f1", 96),
        ("mixed", "f1", 91.5),
        ("indirect", "f1", 74),
        ("all", "f1", 83.5),
        ("direct", "speaker_accuracy", 94.5),
        ("all", "speaker_accuracy", 90.5),
        ("all", "speaker_recall", 81.5),
    ],
)
def test_floors(agreement, form, measure, floor):
    assert agreement.loc[form, measure] >= floor, agreement.round(1).to_string()


def test_no_attribution_in_boilerplate(documents, analysis):
    texts = documents.set_index("doc_id")["text"]
    for row in analysis.spans.itertuples():
        line = texts[row.doc_id].rfind("\n", 0, row.start) + 1
        assert not texts[row.doc_id].startswith("Read more", line), row.text
