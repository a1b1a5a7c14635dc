"""Finding attributions, reading them in context, and the widgets before both."""

from __future__ import annotations

import base64
import io
import re

import ipywidgets
import pandas as pd
import pytest

import onrecord
from hostile import hostile_analysis
from onrecord.notebook.browse import browse, line_of
from onrecord.notebook.filters import filter_attributions, in_context, keyword_in_context
from onrecord.notebook.links import address_of, origin_html
from onrecord.notebook.settings import REPORT_FOLDER
from onrecord.notebook.show import show_table
from small import empty_analysis, small_analysis


def found(**wishes) -> list[tuple[str, int]]:
    chosen = filter_attributions(small_analysis(), **wishes)
    return list(zip(chosen["doc_id"], chosen["attribution_id"], strict=True))


def test_wishes_are_joined_by_and():
    assert len(found()) == 6
    assert found(where={"outlet": "Herald", "form": ["direct"]}) == [("a1", 0), ("a2", 0)]
    assert found(where={"naming": ["anonymous", "unnamed"], "outlet": []}) == [("a1", 1), ("b1", 0)]
    assert found(source="OFFICIAL") == [("a1", 1), ("a2", 1)]
    assert found(words="fell,”") == [("a2", 0)]
    assert found(words=".*") == []


def test_the_last_day_of_a_period_counts():
    assert found(period=("2026-01-20", "2026-02-02"), where={"form": "direct"}) == [("a2", 0), ("b1", 0)]
    assert found(period=(None, "2026-01-05")) == [("a1", 0), ("a1", 1)]


def test_bad_wishes_say_what_can_be_asked():
    with pytest.raises(
        ValueError, match=r"a column in where must be one of outlet, form, .*, not 'headline'"
    ):
        found(where={"headline": "x"})
    with pytest.raises(ValueError, match="'soon' cannot be read as a day"):
        found(period=("soon", None))


def test_a_passage_stands_between_its_context():
    small = small_analysis()
    chosen = filter_attributions(small, words="it is not").iloc[::-1]
    row = in_context(small, chosen, width=5).iloc[0]
    text = small.documents["text"][0]
    assert (row["left"], row["passage"], row["right"]) == ("said ", "it is not", ".")
    assert text[row["start"] : row["end"]] == "it is not"


def test_context_keeps_the_order_and_refuses_what_is_not_there():
    small = small_analysis()
    chosen = pd.DataFrame({"doc_id": ["b1", "a1"], "attribution_id": [0, 1]})
    assert list(in_context(small, chosen, width=9)["doc_id"]) == ["b1", "a1"]
    with pytest.raises(ValueError, match="attribution 7 of article 'a1' not found"):
        in_context(small, pd.DataFrame({"doc_id": ["a1"], "attribution_id": [7]}), width=9)
    with pytest.raises(ValueError, match="context must be 0 or more"):
        in_context(small, chosen, width=-1)


def test_an_empty_corpus_gives_empty_tables():
    empty = empty_analysis()
    chosen = filter_attributions(empty, words="x")
    assert chosen.empty and in_context(empty, chosen, width=9).empty
    assert "0</b> of 0" in counted(browse(empty)).value


def named(panel, description: str, *, parent: bool = False):
    """Return the widget with that description, or the box around it."""
    for child in getattr(panel, "children", ()):
        if getattr(child, "description", None) == description:
            return panel if parent else child
        if (inner := named(child, description, parent=parent)) is not None:
            return inner
    return None


def counted(panel) -> ipywidgets.HTML:
    """Return the widget that says how many attributions are chosen."""
    return named(panel, "Previous page", parent=True).children[2]


def lines(panel) -> list[str]:
    rows = [
        row
        for row in panel.children[-1].children
        if isinstance(row, ipywidgets.HBox) and row.layout.display != "none"
    ]
    return [row.children[1].value for row in rows if "kwic" in str(getattr(row.children[1], "value", ""))]


def test_widgets_filter_turn_pages_and_open_the_article():
    panel = browse(small_analysis(), n_shown=4)
    count = counted(panel)
    assert len(lines(panel)) == 4 and "6</b> of 6" in count.value
    named(panel, "Next page").click()
    assert len(lines(panel)) == 2 and named(panel, "Next page").disabled
    named(panel, "Naming").value = ("anonymous",)
    assert len(lines(panel)) == 1 and "page 1 of 1" in count.value
    named(panel, "Open").click()
    *before, shut, opened = panel.children[-1].children[:3]
    assert len(before) == 1 and shut.description == "Close article"  # right below its line
    assert "asked not to be named" in opened.value
    shut.click()
    assert opened not in panel.children[-1].children
    named(panel, "Words").value = "nowhere"
    assert lines(panel) == [] and "0</b> of 6" in count.value
    named(panel, "Clear all").click()
    assert len(lines(panel)) == 4 and named(panel, "Naming").value == ()


def test_what_is_chosen_can_be_downloaded_and_is_named_by_headline_and_day():
    small = small_analysis()
    small.documents = small.documents.assign(headline="Lock =shut", url="https://herald.example/a?b=1&c=2")
    panel = browse(small)
    assert '<a href="https://herald.example/a?b=1&amp;c=2"' in lines(panel)[0]
    assert "January 2026" in lines(panel)[0] and "Lock =shut" in lines(panel)[0]
    assert named(panel, "Open").tooltip == "Show the article “Lock =shut”"
    named(panel, "Naming").value = ("anonymous",)
    named(panel, "Download").click()
    link = named(panel, "Download", parent=True).children[-1].value
    assert "Save 1 rows as attributions.csv" in link
    content = base64.b64decode(re.search(r"base64,([^\"]+)", link)[1]).decode("utf-8-sig")
    table = pd.read_csv(io.StringIO(content))
    assert table["naming"].tolist() == ["anonymous"] and table["headline"].tolist() == ["Lock =shut"]


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://a.example/x", True),
        ("http://a.example/x", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https://a.example/\u202ex", False),
        ("https://", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url, is_link):
    assert ("<a " in origin_html({"headline": "H", "url": url, "path": "../x.txt"})) == is_link


def test_the_file_of_an_article_is_a_link_relative_to_the_page(tmp_path, monkeypatch):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a b.txt").write_text("x")
    (tmp_path / "news" / "more.zip").write_text("x")
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "settings.toml").write_text(f'articles = "{(tmp_path / "news").as_posix()}"\n')
    monkeypatch.setenv(REPORT_FOLDER, str(tmp_path / "work"))
    assert address_of(None, "a b.txt") == "news/a%20b.txt"
    assert address_of(pd.NA, "more.zip/8.txt") == "news/more.zip"
    for other in ("missing.txt", "../news/a b.txt", str(tmp_path / "news" / "a b.txt"), None):
        assert address_of(None, other) is None


def test_a_word_in_all_articles_sorted_by_its_context():
    documents = pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "text": ["The lock leaks. A Lock, they say, holds.", "No padlock: locks and lock-keepers."],
        }
    )
    analysis = onrecord.analyse(documents)
    right = keyword_in_context(analysis, "lock", sort="right", width=12)
    assert right[["passage", "right"]].values.tolist() == [["lock", " leaks. A Lo"], ["Lock", ", they say, "]]
    left = keyword_in_context(analysis, "lock*", sort="left")
    assert left["passage"].tolist() == ["Lock", "locks", "lock"]  # after: a, padlock, the
    assert keyword_in_context(analysis, "a  LOCK")["start"].tolist() == [16]
    assert keyword_in_context(analysis, "nowhere").empty
    for wrong in ("", " * "):
        with pytest.raises(ValueError, match="contains no word; give a word or a phrase"):
            keyword_in_context(analysis, wrong)
    with pytest.raises(ValueError, match="sort must be one of left or right, not 'up'"):
        keyword_in_context(analysis, "lock", sort="up")


def test_a_word_in_a_statement_has_its_source():
    analysis = onrecord.analyse(
        pd.DataFrame({"doc_id": ["a"], "text": ['"The dam is safe," Ida Holm said. The dam leaks.']})
    )
    found = keyword_in_context(analysis, "dam")
    assert found["naming"].tolist() == ["named", pd.NA] and found["attribution_id"].tolist() == [0, pd.NA]


def test_a_hostile_line_is_text_only():
    analysis = hostile_analysis()
    row = next(in_context(analysis, analysis.attributions, width=9).itertuples(index=False))
    line = line_of(row)
    assert "<img" not in line and "<b" not in line and "&lt;img" in line and "\u202e" not in line


def test_a_sortable_table_holds_every_row_and_asks_no_network():
    frame = pd.DataFrame({"n": range(20_000), "words": ["<b>" + "long " * 20] * 20_000})
    shown = show_table(frame, is_sortable=True)
    assert "unpkg" not in shown.html and "<b>long" not in shown.html
    assert "downsampling" not in shown.html.split("let dt_args")[1]
    assert shown.html.split("let dt_args")[1].count("19999") == 1


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two columns are named 'n'"):
        show_table(pd.DataFrame([[1, 2]], columns=["n", "n"]), is_sortable=True)
