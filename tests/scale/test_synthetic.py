"""Synthetic articles, and the modules that importing the package loads."""

import subprocess
import sys

import pandas as pd
import pytest

from onrecord.scale.synthetic import synthetic_articles

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["a", "b"],
        "outlet": ["Herald", "Post"],
        "published": pd.to_datetime(["2026-01-01", "2026-01-02"], utc=True),
        "text": ["One 12 a.\n\nTwo 1,200 b.\n\nThree 7 c.", "Rain."],
    }
)


def test_the_same_seed_makes_the_same_articles():
    one, same, other = (synthetic_articles(DOCUMENTS, 20, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert not one["text"].equals(other["text"])
    assert one["doc_id"].is_unique and len(one) == 20
    assert one["outlet"].tolist() == ["Herald", "Post"] * 10


def test_two_thirds_of_the_paragraphs_stay_in_order_with_other_numbers():
    for text in synthetic_articles(DOCUMENTS, 40)["text"][::2]:
        words = [line.split()[0] for line in text.split("\n\n")]
        assert len(words) == 2 and words == sorted(words, key=["One", "Two", "Three"].index)
        assert "1,200" in text or "Two" not in text
    with pytest.raises(ValueError, match="give at least one with a text"):
        synthetic_articles(DOCUMENTS.assign(text=None), 3)


def test_importing_the_package_loads_no_model_and_no_chart():
    heavy = "matplotlib nltk textblob scipy duckdb distributed trafilatura numpy pandas openpyxl ipywidgets"
    code = f"import onrecord, sys; print([name for name in {heavy.split()!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
