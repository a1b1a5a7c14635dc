"""Charts: what is drawn, what is written, and what is refused."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex

import onrecord
from onrecord.charts.frame import ACCENT, GREY, fit
from onrecord.export.alt_text import alt_text
from onrecord.export.chart_files import save_chart
from small import empty_analysis, small_analysis

SOURCE = "Four articles made up for this test"
# Markup, a formula, mathematics, a line break, control characters, right-to-left override.
HOSTILE = '=1+1<script>alert("x")</script> $5 and $6 & ]]>\n\x00\x0b\u202eevil'


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def rates():
    return pd.DataFrame(
        {
            "outlet": ["Herald", "Post", "Star"],
            "definition": ["standard"] * 3,
            "n_hits": [10, 30, 1],
            "n_sources": [40, 50, 2],
            "share_of_sources": [0.25, 0.6, 0.5],
            "low": [0.1, 0.5, None],
            "high": [0.46, 0.7, None],
            "n_articles": [12, 12, 1],
        }
    )


def texts(ax) -> str:
    return "\n".join(text.get_text() for text in [*ax.figure.texts, *ax.texts, *ax.get_yticklabels()])


def all_charts():
    """Return every kind of chart, drawn from the small analysis."""
    analysis = small_analysis()
    rates = onrecord.share_unnamed(analysis, by="outlet")
    months = onrecord.share_unnamed(analysis, by="month").query("definition == 'standard'")
    tone = pd.DataFrame({"doc_id": ["a1", "a2", "b1"], "outlet": ["H", "H", "P"], "polarity": [0.5, 0.1, -1]})
    by_month = onrecord.mean_tone(tone, analysis.documents, by=["outlet", "month"])
    return {
        "shares": onrecord.plot_shares(rates.query("definition == 'strict'"), title="T"),
        "nested": onrecord.plot_shares(rates, title="T"),
        "parts": onrecord.plot_parts(onrecord.share_each(analysis, "naming", by="outlet"), title="T"),
        "time": onrecord.plot_over_time(months, title="T"),
        "means": onrecord.plot_means(onrecord.mean_tone(tone, analysis.documents, by="outlet"), title="T"),
        "counts": onrecord.plot_counts(onrecord.count_speakers(analysis), title="T", subtitle="S"),
        "bins": onrecord.plot_bins(onrecord.count_bins(tone, by="outlet"), title="T", subtitle="S"),
        "grid": onrecord.plot_grid(pd.DataFrame({"A": [1, 2]}, index=["x", "y"]), title="T", subtitle="S"),
        "panels": onrecord.plot_panels(by_month, title="T"),
        "points": onrecord.plot_points(tone, "polarity", "polarity", title="T", subtitle="S"),
    }


def test_every_kind_draws_and_writes(tmp_path):
    for name, ax in all_charts().items():
        paths = save_chart(ax, tmp_path / name, data=pd.DataFrame({"outlet": ["A"], "n": [1]}), source=SOURCE)
        assert [path.suffix for path in paths] == [".png", ".svg", ".pdf", ".csv", ".txt"]
        assert all(path.stat().st_size > 10 for path in paths)


def test_bars_start_at_zero_sorted_with_figures_beside(rates):
    ax = onrecord.plot_shares(rates, title="The Post leaves most unnamed")
    assert ax.get_xlim()[0] == 0
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Post", "Star", "Herald"]
    assert "60% (50–70)\nn = 50" in texts(ax)
    assert "50% (too few articles)" in texts(ax)
    assert "n = 92 sources" in texts(ax)


def test_intervals_are_drawn_where_they_are_known(rates):
    lines = onrecord.plot_shares(rates, title="T").collections[0].get_segments()
    assert [tuple(line[:, 0]) for line in lines] == [(0.5, 0.7), (0.1, 0.46)]


def test_the_accent_means_unnamed_sources(rates):
    def colour(table):
        return to_hex(onrecord.plot_shares(table, title="T").patches[0].get_facecolor())

    assert colour(rates) == ACCENT
    assert colour(rates.drop(columns="definition")) == GREY


def test_panels_share_one_scale_and_say_n():
    means = pd.DataFrame(
        {
            "outlet": ["Herald", "Herald", "Post"],
            "month": ["2026-01", "2026-02", "2026-02"],
            "mean_polarity": [0.1, -0.2, 0.3],
            "low": [0.0, None, None],
            "high": [0.2, None, None],
            "n_texts": [20, 3, 4],
        }
    )
    figure = onrecord.plot_panels(means, title="T").figure
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["Herald", "Post"]
    assert len({ax.get_ylim() for ax in figure.axes}) == 1
    assert [tick.get_text() for tick in figure.axes[1].get_xticklabels()] == ["Jan 26\nn 0", "Feb 26\nn 4"]
    assert "Mean polarity; n = 27 scores" in figure.texts[1].get_text()


def test_panels_stand_in_the_order_of_time_and_count_what_has_no_date():
    means = pd.DataFrame(
        {
            "outlet": ["Herald", "Post", "Post"],
            "month": ["2026-02", "2026-01", None],
            "mean_polarity": [0.1, -0.2, 0.3],
            "low": [None] * 3,
            "high": [None] * 3,
            "n_texts": [20, 3, 4],
        }
    )
    figure = onrecord.plot_panels(means, title="T").figure
    assert [tick.get_text() for tick in figure.axes[1].get_xticklabels()] == ["Jan 26\nn 3", "Feb 26\nn 0"]
    assert "n = 27 scores; lines: 95% intervals; 4 without a month" in figure.texts[1].get_text()


def test_the_three_definitions_stand_together():
    ax = onrecord.plot_shares(onrecord.share_unnamed(small_analysis()), title="T")
    assert [text.get_text() for text in ax.texts] == ["17% strict", "50% standard", "67% broad"]


def test_the_subtitle_counts_each_group_once():
    analysis = small_analysis()
    tone = pd.DataFrame({"doc_id": ["a1", "b1", "b1"], "outlet": ["H", "P", "P"], "polarity": [0.5, 0.1, -1]})
    means = onrecord.mean_tone(tone, analysis.documents, by="outlet")
    assert "n = 3 scores" in texts(onrecord.plot_means(means, title="T"))
    for by in (None, "outlet"):
        each = onrecord.share_each(analysis, "form", by=by)
        assert "n = 6 attributions" in texts(onrecord.plot_parts(each, title="T"))


def test_several_rows_a_group_are_refused_with_the_remedy(rates):
    twice = pd.concat([rates, rates])
    with pytest.raises(ValueError, match="'Herald' has several rows"):
        onrecord.plot_shares(twice, title="T")


def test_a_table_without_a_share_is_refused(rates):
    with pytest.raises(ValueError, match="must have one column share_"):
        onrecord.plot_shares(rates.drop(columns="share_of_sources"), title="T")


def test_four_hundred_groups_stay_readable_and_the_cut_is_said(rates):
    many = pd.concat([rates.head(1).assign(outlet=f"Outlet {i}", n_articles=i) for i in range(400)])
    ax = onrecord.plot_shares(many, title="T")
    assert len(ax.patches) == 30
    assert "the 30 with most articles of 400" in texts(ax).replace("\n", " ")


def test_empty_tables_give_an_empty_chart():
    empty = onrecord.share_unnamed(empty_analysis(), by="outlet")
    assert onrecord.plot_shares(empty, title="T").patches[:] == []
    assert onrecord.plot_shares(empty, title="T").patches[:] == []


@pytest.mark.parametrize("width_cm", [8, 16])
def test_nothing_runs_off_the_page(rates, width_cm):
    rates["outlet"] = [
        "An outlet with a name that is longer than any column",
        "Post",
        "Donaudampfschiffahrt" * 3,
    ]
    title = "A finding that needs some words to be told " * 3
    ax = onrecord.plot_shares(rates, title=title, width_cm=width_cm)
    ax.figure.canvas.draw()
    page = ax.figure.bbox
    for text in [*ax.figure.texts, *ax.texts, *ax.get_yticklabels(), *ax.get_xticklabels()]:
        box = text.get_window_extent()
        assert box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1, text.get_text()
    labels = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert not any(a.overlaps(b) for a, b in pairwise(labels))


def test_a_notebook_shows_title_and_source_too(rates, tmp_path):
    ax = onrecord.plot_shares(rates, title="T")
    save_chart(ax, tmp_path / "chart", data=rates, source=SOURCE)
    shown = ax.figure.get_tightbbox()  # what the notebook's backend cuts out, in inches
    for text in ax.figure.texts:
        box = text.get_window_extent().transformed(ax.figure.dpi_scale_trans.inverted())
        assert shown.y0 <= box.y0 and box.y1 <= shown.y1, text.get_text()


@pytest.mark.parametrize("data", [None, pd.DataFrame(), [1, 2]])
def test_a_chart_without_data_is_refused(rates, tmp_path, data):
    with pytest.raises(ValueError, match="data must be the table with the plotted numbers"):
        save_chart(onrecord.plot_shares(rates, title="T"), tmp_path / "x", data=data, source=SOURCE)


@pytest.mark.parametrize("source", ["", "  ", None])
def test_a_chart_without_source_is_refused(rates, tmp_path, source):
    with pytest.raises(ValueError, match="source must say"):
        save_chart(onrecord.plot_shares(rates, title="T"), tmp_path / "x", data=rates, source=source)
    assert list(tmp_path.iterdir()) == []


def test_the_numbers_come_back_from_the_csv(rates, tmp_path):
    paths = save_chart(
        onrecord.plot_shares(rates, title="T"), tmp_path / "a" / "x", data=rates.iloc[1:], source=SOURCE
    )
    pd.testing.assert_frame_equal(
        pd.read_csv(paths[3]), rates.iloc[1:].reset_index(drop=True), check_dtype=False
    )


def test_the_same_chart_gives_the_same_files(rates, tmp_path):
    ax = onrecord.plot_shares(rates, title="T")
    again = onrecord.plot_shares(rates, title="T")
    save_chart(ax, tmp_path / "again", data=rates, source="Another source")
    first = save_chart(ax, tmp_path / "one", data=rates, source=SOURCE)
    second = save_chart(again, tmp_path / "two", data=rates, source=SOURCE)
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes(), one.suffix


def test_hostile_labels_are_only_text(rates, tmp_path):
    rates["outlet"] = [HOSTILE, "Post", "Star"]
    paths = save_chart(onrecord.plot_shares(rates, title=HOSTILE), tmp_path / "x", data=rates, source=HOSTILE)
    svg = ET.parse(paths[1]).getroot()
    assert not [node for node in svg.iter() if node.tag.endswith("script")]
    words = " ".join("".join(svg.itertext()).split())
    assert "$5 and $6" in words
    assert "Source: =1+1<script>" in words
    assert "\u202e" not in words


def test_text_in_svg_stays_text(rates, tmp_path):
    ax = onrecord.plot_shares(rates, title="The Post")
    svg = save_chart(ax, tmp_path / "x", data=rates, source=SOURCE)[1]
    assert "The Post</text>" in svg.read_text(encoding="utf-8")


def test_alt_text_says_title_unit_and_every_number(rates):
    words = alt_text(onrecord.plot_shares(rates, title="The Post leaves most unnamed"), rates)
    assert words.startswith(
        "The Post leaves most unnamed. Bar chart: Share of sources, standard definition; n = 92 sources"
    )
    assert "Post, standard: 60% (50% to 70%) of 50 sources." in words
    assert "Star, standard: 50% of 2 sources." in words


def test_charts_leave_the_settings_of_matplotlib_alone(rates, tmp_path):
    before = dict(plt.rcParams)
    save_chart(onrecord.plot_shares(rates, title="T"), tmp_path / "x", data=rates, source=SOURCE)
    assert dict(plt.rcParams) == before


def test_a_chart_of_ones_own_can_be_saved(tmp_path):
    ax = plt.figure().add_subplot()
    ax.plot([1, 2])
    ax.set_title("My own")
    data = pd.DataFrame({"x": [1, 2]})
    assert len(save_chart(ax, tmp_path / "own", data=data, source=SOURCE)) == 5
    assert (tmp_path / "own.txt").read_text().startswith("My own")


def test_long_titles_are_wrapped_by_their_width():
    assert fit("one two three", 1000, 10) == "one two three"
    assert fit("one two three", 1, 10) == "one\ntwo\nthree"
