"""Coding sheets, files of codings, corrected shares and corrected tables."""

from __future__ import annotations

from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest

import onrecord
from onrecord.evaluation.coding_columns import CODINGS
from onrecord.evaluation.codings import save_coding

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "articles"


@pytest.fixture(scope="module")
def analysis():
    return onrecord.analyse(onrecord.read_documents(SAMPLE))


@pytest.fixture(scope="module")
def sheet(analysis):
    return onrecord.coding_sheet(analysis, 90, seed=3)


def codings(rows: list[tuple]) -> pd.DataFrame:
    """Return codings of one coder from (item_id, is_right, naming)."""
    frame = pd.DataFrame(rows, columns=["item_id", "is_right", "naming"])
    frame = frame.assign(coder="a", form=pd.NA, speaker=pd.NA, coded_at=pd.NaT, tone=pd.NA)
    return frame[list(CODINGS)].astype({"is_right": "boolean", "naming": "string"})


def test_strata_are_even_and_weights_add_up(analysis, sheet):
    assert len(sheet) == 90 and sheet["item_id"].is_unique
    said = analysis.attributions.merge(
        analysis.sources[["doc_id", "source_id", "naming"]], on=["doc_id", "source_id"], how="left"
    )
    sizes = said["naming"].fillna("none").value_counts()
    drawn = sheet["stratum"].value_counts()
    assert (drawn[sizes[sizes >= 11].index] >= 9).all()
    weights = sheet.groupby("stratum")["weight"].sum()
    pd.testing.assert_series_equal(
        weights.sort_index(), sizes.sort_index(), check_names=False, check_dtype=False
    )
    pd.testing.assert_frame_equal(sheet, onrecord.coding_sheet(analysis, 90, seed=3))
    assert not sheet["item_id"].equals(onrecord.coding_sheet(analysis, 90, seed=4)["item_id"])


def test_a_sheet_of_another_analysis_is_refused(analysis, sheet):
    other = onrecord.analyse(analysis.documents.iloc[::-1].assign(doc_id=analysis.documents["doc_id"].array))
    with pytest.raises(ValueError, match="drawn from another analysis; draw it again"):
        onrecord.apply_corrections(other, sheet, codings([(sheet["item_id"][0], False, pd.NA)]))


def test_a_sheet_as_it_was_drawn_gives_the_machines_share_where_all_is_right(sheet):
    share = onrecord.corrected_share(sheet, codings([(item, True, pd.NA) for item in sheet["item_id"]]))
    assert share.corrected == pytest.approx(share.machine)
    assert share.low <= share.machine <= share.high  # of width 0 where each stratum has one reading


def test_items_are_known_by_text_and_place(analysis, sheet):
    # A run on fewer articles, in another order, has the same ids.
    few = analysis.documents[analysis.documents["doc_id"].isin(sheet["doc_id"].head(5))].iloc[::-1]
    other = onrecord.coding_sheet(
        onrecord.analyse(few.assign(doc_id=[f"n{i}" for i in range(len(few))])), 500
    )
    own = sheet[sheet["doc_id"].isin(sheet["doc_id"].head(5))]
    assert set(own["item_id"]) <= set(other["item_id"])


def test_answers_are_there_at_once_and_the_last_one_counts(tmp_path, sheet):
    path = tmp_path / "codings" / "ann.csv"
    first, second = sheet["item_id"].head(2)
    save_coding(path, first, coder="ann", naming="unnamed")
    save_coding(path, second, coder="ann", is_right=False)
    save_coding(path, first, coder="ann", naming="named", speaker="=Ann, “Reed”\nof Ellin")
    found = onrecord.read_codings(path).set_index("item_id")
    assert len(found) == 2 and found.loc[first, "naming"] == "named"
    assert found.loc[first, "speaker"] == "=Ann, “Reed”\nof Ellin"
    assert found["is_right"].tolist() in ([True, False], [False, True]) and not found.loc[second, "is_right"]
    save_coding(tmp_path / "bob.csv", first, coder="bob")
    assert len(onrecord.read_codings([path, tmp_path / "bob.csv", tmp_path / "none.csv"])) == 3
    assert onrecord.read_codings(tmp_path / "none.csv").empty


def test_bad_answers_are_refused(tmp_path, sheet):
    with pytest.raises(
        ValueError, match=r"naming must be one of .*, not 'anonimous'. Did you mean 'anonymous'"
    ):
        save_coding(tmp_path / "a.csv", "x", coder="a", naming="anonimous")
    with pytest.raises(ValueError, match="coder is empty"):
        save_coding(tmp_path / "a.csv", "x", coder=" ")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="has no column 'item_id'"):
        onrecord.read_codings(tmp_path / "other.csv")
    with pytest.raises(ValueError, match="draw the sheet from the texts that were coded"):
        onrecord.corrected_share(sheet, codings([("x", True, None)]))
    twice = codings([(sheet["item_id"][0], True, None)] * 2)
    with pytest.raises(ValueError, match="more than one coding of item"):
        onrecord.corrected_share(sheet, twice)


def test_tones_are_coded_in_the_same_files(analysis, tmp_path):
    sheet = onrecord.coding_sheet(analysis.sentences, 4, seed=2)
    for item_id, tone in zip(sheet["item_id"], ["negative", "neutral", "positive", "neutral"], strict=True):
        save_coding(tmp_path / "ann.csv", item_id, coder="ann", tone=tone)
        save_coding(tmp_path / "ben.csv", item_id, coder="ben", tone="neutral")
    codings = onrecord.read_codings([tmp_path / "ann.csv", tmp_path / "ben.csv"])
    found = onrecord.find_disagreements(sheet, codings, value="tone")
    assert found["item_id"].tolist() == sheet["item_id"].tolist()[:3:2]
    assert found["ann"].tolist() == ["negative", "positive"] and set(found["ben"]) == {"neutral"}
    assert onrecord.agreement(codings).n_units == 4


def test_a_file_from_before_tones_were_coded_is_read_and_continued(tmp_path):
    path = tmp_path / "old.csv"
    columns = [name for name in CODINGS if name != "tone"]
    answer = ["h-0", "ann", "True", "", "unnamed", "", "2026-01-31T10:00:00+00:00"]
    path.write_text(f"{','.join(columns)}\n{','.join(answer)}\n", encoding="utf-8")
    save_coding(path, "h-1", coder="ann", naming="named")
    found = onrecord.read_codings(path)
    assert found["naming"].tolist() == ["unnamed", "named"] and found["tone"].isna().all()
    with pytest.raises(ValueError, match="has no column 'tone'; save the tones in a new file"):
        save_coding(path, "h-2", coder="ann", tone="neutral")


SHEET = pd.DataFrame(
    {
        "item_id": list("abcdefgh"),
        "doc_id": list("12345678"),
        "stratum": ["unnamed"] * 4 + ["named"] * 4,
        "weight": [5.0] * 4 + [20.0] * 4,
        "naming": ["unnamed"] * 4 + ["named"] * 4,
        "is_person": True,
    }
)


def test_corrected_share_by_hand():
    # Of 20 unnamed ones half are, of 80 named ones a quarter is not, and one is not an attribution.
    rows = [("a", True, None), ("b", True, None), ("c", True, "named"), ("d", True, "institution")]
    rows += [("e", True, None), ("f", True, None), ("g", True, "collective"), ("h", False, None)]
    found = onrecord.corrected_share(SHEET, codings(rows))
    assert found.machine == pytest.approx(0.2)
    assert found.corrected == pytest.approx((2 * 5 + 20) / (4 * 5 + 3 * 20))
    assert found.low < found.corrected < found.high and (found.n_coded, found.n_articles) == (8, 8)
    # A coder who has done half of each stratum speaks for the whole of it.
    half = onrecord.corrected_share(SHEET, codings([rows[0], rows[2], rows[4], rows[6]]))
    assert half.corrected == pytest.approx((10 + 40) / 100) and np.isnan(half.low)


def test_the_interval_holds_the_truth():
    rng = np.random.default_rng(2)
    covered = 0
    for _ in range(200):
        machine = rng.random(2000) < 0.4
        truth = np.where(machine, rng.random(2000) < 0.7, rng.random(2000) < 0.1)
        rows = np.concatenate(
            [rng.choice(np.flatnonzero(machine == side), 60, replace=False) for side in (1, 0)]
        )
        naming = np.where(machine[rows], "unnamed", "named")
        sheet = pd.DataFrame(
            {
                "item_id": rows.astype(str),
                "doc_id": (rows // 10).astype(str),
                "stratum": naming,
                "weight": np.where(machine[rows], machine.sum(), (~machine).sum()) / 60,
                "naming": naming,
                "is_person": True,
            }
        )
        by_hand = np.where(truth[rows], "unnamed", "named")
        answers = [(i, True, value) for i, value in zip(rows.astype(str), by_hand, strict=True)]
        found = onrecord.corrected_share(sheet, codings(answers))
        covered += found.low <= truth.mean() <= found.high
    assert 0.91 <= covered / 200 <= 0.99


def test_corrections_are_in_the_tables_and_say_so(analysis, sheet):
    named = sheet[sheet["naming"] == "named"].iloc[0]
    wrong = sheet[sheet["naming"] == "unnamed"].iloc[0]
    by_hand = codings([(named["item_id"], True, "spokesperson"), (wrong["item_id"], False, None)])
    by_hand.loc[0, "form"] = "direct"
    corrected = onrecord.apply_corrections(analysis, sheet, by_hand)
    source = corrected.sources.set_index(["doc_id", "source_id"]).loc[(named["doc_id"], named["source_id"])]
    assert source["naming"] == "spokesperson" and source["is_corrected"]
    assert corrected.sources["is_corrected"].sum() == 1
    keys = corrected.attributions.set_index(["doc_id", "attribution_id"]).index
    assert (wrong["doc_id"], wrong["attribution_id"]) not in keys and len(keys) == len(
        analysis.attributions
    ) - 1
    assert set(corrected.spans.set_index(["doc_id", "attribution_id"]).index) == set(keys)
    assert "is_corrected" not in analysis.sources.columns
    row = corrected.attributions.set_index(["doc_id", "attribution_id"])
    assert row.loc[(named["doc_id"], named["attribution_id"]), "form"] == "direct"


def test_several_coders_are_adjudicated(sheet):
    items = sheet["item_id"].head(20)
    ann = codings([(item, True, "collective") for item in items])
    ben = codings([(items[0], True, "unclear")]).assign(coder="ben")
    with pytest.raises(ValueError, match="coders disagree on 1 items"):
        onrecord.corrected_share(sheet, pd.concat([ann, ben]))
    last = codings([(items[0], True, "named")]).assign(coder="adjudicated")
    several = onrecord.corrected_share(sheet, pd.concat([ann, ben, last]))
    one = onrecord.corrected_share(sheet, pd.concat([codings([(items[0], True, "named")]), ann.iloc[1:]]))
    assert several == one


def test_agreement_of_two_coders_is_that_of_the_established_package():
    rng = np.random.default_rng(1)
    truth = rng.choice(["named", "unnamed", "collective"], 60)
    second = np.where(rng.random(60) < 0.8, truth, rng.choice(["named", "unnamed", "collective"], 60))
    both = [
        pd.DataFrame({"item_id": range(60), "coder": coder, "naming": values})
        for coder, values in (("a", truth), ("b", second))
    ]
    ours = onrecord.agreement(pd.concat(both), value="naming")
    # The package's default level is the interval one, which would be wrong for names.
    theirs = krippendorff.alpha(
        np.array([truth, second]),
        level_of_measurement="nominal",
        value_domain=["named", "unnamed", "collective"],
    )
    assert ours.alpha == pytest.approx(theirs)
    assert ours.low < ours.alpha < ours.high
