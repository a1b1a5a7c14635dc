"""The corrected share of a tone, from a coded sample of texts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from onrecord.evaluation.coding_sheet import coding_sheet
from onrecord.evaluation.codings import codings_of
from onrecord.evaluation.corrections import corrected_share

TRUE = {"negative": 0.3, "neutral": 0.6, "positive": 0.1}


def corpus(seed: int = 0, n: int = 3_000) -> pd.DataFrame:
    """Texts of 150 articles with a true tone, and a machine that errs toward negative."""
    rng = np.random.default_rng(seed)
    true = rng.choice(list(TRUE), n, p=list(TRUE.values()))
    machine = np.where(rng.random(n) < 0.25, "negative", true)
    ids = [f"a{i % 150}" for i in range(n)]
    return pd.DataFrame(
        {"doc_id": ids, "text": [f"Text {i}." for i in range(n)], "true": true, "by": machine}
    )


def by_hand(sheet: pd.DataFrame, frame: pd.DataFrame, coder: str = "ann") -> pd.DataFrame:
    tones = sheet["text"].map(frame.set_index("text")["true"])
    return codings_of(sheet.assign(true=tones), coder=coder, column="true")


def test_the_machine_errs_and_the_sample_corrects_it():
    hits = []
    for seed in range(20):
        frame = corpus(seed)
        sheet = coding_sheet(frame, 150, by="by", seed=seed)
        share = corrected_share(sheet, by_hand(sheet, frame), definition="negative")
        assert share.machine == pytest.approx((frame["by"] == "negative").mean())
        hits.append(share.low <= (frame["true"] == "negative").mean() <= share.high)
        assert share.machine > 0.42 and share.corrected < 0.42
    assert sum(hits) >= 17


def test_the_shares_of_all_tones_add_up():
    frame = corpus()
    sheet = coding_sheet(frame, 60, by="by")
    shares = [corrected_share(sheet, by_hand(sheet, frame), definition=tone) for tone in TRUE]
    assert sum(share.corrected for share in shares) == pytest.approx(1)
    assert shares[0].n_coded == 60


def test_a_sheet_without_strata_has_no_share_by_the_machine():
    frame = corpus()
    sheet = coding_sheet(frame, 60)
    assert sheet["weight"].sum() == pytest.approx(len(frame))
    assert np.isnan(corrected_share(sheet, by_hand(sheet, frame), definition="neutral").machine)


def test_disagreeing_coders_need_a_decision():
    frame = corpus()
    sheet = coding_sheet(frame, 60, by="by")
    ann = by_hand(sheet, frame)
    ben = ann.assign(coder="ben", tone=["positive", *ann["tone"][1:]])
    ann.loc[0, "tone"] = "negative"
    with pytest.raises(ValueError, match="coders disagree on 1 items"):
        corrected_share(sheet, pd.concat([ann, ben]), definition="negative")
    decided = pd.DataFrame({"item_id": sheet["item_id"].head(1), "coder": "adjudicated", "tone": "neutral"})
    share = corrected_share(sheet, pd.concat([ann, ben, decided]), definition="negative")
    assert share.n_coded == 60
    with pytest.raises(ValueError, match="definition must be one of negative, neutral or positive"):
        corrected_share(sheet, ann)
    with pytest.raises(ValueError, match="no coding belongs"):
        corrected_share(sheet, ann.assign(item_id="other"), definition="negative")


def test_a_table_without_rows_gives_an_empty_sheet():
    sheet = coding_sheet(corpus().head(0), 60, by="by")
    assert sheet.empty and {"stratum", "weight", "tone"} <= set(sheet.columns)
