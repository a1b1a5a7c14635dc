"""Each kind of chart draws the numbers of its table, in ink that differs in grey, and says them in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

import onrecord
from chart_kinds import KINDS, curves, draw
from onrecord.charts.frame import PART_COLOURS
from onrecord.charts.labels import spread_out
from onrecord.export.alt_text import alt_text
from onrecord.measures.layout import total_n
from small import small_analysis

SOURCE = "Articles made up for this test"


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def luminance(colour) -> float:
    return float(np.dot(to_rgb(colour), (0.2126, 0.7152, 0.0722)))


def widths(ax) -> list[float]:
    return [bar.get_width() for bar in ax.patches]


def subtitle(ax) -> str:
    return " ".join(next(text for text in ax.figure.texts if text.get_gid() == "subtitle").get_text().split())


def words(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_there_are_twenty_kinds():
    assert len(KINDS) == 20


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_names_are_text_in_every_kind(kind, tmp_path):
    ax, table = draw(kind, "long", 16)
    paths = onrecord.save_chart(ax, tmp_path / kind, data=table, source=SOURCE)
    svg = ET.parse(paths[1]).getroot()
    assert not [node for node in svg.iter() if node.tag.endswith("script")]
    shown = "".join(svg.itertext())
    assert "A finding that needs some words" in " ".join(shown.split())  # text, not outlines
    assert "\u202e" not in shown
    assert "\u202e" not in paths[4].read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_described_in_words(kind):
    ax, table = draw(kind, "few", 16)
    told = alt_text(ax, table)
    head, about, *rows = told.split(". ")
    assert head.startswith("A finding")
    assert about.split(":")[0].lower() == ax.get_label().lower() != ""
    assert rows and told.endswith(".") and "nan" not in told.lower() and "<NA>" not in told


@pytest.mark.parametrize("kind", KINDS)
def test_four_hundred_rows_are_cut_in_the_chart_and_not_in_silence(kind):
    if kind in ("points", "over_time", "permutation"):
        ax, table = draw(kind, "many", 16)  # these draw every row
        assert max([len(line.get_xdata()) for line in ax.lines] + [0]) + len(ax.patches) >= 40
        assert len(table) >= 400
        return
    ax, table = draw(kind, "many", 16)
    assert " of 400" in subtitle(ax) or f" of {len(table):,}" in subtitle(ax), subtitle(ax)


def test_the_accents_and_greys_differ_from_each_other_in_grey():
    for first, second in (("named", "institution"), ("direct", "mixed"), ("mixed", "indirect")):
        assert abs(luminance(PART_COLOURS[first]) - luminance(PART_COLOURS[second])) > 0.15
    unnamed = [luminance(PART_COLOURS[name]) for name in ("anonymous", "unnamed", "collective")]
    assert np.diff(unnamed).min() > 0.15


@pytest.mark.parametrize("kind", ["parts", "diverging"])
def test_neighbouring_parts_differ_without_colour(kind):
    ax, _ = draw(kind, "long", 16)
    looks = [
        (luminance(bars.patches[0].get_facecolor()[:3]), bars.patches[0].get_hatch())
        for bars in ax.containers
    ]
    for (light, hatch), (next_light, next_hatch) in pairwise(looks):
        assert abs(light - next_light) > 0.15 or (hatch or "") != (next_hatch or "")


def test_differences_draw_points_and_intervals_and_fill_what_is_clear():
    table = pd.DataFrame(
        {
            "group_a": ["Herald", "Herald"],
            "group_b": ["Post", "Star"],
            "difference": [0.12, -0.01],
            "low": [0.03, -0.1],
            "high": [0.21, 0.08],
            "p_adjusted": [0.01, 0.8],
        }
    )
    ax = onrecord.plot_differences(table, title="T")
    assert [tuple(line[:, 0]) for line in ax.collections[0].get_segments()] == [(0.03, 0.21), (-0.1, 0.08)]
    filled, hollow = ax.lines[1:]
    assert list(filled.get_xdata()) == [0.12] and list(hollow.get_xdata()) == [-0.01]
    assert words(ax) == ["+12 (3 to 21)\np = .010", "−1 (−10 to 8)\np = .800"]
    told = alt_text(ax, table)
    assert "Herald against Post: +0.12 (+0.03 to +0.21), adjusted p 0.010" in told


def test_two_periods_are_counted_as_two_denominators():
    table = pd.DataFrame({"outlet": ["A", "A"], "quarter": ["2026Q1", "2026Q2"], "n_sources": [30, 20]})
    assert total_n(table.assign(n_hits=[3, 4], share_of_sources=[0.1, 0.2])) == 50


def test_rows_with_one_denominator_count_it_once():
    kinds = pd.DataFrame({"kind": ["any", "no_response"], "n_hits": [3, 2], "n_articles": [50, 50]})
    kinds["share_of_articles"] = kinds["n_hits"] / kinds["n_articles"]
    assert total_n(kinds) == 50
    genders = pd.DataFrame({"gender": ["man", "woman"], "n_hits": [30, 12], "n_sources": [42, 42]})
    genders = genders.assign(share_of_sources=genders["n_hits"] / 42, n_unknown=9)
    assert total_n(genders) == 42


def test_rows_of_outlets_have_denominators_of_their_own():
    women = pd.DataFrame({"outlet": ["A", "B"], "n_hits": [30, 12], "n_sources": [42, 30]})
    assert total_n(women.assign(share_of_sources=women["n_hits"] / women["n_sources"], n_unknown=9)) == 72


def test_values_of_the_codebook_are_written_as_words():
    kinds = pd.DataFrame({"kind": ["no_response"], "n_hits": [2], "n_articles": [50]})
    ax = onrecord.plot_shares(kinds.assign(share_of_articles=0.04, low=0.01, high=0.1), title="T")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["no response"]
    outlets = pd.DataFrame({"outlet": ["my_site"], "n_hits": [2], "n_articles": [50]})
    ax = onrecord.plot_shares(outlets.assign(share_of_articles=0.04, low=0.01, high=0.1), title="T")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["my_site"]


def test_diverging_bars_stand_around_the_middle():
    table = pd.DataFrame(
        {
            "outlet": ["Herald"] * 4,
            "cue_stance": ["distancing", "neutral", "endorsing", "other"],
            "n_hits": [2, 5, 2, 1],
            "n_attributions": [10] * 4,
            "share_of_attributions": [0.2, 0.5, 0.2, 0.1],
            "n_articles": [6] * 4,
        }
    )
    ax = onrecord.plot_parts(table, title="T", is_diverging=True)
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(-0.45, 0.2), (-0.25, 0.5), (0.25, 0.2)]
    assert subtitle(ax).endswith("not drawn: other")


def test_keyness_puts_each_word_on_its_side():
    table = pd.DataFrame(
        {"word": ["said", "claimed"], "z": [-2.5, 4.0], "n_articles_a": [3, 9], "n_articles_b": [8, 1]}
    )
    ax = onrecord.plot_keyness(table, sides=("Herald", "Post"), title="T")
    assert widths(ax) == [4.0, -2.5]
    assert words(ax) == ["claimed", "said", "9 / 1", "3 / 8"]
    assert "“claimed” in 9 and 1 articles, z +4.0" in alt_text(ax, table)


def test_curves_draw_their_points():
    lorenz = pd.DataFrame({"share_of_speakers": [0, 0.5, 0.9, 1], "share_of_attributions": [0, 0.1, 0.4, 1]})
    ax = onrecord.plot_curves(lorenz, title="T")
    assert list(ax.lines[1].get_ydata()) == [0, 0.1, 0.4, 1]
    assert ax.get_legend().get_texts()[0].get_text() == "All articles 60%"  # of the most quoted tenth
    curve = pd.DataFrame(
        {"n_attributions": [1, 10], "expected_speakers": [1, 6], "low": [1, 5], "high": [1, 7]}
    )
    ax = onrecord.plot_curves(curve, title="T")
    assert list(ax.lines[0].get_ydata()) == [1, 6]
    assert ax.collections[0].get_paths()[0].get_extents().y1 == 7
    assert words(ax) == ["All articles\n6 of 10"]


def test_a_timeline_draws_articles_and_says_what_has_no_date():
    table = pd.DataFrame(
        {"outlet": ["A", "A", "A"], "month": ["2026-01", "2026-02", None], "n_articles": [2, 4, 3]}
    )
    ax = onrecord.plot_timeline(table, title="T")
    assert [bar.get_height() for bar in ax.patches] == [0.3, 0.6]
    assert words(ax) == ["2", "4"]
    assert subtitle(ax) == "Articles per month; n = 9 articles; 3 without a date"


def test_a_grid_of_shares_writes_each_share():
    table = pd.DataFrame(
        {
            "outlet": ["A", "A"],
            "naming": ["named", "unnamed"],
            "n_sources": [4, 4],
            "share_of_sources": [0.75, 0.25],
        }
    )
    ax = onrecord.plot_grid(table, title="T")
    assert words(ax) == ["75%", "25%"]
    assert ax.images[0].get_array().tolist() == [[0.75, 0.25]]


def test_a_barcode_has_a_stroke_where_each_attribution_begins():
    positions = onrecord.find_positions(small_analysis())
    ax = onrecord.plot_barcode(positions, title="T")
    strokes = [line[0, 0] for part in ax.collections for line in part.get_segments()]
    assert sorted(strokes) == pytest.approx(sorted(positions["position"].tolist()))
    assert "3 of unnamed sources" in subtitle(ax)


def test_the_permutation_chart_counts_what_lies_as_far_out():
    null = pd.DataFrame({"difference": [-0.3, -0.1, 0.0, 0.1, 0.2, 0.05, -0.05, 0.1, 0.15]})
    ax = onrecord.plot_bins(null, observed=0.2, title="T")
    assert "p = 0.3" in subtitle(ax)  # (2 + 1) / (9 + 1)
    assert sum(bar.get_height() for bar in ax.patches) == 9
    assert ax.lines[0].get_xdata()[0] == 0.2


def test_a_network_draws_names_and_ties_the_same_each_time():
    pairs = pd.DataFrame(
        {
            "name_a": ["Ann Reed", "Ann Reed"],
            "name_b": ["Bo Lind", "Cy Dahl"],
            "n_articles": [2, 1],
            "n_articles_a": [9, 9],
            "n_articles_b": [4, 1],
        }
    )
    ax, again = onrecord.plot_network(pairs, title="T"), onrecord.plot_network(pairs, title="T")
    assert words(ax) == ["Ann Reed", "Bo Lind", "Cy Dahl"]
    assert len(ax.lines) == 2
    sizes = ax.collections[0].get_sizes()
    assert sizes[0] > sizes[1] > sizes[2]
    assert np.array_equal(ax.collections[0].get_offsets(), again.collections[0].get_offsets())


def test_boxes_are_set_apart_and_stay_within():
    placed = spread_out(np.array([5.0, 5.0, 5.0]), np.full(3, 2.0), 0, 10)
    assert sorted(placed) == [3, 5, 7]
    assert spread_out(np.array([10.0]), np.array([2.0]), 0, 10).tolist() == [9]


def test_many_names_below_a_panel_are_upright_and_none_overlaps():
    names = [f"The Weir Post number {n}" for n in range(8)]
    rates = pd.DataFrame({"kind": "hedge", "outlet": names, "n_hits": 5, "n_words": 1000})
    rates = rates.assign(rate_per_1000_words=5.0, low=3.0, high=7.0)
    ax = onrecord.plot_panels(rates, title="T")
    ax.figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert all(label.get_rotation() == 90 for label in ax.get_xticklabels())
    assert all(left.x1 <= right.x0 for left, right in pairwise(boxes))
    few = onrecord.plot_panels(rates.head(3), title="T")
    assert all(label.get_rotation() == 0 for label in few.get_xticklabels())


def test_of_many_curves_those_with_most_attributions_are_drawn():
    lengths = {f"outlet {n}": 10 + n for n in range(9)}
    rows = [
        (name, n, n / 2, n / 3, n)
        for name, most in lengths.items()
        for n in ((most,) if most > 15 else range(1, most + 1))  # long ones have few points
    ]
    curves = pd.DataFrame(rows, columns=["outlet", "n_attributions", "expected_speakers", "low", "high"])
    ax = onrecord.plot_curves(curves, title="T")
    drawn = " ".join(text.get_text() for text in ax.texts)
    assert all(f"outlet {n}" in drawn for n in range(3, 9)) and "outlet 0" not in drawn


def test_an_unknown_week_is_not_a_row_of_a_grid():
    table = pd.DataFrame({"Post": [3, 2], "Star": [1, 4]}, index=pd.Index(["2026-01-05", pd.NA], name="week"))
    ax = onrecord.plot_grid(table, title="T")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2026-01-05"]
    assert any("6 without a date" in text.get_text() for text in ax.figure.findobj(plt.Text))


def test_every_name_of_a_network_is_beside_its_dot():
    names = [f"Speaker Number {n}" for n in range(20)]
    rows = [(a, "Ida Holm", 2, 3, 60, 0.1) for a in names]
    columns = ["name_a", "name_b", "n_articles", "n_articles_a", "n_articles_b", "jaccard"]
    pairs = pd.DataFrame([*rows, ("Lone A", "Lone B", 1, 1, 1, 1.0)], columns=columns)
    ax = onrecord.plot_network(pairs, title="T")
    assert {text.get_text() for text in ax.texts} >= {*names, "Ida Holm"}


def test_a_name_that_matplotlib_hides_is_in_the_legend():
    """Labels that begin with "_" are left out by matplotlib, so an outlet would have no name."""
    table = curves(["_Post", "_nolegend_", "$x$"], ("share_of_speakers",))
    ax = onrecord.plot_curves(table, title="Few speakers have most attributions")
    shown = [text.get_text().rpartition(" ")[0] for text in ax.get_legend().get_texts()]
    assert sorted(shown) == ["$x$", "_Post", "_nolegend_"]
