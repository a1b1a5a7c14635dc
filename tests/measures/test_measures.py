"""Measures against results counted by hand in tests/support/small.py, and against published examples."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap

import onrecord
from onrecord.measures import intervals
from onrecord.measures.flags import FLAGS
from onrecord.measures.means import mean_level
from onrecord.passages import find_passages
from small import empty_analysis, small_analysis


@pytest.fixture
def analysis():
    return small_analysis()


def hits(table: pd.DataFrame) -> list[tuple]:
    """Return the rows up to the share: groups, hits, n, share rounded."""
    last = next(i for i, name in enumerate(table.columns) if name.startswith("share_"))
    return [tuple(row) for row in table.iloc[:, : last + 1].round(3).itertuples(index=False)]


def test_share_of_sources_counts_the_three_definitions(analysis):
    assert hits(onrecord.share_unnamed(analysis)) == [
        ("strict", 1, 6, 0.167),
        ("standard", 3, 6, 0.5),
        ("broad", 4, 6, 0.667),
    ]


def test_share_by_outlet_has_a_row_a_group_and_definition(analysis):
    assert hits(onrecord.share_unnamed(analysis, by="outlet")) == [
        ("Herald", "strict", 0, 4, 0.0),
        ("Herald", "standard", 2, 4, 0.5),
        ("Herald", "broad", 2, 4, 0.5),
        ("Post", "strict", 1, 2, 0.5),
        ("Post", "standard", 1, 2, 0.5),
        ("Post", "broad", 2, 2, 1.0),
    ]


def test_share_of_words_is_another_finding(analysis):
    assert hits(onrecord.share_unnamed(analysis, of="words"))[1] == ("standard", 2, 8, 0.25)


def test_share_of_articles_counts_articles_without_sources_too(analysis):
    table = onrecord.share_unnamed(analysis, of="articles")
    assert [tuple(row) for row in table[["definition", "n_hits", "n_articles"]].itertuples(index=False)] == [
        ("strict", 1, 4),
        ("standard", 3, 4),
        ("broad", 3, 4),
    ]
    assert table["share_of_articles"].tolist() == [0.25, 0.75, 0.75]


def test_people_only_leaves_institutions_out_of_the_denominator(analysis):
    analysis.sources.loc[0, "form"] = "institution"
    assert onrecord.share_unnamed(analysis)["n_sources"].tolist() == [6, 6, 6]
    assert onrecord.share_unnamed(analysis, people_only=True)["n_sources"].tolist() == [5, 5, 5]


def test_the_narrator_is_no_source(analysis):
    analysis.sources.loc[0, ["form", "naming"]] = ["narrator", "narrator"]
    assert onrecord.share_unnamed(analysis)["n_sources"].tolist() == [5, 5, 5]


def test_an_attribution_without_a_speaker_stays_in_the_denominator(analysis):
    analysis.attributions.loc[0, "source_id"] = pd.NA
    assert onrecord.share_unnamed(analysis, of="attributions")["n_attributions"].tolist() == [6, 6, 6]


def test_share_by_month_uses_the_date_and_keeps_missing_dates(analysis):
    analysis.documents.loc[3, "published"] = pd.NaT
    table = onrecord.share_flags(analysis, by="month").query("flag == 'has_no_source'")
    assert table["month"].iloc[:2].tolist() == ["2026-01", "2026-02"]
    assert pd.isna(table["month"].iloc[2])
    assert table["n_hits"].tolist() == [0, 0, 1]


def test_share_by_week_names_the_monday(analysis):
    table = onrecord.share_flags(analysis, by="week")
    assert table["week"].unique().tolist() == ["2026-01-05", "2026-01-19", "2026-02-02"]


def test_share_each_gives_the_share_of_every_value(analysis):
    assert hits(onrecord.share_each(analysis, "form")) == [("direct", 3, 6, 0.5), ("indirect", 3, 6, 0.5)]
    assert hits(onrecord.share_each(analysis, "description_level", of="unnamed_sources")) == [
        (0, 0, 3, 0.0),
        (1, 2, 3, 0.667),
        (2, 1, 3, 0.333),
        (3, 0, 3, 0.0),
    ]


def test_share_each_leaves_unknown_values_out_and_counts_them(analysis):
    analysis.attributions.loc[0, "cue_stance"] = pd.NA
    table = onrecord.share_each(analysis, "cue_stance", by="outlet")
    assert table["n_attributions"].tolist() == [3, 2]
    assert table["n_unknown"].tolist() == [1, 0]


def test_share_reasons_tells_boilerplate_apart(analysis):
    assert hits(onrecord.share_reasons(analysis)) == [("given", 2, 3, 0.667), ("specific", 1, 3, 0.333)]


def test_article_flags(analysis):
    flags = onrecord.add_flags(analysis).set_index("doc_id")[FLAGS]
    set_flags = {key: [name for name in flags if flags.loc[key, name]] for key in flags.index}
    assert set_flags == {
        "a1": [],
        "a2": ["has_reason"],
        "b1": ["is_anonymous_lead", "is_anonymous_first_quotation", "has_marker", "has_reason"],
        "b2": ["has_no_source"],
    }
    assert flags.dtypes.astype(str).unique().tolist() == ["boolean"]


def test_anonymous_only_needs_every_person_unnamed(analysis):
    analysis.sources.loc[5, "naming"] = "unnamed"
    assert onrecord.add_flags(analysis)["is_anonymous_only"].tolist() == [False, False, True, False]


def test_count_speakers_joins_articles_by_name(analysis):
    row = onrecord.count_speakers(analysis).iloc[0]
    assert row[["name", "n_articles", "n_attributions", "n_words_quoted"]].tolist() == ["Ann Reed", 2, 2, 6]
    assert len(onrecord.count_speakers(analysis, by="outlet")) == 1


def test_unnamed_sources_are_persons_and_groups(analysis):
    assert onrecord.find_unnamed(analysis)["description"].tolist() == [
        "a senior official",
        "officials",
        "an aide",
    ]
    assert len(onrecord.find_unnamed(analysis, definition="strict")) == 1
    analysis.sources.loc[3, "form"] = "media"
    assert len(onrecord.find_unnamed(analysis)) == 2


def test_count_unnamed_counts_groups_without_any(analysis):
    table = onrecord.count_unnamed(analysis, by=["outlet", "month"])
    assert table.to_numpy().tolist() == [["Herald", "2026-01", 2, 2], ["Post", "2026-02", 1, 2]]


def test_mean_tone_leaves_unknown_texts_out(analysis):
    frame = pd.DataFrame({"doc_id": ["a1", "a1", "a2", "b1"], "polarity": [0.5, None, 0.1, -1.0]})
    frame["polarity"] = frame["polarity"].astype("Float64")
    table = onrecord.mean_tone(frame, analysis.documents, by="outlet")
    assert table[["outlet", "mean_polarity", "n_texts", "n_unknown", "n_articles"]].to_numpy().tolist() == [
        ["Herald", 0.3, 2, 1, 2],
        ["Post", -1.0, 1, 0, 1],
    ]
    assert table["low"].isna().all()


def test_mean_tone_by_two_groups(analysis):
    frame = pd.DataFrame({"doc_id": ["a1", "a2", "b1"], "part": [1, 2, 1], "polarity": [0.5, 0.1, -1.0]})
    table = onrecord.mean_tone(frame, analysis.documents, by=["outlet", "part"])
    assert table[["outlet", "part", "mean_polarity"]].to_numpy().tolist() == [
        ["Herald", 1, 0.5],
        ["Herald", 2, 0.1],
        ["Post", 1, -1.0],
    ]
    assert onrecord.mean_tone(frame, analysis.documents)["mean_polarity"].round(3).tolist() == [-0.133]
    quarters = onrecord.mean_tone(frame, analysis.documents, by="quarter")
    assert quarters["quarter"].tolist() == ["2026Q1"]


def test_too_few_articles_have_no_interval(analysis):
    assert onrecord.share_unnamed(analysis)[["low", "high"]].isna().all(axis=None)


def test_an_empty_corpus_gives_the_same_columns(analysis):
    for function in (
        onrecord.share_unnamed,
        onrecord.share_reasons,
        onrecord.share_flags,
        onrecord.count_speakers,
    ):
        full, empty = function(analysis, by="outlet"), function(empty_analysis(), by="outlet")
        assert list(empty.columns) == list(full.columns)
        assert len(empty) == 0


def test_the_analysis_is_never_changed(analysis):
    before = {name: frame.copy() for name, frame in vars(analysis).items() if name != "rules"}
    onrecord.share_unnamed(analysis, of="words", by="month")
    onrecord.share_each(analysis, "form", by="outlet")
    onrecord.add_flags(analysis)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, getattr(analysis, name))


@pytest.mark.parametrize("of", ["speakers", ""])
def test_an_unknown_denominator_is_named(analysis, of):
    with pytest.raises(ValueError, match="of must be one of"):
        onrecord.share_unnamed(analysis, of=of)


def test_an_unknown_group_names_the_column(analysis):
    with pytest.raises(ValueError, match=r"not 'publisher'\. Did you mean 'published'"):
        onrecord.share_unnamed(analysis, by="publisher")


def test_passages_are_the_sentences_of_the_article(analysis):
    found = find_passages(analysis, analysis.sources.query("naming == 'unnamed'"))
    assert found["passage"].tolist() == ["A senior official said it is not."]
    assert len(find_passages(analysis)) == 6
    texts = analysis.documents.set_index("doc_id")["text"]
    for row in find_passages(analysis, n=4).itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.passage


def test_a_source_is_shown_with_its_marker(analysis):
    found = find_passages(analysis, analysis.sources.query("naming == 'anonymous'"), per="source")
    for row in found.itertuples():
        assert row.marker in row.passage
    assert len(find_passages(analysis, per="source", n=2)) == 2


# Newcombe 1998, Statistics in Medicine 17, table I, method 3.
@pytest.mark.parametrize(
    ("n_hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval_as_published(n_hits, n, low, high):
    assert intervals.wilson_interval(n_hits, n) == pytest.approx((low, high), abs=5e-5)


def test_resampling_draws_whole_articles():
    # Every article has 1 of 2: no resample can show anything but a half.
    totals = intervals.resample_sums(np.tile([1, 2], (30, 1)), 50)
    assert totals.shape == (50, 2)
    assert (totals == [30, 60]).all()


def test_standard_error_is_that_of_theory():
    # One binary count an article: the resampled standard error is sqrt(p (1 - p) / n).
    sums = np.column_stack([np.repeat([1, 0], [30, 70]), np.ones(100)])
    totals = intervals.resample_sums(sums, 20_000)
    assert np.std(totals[:, 0] / totals[:, 1]) == pytest.approx(np.sqrt(0.3 * 0.7 / 100), rel=0.02)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30), st.randoms())
def test_interval_holds_the_share_whatever_the_order(rows, random):
    pairs = np.array([(min(hits, base), base) for hits, base in rows], dtype=float)
    interval = intervals.ratio_interval(pairs[:, 0], pairs[:, 1])
    if np.isnan(interval[0]):
        assert (pairs[:, 1] > 0).sum() < intervals.TOO_FEW
        return
    low, high = interval
    assert 0 <= low <= pairs[:, 0].sum() / pairs[:, 1].sum() <= high <= 1
    shuffled = list(range(len(pairs)))
    random.shuffle(shuffled)
    assert intervals.ratio_interval(pairs[shuffled, 0], pairs[shuffled, 1]) == interval


def test_the_interval_is_near_that_of_scipys_bootstrap():
    rng = np.random.default_rng(5)
    base = rng.integers(1, 12, 80)
    hits = rng.binomial(base, rng.beta(2, 5, 80))
    reference = bootstrap(
        (hits, base),
        lambda h, b, axis: h.sum(axis=axis) / b.sum(axis=axis),
        paired=True,
        method="BCa",
        rng=np.random.default_rng(1),
    ).confidence_interval
    low, high = intervals.ratio_interval(hits, base)
    assert (low, high) == (pytest.approx(reference.low, abs=0.01), pytest.approx(reference.high, abs=0.01))


def test_the_interval_around_an_estimate_by_hand():
    # Six even articles, resamples 0.1 apart from a half: t(5) = 2.5706, times 0.1 * sqrt(6 / 5).
    resampled, even = np.array([0.4, 0.6]), np.ones(6)
    assert intervals.interval_around(0.5, resampled, even) == pytest.approx((0.2184, 0.7816), abs=1e-4)
    # The same on the logit scale: 1 / (1 + exp(-+0.2816 / 0.25)).
    share = intervals.interval_around(0.5, resampled, even, is_share=True)
    assert share == pytest.approx((0.2448, 0.7552), abs=1e-4)
    # One article counts three: (3 + 5)² / (9 + 5) = 4.57 in effect, so t(3.57) = 2.9129.
    uneven = np.array([3, 1, 1, 1, 1, 1])
    assert intervals.interval_around(0.5, resampled, uneven) == pytest.approx((0.1809, 0.8191), abs=1e-4)


def test_a_share_of_none_or_all_has_wilsons_interval_over_articles():
    base = np.full(6, 3)
    assert intervals.ratio_interval(np.zeros(6), base) == intervals.wilson_interval(0, 6)
    assert intervals.ratio_interval(base, base) == intervals.wilson_interval(6, 6)
    # A mean is not a share: where nothing varies it has no width, be it 1 or beyond.
    for value in (0.0, 1.0, 3.0):
        assert intervals.ratio_interval(value * base, base, is_share=False) == pytest.approx((value, value))


def test_five_articles_with_a_base_are_enough_and_four_are_not():
    hits, base = np.array([1, 0, 1, 0, 1]), np.array([2, 2, 2, 2, 2])
    assert not np.isnan(intervals.ratio_interval(hits, base)).any()
    assert np.isnan(intervals.ratio_interval(hits, base * [1, 1, 1, 1, 0])).all()
    assert not np.isnan(intervals.interval_around(0.5, np.array([0.4, 0.6]), np.ones(5))).any()
    assert np.isnan(intervals.interval_around(0.5, np.array([0.4, 0.6]), np.ones(4))).all()


def test_both_ways_to_resample_have_one_distribution():
    # Many articles alike are drawn by kind, few alike one by one: the spread must be the same.
    alike = np.repeat([[0, 3], [1, 2], [2, 5]], 40, axis=0)
    told_apart = alike + np.linspace(0, 1e-9, len(alike))[:, None]
    spreads = [np.std(intervals.resample_sums(sums, 20_000), axis=0) for sums in (alike, told_apart)]
    assert spreads[0] == pytest.approx(spreads[1], rel=0.03)


def awkward_analysis():
    """Return a corpus with 400 outlets: most of one article, one without attributions, no date known."""
    analysis = small_analysis()
    extra = [f"x{i}" for i in range(398)]
    more = pd.DataFrame({"doc_id": extra, "outlet": [f"Outlet {i}" for i in range(398)], "text": "Rain."})
    analysis.documents = pd.concat([analysis.documents, more], ignore_index=True)
    analysis.documents["published"] = pd.Series(pd.NaT, analysis.documents.index, dtype="datetime64[ns, UTC]")
    return analysis


@pytest.mark.parametrize(
    "measure",
    [
        onrecord.share_unnamed,
        onrecord.share_reasons,
        onrecord.share_flags,
        mean_level,
        onrecord.diversity_of_speakers,
        lambda analysis, by: onrecord.share_each(analysis, "form", by=by),
    ],
)
def test_400_outlets_of_one_article_each_are_too_few(measure):
    analysis = awkward_analysis()
    table = measure(analysis, by="outlet")
    if measure is not onrecord.share_flags:  # articles themselves are counted: Wilson's interval is for any n
        ends = [name for name in table.columns if name == "low" or name.endswith("_low")]
        assert table[ends].isna().all(axis=None)
    months = measure(analysis, by="month")  # no date at all: one group, articles without a value
    assert months["month"].isna().all() and len(months) >= 1


def test_comparing_400_outlets_says_too_few():
    table = onrecord.compare_shares(onrecord.share_unnamed(awkward_analysis(), by="outlet"))
    assert len(table) == 3 * 400 * 399 / 2
    assert table["p_value"].isna().all() and table["p_adjusted"].isna().all()


def test_places_of_attributions_by_hand():
    table = onrecord.find_positions(small_analysis()).set_index(["doc_id", "attribution_id"])
    assert table.loc[("a1", 0), "position"] == 0 and not table.loc[("a1", 0), "is_unnamed"]
    text = small_analysis().documents.set_index("doc_id").loc["a1", "text"]
    assert table.loc[("a1", 1), "position"] == pytest.approx(text.index("it is not") / len(text))
    assert table.loc[("a1", 1), "is_unnamed"]


def test_the_interval_of_a_mean_lies_around_it():
    values = [0.1, -0.2, 0.4, 0.0, 0.3, -0.1]
    frame = pd.DataFrame({"doc_id": list("abcdef"), "polarity": values})
    row = onrecord.mean_tone(frame, pd.DataFrame({"doc_id": list("abcdef")})).iloc[0]
    # Six articles of one text: Student's t times the standard error, up to the chance of resampling.
    half = 2.5706 * np.std(values, ddof=1) / np.sqrt(6)
    assert row["high"] - row["mean_polarity"] == pytest.approx(half, rel=0.1)
    assert row["mean_polarity"] - row["low"] == pytest.approx(half, rel=0.1)


def test_where_nobody_speaks_the_tables_are_empty_and_keep_their_types():
    texts = ["The lock is old. It leaks."] * 2
    analysis = onrecord.analyse(pd.DataFrame({"doc_id": ["a", "b"], "outlet": ["A", "B"], "text": texts}))
    for table in (
        onrecord.share_each(analysis, "form", by="outlet"),
        onrecord.compare_shares(onrecord.share_each(analysis, "cue_stance", by="outlet")),
        onrecord.diversity_of_speakers(analysis, by="outlet", curve="lorenz"),
        onrecord.diversity_of_speakers(analysis, by="outlet", curve="rarefaction"),
        onrecord.share_stance(analysis, source="naming"),
    ):
        assert table.empty and table.select_dtypes("object").empty
        assert table.nlargest(3, next(name for name in table if name in ("high", "share_of_speakers"))).empty
