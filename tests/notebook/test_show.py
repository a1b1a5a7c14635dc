"""What a notebook shows of passages and tables: text, whatever an article holds."""

from __future__ import annotations

import pandas as pd

from onrecord.notebook.show import show_passages, show_table


def test_passages_are_text_only():
    found = pd.DataFrame({"passage": ["<script>a</script> \u202e$5"], "description": ["A & B"]})
    shown = show_passages(found.assign(naming="named", outlet=None))
    assert "<p>&lt;script&gt;a&lt;/script&gt; $5</p>" in shown._repr_html_()
    assert "A &amp; B · named<" in shown._repr_html_()
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
