"""Finding attributions, reading them in context, and the widgets before both."""

from __future__ import annotations

import ipywidgets
import pandas as pd
import pytest

from hostile import hostile_analysis
from onrecord.notebook.browse import browse, line_of
from onrecord.notebook.filters import filter_attributions, keyword_in_context
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
    row = keyword_in_context(small, chosen, width=5).iloc[0]
    text = small.documents["text"][0]
    assert (row["left"], row["passage"], row["right"]) == ("said ", "it is not", ".")
    assert text[row["start"] : row["end"]] == "it is not"


def test_context_keeps_the_order_and_refuses_what_is_not_there():
    small = small_analysis()
    chosen = pd.DataFrame({"doc_id": ["b1", "a1"], "attribution_id": [0, 1]})
    assert list(keyword_in_context(small, chosen)["doc_id"]) == ["b1", "a1"]
    with pytest.raises(ValueError, match="attribution 7 of article 'a1' not found"):
        keyword_in_context(small, pd.DataFrame({"doc_id": ["a1"], "attribution_id": [7]}))
    with pytest.raises(ValueError, match="context must be 0 or more"):
        keyword_in_context(small, chosen, width=-1)


def test_an_empty_corpus_gives_empty_tables():
    empty = empty_analysis()
    chosen = filter_attributions(empty, words="x")
    assert chosen.empty and keyword_in_context(empty, chosen).empty
    assert "0</b> of 0" in named(browse(empty), "Previous page", parent=True).children[-1].value


def named(panel, description: str, *, parent: bool = False):
    """Return the widget with that description, or the box around it."""
    for child in getattr(panel, "children", ()):
        if getattr(child, "description", None) == description:
            return panel if parent else child
        if (inner := named(child, description, parent=parent)) is not None:
            return inner
    return None


def lines(panel) -> list[str]:
    rows = [
        row for row in panel.children if isinstance(row, ipywidgets.HBox) and row.layout.display != "none"
    ]
    return [row.children[1].value for row in rows if "kwic" in str(getattr(row.children[1], "value", ""))]


def test_widgets_filter_turn_pages_and_open_the_article():
    panel = browse(small_analysis(), n_shown=4)
    count = named(panel, "Previous page", parent=True).children[-1]
    assert len(lines(panel)) == 4 and "6</b> of 6" in count.value
    named(panel, "Next page").click()
    assert len(lines(panel)) == 2 and named(panel, "Next page").disabled
    named(panel, "Naming").value = ("anonymous",)
    assert len(lines(panel)) == 1 and "page 1 of 1" in count.value
    named(panel, "Open").click()
    assert "asked not to be named" in panel.children[-1].value
    named(panel, "Words").value = "nowhere"
    assert lines(panel) == [] and "0</b> of 6" in count.value
    named(panel, "Clear all").click()
    assert len(lines(panel)) == 4 and named(panel, "Naming").value == ()


def test_a_hostile_line_is_text_only():
    analysis = hostile_analysis()
    row = next(keyword_in_context(analysis, analysis.attributions).itertuples(index=False))
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
