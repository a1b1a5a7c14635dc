"""Exclusions: each row that goes is counted once, under its first reason."""

from __future__ import annotations

import pandas as pd
import pytest

from onrecord.corpus.exclusions import exclude


def test_rows_before_and_after():
    frame = pd.DataFrame(
        {"text": ["a", None, "c", "d"], "language": pd.array(["en", "de", "de", pd.NA], dtype="string")}
    )
    kept = exclude(frame, {"no text": frame["text"].isna(), "not English": frame["language"].ne("en")})
    assert kept.rows["text"].tolist() == ["a", "d"]  # an unknown language takes nothing out
    assert kept.steps.to_numpy().tolist() == [["no text", 4, 1, 3], ["not English", 3, 1, 2]]


def test_another_index_is_refused():
    frame = pd.DataFrame({"text": ["a", "b"]})
    with pytest.raises(ValueError, match="no text"):
        exclude(frame, {"no text": frame.head(1)["text"].isna()})


def test_no_reason_and_no_rows():
    frame = pd.DataFrame({"text": []})
    assert exclude(frame, {}).steps.empty
    assert exclude(frame, {"no text": frame["text"].isna()}).steps["n_after"].tolist() == [0]
