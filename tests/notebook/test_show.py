"""What a notebook shows of passages and tables: text, whatever an article holds."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from onrecord.notebook.headings import headings_of
from onrecord.notebook.settings import REPORT_FOLDER
from onrecord.notebook.show import show_passages, show_table


def test_passages_are_text_only():
    found = pd.DataFrame({"passage": ["<script>a</script> \u202e$5"], "description": ["A & B"]})
    shown = show_passages(found.assign(naming="named", outlet=None))
    assert "<p>&lt;script&gt;a&lt;/script&gt; $5</p>" in shown._repr_html_()
    assert "A &amp; B · named<" in shown._repr_html_() and "<br>" not in shown._repr_html_()
    assert repr(shown) == "<script>a</script> $5\n  (A & B · named)"


def test_markers_are_bold():
    found = pd.DataFrame({"passage": ["A <man> asked not to be named."], "description": ["A <man>"]})
    shown = show_passages(found.assign(naming="anonymous", outlet=None, marker="asked not to be named"))
    assert "<p>A &lt;man&gt; <b>asked not to be named</b>.</p>" in shown._repr_html_()


def test_a_table_shows_shares_in_per_cent_and_missing_values_as_blanks():
    table = pd.DataFrame(
        {"outlet": ["<b>", None], "n": [1, 2], "share_of_sources": [0.256, None], "low": [0.1, None]}
    )
    assert show_table(table).plain.split() == [
        "outlet",
        "n",
        "share_of_sources",
        "low",
        "<b>",
        "1",
        "26%",
        "10%",
        "2",
    ]
    html = show_table(table)._repr_html_()
    assert '<td style="text-align:left">&lt;b&gt;</td><td style="text-align:right">1</td>' in html


def test_low_and_high_of_a_mean_are_no_shares():
    table = pd.DataFrame({"mean_polarity": [0.1234], "low": [-0.1], "high": [-0.0001]})
    assert show_table(table, digits=3).plain.split()[3:] == ["0.123", "-0.100", "0.000"]


def test_an_index_with_a_name_is_a_column():
    table = pd.DataFrame({"n": [3]}, index=pd.Index(["Post"], name="outlet"))
    assert show_table(table).plain.split() == ["outlet", "n", "Post", "3"]


def test_heads_are_in_words_and_the_name_of_the_column_is_beside_them():
    table = pd.DataFrame(
        {"n_articles": [1], "share_of_sources": [0.5], "is_own_request": [True], "My Site": [1]}
    )
    html = show_table(table).html
    for name, head in {
        "n_articles": "articles",
        "share_of_sources": "share of sources",
        "My Site": "My Site",
    }.items():
        assert re.search(rf'<th [^>]*title="{name}">{head}</th>', html), name
    assert headings_of(["n_articles", "articles"]) == ["n_articles", "articles"]  # not alike


def test_a_long_table_is_cut_and_says_so(tmp_path, monkeypatch):
    frame = pd.DataFrame({"n": range(1000), "text": ["=1+1"] * 1000})
    shown = show_table(frame, caption="All")
    assert shown.html.count("<tr>") == 201 and "All The first 200 of 1,000 rows." in shown.html
    assert "1,000 rows" in shown.plain
    monkeypatch.setenv(REPORT_FOLDER, str(tmp_path / "work"))
    address = re.search('href="([^"]+)"', show_table(frame).html)[1]
    assert len((tmp_path / address).read_text(encoding="utf-8-sig").splitlines()) == 1001
    assert "'=1+1" in (tmp_path / address).read_text(encoding="utf-8-sig")
    assert (
        show_table(frame.head(200)).html.count("<tr>") == 201
        and "first" not in show_table(frame.head(200)).html
    )


def test_a_passage_has_day_headline_and_a_link():
    found = pd.DataFrame({"passage": ["A."], "description": ["Ann"], "naming": ["named"], "outlet": ["Post"]})
    found = found.assign(published=pd.Timestamp("2026-01-05", tz="UTC"), headline="Lock <shut>", path=None)
    shown = show_passages(found.assign(url="https://post.example/?a=1&b=2"))
    assert "Ann · named<br>Post · 5 January 2026 · " in shown.html
    assert 'href="https://post.example/?a=1&amp;b=2"' in shown.html and ">Lock &lt;shut&gt;</a>" in shown.html
    assert "https://post.example/?a=1&b=2" in shown.plain
    unsafe = show_passages(found.assign(url="javascript:alert(1)"))
    assert (
        "<a " not in unsafe.html and "“Lock &lt;shut&gt;”" in unsafe.html and "javascript" not in unsafe.plain
    )


def test_a_day_is_written_without_a_time_and_a_line_end_is_a_blank():
    times = pd.to_datetime(["2026-01-05", "2026-01-05 17:40", None], utc=True, format="mixed")
    frame = pd.DataFrame({"published": times, "text": ["a\n\nb", "c", "d"]})
    assert "<td" in show_table(frame).html and ">2026-01-05<" in show_table(frame).html
    assert ">2026-01-05 17:40<" in show_table(frame).html and "00:00" not in show_table(frame).html
    sortable = show_table(frame, is_sortable=True).html
    assert "a  b" in sortable and "+00:00" not in sortable


@pytest.mark.parametrize("path", ["a" * 400 + ".txt", "\x00.txt", "a/" * 3_000 + "b.txt", "../b.txt", "."])
def test_a_path_that_no_system_takes_is_not_a_link(path, monkeypatch, tmp_path):
    monkeypatch.setattr("onrecord.notebook.links._folders", lambda: (tmp_path,))
    found = pd.DataFrame(
        {"passage": ["It leaks."], "description": ["Varn"], "naming": ["named"], "outlet": ["Post"]}
    )
    shown = show_passages(found.assign(headline="Leak", path=path))
    assert "“Leak”" in shown.html and "href" not in shown.html


def test_a_terminal_gets_no_codes_that_it_would_obey():
    table = pd.DataFrame({"outlet": ["Post\x1b[2J\x9b31m\u202e", "\u2028\u061c\U000e0041"]})
    for shown in (show_table(table), show_table(table, is_sortable=True)):
        assert not set(repr(shown)) & set("\x1b\x9b\u202e\u2028\u061c\U000e0041")
